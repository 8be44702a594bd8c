"""What instructors do with a course: create and change it, open and close it, enrol and remove students."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from feedforward.accounts.queries import people_by_email
from feedforward.accounts.rules import folded_email, problem_with_email
from feedforward.audit.record import record
from feedforward.courses.invitation_actions import settle_open
from feedforward.courses.invitation_rules import InvitationStatus, InvitedAs
from feedforward.courses.queries import course_for_staff, require_may_change
from feedforward.courses.rules import CourseChangedMeanwhile, CourseSpec, CourseStatus, Move, StaffRole, optional_move
from feedforward.courses.tables import Course, CourseStaff, Enrolment
from feedforward.errors import NotPermitted, RuleBroken
from feedforward.web.access import Role


@dataclass(frozen=True, slots=True)
class EnrolOutcome:
    """What became of each address: enrolled now, enrolled before, and why not (address → reason as a sentence)."""

    enrolled: tuple[str, ...]
    already: tuple[str, ...]
    unknown: dict[str, str]


def create_course(connection: Connection, *, owner_id: int, spec: CourseSpec, now: datetime) -> int:
    """A new course in its owner's hands, hidden from students until it is opened; its id."""
    course_id: int = connection.execute(
        insert(Course)
        .values(owner_id=owner_id, **asdict(spec), status=CourseStatus.DRAFT, version=1, created_at=now)
        .returning(Course.id)
    ).scalar_one()
    connection.execute(
        insert(CourseStaff).values(course_id=course_id, user_id=owner_id, role=StaffRole.OWNER, added_at=now)
    )
    record(connection, at=now, actor_id=owner_id, action="course.create", subject=("course", course_id))
    return course_id


def change_course(
    connection: Connection, *, staff_id: int, course_id: int, spec: CourseSpec, version: int, now: datetime
) -> None:
    """New details for a course. NotFound, NotPermitted as `require_may_change`; CourseChangedMeanwhile where `version`
    is not the stored one."""
    require_may_change(connection, staff_id, course_id)
    changed = update(Course).where(Course.id == course_id, Course.version == version)
    if not connection.execute(changed.values(**asdict(spec), version=version + 1)).rowcount:
        raise CourseChangedMeanwhile
    record(connection, at=now, actor_id=staff_id, action="course.change", subject=("course", course_id))


def step_course(
    connection: Connection,
    *,
    staff_id: int,
    course_id: int,
    come_from: str,
    go_to: str,
    confirmation: str,
    now: datetime,
) -> Move:
    """Take one step in the life of a course alone, from the status the person saw; deleting wants its code typed.

    What goes along with it is `assignments.life_cycle_actions`' to write: only steps without a cascade come here
    directly.
    """
    course = course_for_staff(connection, staff_id, course_id)
    if not course.role.may_change:
        raise NotPermitted("Tutors can look at this. To change it, ask an instructor of the course.")
    move = optional_move(course.status, go_to, course.role)
    if course.status != come_from or move is None:
        raise RuleBroken("Somebody else has changed the state of this course since you opened the page. Look again.")
    if move.go_to is CourseStatus.DELETED and confirmation.strip().casefold() != course.code.casefold():
        raise RuleBroken(
            f"Nothing was deleted. To delete the course, type its code, {course.code}.", field="confirmation"
        )
    moved = connection.execute(
        update(Course)
        .where(Course.id == course_id, Course.status == move.come_from)
        .values(status=move.go_to, deleted_at=now if move.go_to is CourseStatus.DELETED else None)
    ).rowcount
    if not moved:
        raise RuleBroken("Somebody else has changed the state of this course since you opened the page. Look again.")
    record(
        connection, at=now, actor_id=staff_id, action="course.move", subject=("course", course_id),
        come_from=str(move.come_from), go_to=str(move.go_to),
    )  # fmt: skip
    return move


def enrol_students(
    connection: Connection, *, staff_id: int, course_id: int, emails: Sequence[str], now: datetime
) -> EnrolOutcome:
    """Enrol those of these addresses that belong to student accounts; removed ones come back with their drafts."""
    require_may_change(connection, staff_id, course_id)
    wanted = list(dict.fromkeys(folded_email(each) for each in emails))
    people = people_by_email(connection, wanted)
    before = {
        row.student_id: row.status
        for row in connection.execute(
            select(Enrolment.student_id, Enrolment.status).where(
                Enrolment.course_id == course_id, Enrolment.student_id.in_([person[0] for person in people.values()])
            )
        )
    }
    enrolled: list[str] = []
    already: list[str] = []
    unknown: dict[str, str] = {}
    for email in wanted:
        if email not in people:
            unknown[email] = problem_with_email(email) or "There is no account with this address."
            continue
        student_id, role, _ = people[email]
        if role is not Role.STUDENT:
            unknown[email] = f"This is an {role} account, not a student’s."
        elif before.get(student_id) == "active":
            already.append(email)
        else:
            _enrol(connection, course_id, student_id, student_id in before, now)
            record(
                connection, at=now, actor_id=staff_id, action="enrolment.add", subject=("course", course_id),
                student=student_id,
            )  # fmt: skip
            enrolled.append(email)
    return EnrolOutcome(tuple(enrolled), tuple(already), unknown)


def _enrol(connection: Connection, course_id: int, student_id: int, was_here: bool, now: datetime) -> None:
    if was_here:
        connection.execute(
            update(Enrolment)
            .where(Enrolment.course_id == course_id, Enrolment.student_id == student_id)
            .values(status="active", enrolled_at=now, deleted_at=None)
        )
        return
    connection.execute(
        insert(Enrolment).values(course_id=course_id, student_id=student_id, status="active", enrolled_at=now)
    )


def remove_student(connection: Connection, *, staff_id: int, course_id: int, student_id: int, now: datetime) -> None:
    """End an enrolment; its row and the student's drafts stay. RuleBroken where there is none to end."""
    require_may_change(connection, staff_id, course_id)
    ended = connection.execute(
        update(Enrolment)
        .where(Enrolment.course_id == course_id, Enrolment.student_id == student_id, Enrolment.status == "active")
        .values(status="removed", deleted_at=now)
    ).rowcount
    if not ended:
        raise RuleBroken("This student is not enrolled in the course; somebody else may have removed them.")
    settle_open(
        connection, course_id=course_id, people=[student_id], role=InvitedAs.STUDENT, become=InvitationStatus.REVOKED,
        now=now,
    )  # fmt: skip
    record(
        connection,
        at=now,
        actor_id=staff_id,
        action="enrolment.remove",
        subject=("course", course_id),
        student=student_id,
    )
