"""What an instructor does with one feedback: save, schedule, withhold, recall, have it read again. All conditional."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from feedforward.assignments.tables import Assignment
from feedforward.audit.record import record
from feedforward.courses.life_cycle_rules import Act, states_for
from feedforward.courses.tables import Course
from feedforward.drafts.rules import AMENDING, DraftStatus
from feedforward.drafts.tables import Draft
from feedforward.errors import RuleBroken
from feedforward.feedback.tables import Comment, Feedback, FeedbackCriterion, FeedbackVersion
from feedforward.review.queries import head_for_staff
from feedforward.review.rules import EDITABLE, WAITING, FeedbackStatus, status_after_save
from feedforward.review.sealing import SealedChanges
from feedforward.review.views import Head
from feedforward.web.services import StartFeedback

WITH_THE_READERS = "The readers are at work on this draft again. Wait until they are done, then review what they say."
READ_ONLY = (
    "Course or assignment is archived, so its feedback can be read and not changed or released. Nothing was changed; "
    "take it out of the archive first."
)
# A feedback of an archived course changes for nobody, however old the page is that asks for it.
_OPEN = (
    select(Draft.id)
    .join(Assignment, Assignment.id == Draft.assignment_id)
    .join(Course, Course.id == Assignment.course_id)
    .where(Course.status.in_(states_for(Act.REVIEW)), Assignment.status.in_(states_for(Act.REVIEW)))
)
REVIEWABLE = (DraftStatus.AWAITING_REVIEW, DraftStatus.NEEDS_MANUAL_FEEDBACK, DraftStatus.WITHHELD)


class StaleEdit(RuleBroken):
    """Somebody else changed this feedback since the form was opened; nothing was written."""

    def __init__(self) -> None:
        super().__init__("Somebody else changed this feedback meanwhile, so nothing was overwritten. Look at it again.")


def save(
    connection: Connection, *, user_id: int, draft_id: int, edit: int, changes: SealedChanges, now: datetime
) -> int | None:
    """Write what a person changed; the id of the comment they added. StaleEdit where the form is older than the row."""
    head = reviewable(connection, user_id, draft_id)
    claim(
        connection, head, edit, EDITABLE,
        status=status_after_save(head.status), reviewed_by=user_id, changed_at=now,
        **changes.feedback,
    )  # fmt: skip
    for criterion_id, result in changes.criteria.items():
        _put_result(
            connection, head.feedback_id, criterion_id, level=result.level, score=result.score, edited_by=user_id
        )
    for comment_id, values in changes.comments.items():
        connection.execute(
            update(Comment).where(Comment.id == comment_id, Comment.feedback_id == head.feedback_id).values(**values)
        )
    for position, comment_id in enumerate(changes.order or ()):
        connection.execute(
            update(Comment)
            .where(Comment.id == comment_id, Comment.feedback_id == head.feedback_id)
            .values(position=position)
        )
    added = _add_comment(connection, head.feedback_id, changes.new) if changes.new is not None else None
    record(
        connection, at=now, actor_id=user_id, action="review.save", subject=("draft", draft_id), changes=changes.count,
        criteria=sorted(changes.criteria), comments=sorted(changes.comments), added=added,
    )  # fmt: skip
    return added


def schedule(
    connection: Connection, *, user_id: int, draft_id: int, edit: int, release_at: datetime, now: datetime
) -> None:
    """Release it by itself at this moment."""
    head = reviewable(connection, user_id, draft_id)
    claim(
        connection,
        head,
        edit,
        (*WAITING, FeedbackStatus.WITHHELD),
        status=FeedbackStatus.SCHEDULED,
        release_at=release_at,
        released_by=user_id,
        reviewed_by=user_id,
        changed_at=now,
    )
    if head.draft_status == DraftStatus.WITHHELD:
        move_draft(connection, head, DraftStatus.AWAITING_REVIEW, (DraftStatus.WITHHELD,), now)
    record(
        connection, at=now, actor_id=user_id, action="review.schedule", subject=("draft", draft_id),
        release_at=release_at.isoformat(),
    )  # fmt: skip


def unschedule(connection: Connection, *, user_id: int, draft_id: int, edit: int, now: datetime) -> None:
    """Back among the saved ones."""
    head = reviewable(connection, user_id, draft_id)
    claim(
        connection, head, edit, (FeedbackStatus.SCHEDULED,),
        status=FeedbackStatus.RECALLED if head.version else FeedbackStatus.SAVED, release_at=None, changed_at=now,
    )  # fmt: skip
    record(connection, at=now, actor_id=user_id, action="review.unschedule", subject=("draft", draft_id))


def withhold(
    connection: Connection, *, user_id: int, draft_id: int, edit: int, reason: str, texts: dict[str, Any], now: datetime
) -> None:
    """Keep it from the student, with a reason for staff; `texts` are the changed columns of the note to the student."""
    head = reviewable(connection, user_id, draft_id)
    claim(
        connection, head, edit, WAITING,
        status=FeedbackStatus.WITHHELD, withheld_reason=reason, release_at=None, reviewed_by=user_id, changed_at=now,
        **texts,
    )  # fmt: skip
    move_draft(connection, head, DraftStatus.WITHHELD, REVIEWABLE[:2], now)
    record(connection, at=now, actor_id=user_id, action="review.withhold", subject=("draft", draft_id))


def stop_withholding(connection: Connection, *, user_id: int, draft_id: int, edit: int, now: datetime) -> None:
    """Back into the queue."""
    head = reviewable(connection, user_id, draft_id)
    claim(
        connection, head, edit, (FeedbackStatus.WITHHELD,),
        status=FeedbackStatus.RECALLED if head.version else FeedbackStatus.SAVED, withheld_reason="", changed_at=now,
    )  # fmt: skip
    move_draft(connection, head, DraftStatus.AWAITING_REVIEW, (DraftStatus.WITHHELD,), now)
    record(connection, at=now, actor_id=user_id, action="review.stop_withholding", subject=("draft", draft_id))


def recall(connection: Connection, *, user_id: int, draft_id: int, edit: int, now: datetime) -> None:
    """Take released feedback back: the student no longer sees it and is told that it is being amended."""
    head = head_for_staff(connection, user_id, draft_id)
    require_open(head)
    claim(
        connection, head, edit, (FeedbackStatus.RELEASED,),
        status=FeedbackStatus.RECALLED, reviewed_by=user_id, changed_at=now,
    )  # fmt: skip
    move_draft(
        connection, head, DraftStatus.AWAITING_REVIEW, (DraftStatus.RELEASED,), now, erase_after=None, trouble=AMENDING
    )
    connection.execute(
        update(FeedbackVersion)
        .where(FeedbackVersion.feedback_id == head.feedback_id, FeedbackVersion.version == head.version)
        .values(recalled_at=now)
    )
    record(
        connection, at=now, actor_id=user_id, action="review.recall", subject=("draft", draft_id), version=head.version
    )


def read_again(
    connection: Connection, *, user_id: int, draft_id: int, edit: int, now: datetime, start_feedback: StartFeedback
) -> None:
    """Start another round of readings, as long as no person has worked on the feedback."""
    head = reviewable(connection, user_id, draft_id)
    if head.reviewed_by is not None:
        raise RuleBroken("Somebody has worked on this feedback already, so it is not read again.")
    if head.erased_at is not None:
        raise RuleBroken("The text of this draft was erased, so it can no longer be read.")
    claim(connection, head, edit, (FeedbackStatus.AWAITING_REVIEW,), changed_at=now)
    move_draft(connection, head, DraftStatus.SUBMITTED, REVIEWABLE[:2], now)
    # The engine would take a second start under the same name for the first one.
    start_feedback(connection, draft_id, f"-again-{head.edit + 1}")
    record(
        connection, at=now, actor_id=user_id, action="review.read_again", subject=("draft", draft_id), round=head.round
    )


def note_download(connection: Connection, *, user_id: int, draft_id: int, now: datetime) -> None:
    """That somebody took a student's file out of the system."""
    record(connection, at=now, actor_id=user_id, action="draft.download", subject=("draft", draft_id))


