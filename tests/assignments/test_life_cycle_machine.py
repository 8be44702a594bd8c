"""Whatever steps people take with courses and assignments, no row is lost, and undoing gives back exactly what was."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import Connection, func, insert, select

from feedforward.accounts.tables import User
from feedforward.assignments.life_cycle_actions import (
    move_assignment,
    move_course,
    restore_assignment,
    restore_course,
)
from feedforward.assignments.tables import Assignment
from feedforward.courses.actions import create_course
from feedforward.courses.life_cycle_rules import CASCADES, STEPS, Act, may
from feedforward.courses.rules import CourseSpec
from feedforward.courses.tables import Course
from feedforward.database import Database
from feedforward.drafts.tables import Draft
from feedforward.errors import NotFound, NotPermitted, RuleBroken
from feedforward.rubrics.tables import RubricRow

NOW = datetime(2026, 11, 16, 12, tzinfo=UTC)
STATES = st.sampled_from(["draft", "active", "inactive", "archived", "deleted"])
REFUSED = (NotFound, NotPermitted, RuleBroken)


class Lives(RuleBasedStateMachine):
    """A course with assignments and drafts, beside a model of plain dictionaries."""

    database: Database
    made = 0

    def __init__(self) -> None:
        super().__init__()
        Lives.made += 1
        self.status = "draft"
        self.assignments: dict[int, str] = {}
        self.drafts: dict[int, int] = {}
        self.archived_with: dict[int, str] = {}
        self.deleted_with: dict[int, str] = {}
        self.deleted_from = ""
        self.own: dict[int, str] = {}
        self.person, self.course_id, self.rubric_id = self.database.write_now(self._begin)

    def _begin(self, connection: Connection) -> tuple[int, int, int]:
        person = connection.execute(
            insert(User)
            .values(email=f"p{Lives.made}@example.edu", name="P", role="instructor", status="active", created_at=NOW,
                    password_hash="", demonstration=False)
            .returning(User.id)
        ).scalar_one()  # fmt: skip
        course_id = create_course(
            connection, owner_id=person, spec=CourseSpec("C 1", "A course", "", "", "UTC"), now=NOW
        )
        rubric = insert(RubricRow).values(name="R", created_by=person, created_at=NOW).returning(RubricRow.id)
        return person, course_id, connection.execute(rubric).scalar_one()

    def attempt(self, action: Any, allowed: bool, /, **values: Any) -> bool:
        """Do it; it must be refused exactly where the model says so."""
        try:
            self.database.write_now(action, now=NOW, **values)
        except REFUSED:
            assert not allowed, (action.__name__, values)
            return False
        assert allowed, (action.__name__, values)
        return True

    @rule(status=st.sampled_from(["draft", "active", "inactive", "archived"]))
    def make_assignment(self, status: str) -> None:
        if len(self.assignments) > 3:
            return
        values = {
            "course_id": self.course_id, "rubric_id": self.rubric_id, "title": "T", "instructions": "", "kind": "essay",
            "due_at": NOW, "time_zone": "UTC", "max_drafts": 3, "guidelines": "", "merge_method": "mean",
            "min_readings": 1, "show_numbers": False, "status": status, "version": 1, "created_by": self.person,
            "created_at": NOW,
        }  # fmt: skip
        made = self.database.write_now(
            lambda connection: connection.execute(
                insert(Assignment).values(values).returning(Assignment.id)
            ).scalar_one()
        )
        self.assignments[made] = status

    @rule(data=st.data())
    def make_draft(self, data: st.DataObject) -> None:
        if not self.assignments:
            return
        assignment_id = data.draw(st.sampled_from(sorted(self.assignments)))
        number = sum(each == assignment_id for each in self.drafts.values()) + 1
        values = {
            "assignment_id": assignment_id, "student_id": self.person, "number": number, "status": "awaiting_review",
            "once": f"{assignment_id}-{number}", "media_type": "text/plain", "word_count": 1, "fingerprint": "",
            "rubric_id": self.rubric_id, "round": 0, "created_at": NOW, "changed_at": NOW, "trouble": "",
            "content_id": f"{assignment_id:016d}{number:016d}", "has_file": False, "content_preserved": False,
            "preserved_reason": "",
        }  # fmt: skip
        made = self.database.write_now(
            lambda connection: connection.execute(insert(Draft).values(values).returning(Draft.id)).scalar_one()
        )
        self.drafts[made] = assignment_id

    @rule(go_to=STATES)
    def step_with_the_course(self, go_to: str) -> None:
        allowed = self.status != "deleted" and (self.status, go_to) in STEPS
        done = self.attempt(
            move_course, allowed, staff_id=self.person, course_id=self.course_id, come_from=self.status, go_to=go_to,
            confirmation="c 1",
        )  # fmt: skip
        if not done:
            return
        becomes = CASCADES.get(go_to, {})
        along = {each: status for each, status in self.assignments.items() if status in becomes}
        if self.status == "archived" and go_to == "inactive":
            self.assignments |= self.archived_with
        if go_to == "archived":
            self.archived_with = along
        if go_to == "deleted":
            self.deleted_with, self.deleted_from = along, self.status
        self.assignments |= {each: becomes[status] for each, status in along.items()}
        self.status = go_to

    @rule()
    def restore_the_course(self) -> None:
        if self.attempt(restore_course, self.status == "deleted", owner_id=self.person, course_id=self.course_id):
            self.assignments |= self.deleted_with
            self.status = self.deleted_from

    @rule(data=st.data(), go_to=STATES)
    def step_with_an_assignment(self, data: st.DataObject, go_to: str) -> None:
        if not self.assignments:
            return
        chosen = data.draw(st.sampled_from(sorted(self.assignments)))
        here = self.assignments[chosen]
        published_elsewhere = (here, go_to) == ("draft", "active")
        allowed = (
            may(Act.CHANGE, self.status) and here != "deleted" and (here, go_to) in STEPS and not published_elsewhere
        )
        done = self.attempt(
            move_assignment, allowed, staff_id=self.person, assignment_id=chosen, come_from=here, go_to=go_to,
            confirmation="t",
        )  # fmt: skip
        if done:
            self.own[chosen] = here
            self.assignments[chosen] = go_to

    @rule(data=st.data())
    def restore_an_assignment(self, data: st.DataObject) -> None:
        if not self.assignments:
            return
        chosen = data.draw(st.sampled_from(sorted(self.assignments)))
        allowed = may(Act.CHANGE, self.status) and self.assignments[chosen] == "deleted"
        if self.attempt(restore_assignment, allowed, staff_id=self.person, assignment_id=chosen):
            self.assignments[chosen] = self.own[chosen]

    @invariant()
    def every_row_is_there_and_stands_where_the_model_says(self) -> None:
        def look(connection: Connection) -> tuple[Any, ...]:
            course = connection.execute(select(Course.status).where(Course.id == self.course_id)).scalar_one()
            rows = connection.execute(
                select(Assignment.id, Assignment.status, Assignment.deleted_at).where(
                    Assignment.course_id == self.course_id
                )
            ).all()
            ids = [row.id for row in rows]
            drafts = connection.execute(
                select(func.count()).select_from(Draft).where(Draft.assignment_id.in_(ids))
            ).scalar_one()
            return course, {row.id: row.status for row in rows}, drafts, rows

        course, assignments, drafts, rows = self.database.read_now(look)
        assert course == self.status
        assert assignments == self.assignments
        assert drafts == len(self.drafts)
        assert all((row.deleted_at is not None) == (row.status == "deleted") for row in rows)


def test_steps_never_lose_a_row_and_undoing_gives_back_exactly_what_was(migrated_file: Path, tmp_path: Path) -> None:
    shutil.copyfile(migrated_file, tmp_path / "lives.db")
    database = Lives.database = Database(f"sqlite:///{tmp_path / 'lives.db'}")
    try:
        run_state_machine_as_test(
            Lives, settings=settings(max_examples=15, stateful_step_count=30, deadline=None, print_blob=True)
        )
    finally:
        database.close()


def test_the_machine_would_find_an_assignment_that_does_not_come_back(
    migrated_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The check itself: an undoing that forgets the assignments."""
    shutil.copyfile(migrated_file, tmp_path / "lives.db")
    database = Lives.database = Database(f"sqlite:///{tmp_path / 'lives.db'}")
    monkeypatch.setattr("feedforward.assignments.life_cycle_actions._give_back", lambda *_: None)
    try:
        lives = Lives()
        lives.make_assignment("active")
        for go_to in ("active", "inactive", "archived"):
            lives.step_with_the_course(go_to)
            lives.every_row_is_there_and_stands_where_the_model_says()
        lives.step_with_the_course("inactive")
        with pytest.raises(AssertionError):
            lives.every_row_is_there_and_stands_where_the_model_says()
    finally:
        database.close()
