"""Who may do what where a course or an assignment is not open, and where somebody's role in it has ended.

Addresses of a course, an assignment or a draft; of the table of access only what it says of the open course counts.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update

from feedforward.assignments.tables import Assignment
from feedforward.courses.tables import Course, CourseStaff
from tests.factories.installation import on_sqlite
from tests.stories.access_table import OF_REMOVED, TABLE
from tests.stories.asking import ask, nothing_is_kept
from tests.stories.entries import ENTRIES, MARKS, address, marks_of
from tests.stories.world import ACTORS, World, open_world

MARKS_WHEN_OPEN = {row: marks.split() for row, marks in marks_of(TABLE).items()}
INSIDE = ("{course_id}", "{assignment_id}", "{draft_id}", "{comment_id}")
OF_A_COURSE = [row for row in MARKS_WHEN_OPEN if any(each in row for each in INSIDE) and "/admin/" not in row]
OF_AN_ASSIGNMENT = [row for row in OF_A_COURSE if "{course_id}" not in row]
# What may be done in an archived course: reading that is noted, taking along, and throwing away what was never used.
READING = {"feedback.open", "draft.download", "class.export", "class.export_feedback"}
DONE_IN_ARCHIVE = READING | {"draft.discard", "lms.throw_away", "rubric.save", "template.keep"}


@dataclass
class Asked:
    """A world, and the audited acts that the last questions would have done."""

    world: World
    acts: list[str]

    @contextmanager
    def every(self, what: type[Course] | type[Assignment], status: str) -> Iterator[None]:
        """All courses of the owner, or all their assignments, in this state."""
        owner = self.world.user_ids["owner"]
        mine = Course.owner_id == owner if what is Course else Assignment.created_by == owner
        self.world.run(update(what).where(mine).values(status=status))
        try:
            yield
        finally:
            self.world.run(update(what).where(mine).values(status="active"))

    def mark(self, row: str, actor: str, draft: str = "") -> str:
        entry = ENTRIES[row]
        outcome = ask(self.world.people[actor], entry.method, address(self.world, entry, draft))
        return MARKS.get(outcome, outcome)

    def done(self) -> set[str]:
        """Acts since the last call, but for refusals."""
        found = set(self.acts) - {"permission.refuse"}
        self.acts.clear()
        return found


@pytest.fixture(scope="module")
def asked(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    folder = tmp_path_factory.mktemp("world")
    with on_sqlite(folder, migrated_file, {}) as wiring, open_world(wiring) as built, nothing_is_kept(wiring) as acts:
        yield Asked(built, acts)


def usual(row: str, actor: str) -> str:
    return MARKS_WHEN_OPEN[row][ACTORS.index(actor)]


def gets(rows: list[str], actor: str) -> list[str]:
    """The rows that the actor gets while everything is open."""
    return [row for row in rows if usual(row, actor) == "y"]


def different(asked: Asked, rows: list[str], actor: str, mark: str) -> dict[str, str]:
    """Rows that answer otherwise, with what they answer."""
    return {row: found for row in rows if (found := asked.mark(row, actor)) != mark}


@pytest.mark.parametrize("what", [Course, Assignment])
def test_of_what_is_deleted_nobody_gets_anything_but_who_may_restore_it(
    asked: Asked, what: type[Course] | type[Assignment]
) -> None:
    rows = OF_A_COURSE if what is Course else OF_AN_ASSIGNMENT
    restores = "/courses/{course_id}/restore" if what is Course else "/assignments/{assignment_id}/restore"
    with asked.every(what, "deleted"):
        for actor in ("writer", "owner", "tutor"):
            assert different(asked, gets(rows, actor), actor, ".") == {}, actor
        for row in (each for each in marks_of(OF_REMOVED) if each in rows):
            assert asked.mark(row, "removed", "own of removed") in (".", "-"), row
        for row in (each for each in rows if each.endswith(restores)):
            assert [asked.mark(row, actor) for actor in ("owner", "writer", "removed")] == ["y", "-", "-"], row
    assert not asked.done() - {"course.restore", "assignment.restore"}


@pytest.mark.parametrize("what", [Course, Assignment])
def test_in_the_archive_everything_is_read_and_nothing_changed(
    asked: Asked, what: type[Course] | type[Assignment]
) -> None:
    rows = OF_A_COURSE if what is Course else OF_AN_ASSIGNMENT
    with asked.every(what, "archived"):
        for actor in ("writer", "tutor"):
            assert different(asked, gets(rows, actor), actor, "y") == {}, actor
        # What a tutor reads the owner reads; what changes something they are refused, or told in words (422).
        for row in gets(rows, "owner"):
            reads = row.startswith("GET") and usual(row, "tutor") == "y"
            assert asked.mark(row, "owner") in ("y" if reads else "y-"), row
    assert asked.done() <= DONE_IN_ARCHIVE


def test_while_it_is_open_the_same_questions_do_change_things(asked: Asked) -> None:
    """Else the archive would have nothing to keep from."""
    for row in gets(OF_A_COURSE, "owner"):
        if row.startswith("POST"):
            asked.mark(row, "owner")
    assert len(asked.done() - DONE_IN_ARCHIVE) >= 8


@pytest.mark.parametrize("what", [Course, Assignment])
def test_where_it_is_paused_students_read_and_hand_in_nothing(
    asked: Asked, what: type[Course] | type[Assignment]
) -> None:
    with asked.every(what, "inactive"):
        assert different(asked, gets(OF_AN_ASSIGNMENT, "writer"), "writer", "y") == {}
    assert asked.done() <= READING | {"draft.discard", "draft.take_back"}


def test_what_is_not_open_yet_is_hidden_from_students(asked: Asked) -> None:
    for what in (Course, Assignment):
        with asked.every(what, "draft"):
            for row in gets(OF_AN_ASSIGNMENT, "writer"):
                if "/tasks/" in row:
                    assert asked.mark(row, "writer") == ".", (what, row)


@pytest.mark.parametrize(("actor", "like"), [("tutor", "student elsewhere"), ("co-instructor", "instructor elsewhere")])
def test_whose_role_in_a_course_ended_is_anybody_else_there(asked: Asked, actor: str, like: str) -> None:
    world = asked.world
    theirs = CourseStaff.user_id == world.user_ids[actor]
    kept = world.site.wiring.database.read_now(
        lambda connection: [
            dict(row._mapping) for row in connection.execute(select(CourseStaff.__table__).where(theirs))
        ]
    )
    world.run(delete(CourseStaff).where(theirs))
    try:
        found = {row: asked.mark(row, actor) for row in OF_A_COURSE}
    finally:
        world.run(insert(CourseStaff).values(kept))
    assert {row: mark for row, mark in found.items() if mark != usual(row, like)} == {}
