"""One draft with its feedback as its staff may take it along, whatever state it is in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from feedforward.accounts.tables import User
from feedforward.assignments.queries import task_for_staff
from feedforward.assignments.rules import Task
from feedforward.courses.tables import Enrolment
from feedforward.drafts.queries import DraftView, draft_for_staff
from feedforward.errors import NotFound
from feedforward.feedback.class_rules import hides_its_student
from feedforward.feedback.queries import FeedbackView, feedback_of_draft
from feedforward.rubrics.queries import rubric_by_id
from feedforward.rubrics.rules import Rubric

HIDDEN = "A student"
"""Who wrote a draft whose review is anonymous, before its release."""


@dataclass(frozen=True, slots=True)
class DocumentRows:
    """The rows of one document, still sealed; `releaser` is None before the release."""

    task: Task
    draft: DraftView
    feedback: FeedbackView
    rubric: Rubric
    student: str
    student_number: str
    section: str
    releaser: str | None

    @property
    def submitted_at(self) -> datetime:
        return self.draft.submitted_at or self.draft.created_at


def document_rows(connection: Connection, user_id: int, draft_id: int) -> DocumentRows:
    """NotFound unless this person teaches the course, looks after the student, and there is feedback."""
    draft = draft_for_staff(connection, user_id, draft_id)
    task = task_for_staff(connection, user_id, draft.assignment_id)
    feedback = feedback_of_draft(connection, draft_id)
    if feedback is None:
        raise NotFound
    rubric = rubric_by_id(connection, draft.rubric_id)
    if hides_its_student(task, feedback.status):
        return DocumentRows(task, draft, feedback, rubric, HIDDEN, "", "", None)
    person = connection.execute(
        select(User.name, Enrolment.student_number, Enrolment.section)
        .outerjoin(Enrolment, (Enrolment.student_id == User.id) & (Enrolment.course_id == task.course_id))
        .where(User.id == draft.student_id)
    ).one()
    by = connection.execute(select(User.name).where(User.id == feedback.released_by)).scalar_one_or_none()
    return DocumentRows(
        task, draft, feedback, rubric, person.name, person.student_number or "",
        person.section or "", by,
    )  # fmt: skip
