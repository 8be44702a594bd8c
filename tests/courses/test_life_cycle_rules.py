"""The one table of transitions and of what each state allows."""

import pytest

from feedforward.assignments.publishing import MOVES as ASSIGNMENT_MOVES
from feedforward.assignments.rules import AssignmentStatus
from feedforward.courses.life_cycle_rules import ALLOWED, CASCADES, STEPS, Act, is_step, may, states_for
from feedforward.courses.rules import MOVES, CourseStatus


def test_courses_and_assignments_know_the_same_states_and_the_steps_of_the_one_table() -> None:
    assert [*CourseStatus] == [*AssignmentStatus] == [*ALLOWED]
    assert {(move.come_from, move.go_to) for move in MOVES} == set(STEPS)
    assert {(move.come_from, move.go_to) for move in ASSIGNMENT_MOVES} == set(STEPS) - {("draft", "active")}


@pytest.mark.parametrize(
    ("act", "states"),
    [
        (Act.SEE, ("active", "inactive", "archived")),
        (Act.HAND_IN, ("active",)),
        (Act.ANSWER, ("active", "inactive")),
        (Act.REMIND, ("active",)),
        (Act.REVIEW, ("draft", "active", "inactive")),
        (Act.CHANGE, ("draft", "active", "inactive")),
    ],
)
def test_each_state_allows_what_the_specification_says(act: Act, states: tuple[str, ...]) -> None:
    assert states_for(act) == states


def test_course_and_assignment_must_both_allow_it() -> None:
    for course in CourseStatus:
        for assignment in AssignmentStatus:
            for act in Act:
                assert may(act, course, assignment) == (may(act, course) and may(act, assignment))


def test_nothing_skips_a_state_and_what_is_deleted_only_comes_back() -> None:
    assert not is_step("draft", "archived")
    assert not is_step("active", "archived")
    assert not is_step("active", "deleted")
    assert {there for here, there in STEPS if here == "deleted"} == {"draft", "archived"}


def test_no_cascade_shows_students_what_they_never_saw() -> None:
    for becomes in CASCADES.values():
        for before, after in becomes.items():
            assert may(Act.SEE, before) or not may(Act.SEE, after), (before, after)
