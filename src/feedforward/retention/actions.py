"""Erasing: decided in a row, done at the key, finished in the rows; it may be interrupted anywhere and repeated."""

from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.orm import aliased

from feedforward.assessment.tables import Reading
from feedforward.assessment.trial_actions import content_of_trials
from feedforward.audit.record import record
from feedforward.database import Database
from feedforward.drafts.actions import sweep_discarded
from feedforward.drafts.queries import content_without_draft
from feedforward.drafts.tables import Draft
from feedforward.feedback.tables import AddressedComment, AddressedCorrection, Comment, Feedback, FeedbackVersion
from feedforward.retention.queries import due_drafts, half_done_erasures, optional_planned_erasure
from feedforward.retention.rules import PREVIEW_LASTS, is_due
from feedforward.retention.tables import Erasure
from feedforward.storage.content import ContentStore

ORPHAN_AFTER = timedelta(days=1)
BATCH = 500


def decide_erasure(
    connection: Connection, draft_id: int, *, unreleased_days: int, notice_days: int, now: datetime
) -> str | None:
    """Write down that this draft's content goes; the id of the content. None where it is not due after all.

    From here on nobody can preserve it, and an interrupted erasure is finished by the next one.
    """
    content_id: str | None = connection.execute(
        select(Draft.content_id).where(Draft.id == draft_id).with_for_update()
    ).scalar_one_or_none()
    planned = optional_planned_erasure(connection, draft_id, unreleased_days=unreleased_days, notice_days=notice_days)
    if content_id is None or planned is None or not is_due(planned, now):
        return None
    if connection.execute(select(Erasure.draft_id).where(Erasure.draft_id == draft_id)).first() is None:
        connection.execute(
            insert(Erasure).values(draft_id=draft_id, content_id=content_id, erased_at=now, reason=planned.reason)
        )
    return content_id


def finish_erasure(connection: Connection, draft_id: int, *, now: datetime) -> None:
    """Take the sealed values, unreadable by now, out of the rows. Texts of the feedback and metadata stay."""
    changed = connection.execute(
        update(Draft)
        .where(Draft.id == draft_id, Draft.erased_at.is_(None))
        .values(content=None, has_file=False, erased_at=now)
    ).rowcount
    feedback = select(Feedback.id).where(Feedback.draft_id == draft_id)
    # What the next draft's readers and people said of these comments may hold words of this draft too.
    comments = select(Comment.id).where(Comment.feedback_id.in_(feedback))
    other = aliased(Draft)
    drafts = (
        select(other.id)
        .join(Draft, (Draft.assignment_id == other.assignment_id) & (Draft.student_id == other.student_id))
        .where(Draft.id == draft_id)
    )
    for statement in (
        update(Reading).where(Reading.draft_id == draft_id).values(answer=None, record=None),
        update(Comment).where(Comment.feedback_id.in_(feedback)).values(passages=None),
        update(Feedback).where(Feedback.draft_id == draft_id).values(summary_passages=None),
        update(FeedbackVersion).where(FeedbackVersion.feedback_id.in_(feedback)).values(document=None),
        update(AddressedComment).where(AddressedComment.draft_id == draft_id).values(note_passages=None),
        update(AddressedCorrection).where(AddressedCorrection.draft_id == draft_id).values(note_passages=None),
        *(
            update(table).where(table.draft_id.in_(drafts), table.comment_id.in_(comments)).values(note_passages=None)
            for table in (AddressedComment, AddressedCorrection)
        ),
    ):
        connection.execute(statement)
    if changed:
        record(connection, at=now, actor_id=None, action="draft.erase", subject=("draft", draft_id))


def erase_draft(
    database: Database, content: ContentStore, draft_id: int, *, unreleased_days: int, notice_days: int, now: datetime
) -> bool:
    """Erase one draft whose time has come: decision, key and file, rows. False where it is not due."""
    content_id = database.write_now(
        decide_erasure, draft_id, unreleased_days=unreleased_days, notice_days=notice_days, now=now
    )
    if content_id is None:
        return False
    content.erase(content_id)
    database.write_now(finish_erasure, draft_id, now=now)
    return True


def erase_due(
    database: Database,
    content: ContentStore,
    *,
    unreleased_days: int,
    notice_days: int,
    now: datetime,
    limit: int = 500,
) -> int:
    """Erase what is due, at most `limit` of each kind; how many drafts. Finishes first what was interrupted."""
    done = 0
    for draft_id, content_id in database.read_now(half_done_erasures, limit):
        content.erase(content_id)
        database.write_now(finish_erasure, draft_id, now=now)
        done += 1
    # Previews nobody came back to are discarded first: they are due at once.
    database.write_now(sweep_discarded, before=now - PREVIEW_LASTS, now=now)
    due = database.read_now(due_drafts, now=now, unreleased_days=unreleased_days, notice_days=notice_days, most=limit)
    for each in due:
        done += erase_draft(
            database, content, each.draft_id, unreleased_days=unreleased_days, notice_days=notice_days, now=now
        )
    return done


def sweep_orphans(database: Database, content: ContentStore, now: datetime) -> int:
    """Erase keys and files that no row names: left where a process ended before the row was written; how many."""
    swept = 0
    found = content.content_ids(before=now - ORPHAN_AFTER)
    while some := list(islice(found, BATCH)):
        unknown = database.read_now(content_without_draft, some)
        kept = database.read_now(content_of_trials, unknown) if unknown else set()
        for content_id in unknown:
            if content_id not in kept:
                content.erase(content_id)
                swept += 1
    return swept
