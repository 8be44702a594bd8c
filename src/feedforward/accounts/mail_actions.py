"""What people do about mail: choose how often, turn it off, mark what failed as seen, send it again."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, update

from feedforward.audit.record import record
from feedforward.errors import RuleBroken
from feedforward.mail import claims, preferences
from feedforward.mail.rules import UNDELIVERED, Frequency, Topic
from feedforward.mail.tables import MailMessage


def choose_mail(connection: Connection, *, user_id: int, chosen: Mapping[Topic, Frequency], now: datetime) -> None:
    """Keep how often this person wants mail about which topic."""
    preferences.choose(connection, user_id, chosen, now)
    record(
        connection, at=now, actor_id=user_id, action="mail.choose", subject=("user", user_id),
        **{str(topic): str(frequency) for topic, frequency in chosen.items()},
    )  # fmt: skip


def unsubscribe(connection: Connection, *, user_id: int, what: str, now: datetime) -> None:
    """Turn off what a letter's signed address names; doing it twice is the same as once."""
    topics = preferences.turn_off(connection, user_id, what, now)
    record(
        connection, at=now, actor_id=user_id, action="mail.unsubscribe", subject=("user", user_id),
        topics=sorted(topics),
    )  # fmt: skip


def mark_undelivered_seen(connection: Connection, *, user_id: int, up_to: int, now: datetime) -> int:
    """This person knows of their messages up to this one that could not be delivered; how many they were."""
    return connection.execute(
        update(MailMessage)
        .where(
            MailMessage.asked_by == user_id, MailMessage.status.in_(UNDELIVERED), MailMessage.seen_at.is_(None),
            MailMessage.id <= up_to,
        )
        .values(seen_at=now)
    ).rowcount  # fmt: skip


def send_again(connection: Connection, *, admin_id: int, message_id: int, now: datetime) -> None:
    """Put a message that ended without being delivered back into the outbox. RuleBroken where it is none of those."""
    if not claims.send_again(connection, message_id, now):
        raise RuleBroken("This message is not one that can be sent again: look at the list, it has changed.")
    record(connection, at=now, actor_id=admin_id, action="mail.send_again", subject=("mail", message_id))