def reviewable(connection: Connection, user_id: int, draft_id: int) -> Head:
    """The draft for a person who teaches its course; RuleBroken in an archived one, and while the readers are at work
    on it."""
    head = head_for_staff(connection, user_id, draft_id)
    require_open(head)
    if head.is_being_read:
        raise RuleBroken(WITH_THE_READERS)
    return head


def require_open(head: Head) -> None:
    """RuleBroken where course or assignment is archived."""
    if head.is_read_only:
        raise RuleBroken(READ_ONLY)


def claim(connection: Connection, head: Head, edit: int, allowed: Sequence[FeedbackStatus], **values: Any) -> None:
    """Change the feedback if it still is what the form showed; StaleEdit otherwise."""
    changed = connection.execute(
        update(Feedback)
        .where(
            Feedback.id == head.feedback_id,
            Feedback.edit == edit,
            Feedback.status.in_(allowed),
            Feedback.draft_id.in_(_OPEN.where(Draft.id == head.draft_id)),
        )
        .values(edit=Feedback.edit + 1, **values)
    ).rowcount
    if not changed:
        raise StaleEdit


def move_draft(
    connection: Connection, head: Head, to: DraftStatus, allowed: Sequence[DraftStatus], now: datetime, **values: Any
) -> None:
    changed = connection.execute(
        update(Draft)
        .where(Draft.id == head.draft_id, Draft.status.in_(allowed))
        .values(status=to, changed_at=now, **values)
    ).rowcount
    if not changed:
        raise StaleEdit


def _put_result(connection: Connection, feedback_id: int, criterion_id: int, **values: Any) -> None:
    """A draft that needs manual feedback may have no row for a criterion yet."""
    where = (FeedbackCriterion.feedback_id == feedback_id, FeedbackCriterion.criterion_id == criterion_id)
    if not connection.execute(update(FeedbackCriterion).where(*where).values(**values)).rowcount:
        connection.execute(
            insert(FeedbackCriterion).values(feedback_id=feedback_id, criterion_id=criterion_id, scores=0, **values)
        )


def _add_comment(connection: Connection, feedback_id: int, values: dict[str, Any]) -> int:
    last = connection.execute(
        select(func.coalesce(func.max(Comment.position), -1)).where(Comment.feedback_id == feedback_id)
    ).scalar_one()
    added: int = connection.execute(
        insert(Comment).values(feedback_id=feedback_id, position=last + 1, **values).returning(Comment.id)
    ).scalar_one()
    return added
