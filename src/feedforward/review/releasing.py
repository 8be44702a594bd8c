"""Releasing feedback to its student: one, all that is saved, and those whose time has come."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, insert, select, update

from feedforward.assignments.queries import task_for_staff, task_for_work
from feedforward.assignments.rules import Task
from feedforward.assignments.tables import Assignment
from feedforward.audit.record import record
from feedforward.courses.life_cycle_rules import Act, may, states_for
from feedforward.courses.parts import in_my_part
from feedforward.courses.tables import Course, CourseStaff
from feedforward.database import Database
from feedforward.drafts.rules import DraftStatus
from feedforward.drafts.tables import Draft
from feedforward.errors import NotFound, RuleBroken
from feedforward.feedback.tables import Feedback, FeedbackVersion
from feedforward.review.actions import READ_ONLY, REVIEWABLE, StaleEdit, claim, move_draft, require_open
from feedforward.review.letters import tell_student
from feedforward.review.opening import opened_review
from feedforward.review.queries import review_for_work
from feedforward.review.rules import WAITING, FeedbackStatus, problem_with_release
from feedforward.review.sealing import sealed_document
from feedforward.review.views import Head, Review
from feedforward.storage.content import ContentStore
from feedforward.web.access import Work

# In the archive a set time passes; it is kept as soon as the course is out of it again.
_DUE = (
    select(Feedback.draft_id, Feedback.edit, Feedback.released_by, Feedback.unreviewed)
    .join(Draft, Draft.id == Feedback.draft_id)
    .join(Assignment, Assignment.id == Draft.assignment_id)
    .join(Course, Course.id == Assignment.course_id)
    .where(
        Feedback.status == FeedbackStatus.SCHEDULED,
        Feedback.release_at <= bindparam("now"),
        Course.status.in_(states_for(Act.REVIEW)),
        Assignment.status.in_(states_for(Act.REVIEW)),
    )
    .order_by(Feedback.release_at, Feedback.id)
    .limit(bindparam("most"))
)
_SAVED = (
    select(Feedback.draft_id)
    .join(Draft, Draft.id == Feedback.draft_id)
    .join(Assignment, Assignment.id == Draft.assignment_id)
    .join(CourseStaff, CourseStaff.course_id == Assignment.course_id)
    .where(
        Draft.assignment_id == bindparam("assignment_id"), CourseStaff.user_id == bindparam("user_id"),
        Draft.status.in_(REVIEWABLE[:2]), Feedback.status == FeedbackStatus.SAVED, in_my_part(Draft.student_id),
    )
    .order_by(Feedback.id)
)  # fmt: skip
MOST_AT_ONCE = 500


def release(
    connection: Connection,
    *,
    head: Head,
    document: bytes | None,
    user_id: int | None,
    retention_days: int,
    now: datetime,
    unreviewed: bool = False,
) -> int:
    """Make this state of the feedback the student's; its version. StaleEdit where it changed since `head` was read.

    `head` comes from a scoped query; `user_id` is who releases it (None: the time set by nobody we know any more).
    """
    require_open(head)
    version = head.version + 1
    claim(
        connection, head, head.edit, (*WAITING, FeedbackStatus.WITHHELD), unreviewed=unreviewed,
        status=FeedbackStatus.RELEASED, version=version, released_at=now, released_by=user_id, release_at=None,
        withheld_reason="", changed_at=now, opened_at=None,
        **({"reviewed_by": user_id} if head.status is not FeedbackStatus.SCHEDULED else {}),
    )  # fmt: skip
    days = head.retention_days if head.retention_days is not None else retention_days
    erase_after = None if head.content_preserved or head.erased_at else now + timedelta(days=days)
    move_draft(connection, head, DraftStatus.RELEASED, REVIEWABLE, now, erase_after=erase_after, trouble="")
    connection.execute(
        insert(FeedbackVersion).values(
            feedback_id=head.feedback_id, version=version, released_at=now, released_by=user_id, document=document
        )
    )
    record(
        connection, at=now, actor_id=user_id, subject=("draft", head.draft_id), version=version,
        action="review.release_unreviewed" if unreviewed else "review.release",
    )  # fmt: skip
    tell_student(connection, head.draft_id, released_by=user_id, now=now)
    return version


def release_unreviewed(
    connection: Connection, who: Work, *, head: Head, document: bytes | None, retention_days: int, now: datetime
) -> int | None:
    """Release feedback that nobody reviewed, as the system itself: only while its assignment and the installation want
    it so; otherwise it waits for a person, and None. StaleEdit where it changed since `head` was read."""
    if task_for_work(connection, head.assignment_id).settings.goes_out_unreviewed:
        return release(
            connection, head=head, document=document, user_id=None, retention_days=retention_days, now=now,
            unreviewed=True,
        )  # fmt: skip
    claim(
        connection, head, head.edit, (FeedbackStatus.SCHEDULED,), status=FeedbackStatus.AWAITING_REVIEW,
        release_at=None, unreviewed=False, changed_at=now,
    )  # fmt: skip
    record(connection, at=now, actor_id=None, action="review.kept_for_a_person", subject=("draft", head.draft_id))
    return None


def require_releasable(review: Review) -> None:
    """RuleBroken where the student would find nothing."""
    problem = problem_with_release(
        levels=[each.level for each in review.criteria], comments=review.shown_comments, summary=review.summary
    )
    if problem is not None:
        raise RuleBroken(problem)


def require_reviewable(task: Task) -> None:
    """RuleBroken where the assignment or its course is archived."""
    if not may(Act.REVIEW, task.status, task.course_status):
        raise RuleBroken(READ_ONLY)


def saved_drafts(connection: Connection, user_id: int, assignment_id: int) -> Sequence[int]:
    """The drafts of an assignment whose feedback is saved and waits for its release."""
    return connection.execute(_SAVED, {"user_id": user_id, "assignment_id": assignment_id}).scalars().all()


def schedule_saved(
    connection: Connection, *, user_id: int, assignment_id: int, release_at: datetime, now: datetime
) -> int:
    """Give every saved feedback of the assignment its time of release; how many."""
    require_reviewable(task_for_staff(connection, user_id, assignment_id))
    drafts = saved_drafts(connection, user_id, assignment_id)
    moved = 0
    for start in range(0, len(drafts), MOST_AT_ONCE):
        moved += connection.execute(
            update(Feedback)
            .where(
                Feedback.draft_id.in_(drafts[start : start + MOST_AT_ONCE]), Feedback.status == FeedbackStatus.SAVED
            )
            .values(
                status=FeedbackStatus.SCHEDULED, release_at=release_at, released_by=user_id, changed_at=now,
                edit=Feedback.edit + 1,
            )
        ).rowcount  # fmt: skip
    record(
        connection, at=now, actor_id=user_id, action="review.schedule_saved", subject=("assignment", assignment_id),
        drafts=moved, release_at=release_at.isoformat(),
    )  # fmt: skip
    return moved


def release_each(
    database: Database, store: ContentStore, drafts: Sequence[int], *, user_id: int, retention_days: int, now: datetime
) -> tuple[int, int]:
    """Release these saved drafts one by one; (released, passed over because somebody changed them meanwhile)."""
    released = 0
    for draft_id in drafts:
        try:
            review = opened_review(store, database.read_now(review_for_work, draft_id))
            if review.head.status is not FeedbackStatus.SAVED:
                continue
            require_releasable(review)
            document = sealed_document(store, review)
            database.write_now(
                release, head=review.head, document=document, user_id=user_id, retention_days=retention_days, now=now
            )
        except (RuleBroken, NotFound):
            continue
        released += 1
    return released, len(drafts) - released


def release_due(database: Database, store: ContentStore, *, retention_days: int, now: datetime, most: int = 200) -> int:
    """Release what was set to go out by now; how many. Called again and again by the worker, it does nothing twice."""
    due = database.read_now(lambda connection: connection.execute(_DUE, {"now": now, "most": most}).all())
    released = 0
    for row in due:
        try:
            review = opened_review(store, database.read_now(review_for_work, row.draft_id))
            if review.head.edit != row.edit or review.head.status is not FeedbackStatus.SCHEDULED:
                continue
            require_releasable(review)
            document = sealed_document(store, review)
            if row.unreviewed and row.released_by is None:
                version = database.write_now(
                    release_unreviewed, Work(), head=review.head, document=document, retention_days=retention_days,
                    now=now,
                )  # fmt: skip
                released += version is not None
                continue
            database.write_now(
                release, head=review.head, document=document, user_id=row.released_by, retention_days=retention_days,
                now=now,
            )  # fmt: skip
        except StaleEdit:
            continue
        except RuleBroken:
            database.write_now(_give_up, row.draft_id, row.edit, now)
            continue
        released += 1
    return released


def _give_up(connection: Connection, draft_id: int, edit: int, now: datetime) -> None:
    """A scheduled feedback that cannot go out goes back to its reviewer instead of being tried for ever."""
    changed = connection.execute(
        update(Feedback)
        .where(Feedback.draft_id == draft_id, Feedback.edit == edit, Feedback.status == FeedbackStatus.SCHEDULED)
        .values(status=FeedbackStatus.SAVED, release_at=None, changed_at=now, edit=Feedback.edit + 1)
    ).rowcount
    if changed:
        record(connection, at=now, actor_id=None, action="review.release_failed", subject=("draft", draft_id))
