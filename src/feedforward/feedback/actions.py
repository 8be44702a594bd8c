"""What a student does with released feedback: open it, and say what becomes of each comment."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from feedforward.assignments.tables import Assignment
from feedforward.audit.record import record
from feedforward.courses.tables import Course
from feedforward.drafts.tables import Draft
from feedforward.errors import NotFound
from feedforward.feedback.rules import UptakeState, require_answerable, uptake_problem
from feedforward.feedback.tables import Comment, CommentUptake, Feedback

_OWN_COMMENT = (
    select(Feedback.draft_id, Course.status.label("course_status"), Assignment.status)
    .join(Comment, Comment.feedback_id == Feedback.id)
    .join(Draft, Draft.id == Feedback.draft_id)
    .join(Assignment, Assignment.id == Draft.assignment_id)
    .join(Course, Course.id == Assignment.course_id)
    .where(
        Course.status != "deleted",
        Assignment.status != "deleted",
        Comment.id == bindparam("comment_id"),
        Draft.student_id == bindparam("student_id"),
        Feedback.status == "released",
        Comment.dropped.is_(False),
        Comment.supported | Comment.kept,
    )
)


def draft_of_own_comment(connection: Connection, student_id: int, comment_id: int) -> int:
    """The draft a comment belongs to; NotFound unless the student can see it in released feedback of theirs,
    RuleBroken in the archive."""
    row = connection.execute(_OWN_COMMENT, {"comment_id": comment_id, "student_id": student_id}).one_or_none()
    if row is None:
        raise NotFound
    require_answerable(row.course_status, row.status)
    draft_id: int = row.draft_id
    return draft_id


def mark_uptake(
    connection: Connection, *, student_id: int, comment_id: int, state: UptakeState, note: str, now: datetime
) -> None:
    """Say what becomes of a comment; a later word replaces an earlier one. RuleBroken where a reason is missing."""
    draft_of_own_comment(connection, student_id, comment_id)
    problem = uptake_problem(state, note)
    if problem is not None:
        raise problem
    values = {"state": state, "note": note.strip(), "marked_at": now}
    changed = connection.execute(
        update(CommentUptake).where(CommentUptake.comment_id == comment_id).values(**values)
    ).rowcount
    if not changed:
        connection.execute(insert(CommentUptake).values(comment_id=comment_id, **values))
    record(
        connection,
        at=now,
        actor_id=student_id,
        action="comment.uptake",
        subject=("comment", comment_id),
        state=str(state),
    )


def clear_uptake(connection: Connection, *, student_id: int, comment_id: int, now: datetime) -> None:
    """Take back what was said about a comment; doing it twice is the same as once."""
    draft_of_own_comment(connection, student_id, comment_id)
    if connection.execute(delete(CommentUptake).where(CommentUptake.comment_id == comment_id)).rowcount:
        record(
            connection, at=now, actor_id=student_id, action="comment.uptake_cleared", subject=("comment", comment_id)
        )


def note_opened(connection: Connection, *, student_id: int, draft_id: int, now: datetime) -> None:
    """Remember when the student first saw the feedback as it stands released."""
    opened = connection.execute(
        update(Feedback)
        .where(Feedback.draft_id == draft_id, Feedback.status == "released", Feedback.opened_at.is_(None))
        .values(opened_at=now)
    ).rowcount
    if opened:
        record(connection, at=now, actor_id=student_id, action="feedback.open", subject=("draft", draft_id))
