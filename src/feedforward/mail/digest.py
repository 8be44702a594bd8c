"""The daily digest: what was held for a person goes out as one letter, each notice as its subject and its link."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select, update

from feedforward.mail.letters import Letter, LetterLink, Letters, Message
from feedforward.mail.outbox import frequency_of
from feedforward.mail.rules import Frequency, Kind, MailStatus, Template, Topic
from feedforward.mail.tables import MailMessage

DIGEST = Template("digest", Kind.NOTICE)
MOST_ENTRIES = 200
_HELD_BY = (
    select(MailMessage.user_id, func.max(MailMessage.id).label("last"))
    .where(MailMessage.status == MailStatus.HELD, MailMessage.next_try_at <= bindparam("now"))
    .group_by(MailMessage.user_id)
    .limit(bindparam("most"))
)
_FOLDED_INTO = (
    select(
        MailMessage.id, MailMessage.template, MailMessage.topic, MailMessage.ids, MailMessage.asked_by,
        MailMessage.created_at,
    )
    .where(MailMessage.digest_id == bindparam("digest_id"))
    .order_by(MailMessage.id)
    .limit(MOST_ENTRIES)
)  # fmt: skip


def fold_held(connection: Connection, now: datetime, most: int = 200) -> int:
    """Fold what is held for up to `most` people into a digest each; for how many. 0: nothing is held any more."""
    people = connection.execute(_HELD_BY, {"now": now, "most": most}).all()
    for person in people:
        digest_id = connection.execute(
            insert(MailMessage)
            .values(
                template=DIGEST.name, kind=DIGEST.kind, topic=None, user_id=person.user_id, ids={},
                status=MailStatus.WAITING, code="", tries=0, next_try_at=now, asked_by=None, created_at=now,
            )
            .returning(MailMessage.id)
        ).scalar_one()  # fmt: skip
        connection.execute(
            update(MailMessage)
            .where(
                MailMessage.user_id == person.user_id, MailMessage.status == MailStatus.HELD,
                MailMessage.id <= person.last,
            )
            .values(status=MailStatus.FOLDED, digest_id=digest_id, settled_at=now)
        )  # fmt: skip
    return len(people)


def write_digest(connection: Connection, message: Message, letters: Letters) -> Letter | None:
    """One letter of all that still needs saying; None where nothing does."""
    entries: dict[tuple[str, str], LetterLink] = {}
    for row in connection.execute(_FOLDED_INTO, {"digest_id": message.id}).all():
        writer = letters.get(row.template)
        topic = Topic(row.topic) if row.topic else None
        unwanted = (
            message.to.user_id is not None and frequency_of(connection, message.to.user_id, topic) is Frequency.NEVER
        )
        if writer is None or unwanted:
            continue
        letter = writer.write(
            connection,
            Message(
                id=row.id, template=row.template, to=message.to, ids=row.ids, asked_by=row.asked_by,
                posted_at=row.created_at, now=message.now,
            ),
        )  # fmt: skip
        if letter is not None and letter.link is not None:
            entries.setdefault((letter.subject, letter.link.path), LetterLink(letter.subject, letter.link.path))
    if not entries:
        return None
    many = "1 thing" if len(entries) == 1 else f"{len(entries)} things"
    return Letter(
        subject=f"Your day in FeedForward: {many}", paragraphs=("This is new since the last digest.",),
        items=tuple(entries.values()),
    )  # fmt: skip
