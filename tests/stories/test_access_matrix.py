"""Who may do what: every registered address, asked by everybody, against one table."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update

from feedforward.app import all_entries
from feedforward.courses.glass_tables import GlassOpening
from feedforward.courses.tables import CourseStaff
from feedforward.web.routing import Entry
from tests.factories.installation import on_postgresql, on_sqlite
from tests.stories.access_table import COLUMNS, OF_REMOVED, TABLE
from tests.stories.asking import ask, nothing_is_kept
from tests.stories.entries import ENTRIES, MARKS, address, marks_of
from tests.stories.world import ACTORS, World, open_world

# What an administrator gets who said why they need to read all work of the course. Nothing else changes for anybody.
UNDER_GLASS = """
GET /admin/student-work/drafts/{draft_id}                        y
GET /admin/student-work/drafts/{draft_id}/file                   y
GET /admin/student-work/courses/{course_id}                      y
GET /admin/student-work/courses/{course_id}/students/{student_id} y
GET /admin/student-work/drafts/{draft_id}/open                   y
POST /admin/student-work/{opening_id}/close                      y
GET /drafts/{draft_id}                                           g
POST /drafts/{draft_id}/preserve                                 -
GET /review/{draft_id}                                           g
POST /review/{draft_id}/save                                     -
POST /review/{draft_id}/release                                  -
POST /review/{draft_id}/withhold                                 -
POST /review/{draft_id}/recall                                   -
GET /courses/{course_id}/people                                  -
"""


@pytest.fixture(scope="module")
def world(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("world")
    with on_sqlite(folder, migrated_file, {}) as wiring, open_world(wiring) as built, nothing_is_kept(wiring):
        yield built


def asked(world: World, entry: Entry, draft: str = "") -> str:
    """The row of marks that the application gives; what is none of them is told in words."""
    path = address(world, entry, draft)
    outcomes = [ask(world.people[actor], entry.method, path) for actor in ACTORS]
    return " ".join(
        MARKS.get(outcome, f"[{actor}: {outcome}]") for actor, outcome in zip(ACTORS, outcomes, strict=True)
    )


def test_every_registered_address_has_a_row_and_every_row_an_address() -> None:
    assert sorted(marks_of(TABLE)) == sorted(ENTRIES)
    assert set(marks_of(OF_REMOVED)) <= set(ENTRIES)


def test_no_two_addresses_are_registered_twice() -> None:
    assert len(ENTRIES) == len(all_entries())


@pytest.mark.parametrize("row", list(ENTRIES))
def test_everybody_gets_what_the_table_says(world: World, row: str) -> None:
    assert asked(world, ENTRIES[row]) == marks_of(TABLE).get(row), f"columns: {COLUMNS}"


@pytest.mark.parametrize("actor", ["archived", "deleted"])
def test_whoever_is_archived_or_deleted_gets_what_an_inactive_person_gets(world: World, actor: str) -> None:
    """Each came with the session they had while they were active."""
    for row, entry in ENTRIES.items():
        outcome = ask(world.people[actor], entry.method, address(world, entry))
        assert MARKS.get(outcome, outcome) == marks_of(TABLE)[row].split()[-1], row


@pytest.mark.parametrize("row", list(marks_of(OF_REMOVED)))
def test_a_removed_person_keeps_what_is_theirs_and_nothing_else(world: World, row: str) -> None:
    assert asked(world, ENTRIES[row], "own of removed") == marks_of(OF_REMOVED)[row], f"columns: {COLUMNS}"


@pytest.mark.parametrize("row", [row for row in ENTRIES if re.search(r"/review/.draft_id|/preserve$", row)])
def test_for_a_tutor_of_another_section_no_draft_is_there_to_review(world: World, row: str) -> None:
    tutor = CourseStaff.user_id == world.user_ids["tutor"]
    world.run(update(CourseStaff).where(tutor).values(sees_all=False))
    try:
        found = asked(world, ENTRIES[row])
    finally:
        world.run(update(CourseStaff).where(tutor).values(sees_all=True))
    marks = marks_of(TABLE)[row].split()
    assert marks[ACTORS.index("tutor")] == "y"
    marks[ACTORS.index("tutor")] = "."
    assert found == " ".join(marks), f"columns: {COLUMNS}"


def test_an_administrator_who_said_why_reads_student_work_and_changes_nothing(world: World) -> None:
    now, admin_id = world.site.wiring.clock.now(), world.user_ids["admin"]
    opened = {"admin_id": admin_id, "reason": "A reason.", "opened_at": now, "ends_at": now + timedelta(hours=1)}
    world.run(insert(GlassOpening).values(course_id=world.ids["course_id"], scope="course", **opened))
    world.ids["opening_id"] = world.value(select(GlassOpening.id))
    try:
        for line in UNDER_GLASS.strip().splitlines():
            row, mark = line.rsplit(maxsplit=1)
            entry = ENTRIES[row]
            outcome = ask(world.people["admin"], entry.method, address(world, entry))
            assert MARKS.get(outcome, outcome) == mark, row
    finally:
        world.run(delete(GlassOpening))


@pytest.mark.parametrize("row", [row for row, entry in ENTRIES.items() if entry.path_types])
def test_ids_that_are_none_lead_nowhere_whoever_asks(world: World, row: str) -> None:
    entry = ENTRIES[row]
    for wrong in ("0", "-1", "999999999999999999", "9" * 40, "\u0663", "1%00", "1e3", "01x", "%2e%2e", "%0d%0aX: y"):
        path = entry.path
        for name in entry.path_types:
            path = path.replace(f"{{{name}}}", wrong)
        for actor in ("writer", "owner"):
            assert ask(world.people[actor], entry.method, path) in ("hidden", "refused"), (path, actor)


def test_what_belongs_to_another_course_is_not_reached_through_ones_own(world: World) -> None:
    owner, other = world.people["owner"], world.people["instructor elsewhere"]
    course = world.ids["course_id"]
    owner.post(f"/courses/{course}/people/{world.user_ids['student elsewhere']}/remove")
    assert owner.status in (404, 422)
    assert "Olga" not in owner.page.text
    reading = world.reading_id
    other.post(f"/courses/{course}/people/{world.ids['student_id']}/remove")
    assert other.status == 404
    assert ask(owner, "GET", f"/review/{world.ids['released']}/readings/{reading}") == "hidden"


def test_the_rows_of_drafts_hold_on_postgresql_too(
    postgres_address: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("world")
    with on_postgresql(folder, postgres_address, {}) as wiring, open_world(wiring) as world, nothing_is_kept(wiring):
        for row, entry in ENTRIES.items():
            if re.match(r"/(drafts|review|comments)/", entry.path):
                assert asked(world, entry) == marks_of(TABLE)[row], row
        for row in marks_of(OF_REMOVED):
            assert asked(world, ENTRIES[row], "own of removed") == marks_of(OF_REMOVED)[row], row
