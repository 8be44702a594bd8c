"""Reading defaults: what a course and the installation chose, and what holds above them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from feedforward.assignments.choices import PRODUCT, Choices, Origin, choices_from_json, merged, origins_of
from feedforward.assignments.settings_tables import AssignmentVersion, CourseDefaults, InstallationDefaults
from feedforward.courses.queries import CourseView, course_for_staff, require_may_change
from feedforward.errors import NotFound

_COURSE = select(CourseDefaults.chosen, CourseDefaults.version).where(
    CourseDefaults.course_id == bindparam("course_id")
)
_INSTALLATION = select(
    InstallationDefaults.chosen, InstallationDefaults.unreviewed_allowed, InstallationDefaults.version
).where(InstallationDefaults.id == 1)
_SNAPSHOT = select(AssignmentVersion.snapshot).where(
    AssignmentVersion.assignment_id == bindparam("assignment_id"), AssignmentVersion.number == bindparam("number")
)


@dataclass(frozen=True, slots=True)
class Defaults:
    """What one place chose; `above` is what holds where it chose nothing, `origins` where that comes from. `version`
    is 0 before the first choice."""

    chosen: Choices
    version: int
    above: Choices
    origins: Sequence[Origin]
    unreviewed_allowed: bool


def installation_defaults(connection: Connection) -> Defaults:
    """What the installation chose."""
    row = connection.execute(_INSTALLATION).one_or_none()
    origins = origins_of(PRODUCT)
    if row is None:
        return Defaults(Choices(), 0, PRODUCT, origins, unreviewed_allowed=False)
    return Defaults(choices_from_json(row.chosen), row.version, PRODUCT, origins, row.unreviewed_allowed)


def course_defaults_to_change(connection: Connection, user_id: int, course_id: int) -> tuple[CourseView, Defaults]:
    """What a course chose, for somebody who may change it; NotFound, NotPermitted otherwise."""
    require_may_change(connection, user_id, course_id)
    course = course_for_staff(connection, user_id, course_id)
    here = installation_defaults(connection)
    row = connection.execute(_COURSE, {"course_id": course_id}).one_or_none()
    chosen = choices_from_json(row.chosen) if row else Choices()
    return course, Defaults(
        chosen, row.version if row else 0, merged(PRODUCT, here.chosen), origins_of(PRODUCT, here.chosen),
        here.unreviewed_allowed,
    )  # fmt: skip


def snapshot_for_work(connection: Connection, assignment_id: int, number: int) -> str:
    """The settings as they stood in a version (see versions.py); NotFound where there is no such version."""
    found: str | None = connection.execute(_SNAPSHOT, {"assignment_id": assignment_id, "number": number}).scalar()
    if found is None:
        raise NotFound
    return found
