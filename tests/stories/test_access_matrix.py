"""Who may do what: every registered address, asked by everybody, against one table."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from feedforward.app import all_entries
from feedforward.web.routing import Entry
from tests.factories.installation import on_postgresql, on_sqlite
from tests.stories.world import ACTORS, World, ask, nothing_is_kept, open_world

# y: gets it · -: told that it is not theirs (403) · .: told that there is nothing (404) · >: sent to sign in
# o: signed out · w: the draft's writer · c: classmate · s: student elsewhere · I: owner · C: co-instructor · T: tutor
# i: instructor elsewhere · A: administrator · r: removed from the course · x: inactive account
COLUMNS = "o w c s I C T i A r x"
TABLE = """
# anybody
GET /sign-in                                         y y y y y y y y y y y
POST /sign-in                                        y y y y y y y y y y y
POST /sign-in/again                                  y y y y y y y y y y y
# no institution signs people in here; whom one signed in is in test_sso_*.py
GET /sign-in/with/{name}                             . . . . . . . . . . .
GET /sign-in/with/{name}/back                        . . . . . . . . . . .
GET /sign-in/connect                                 . . . . . . . . . . .
POST /sign-in/connect                                . . . . . . . . . . .
POST /sign-in/connect/letter                         . . . . . . . . . . .
GET /sign-in/connect/proof                           . . . . . . . . . . .
POST /sign-in/connect/proof                          . . . . . . . . . . .
GET /account/sign-on/{name}                          > . . . . . . . . . >
POST /account/sign-on/{name}                         > . . . . . . . . . >
POST /account/sign-on/{identity_id}/end              > . . . . . . . . . >
# anybody
GET /sign-in/code                                    > > > > > > > > > > >
POST /sign-in/code                                   y y y y y y y y y y y
GET /forgotten-password                              y y y y y y y y y y y
POST /forgotten-password                             y y y y y y y y y y y
# who holds a link from a letter; nobody here does
GET /reset-password                                  . . . . . . . . . . .
POST /reset-password                                 . . . . . . . . . . .
GET /undo-email                                      . . . . . . . . . . .
POST /undo-email                                     y y y y y y y y y y y
GET /join                                            . . . . . . . . . . .
POST /join                                           . . . . . . . . . . .
POST /join/sign-on                                   . . . . . . . . . . .
POST /join/confirm                                   > . . . . . . . . . >
GET /confirm-registration                            . . . . . . . . . . .
POST /confirm-registration                           . . . . . . . . . . .
GET /confirm-email                                   > . . . . . . . . . >
POST /confirm-email                                  > y y y y y y y y y >
GET /mail/unsubscribe/{token}                        y y y y y y y y y y y
POST /mail/unsubscribe/{token}                       y y y y y y y y y y y
GET /privacy                                         y y y y y y y y y y y
GET /terms                                           y y y y y y y y y y y
GET /register                                        y y y y y y y y y y y
POST /register                                       y y y y y y y y y y y
GET /healthz                                         y y y y y y y y y y y
GET /readyz                                          y y y y y y y y y y y
# signed in
POST /sign-out                                       > y y y y y y y y y >
GET /                                                > y y y y y y y y y >
GET /account                                         > y y y y y y y y y >
POST /account/name                                   > y y y y y y y y y >
GET /account/password                                > y y y y y y y y y >
POST /account/password                               > y y y y y y y y y >
GET /account/email                                   > y y y y y y y y y >
POST /account/email                                  > y y y y y y y y y >
POST /account/email/drop                             > y y y y y y y y y >
POST /account/sessions/end-all                       > y y y y y y y y y >
GET /account/second-factor                           > y y y y y y y y y >
POST /account/second-factor/begin                    > y y y y y y y y y >
GET /account/second-factor/set-up                    > y y y y y y y y y >
POST /account/second-factor/set-up                   > y y y y y y y y y >
POST /account/second-factor/codes                    > y y y y y y y y y >
POST /account/second-factor/off                      > y y y y y y y y y >
GET /terms/accept                                    > y y y y y y y y y >
POST /terms/accept                                   > y y y y y y y y y >
GET /account/mail                                    > y y y y y y y y y >
POST /account/mail                                   > y y y y y y y y y >
POST /account/mail/undelivered                       > y y y y y y y y y >
# whose browser it is
POST /account/sessions/{handle}/end                  > y . . . . . . . . >
# who runs the installation
GET /admin/mail                                      > - - - - - - - y - >
GET /admin/mail/{message_id}                         > - - - - - - - y - >
POST /admin/mail/{message_id}/again                  > - - - - - - - y - >
GET /admin/registrations                             > - - - - - - - y - >
GET /admin/registrations/{registration_id}           > - - - - - - - y - >
POST /admin/registrations/{registration_id}/approve  > - - - - - - - y - >
POST /admin/registrations/{registration_id}/reject   > - - - - - - - y - >
GET /admin/domains                                   > - - - - - - - y - >
POST /admin/domains                                  > - - - - - - - y - >
POST /admin/domains/{domain_id}/remove               > - - - - - - - y - >
GET /admin/people                                    > - - - - - - - y - >
GET /admin/people/{user_id}                          > - - - - - - - y - >
GET /admin/people/{user_id}/{act}                    > - - - - - - - y - >
POST /admin/people/{user_id}/{act}                   > - - - - - - - y - >
GET /admin/terms                                     > - - - - - - - y - >
POST /admin/terms                                    > - - - - - - - y - >
# who teaches anything
GET /courses                                         > - - - y y y y - - >
GET /review                                          > - - - y y y y - - >
GET /retention                                       > - - - y y y y - - >
# who may make courses
GET /courses/new                                     > - - - y y - y - - >
POST /courses/new                                    > - - - y y - y - - >
# who teaches this course
GET /courses/{course_id}                             > - - - y y y . - - >
GET /courses/{course_id}/people                      > - - - y y y . - - >
GET /courses/{course_id}/staff                       > - - - y y y . - - >
GET /assignments/{assignment_id}                     > - - - y y y . - - >
GET /assignments/{assignment_id}/student-view        > - - - y y y . - - >
POST /assignments/{assignment_id}/release-saved      > - - - y y y . - - >
GET /review/{draft_id}                               > - - - y y y . - - >
POST /review/{draft_id}/save                         > - - - y y y . - - >
POST /review/{draft_id}/comments                     > - - - y y y . - - >
POST /review/{draft_id}/release                      > - - - y y y . - - >
POST /review/{draft_id}/schedule                     > - - - y y y . - - >
POST /review/{draft_id}/withhold                     > - - - y y y . - - >
POST /review/{draft_id}/recall                       > - - - y y y . - - >
POST /review/{draft_id}/read-again                   > - - - y y y . - - >
GET /review/{draft_id}/file                          > - - - y y y . - - >
GET /review/{draft_id}/changes                       > - - - y y y . - - >
POST /review/{draft_id}/addressed/{comment_id}       > - - - y y y . - - >
GET /review/{draft_id}/readings/{reading_id}         > - - - y y y . - - >
POST /drafts/{draft_id}/preserve                     > - - - y y y . - - >
# who may change this course: its tutors may not
GET /courses/{course_id}/edit                        > - - - y y - . - - >
POST /courses/{course_id}/edit                       > - - - y y - . - - >
POST /courses/{course_id}/status                     > - - - y y - . - - >
GET /courses/{course_id}/people/add                  > - - - y y - . - - >
POST /courses/{course_id}/people/check               > - - - y y - . - - >
POST /courses/{course_id}/people/add                 > - - - y y - . - - >
GET /courses/{course_id}/people/{student_id}/change  > - - - y y - . - - >
POST /courses/{course_id}/people/{student_id}/change > - - - y y - . - - >
POST /courses/{course_id}/people/{student_id}/enrol  > - - - y y - . - - >
POST /courses/{course_id}/people/{student_id}/remove > - - - y y - . - - >
GET /courses/{course_id}/invitations                 > - - - y y - . - - >
POST /courses/{course_id}/invitations/{invitation_id}/send   > - - - y y - . - - >
POST /courses/{course_id}/invitations/{invitation_id}/link   > - - - y y - . - - >
POST /courses/{course_id}/invitations/{invitation_id}/revoke > - - - y y - . - - >
POST /courses/{course_id}/invitations/{invitation_id}/remove > - - - y y - . - - >
GET /courses/{course_id}/staff/{user_id}/part        > - - - y y - . - - >
POST /courses/{course_id}/staff/{user_id}/part       > - - - y y - . - - >
# whose course it is
POST /courses/{course_id}/staff/add                  > - - - y - - . - - >
POST /courses/{course_id}/staff/{user_id}/role       > - - - y - - . - - >
POST /courses/{course_id}/staff/{user_id}/remove     > - - - y - - . - - >
POST /courses/{course_id}/transfer                   > - - - y - - . - - >
# who may change this course again
GET /courses/{course_id}/assignments/new             > - - - y y - . - - >
POST /courses/{course_id}/assignments/new            > - - - y y - . - - >
GET /assignments/{assignment_id}/edit                > - - - y y - . - - >
POST /assignments/{assignment_id}/edit               > - - - y y - . - - >
POST /assignments/{assignment_id}/publish            > - - - y y - . - - >
POST /assignments/{assignment_id}/status             > - - - y y - . - - >
GET /assignments/{assignment_id}/rubric              > - - - y y - . - - >
POST /assignments/{assignment_id}/rubric             > - - - y y - . - - >
GET /assignments/{assignment_id}/readers             > - - - y y - . - - >
POST /assignments/{assignment_id}/readers            > - - - y y - . - - >
GET /assignments/{assignment_id}/signals             > - - - y y - . - - >
POST /assignments/{assignment_id}/signals            > - - - y y - . - - >
GET /assignments/{assignment_id}/calibration         > - - - y y - . - - >
POST /assignments/{assignment_id}/calibrate/reviewed > - - - y y - . - - >
POST /assignments/{assignment_id}/calibrate/marked   > - - - y y - . - - >
POST /calibrations/{calibration_id}                  > - - - y y - . - - >
# who studies in this course (a tutor here is a student elsewhere)
GET /tasks/{assignment_id}                           > y y . - - . - - . >
POST /tasks/{assignment_id}/drafts                   > y y . - - . - - . >
# whose draft it is, not handed in yet
GET /drafts/{draft_id}/preview                       > y . . - - . - - . >
POST /drafts/{draft_id}/replace                      > y . . - - . - - . >
POST /drafts/{draft_id}/confirm                      > y . . - - . - - . >
POST /drafts/{draft_id}/take-back                    > y . . - - . - - . >
POST /drafts/{draft_id}/discard                      > y . . - - . - - . >
# whose draft it is
GET /drafts/{draft_id}                               > y . . . . . . . . >
GET /drafts/{draft_id}/stages                        > y . . . . . . . . >
GET /drafts/{draft_id}/file                          > y . . . . . . . . >
GET /drafts/{draft_id}/changes                       > y . . . . . . . . >
GET /drafts/{draft_id}/feedback                      > y . . . . . . . . >
POST /drafts/{draft_id}/addressed/{comment_id}       > y . . . . . . . . >
POST /comments/{comment_id}/uptake                   > y . . . . . . . . >
"""
# The same for drafts of the person who was removed: what they wrote and got back stays theirs to read.
OF_REMOVED = """
GET /drafts/{draft_id}                               > . . . . . . . . y >
GET /drafts/{draft_id}/stages                        > . . . . . . . . y >
GET /drafts/{draft_id}/file                          > . . . . . . . . y >
GET /drafts/{draft_id}/changes                       > . . . . . . . . y >
GET /drafts/{draft_id}/feedback                      > . . . . . . . . y >
POST /comments/{comment_id}/uptake                   > . . . . . . . . y >
GET /review/{draft_id}                               > - - - y y y . - - >
GET /review/{draft_id}/changes                       > - - - y y y . - - >
POST /review/{draft_id}/release                      > - - - y y y . - - >
"""
MARKS = {"yes": "y", "refused": "-", "hidden": ".", "sign in": ">"}
ENTRIES = {f"{entry.method} {entry.path}": entry for entry in all_entries()}
# Which draft stands in for {draft_id}: the one in the state the address is for.
DRAFTS = (
    (r"/drafts/\{draft_id\}/(preview|replace|confirm|discard)$", "previewed"),
    (r"/drafts/\{draft_id\}/take-back$", "submitted"),
    (r"/drafts/\{draft_id\}/addressed/", "answered"),
    (r"/drafts/", "released"),
    (r"/review/", "awaiting"),
)


@pytest.fixture(scope="module")
def world(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("world")
    with on_sqlite(folder, migrated_file, {}) as wiring, open_world(wiring) as built, nothing_is_kept(wiring):
        yield built


def expected(table: str) -> dict[str, str]:
    """Address → its marks, in the order of the columns."""
    rows = [line for line in table.splitlines() if line and not line.startswith("#")]
    # The longest addresses reach beyond their column: the marks stand at the end of the line.
    return {line[: -len(COLUMNS)].strip(): line[-len(COLUMNS) :] for line in rows}


def address(world: World, entry: Entry, draft: str = "") -> str:
    chosen = draft or next((name for pattern, name in DRAFTS if re.search(pattern, entry.path)), "released")
    values: dict[str, object] = {**world.ids, "draft_id": world.ids[chosen], "reading_id": world.reading_id}
    values["token"] = world.site.wiring.mail.unsubscribe_token(world.user_ids["writer"], "feedback_released")
    values |= {"name": "nowhere", "identity_id": 1, "act": "deactivate"}
    values["handle"] = world.session_handle("writer")
    if draft:
        values["comment_id"] = world.comment_of(world.ids[draft])
    return entry.path.format(**values)


def asked(world: World, entry: Entry, draft: str = "") -> str:
    """The row of marks that the application gives; what is none of them is told in words."""
    path = address(world, entry, draft)
    outcomes = [ask(world.people[actor], entry.method, path) for actor in ACTORS]
    return " ".join(
        MARKS.get(outcome, f"[{actor}: {outcome}]") for actor, outcome in zip(ACTORS, outcomes, strict=True)
    )


def test_every_registered_address_has_a_row_and_every_row_an_address() -> None:
    assert sorted(expected(TABLE)) == sorted(ENTRIES)
    assert set(expected(OF_REMOVED)) <= set(ENTRIES)


def test_no_two_addresses_are_registered_twice() -> None:
    assert len(ENTRIES) == len(all_entries())


@pytest.mark.parametrize("row", list(ENTRIES))
def test_everybody_gets_what_the_table_says(world: World, row: str) -> None:
    assert asked(world, ENTRIES[row]) == expected(TABLE).get(row), f"columns: {COLUMNS}"


@pytest.mark.parametrize("actor", ["archived", "deleted"])
def test_whoever_is_archived_or_deleted_gets_what_an_inactive_person_gets(world: World, actor: str) -> None:
    """Each came with the session they had while they were active."""
    for row, entry in ENTRIES.items():
        outcome = ask(world.people[actor], entry.method, address(world, entry))
        assert MARKS.get(outcome, outcome) == expected(TABLE)[row].split()[-1], row


@pytest.mark.parametrize("row", list(expected(OF_REMOVED)))
def test_a_removed_person_keeps_what_is_theirs_and_nothing_else(world: World, row: str) -> None:
    assert asked(world, ENTRIES[row], "own of removed") == expected(OF_REMOVED)[row], f"columns: {COLUMNS}"


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
                assert asked(world, entry) == expected(TABLE)[row], row
        for row in expected(OF_REMOVED):
            assert asked(world, ENTRIES[row], "own of removed") == expected(OF_REMOVED)[row], row
