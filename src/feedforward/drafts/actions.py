"""What a student does with drafts: keep a text, hand it in, take it back, throw it away."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, exists, insert, select, update

from feedforward.assignments.queries import task_for_student, task_for_work
from feedforward.assignments.rules import Task
from feedforward.audit.record import record
from feedforward.courses.life_cycle_rules import Act, may
from feedforward.courses.tables import Enrolment
from feedforward.drafts.queries import IN_PROGRESS, draft_for_student, drafts_used, optional_draft_by_once
from feedforward.drafts.rules import DraftStatus, is_late, may_submit
from feedforward.drafts.tables import Draft
from feedforward.errors import RuleBroken
from feedforward.extraction.sniffing import FileType, type_of_media
from feedforward.web.services import StartFeedback

NO_LONGER_HERE = "You are no longer enrolled in this course. Ask your instructor if you think you should be."
ALREADY_READING = "Reading has begun, so this draft can no longer be taken back. You can hand in another one instead."
IN_THE_ARCHIVE = "This assignment is archived: what was handed in stays as it is."
NOT_NEWEST = "Only your newest draft can be taken back."
CHANGED_MEANWHILE = (
    "This text was handed in or thrown away in another window. Go back to the assignment to see how it stands."
)

_PLACE = (
    select(Enrolment.status)
    .where(Enrolment.course_id == bindparam("course_id"), Enrolment.student_id == bindparam("student_id"))
    .with_for_update()
)


@dataclass(frozen=True, slots=True)
class KeptUpload:
    """A text that was read and sealed, ready to become a row. `once` is the token of the form it came with."""

    once: str
    content_id: str
    content: bytes
    media_type: str
    word_count: int
    fingerprint: str
    has_file: bool


def keep_upload(
    connection: Connection,
    *,
    student_id: int,
    assignment_id: int,
    upload: KeptUpload,
    replaces: int | None,
    now: datetime,
) -> int:
    """A previewed draft that uses up no attempt; its id. The same form sent twice gives the same draft.

    `replaces` is the student's previewed draft that it takes the place of. RuleBroken where no draft may be handed in.
    """
    task = open_task(connection, student_id, assignment_id)
    made = optional_draft_by_once(connection, student_id, upload.once)
    if made is not None:
        return made
    _require_room(connection, student_id, task, now)
    if replaces is not None:
        discard_draft(connection, student_id=student_id, draft_id=replaces, now=now)
    draft_id: int = connection.execute(
        insert(Draft)
        .values(
            assignment_id=task.assignment_id, student_id=student_id, status=DraftStatus.PREVIEWED, once=upload.once,
            media_type=upload.media_type, word_count=upload.word_count, fingerprint=upload.fingerprint,
            rubric_id=task.rubric_id, round=0, created_at=now, changed_at=now, trouble="",
            content_id=upload.content_id, content=upload.content, has_file=upload.has_file, content_preserved=False,
            preserved_reason="",
        )
        .returning(Draft.id)
    ).scalar_one()  # fmt: skip
    record(connection, at=now, actor_id=student_id, action="draft.preview", subject=("draft", draft_id))
    return draft_id


def submit_draft(
    connection: Connection, *, student_id: int, draft_id: int, now: datetime, start_feedback: StartFeedback
) -> int:
    """Hand in a previewed draft and start its feedback; its number. Doing it twice is the same as once."""
    draft = draft_for_student(connection, student_id, draft_id)
    task = open_task(connection, student_id, draft.assignment_id)
    draft = draft_for_student(connection, student_id, draft_id)
    if draft.number is not None:
        return draft.number
    if draft.status != DraftStatus.PREVIEWED:
        raise RuleBroken(CHANGED_MEANWHILE)
    file = type_of_media(draft.media_type) if draft.has_file else None
    number = _require_room(connection, student_id, task, now, (draft.word_count, file))
    changed = connection.execute(
        update(Draft)
        .where(Draft.id == draft_id, Draft.status == DraftStatus.PREVIEWED)
        .values(
            status=DraftStatus.SUBMITTED,
            number=number,
            submitted_at=now,
            changed_at=now,
            rubric_id=task.rubric_id,
            deadline_at=task.deadline,
        )
    ).rowcount
    if not changed:
        raise RuleBroken(CHANGED_MEANWHILE)
    record(
        connection, at=now, actor_id=student_id, action="draft.submit", subject=("draft", draft_id),
        number=number, words=draft.word_count, late=is_late(task, now),
    )  # fmt: skip
    if draft.submitted_at is None:
        start_feedback(connection, draft_id)
    else:
        # Taken back before: the engine would take a second start under the same name for the first one.
        start_feedback(connection, draft_id, f"-{int(now.timestamp() * 1000)}")
    return number


def take_back_draft(connection: Connection, *, student_id: int, draft_id: int, now: datetime) -> None:
    """Undo handing in while nobody has begun to read: the attempt is free again, the text waits in the preview."""
    draft = draft_for_student(connection, student_id, draft_id)
    if draft.number is None:
        if draft.status != DraftStatus.PREVIEWED:
            raise RuleBroken(CHANGED_MEANWHILE)
        return
    task = task_for_work(connection, draft.assignment_id)
    if not may(Act.ANSWER, task.status, task.course_status):
        raise RuleBroken(IN_THE_ARCHIVE)
    later = Draft.__table__.alias("later")
    has_later = exists(
        select(1).where(
            later.c.assignment_id == draft.assignment_id,
            later.c.student_id == student_id,
            later.c.number > draft.number,
        )
    )
    if connection.execute(select(has_later)).scalar():
        raise RuleBroken(NOT_NEWEST)
    changed = connection.execute(
        update(Draft)
        .where(Draft.id == draft_id, Draft.status == DraftStatus.SUBMITTED)
        .values(status=DraftStatus.PREVIEWED, number=None, changed_at=now)
    ).rowcount
    if not changed and draft.status != DraftStatus.PREVIEWED:
        raise RuleBroken(ALREADY_READING)
    if changed:
        record(connection, at=now, actor_id=student_id, action="draft.take_back", subject=("draft", draft_id))


def discard_draft(connection: Connection, *, student_id: int, draft_id: int, now: datetime) -> str:
    """Throw a previewed text away; the id of its content, to be erased after the commit. Twice is the same as once."""
    draft = draft_for_student(connection, student_id, draft_id)
    if draft.status == DraftStatus.DISCARDED:
        return draft.content_id
    changed = connection.execute(
        update(Draft)
        .where(Draft.id == draft_id, Draft.status == DraftStatus.PREVIEWED)
        .values(status=DraftStatus.DISCARDED, changed_at=now, content=None, erase_after=now)
    ).rowcount
    if not changed:
        raise RuleBroken(CHANGED_MEANWHILE)
    record(connection, at=now, actor_id=student_id, action="draft.discard", subject=("draft", draft_id))
    return draft.content_id


def sweep_discarded(connection: Connection, *, before: datetime, now: datetime) -> list[str]:
    """Throw away previews nobody touched since `before`; the ids of their content, to be erased after the commit.

    Each gets `erase_after` = now, so that a sweep that ends half-way is finished by the next erasure.
    """
    swept = connection.execute(
        update(Draft)
        .where(IN_PROGRESS, Draft.status == DraftStatus.PREVIEWED, Draft.changed_at < before)
        .values(status=DraftStatus.DISCARDED, changed_at=now, content=None, erase_after=now)
        .returning(Draft.id, Draft.content_id)
    ).all()
    for draft_id, _ in swept:
        record(connection, at=now, actor_id=None, action="draft.sweep", subject=("draft", draft_id))
    return [content_id for _, content_id in swept]


def open_task(connection: Connection, student_id: int, assignment_id: int) -> Task:
    """The task, with the student's place in the course locked: two windows cannot take the same number."""
    task = task_for_student(connection, student_id, assignment_id)
    place = connection.execute(_PLACE, {"course_id": task.course_id, "student_id": student_id}).scalar_one_or_none()
    if place != "active":
        raise RuleBroken(NO_LONGER_HERE)
    return task


def _require_room(
    connection: Connection, student_id: int, task: Task, now: datetime, text: tuple[int, FileType | None] | None = None
) -> int:
    """The number the next draft gets; RuleBroken where there may be none, or not with this `text` (words, file)."""
    used, highest, last_at = drafts_used(connection, student_id, task.assignment_id)
    words, file = (None, None) if text is None else text
    reason = may_submit(task, drafts_used=used, now=now, last_at=last_at, words=words, file=file)
    if reason is not None:
        raise RuleBroken(reason)
    return highest + 1
