"""Where one draft stands in the queue: the ones before and after it."""

from dataclasses import dataclass

from sqlalchemy import Connection, and_, bindparam, or_, select

from feedforward.drafts.tables import Draft
from feedforward.feedback.tables import Feedback
from feedforward.review.queue_queries import IN_ALL, IN_ONE, URGENT_FIRST
from feedforward.review.views import Head

_POSITION = (
    select(Draft.id)
    .select_from(Draft)
    .join(Feedback, Feedback.draft_id == Draft.id)
    .where(Draft.status.in_(("awaiting_review", "needs_manual_feedback")), Draft.id != bindparam("draft_id"))
)
_LATER = or_(
    Feedback.attention < bindparam("attention"),
    and_(
        Feedback.attention == bindparam("attention"),
        or_(
            Feedback.created_at > bindparam("created_at"),
            and_(Feedback.created_at == bindparam("created_at"), Feedback.id > bindparam("feedback_id")),
        ),
    ),
)
_EARLIER = or_(
    Feedback.attention > bindparam("attention"),
    and_(
        Feedback.attention == bindparam("attention"),
        or_(
            Feedback.created_at < bindparam("created_at"),
            and_(Feedback.created_at == bindparam("created_at"), Feedback.id < bindparam("feedback_id")),
        ),
    ),
)
_BACKWARDS = (Feedback.attention, Feedback.created_at.desc(), Feedback.id.desc())
_NEXT = {
    True: _POSITION.where(IN_ONE, _LATER).order_by(*URGENT_FIRST).limit(1),
    False: _POSITION.where(IN_ALL, _LATER).order_by(*URGENT_FIRST).limit(1),
}
_PREVIOUS = {
    True: _POSITION.where(IN_ONE, _EARLIER).order_by(*_BACKWARDS).limit(1),
    False: _POSITION.where(IN_ALL, _EARLIER).order_by(*_BACKWARDS).limit(1),
}


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The drafts before and after one in the queue."""

    previous: int | None
    next: int | None


def neighbours(connection: Connection, user_id: int, head: Head, *, within: bool) -> Neighbours:
    """Where j and k lead from here, `within` the same assignment or through all my courses."""
    values = {
        "user_id": user_id, "draft_id": head.draft_id, "attention": head.attention, "created_at": head.created_at,
        "feedback_id": head.feedback_id,
    }  # fmt: skip
    if within:
        values["assignment_id"] = head.assignment_id
    return Neighbours(
        previous=connection.execute(_PREVIOUS[within], values).scalar(),
        next=connection.execute(_NEXT[within], values).scalar(),
    )
