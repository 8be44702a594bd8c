"""Handing in on behalf of a student: under the limits the student has, and told to the student."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from feedforward.assignments.queries import task_for_staff
from feedforward.assignments.rules import Task
from feedforward.audit.record import record
from feedforward.courses.queries import require_may_change
from feedforward.drafts.actions import KeptUpload, open_task
from feedforward.drafts.lms_tables import HandedInFor
from feedforward.drafts.queries import drafts_used, optional_draft_by_once
from feedforward.drafts.rules import DraftStatus, is_late, may_submit
from feedforward.drafts.tables import Draft
from feedforward.errors import NotFound, RuleBroken
from feedforward.extraction.sniffing import type_of_media
from feedforward.web.services import StartFeedback

NOT_A_STUDENT = "Choose one of the students enrolled in this course."
NEEDS_A_REASON = "The last moment at which this assignment takes drafts has passed. Say why it is taken all the same."
SAME_TEXT = "The student has handed in this very text already."


@dataclass(frozen=True, slots=True)
class OnBehalf:
    """Who hands in and how it came. `reason` "" where none was given; `came_late` None: handed in now, so the clock
    says; True or False: what the system says it came from. `archive_id` is the archive it lay in."""

    staff_id: int
    reason: str = ""
    came_late: bool | None = None
    archive_id: int | None = None


@dataclass(frozen=True, slots=True)
class HandedIn:
    """The draft; `fresh` False: it was there already, and nothing was changed."""

    draft_id: int
    fresh: bool


def require_may_hand_in_for(connection: Connection, staff_id: int, assignment_id: int) -> Task:
    """The task; NotFound unless this person teaches the course, NotPermitted for tutors and in an archived course."""
    task = task_for_staff(connection, staff_id, assignment_id)
    require_may_change(connection, staff_id, task.course_id)
    return task


def hand_in_for(
    connection: Connection, *, student_id: int, assignment_id: int, upload: KeptUpload, behalf: OnBehalf, now: datetime,
    start_feedback: StartFeedback,
) -> HandedIn:  # fmt: skip
    """A draft handed in for the student and its feedback started, in one step. The same upload again changes nothing.

    RuleBroken on `student`, on `reason` where the last moment has passed and none was given, or as for the student.
    """
    require_may_hand_in_for(connection, behalf.staff_id, assignment_id)
    try:
        task = open_task(connection, student_id, assignment_id)
    except NotFound:
        raise RuleBroken(NOT_A_STUDENT, field="student") from None
    made = optional_draft_by_once(connection, student_id, upload.once)
    if made is not None:
        return HandedIn(made, fresh=False)
    if _has_text(connection, student_id, assignment_id, upload.fingerprint):
        raise RuleBroken(SAME_TEXT)
    number = _require_room(connection, student_id, task, upload, behalf, now)
    late = is_late(task, now) if behalf.came_late is None else behalf.came_late
    draft_id: int = connection.execute(
        insert(Draft)
        .values(
            assignment_id=assignment_id, student_id=student_id, status=DraftStatus.SUBMITTED, number=number,
            once=upload.once, media_type=upload.media_type, word_count=upload.word_count,
            fingerprint=upload.fingerprint, rubric_id=task.required_rubric_id, round=0, created_at=now, changed_at=now,
            submitted_at=now, trouble="", content_id=upload.content_id, content=upload.content,
            has_file=upload.has_file, content_preserved=False, preserved_reason="",
            # What came in time elsewhere is not late for having been brought here afterwards.
            deadline_at=task.deadline if late or not is_late(task, now) else None,
        )
        .returning(Draft.id)
    ).scalar_one()  # fmt: skip
    connection.execute(
        insert(HandedInFor).values(
            draft_id=draft_id, staff_id=behalf.staff_id, archive_id=behalf.archive_id, reason=behalf.reason,
            made_at=now,
        )
    )  # fmt: skip
    record(
        connection, at=now, actor_id=behalf.staff_id, action="draft.hand_in_for", subject=("draft", draft_id),
        student=student_id, number=number, words=upload.word_count, late=late, archive=behalf.archive_id,
        with_reason=bool(behalf.reason),
    )  # fmt: skip
    start_feedback(connection, draft_id)
    return HandedIn(draft_id, fresh=True)


def _has_text(connection: Connection, student_id: int, assignment_id: int, fingerprint: str) -> bool:
    found = select(Draft.id).where(
        Draft.assignment_id == assignment_id, Draft.student_id == student_id, Draft.number.is_not(None),
        Draft.fingerprint == fingerprint,
    )  # fmt: skip
    return connection.execute(found.limit(1)).first() is not None


def _require_room(
    connection: Connection, student_id: int, task: Task, upload: KeptUpload, behalf: OnBehalf, now: datetime
) -> int:
    """The draft's number. The pause between two drafts is the student's to keep, not of those who bring one along."""
    used, highest, _ = drafts_used(connection, student_id, task.assignment_id)
    if used >= task.max_drafts:
        raise RuleBroken("They have handed in every draft this assignment allows.", field="student")
    file = type_of_media(upload.media_type) if upload.has_file else None
    reason = may_submit(
        task, drafts_used=used, now=min(now, task.deadline), words=upload.word_count, file=file
    )  # fmt: skip
    if reason is not None:
        raise RuleBroken(reason)
    in_time = behalf.came_late is False or may_submit(task, drafts_used=used, now=now) is None
    if not in_time and not behalf.reason:
        raise RuleBroken(NEEDS_A_REASON, field="reason")
    return highest + 1
