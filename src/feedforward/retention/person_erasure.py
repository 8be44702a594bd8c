"""Erasing the content of all drafts of a person whose account ends: decided with it, done right after it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from feedforward.assignments.settings_tables import Extension
from feedforward.database import Database
from feedforward.drafts.lms_tables import HandedInFor
from feedforward.drafts.tables import Draft
from feedforward.retention.actions import finish_erasure
from feedforward.retention.rules import ErasureReason
from feedforward.retention.tables import Erasure
from feedforward.storage.content import ContentStore


@dataclass(frozen=True, slots=True)
class KeptOfPerson:
    """How many drafts of a person still have their content, and how many of them somebody keeps for a reason."""

    drafts: int
    preserved: int


def kept_of_person(connection: Connection, user_id: int) -> KeptOfPerson:
    """Counts alone, for whoever has to decide."""
    row = connection.execute(
        select(func.count(), func.count().filter(Draft.content_preserved.is_(True))).where(
            Draft.student_id == user_id, Draft.erased_at.is_(None)
        )
    ).one()
    return KeptOfPerson(*row)


def decide_person_erasure(connection: Connection, *, user_id: int, now: datetime) -> list[tuple[int, str]]:
    """Write down that everything this person wrote goes, also what somebody kept longer; draft and content of each.
    From here on the hourly clean-up finishes what is interrupted."""
    connection.execute(
        update(Draft)
        .where(Draft.student_id == user_id, Draft.erased_at.is_(None), Draft.content_preserved.is_(True))
        .values(content_preserved=False)
    )
    # Why somebody got more time is about them, and of no use any more.
    connection.execute(update(Extension).where(Extension.student_id == user_id).values(reason=""))
    theirs = select(Draft.id).where(Draft.student_id == user_id)
    connection.execute(update(HandedInFor).where(HandedInFor.draft_id.in_(theirs)).values(reason=""))
    drafts = connection.execute(
        select(Draft.id, Draft.content_id).where(Draft.student_id == user_id, Draft.erased_at.is_(None))
    ).all()
    ids = [row.id for row in drafts]
    decided = set(connection.execute(select(Erasure.draft_id).where(Erasure.draft_id.in_(ids))).scalars())
    rows = [
        {"draft_id": row.id, "content_id": row.content_id, "erased_at": now, "reason": ErasureReason.PERSON_DELETED}
        for row in drafts
        if row.id not in decided
    ]
    if rows:
        connection.execute(insert(Erasure), rows)
    return [(row.id, row.content_id) for row in drafts]


def finish_person_erasure(
    database: Database, content: ContentStore, decided: Sequence[tuple[int, str]], *, now: datetime
) -> int:
    """Destroy keys and files, then the sealed values, of what was decided; how many drafts."""
    for draft_id, content_id in decided:
        content.erase(content_id)
        database.write_now(finish_erasure, draft_id, now=now)
    return len(decided)
