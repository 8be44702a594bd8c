"""The notices around a review: feedback is released, drafts wait, something failed. Never a word of either."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, func, or_, select

from feedforward import urls
from feedforward.assignments.tables import Assignment
from feedforward.courses.parts import in_my_part
from feedforward.courses.tables import Course, CourseStaff
from feedforward.drafts.rules import DraftStatus
from feedforward.drafts.staff_scope import of_my_students
from feedforward.drafts.tables import Draft
from feedforward.feedback.tables import Feedback
from feedforward.mail.letters import Letter, LetterLink, Message
from feedforward.mail.outbox import post
from feedforward.mail.rules import Kind, Template, Topic

FEEDBACK_RELEASED = Template("feedback_released", Kind.NOTICE, topic=Topic.FEEDBACK_RELEASED)
DRAFTS_WAITING = Template("drafts_waiting", Kind.NOTICE, topic=Topic.DRAFTS_WAITING)
SOMETHING_FAILED = Template("something_failed", Kind.NOTICE, topic=Topic.SOMETHING_FAILED)
LONGEST_TITLE = 120

_A_READER_FAILED = Feedback.reasons.contains("reader_failed")
_TASK = (
    select(Assignment.title, Course.code)
    .join(Course, Course.id == Assignment.course_id)
    .where(
        Assignment.id == bindparam("assignment_id"), Assignment.status != "deleted",
        Course.status.not_in(("archived", "deleted")),
    )
)  # fmt: skip
_TEACHES = (
    select(CourseStaff.user_id)
    .join(Assignment, Assignment.course_id == CourseStaff.course_id)
    .where(Assignment.id == bindparam("assignment_id"), CourseStaff.user_id == bindparam("user_id"))
)
_COUNTS = (
    select(Draft.status, func.count().label("many"))
    .where(Draft.assignment_id == bindparam("assignment_id"), of_my_students())
    .group_by(Draft.status)
)
_READER_FAILED = (
    select(func.count())
    .select_from(Draft)
    .join(Feedback, Feedback.draft_id == Draft.id)
    .where(
        Draft.assignment_id == bindparam("assignment_id"), Draft.status == DraftStatus.AWAITING_REVIEW,
        _A_READER_FAILED, of_my_students(),
    )
)  # fmt: skip
_OWN_DRAFT = (
    select(Draft.number, Draft.status, Assignment.title, Course.code, Feedback.unreviewed)
    .join(Feedback, Feedback.draft_id == Draft.id)
    .join(Assignment, Assignment.id == Draft.assignment_id)
    .join(Course, Course.id == Assignment.course_id)
    .where(
        Draft.id == bindparam("draft_id"),
        Draft.student_id == bindparam("user_id"),
        Assignment.status != "deleted",
        Course.status != "deleted",
    )
)


def tell_student(connection: Connection, draft_id: int, *, released_by: int | None, now: datetime) -> None:
    """Post that feedback on this draft was released; who released it is told where the notice cannot be delivered."""
    student_id = connection.execute(select(Draft.student_id).where(Draft.id == draft_id)).scalar_one()
    post(
        connection, template=FEEDBACK_RELEASED, to=student_id, ids={"draft_id": draft_id}, asked_by=released_by, now=now
    )


def staff_to_tell(connection: Connection, template: Template, since: datetime, now: datetime) -> list[tuple[int, int]]:
    """(person, assignment) for everybody who teaches a course where a draft came to wait, or something failed, after
    `since` and up to `now`."""
    failed = or_(
        Draft.status == DraftStatus.NEEDS_MANUAL_FEEDBACK,
        (Draft.status == DraftStatus.AWAITING_REVIEW) & _A_READER_FAILED,
    )
    rows = connection.execute(
        select(CourseStaff.user_id, Assignment.id)
        .distinct()
        .join(Course, Course.id == CourseStaff.course_id)
        .join(Assignment, Assignment.course_id == Course.id)
        .join(Draft, Draft.assignment_id == Assignment.id)
        .outerjoin(Feedback, Feedback.draft_id == Draft.id)
        .where(
            Course.status.not_in(("archived", "deleted")), Assignment.status != "deleted",
            Draft.changed_at > since, Draft.changed_at <= now,
            failed if template is SOMETHING_FAILED else Draft.status == DraftStatus.AWAITING_REVIEW,
            in_my_part(Draft.student_id),
        )
        .order_by(CourseStaff.user_id, Assignment.id)
    )  # fmt: skip
    return [(row.user_id, row.id) for row in rows]


def tell_staff(connection: Connection, template: Template, told: list[tuple[int, int]], now: datetime) -> int:
    """Post one notice to each person about each assignment; how many."""
    for user_id, assignment_id in told:
        post(connection, template=template, to=user_id, ids={"assignment_id": assignment_id}, asked_by=None, now=now)
    return len(told)


def write_feedback_released(connection: Connection, message: Message) -> Letter | None:
    """None where the feedback was recalled meanwhile."""
    draft_id = message.ids["draft_id"]
    row = connection.execute(_OWN_DRAFT, {"draft_id": draft_id, "user_id": message.to.user_id}).one_or_none()
    if row is None or row.status != DraftStatus.RELEASED:
        return None
    title = _short(row.title)
    told = f"Your instructor has released feedback on draft {row.number} of “{title}” ({row.code})."
    if row.unreviewed:
        told = f"There is feedback on draft {row.number} of “{title}” ({row.code}). No person has reviewed it."
    return Letter(
        subject=f"Feedback on draft {row.number}: {title}",
        paragraphs=(told,),
        link=LetterLink("Read the feedback", urls.feedback(draft_id)),
        after=("It stays there for you to come back to while you work on the next draft.",),
    )


def write_drafts_waiting(connection: Connection, message: Message) -> Letter | None:
    """None where nothing waits any more, or this person no longer teaches the course."""
    task = _task_of(connection, message)
    if task is None:
        return None
    title, code = task
    assignment_id = message.ids["assignment_id"]
    waiting = _counts(connection, message).get(DraftStatus.AWAITING_REVIEW, 0)
    if not waiting:
        return None
    return Letter(
        subject=f"{_drafts(waiting)} {'waits' if waiting == 1 else 'wait'} for review: {title}",
        paragraphs=(
            f"{_drafts(waiting)} of “{title}” ({code}) {'has' if waiting == 1 else 'have'} been read and "
            f"{'waits' if waiting == 1 else 'wait'} for your review. Students see nothing before you release it.",
        ),
        link=LetterLink("Open the review queue", urls.review_queue(assignment_id)),
    )


def write_something_failed(connection: Connection, message: Message) -> Letter | None:
    """None where everything has been dealt with."""
    task = _task_of(connection, message)
    if task is None:
        return None
    title, code = task
    assignment_id = message.ids["assignment_id"]
    by_hand = _counts(connection, message).get(DraftStatus.NEEDS_MANUAL_FEEDBACK, 0)
    partly = connection.execute(_READER_FAILED, _asked(message)).scalar_one()
    if not by_hand + partly:
        return None
    paragraphs = []
    if by_hand:
        paragraphs.append(
            f"{_drafts(by_hand)} of “{title}” ({code}) got too few readings to make feedback of. What was handed in is "
            "safe. You can write the feedback by hand or have it read again."
        )
    if partly:
        paragraphs.append(
            f"For {_drafts(partly).lower()} of “{title}” ({code}) a reader failed; the feedback that waits for your "
            "review comes from the others."
        )
    return Letter(
        subject=f"{_drafts(by_hand + partly)} with readers that failed: {title}",
        paragraphs=tuple(paragraphs),
        link=LetterLink("Open the review queue", urls.review_queue(assignment_id)),
    )


def _task_of(connection: Connection, message: Message) -> tuple[str, str] | None:
    """Title and course code, where the recipient still teaches it."""
    asked = {"assignment_id": message.ids["assignment_id"]}
    if connection.execute(_TEACHES, {**asked, "user_id": message.to.user_id}).first() is None:
        return None
    row = connection.execute(_TASK, asked).one_or_none()
    return (_short(row.title), row.code) if row is not None else None


def _counts(connection: Connection, message: Message) -> dict[str, int]:
    """Drafts by status, as far as their students are the recipient's to look after."""
    return {row.status: row.many for row in connection.execute(_COUNTS, _asked(message))}


def _asked(message: Message) -> dict[str, int | None]:
    return {"assignment_id": message.ids["assignment_id"], "user_id": message.to.user_id}


def _drafts(many: int) -> str:
    return "1 draft" if many == 1 else f"{many} drafts"


def _short(title: str) -> str:
    """A title as it fits a subject: one line, not too long."""
    line = " ".join("".join(each if each.isprintable() else " " for each in title).split())
    return line if len(line) <= LONGEST_TITLE else f"{line[: LONGEST_TITLE - 1]}…"
