"""Reading assignments: a student's, the staff's, and the system's own view of one."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, null, select

from feedforward.assignments.choices import TaskSettings, resolved
from feedforward.assignments.rules import SEEN_BY_STUDENTS, AssignmentStatus, MergeMethod, ReaderSetting, Task
from feedforward.assignments.settings_tables import AssignmentSettings, CourseDefaults, Extension, InstallationDefaults
from feedforward.assignments.tables import Assignment, ModelSetting
from feedforward.courses.rules import SEEN_BY_STUDENTS as COURSES_SEEN_BY_STUDENTS
from feedforward.courses.rules import CourseStatus
from feedforward.courses.tables import Course, CourseStaff, Enrolment
from feedforward.errors import NotFound
from feedforward.extraction.sniffing import FileType

_ANY: Select[*tuple[object, ...]] = select(
    Assignment.id, Assignment.course_id, Course.code, Course.title.label("course_title"),
    Course.status.label("course_status"), Assignment.rubric_id, Assignment.title, Assignment.instructions,
    Assignment.kind, Assignment.due_at, Assignment.time_zone, Assignment.max_drafts, Assignment.word_min,
    Assignment.word_max, Assignment.merge_method, Assignment.min_readings, Assignment.show_numbers,
    Assignment.retention_days, Assignment.guidelines, Assignment.status, Assignment.version,
    AssignmentSettings.chosen, CourseDefaults.chosen.label("course_chosen"),
    InstallationDefaults.chosen.label("installation_chosen"), InstallationDefaults.unreviewed_allowed,
    AssignmentSettings.late_until, AssignmentSettings.file_types, AssignmentSettings.return_at,
    AssignmentSettings.sheet_id, AssignmentSettings.publish_at, AssignmentSettings.publish_problem,
).join(Course, Course.id == Assignment.course_id).outerjoin(
    AssignmentSettings, AssignmentSettings.assignment_id == Assignment.id
).outerjoin(CourseDefaults, CourseDefaults.course_id == Assignment.course_id).outerjoin(
    InstallationDefaults, InstallationDefaults.id == 1
)  # fmt: skip
_TASK = _ANY.add_columns(null().label("extended_to"))
_OWN_EXTENSION = and_(
    Extension.assignment_id == Assignment.id,
    Extension.student_id == bindparam("student_id"),
    Extension.withdrawn_at.is_(None),
)
_STUDENTS = (
    _ANY.add_columns(Extension.due_at.label("extended_to"))
    .outerjoin(Extension, _OWN_EXTENSION)
    .join(Enrolment, Enrolment.course_id == Course.id)
    .where(
        Enrolment.student_id == bindparam("student_id"),
        Enrolment.status == "active",
        Course.status.in_(COURSES_SEEN_BY_STUDENTS),
        Assignment.status.in_(SEEN_BY_STUDENTS),
    )
)
_ONE_OF_STUDENTS = _STUDENTS.where(Assignment.id == bindparam("assignment_id"))
_ALL_OF_STUDENTS = _STUDENTS.order_by(Assignment.due_at, Assignment.id)
_STAFFS = _TASK.join(CourseStaff, CourseStaff.course_id == Course.id).where(
    CourseStaff.user_id == bindparam("user_id"), Course.status != "deleted", Assignment.status != "deleted"
)
_ONE_OF_STAFFS = _STAFFS.where(Assignment.id == bindparam("assignment_id"))
_COURSES = _STAFFS.where(Assignment.course_id == bindparam("course_id")).order_by(Assignment.due_at, Assignment.id)
_TAUGHT = _STAFFS.where(Course.status.in_(COURSES_SEEN_BY_STUDENTS), Assignment.status.in_(SEEN_BY_STUDENTS))
_FOR_WORK = _TASK.where(Assignment.id == bindparam("assignment_id"))
_FILE_TYPES = frozenset(map(str, FileType))
_READERS = (
    select(
        ModelSetting.id, ModelSetting.position, ModelSetting.reader, ModelSetting.runs, ModelSetting.weight,
        ModelSetting.temperature, ModelSetting.max_tokens, ModelSetting.fallback_reader,
    )
    .where(ModelSetting.assignment_id == bindparam("assignment_id"), ModelSetting.removed_at.is_(None))
    .order_by(ModelSetting.position)
)  # fmt: skip


def _task(row: Row[*tuple[object, ...]]) -> Task:
    return Task(
        assignment_id=row.id, course_id=row.course_id, course_code=row.code, course_title=row.course_title,
        course_status=CourseStatus(row.course_status), rubric_id=row.rubric_id, title=row.title,
        instructions=row.instructions, kind=row.kind, due_at=row.due_at, time_zone=row.time_zone,
        max_drafts=row.max_drafts, word_min=row.word_min, word_max=row.word_max,
        merge_method=MergeMethod(row.merge_method), min_readings=row.min_readings, retention_days=row.retention_days,
        guidelines=row.guidelines, status=AssignmentStatus(row.status), version=row.version, settings=_settings(row),
        extended_to=row.extended_to,
    )  # fmt: skip


def _settings(row: Row[*tuple[Any, ...]]) -> TaskSettings:
    inherited = resolved(row.installation_chosen, row.course_chosen, row.chosen, row.show_numbers)
    if row.chosen is None and not row.unreviewed_allowed:
        return inherited
    return replace(
        inherited, late_until=row.late_until, return_at=row.return_at, sheet_id=row.sheet_id,
        file_types=tuple(FileType(each) for each in (row.file_types or "").splitlines() if each in _FILE_TYPES),
        publish_at=row.publish_at, publish_problem=row.publish_problem or "",
        unreviewed_allowed=bool(row.unreviewed_allowed),
    )  # fmt: skip


def task_for_student(connection: Connection, student_id: int, assignment_id: int) -> Task:
    """The task; NotFound unless it was published in a course this student is enrolled in and may see."""
    row = connection.execute(_ONE_OF_STUDENTS, {"student_id": student_id, "assignment_id": assignment_id}).one_or_none()
    if row is None:
        raise NotFound
    return _task(row)


def tasks_of_student(connection: Connection, student_id: int) -> list[Task]:
    """Every task this student may see, by due date; closed and archived ones too."""
    return [_task(row) for row in connection.execute(_ALL_OF_STUDENTS, {"student_id": student_id})]


def task_for_staff(connection: Connection, user_id: int, assignment_id: int) -> Task:
    """The task in any state but deleted; NotFound unless this person teaches its course."""
    row = connection.execute(_ONE_OF_STAFFS, {"user_id": user_id, "assignment_id": assignment_id}).one_or_none()
    if row is None:
        raise NotFound
    return _task(row)


def tasks_of_course(connection: Connection, user_id: int, course_id: int) -> list[Task]:
    """The assignments of a course by due date, deleted ones aside; empty where this person does not teach it."""
    return [_task(row) for row in connection.execute(_COURSES, {"user_id": user_id, "course_id": course_id})]


def taught_tasks(connection: Connection, user_id: int) -> list[Task]:
    """The published tasks of every course this person teaches."""
    return [_task(row) for row in connection.execute(_TAUGHT, {"user_id": user_id})]


def task_for_work(connection: Connection, assignment_id: int) -> Task:
    """The task as the system itself needs it, in any state; NotFound where there is none."""
    row = connection.execute(_FOR_WORK, {"assignment_id": assignment_id}).one_or_none()
    if row is None:
        raise NotFound
    return _task(row)


def reader_settings(connection: Connection, assignment_id: int) -> tuple[ReaderSetting, ...]:
    """The readers chosen for an assignment, in their order."""
    return tuple(
        ReaderSetting(
            row.id, row.position, row.reader, row.runs, row.weight, row.temperature, row.max_tokens, row.fallback_reader
        )
        for row in connection.execute(_READERS, {"assignment_id": assignment_id})
    )
