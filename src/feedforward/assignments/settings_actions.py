"""Changing what an assignment asks and shows: its own settings, its course's defaults, the installation's."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from feedforward.assignments.actions import raise_version, task_to_change
from feedforward.assignments.choices import NAMES, Choices, choices_from_json, choices_to_json
from feedforward.assignments.rules import ChangedMeanwhile
from feedforward.assignments.settings_form import SettingsSpec
from feedforward.assignments.settings_tables import AssignmentSettings, CourseDefaults, InstallationDefaults
from feedforward.assignments.tables import Assignment
from feedforward.assignments.version_actions import note_version
from feedforward.audit.record import record
from feedforward.courses.queries import require_may_change
from feedforward.errors import RuleBroken

OVERTAKEN = "Somebody else has changed these defaults since you opened them. Look at them below and save yours again."


def change_settings(
    connection: Connection, *, staff_id: int, assignment_id: int, spec: SettingsSpec, version: int, now: datetime
) -> None:
    """New settings. ChangedMeanwhile where `version` is not the stored one."""
    before = task_to_change(connection, staff_id, assignment_id).settings.chosen
    raise_version(connection, assignment_id, version)
    # From here on the settings alone say what students see.
    connection.execute(update(Assignment).where(Assignment.id == assignment_id).values(show_numbers=False))
    write_settings(
        connection, assignment_id, chosen=choices_to_json(spec.choices), late_until=spec.late_until,
        file_types="\n".join(map(str, spec.file_types)), return_at=spec.return_at,
    )  # fmt: skip
    note_version(connection, assignment_id, by=staff_id, now=now)
    record(
        connection, at=now, actor_id=staff_id, action="assignment.set_settings", subject=("assignment", assignment_id),
        changed=_changed(before, spec.choices),
    )  # fmt: skip


def write_settings(connection: Connection, assignment_id: int, **values: Any) -> None:
    """Put these columns into the assignment's row of settings, which is made where there is none."""
    make = sqlite_insert if connection.dialect.name == "sqlite" else postgresql_insert
    connection.execute(
        make(AssignmentSettings)
        .values(assignment_id=assignment_id, chosen="{}", file_types="", publish_opens_course=False, publish_problem="")
        .on_conflict_do_nothing()
    )
    connection.execute(
        update(AssignmentSettings).where(AssignmentSettings.assignment_id == assignment_id).values(**values)
    )


def set_course_defaults(
    connection: Connection, *, staff_id: int, course_id: int, choices: Choices, version: int, now: datetime
) -> None:
    """What the assignments of the course follow; `version` 0 is before the first. RuleBroken where it was overtaken."""
    require_may_change(connection, staff_id, course_id)
    before = _save_defaults(connection, CourseDefaults, "course_id", course_id, choices, version, staff_id, now, {})
    record(
        connection, at=now, actor_id=staff_id, action="course.set_defaults", subject=("course", course_id),
        changed=_changed(before, choices),
    )  # fmt: skip


def set_installation_defaults(
    connection: Connection, *, admin_id: int, choices: Choices, unreviewed_allowed: bool, version: int, now: datetime
) -> None:
    """What courses follow, and whether feedback may go out unreviewed. RuleBroken where it was overtaken."""
    allowed = {"unreviewed_allowed": unreviewed_allowed}
    before = _save_defaults(connection, InstallationDefaults, "id", 1, choices, version, admin_id, now, allowed)
    record(
        connection, at=now, actor_id=admin_id, action="installation.set_defaults", subject=("installation", 1),
        changed=_changed(before, choices), unreviewed_allowed=unreviewed_allowed,
    )  # fmt: skip


def _save_defaults(
    connection: Connection, table: type[CourseDefaults] | type[InstallationDefaults], key: str, place: int,
    choices: Choices, version: int, by: int, now: datetime, more: dict[str, Any],
) -> Choices:  # fmt: skip
    """Write the row of one place, if it still has this version; the choices it held before."""
    column = getattr(table, key)
    row = connection.execute(select(table.chosen, table.version).where(column == place)).one_or_none()
    values = {"chosen": choices_to_json(choices), "edited_by": by, "changed_at": now, "version": version + 1, **more}
    if (row.version if row else 0) != version:
        raise RuleBroken(OVERTAKEN)
    if row is None:
        connection.execute(insert(table).values(**{key: place}, **values))
        return Choices()
    changed = connection.execute(update(table).where(column == place, table.version == version).values(**values))
    if not changed.rowcount:
        raise ChangedMeanwhile
    return choices_from_json(row.chosen)


def _changed(before: Choices, after: Choices) -> list[str]:
    return [name for name in NAMES if getattr(before, name) != getattr(after, name)]
