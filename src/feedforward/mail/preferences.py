"""What people choose: how often they want mail about what; and turning it off from a letter."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from feedforward.mail.outbox import frequency_of
from feedforward.mail.rules import ALL_DAILY, Frequency, Topic
from feedforward.mail.tables import MailSetting


def choose(connection: Connection, user_id: int, chosen: Mapping[Topic, Frequency], now: datetime) -> None:
    """Keep what this person chose; topics that are not named stay as they are."""
    make = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    for topic, frequency in chosen.items():
        connection.execute(
            make(MailSetting)
            .values(user_id=user_id, topic=topic, frequency=frequency, changed_at=now)
            .on_conflict_do_update(
                index_elements=["user_id", "topic"], set_={"frequency": frequency, "changed_at": now}
            )
        )


def turn_off(connection: Connection, user_id: int, what: str, now: datetime) -> tuple[Topic, ...]:
    """No more mail about this topic, or with ALL_DAILY about every topic that comes daily; which topics that are."""
    topics = (
        tuple(each for each in Topic if frequency_of(connection, user_id, each) is Frequency.DAILY)
        if what == ALL_DAILY
        else (Topic(what),)
    )
    choose(connection, user_id, dict.fromkeys(topics, Frequency.NEVER), now)
    return topics
