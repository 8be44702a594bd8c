"""A course with drafts under review, written straight into the rows as the pipeline leaves them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, insert, select

from feedforward.assessment.tables import Reading, ReadingScore
from feedforward.assignments.tables import Assignment
from feedforward.courses.tables import Course, CourseStaff, Enrolment
from feedforward.drafts.tables import Draft
from feedforward.feedback.tables import Comment, Feedback, FeedbackCriterion
from feedforward.rubrics.actions import save_rubric
from feedforward.rubrics.rules import Criterion, Level, Rubric
from feedforward.storage.passages import lift_passages
from feedforward.web.access import Role
from tests.factories.site import Site, Visitor

CANARY = "The copper kettle sang nineteen quiet verses about the harbour before anybody answered the door"
TEXT = (
    "Cities should plant more trees along their busy streets, because shade makes summers bearable.\n\n"
    f"{CANARY}. Some people say that trees are expensive to water and to keep.\n\n"
    "In conclusion, a tree is cheaper than a hospital bed."
)
LEVELS = tuple(
    Level(label, float(points)) for points, label in enumerate(("Beginning", "Developing", "Secure", "Strong"), 1)
)
RUBRIC = Rubric(
    "Argument essay",
    (
        Criterion("c1", "Argument", 2, "Claims are backed by reasons.", LEVELS),
        Criterion("c2", "Structure", 1, "Paragraphs follow each other.", LEVELS),
    ),
)


@dataclass
class Shelf:
    """One course with its assignment; `hand_in` adds drafts that were read and merged."""

    site: Site
    instructor_id: int
    course_id: int
    assignment_id: int
    rubric_id: int
    criteria: list[int]

    def hand_in(self, student: str, **changed: Any) -> int:
        """A draft of this student that waits for review; its id. `changed` as in `_draft`."""
        student_id = self.site.make_person(student, email=f"{student.split()[0].lower()}@example.edu")
        store = self.site.wiring.content
        content_id = store.new()
        store.put_file(content_id, TEXT.encode())
        return self.site.wiring.database.write_now(self._draft, student_id, content_id, **changed)

    def _draft(
        self, connection: Connection, student_id: int, content_id: str, *, attention: float = 0.0,
        reasons: tuple[str, ...] = (), status: str = "awaiting_review", feedback_status: str = "awaiting_review",
        hidden: tuple[tuple[str, str], ...] = (), trouble: str = "", empty: bool = False,
        age: timedelta = timedelta(hours=1),
    ) -> int:  # fmt: skip
        now, store = self.site.wiring.clock.now() - age, self.site.wiring.content
        connection.execute(
            insert(Enrolment).values(course_id=self.course_id, student_id=student_id, status="active", enrolled_at=now)
        )
        content = {
            "text": TEXT, "blocks": [], "hidden": [{"text": text, "why": why} for text, why in hidden], "warnings": [],
            "file_name": "../my essay \"final\".docx", "media_type": "text/plain",
        }  # fmt: skip
        draft_id: int = connection.execute(
            insert(Draft)
            .values(
                assignment_id=self.assignment_id, student_id=student_id, number=1, status=status, once=content_id,
                media_type="text/plain", word_count=44, fingerprint="0" * 64, rubric_id=self.rubric_id, round=1,
                created_at=now, submitted_at=now, changed_at=now, trouble=trouble, content_id=content_id,
                content=store.seal(content_id, content, "draft content"), has_file=True, content_preserved=False,
                preserved_reason="",
            )
            .returning(Draft.id)
        ).scalar_one()  # fmt: skip
        summary = lift_passages("" if empty else f"You argue well. I liked: {CANARY}.", TEXT)
        feedback_id: int = connection.execute(
            insert(Feedback)
            .values(
                draft_id=draft_id, status=feedback_status, version=0, edit=1, summary=summary.template,
                summary_passages=store.seal(content_id, list(summary.passages), "summary"), summary_edited=False,
                note="", attention=attention, reasons="\n".join(reasons), readers=2, by_models=True,
                withheld_reason="", created_at=now, changed_at=now,
            )
            .returning(Feedback.id)
        ).scalar_one()  # fmt: skip
        if not empty:
            self._words(connection, draft_id, feedback_id, content_id)
        return draft_id

    def _words(self, connection: Connection, draft_id: int, feedback_id: int, content_id: str) -> None:
        store, now = self.site.wiring.content, self.site.wiring.clock.now()
        argument, structure = self.criteria
        connection.execute(
            insert(FeedbackCriterion),
            [
                {"feedback_id": feedback_id, "criterion_id": argument, "merged_score": 2.5, "merged_level": 1,
                 "disagreement": 0.67, "scores": 2, "score": 2.5, "level": 1},
                {"feedback_id": feedback_id, "criterion_id": structure, "merged_score": 3.0, "merged_level": 2,
                 "disagreement": 0.0, "scores": 2, "score": 3.0, "level": 2},
            ],
        )  # fmt: skip
        said = (
            ("improvement", argument, "Say why this scene matters to your claim.", "Link it to shade in one sentence.",
             CANARY, True),
            ("strength", structure, "The ending is short and memorable.", "",
             "a tree is cheaper than a hospital bed", True),
            ("improvement", argument, "You claim that rivers run uphill.", "Check it.", None, False),
        )  # fmt: skip
        for position, (kind, criterion, text, step, quote, supported) in enumerate(said):
            start = TEXT.find(quote) if quote else -1
            sealed = {
                "quote": {"text": quote, "start": start, "end": start + len(quote)} if quote else None,
                "text": [], "next_step": [],
            }  # fmt: skip
            connection.execute(
                insert(Comment).values(
                    feedback_id=feedback_id, criterion_id=criterion, position=position, kind=kind, text=text,
                    next_step=step, looked_in="", passages=store.seal(content_id, sealed, "comment"),
                    has_quote=quote is not None, supported=supported, kept=False, dropped=False, priority=position == 0,
                    support=1, of=2, readers="school/small", origin="readers",
                )
            )  # fmt: skip
        for run, (reader, score, level) in enumerate((("built-in", 2.0, 1), ("school/small", 4.0, 3)), 1):
            reading_id = f"{draft_id}-1-{run}-1"
            answer = {
                "criteria": [{"key": str(argument), "score": score, "rationale": f"Because of this: {CANARY}."},
                             {"key": str(structure), "score": 3.0, "rationale": "It flows."}],
                "comments": [{"criterion_key": str(argument), "kind": "improvement", "text": "Say why.",
                              "quote": [CANARY, TEXT.find(CANARY), TEXT.find(CANARY) + len(CANARY)],
                              "next_step": "Link it.", "supported": True, "looked_in": ""}],
                "summary": f"{CANARY}.", "uptake": [],
            }  # fmt: skip
            record = {"system": "You read drafts.", "user": TEXT, "raw": "{}"} if run == 2 else {}
            connection.execute(
                insert(Reading).values(
                    id=reading_id, draft_id=draft_id, round=1, reader=reader, provider=reader.split("/")[0], run=1,
                    weight=1.0, temperature=0.0, max_tokens=2000, status="done", dispatch=1, planned_at=now,
                    changed_at=now, finished_at=now, seconds=2.4, tokens_in=1200 if run == 2 else 0,
                    tokens_out=300 if run == 2 else 0, tokens_cached=0, cost_microdollars=1800 if run == 2 else 0,
                    prompt_version="p1", answer=store.seal(content_id, answer, "answer"),
                    record=store.seal(content_id, record, "record"),
                )
            )  # fmt: skip
            connection.execute(
                insert(ReadingScore),
                [{"reading_id": reading_id, "criterion_id": argument, "score": score, "level": level},
                 {"reading_id": reading_id, "criterion_id": structure, "score": 3.0, "level": 2}],
            )  # fmt: skip

    def rows(self, *columns: Any, **where: Any) -> list[Any]:
        """What stands in the database, as tuples."""
        statement = select(*columns)
        for name, value in where.items():
            statement = statement.where(getattr(columns[0].class_, name) == value)
        return [tuple(row) for row in self.site.wiring.database.read_now(lambda c: c.execute(statement).all())]

    def instructor(self) -> Visitor:
        return self.site.visitor().sign_in("iris@example.edu")

    def colleague(self) -> Visitor:
        """A tutor of the same course."""
        tutor_id = self.site.make_person("Tom Tutor")
        now = self.site.wiring.clock.now()
        self.site.wiring.database.write_now(
            lambda c: c.execute(
                insert(CourseStaff).values(course_id=self.course_id, user_id=tutor_id, role="tutor", added_at=now)
            )
        )
        return self.site.visitor().sign_in("tom@example.edu")


def make_shelf(site: Site, owner: str = "Iris Instructor") -> Shelf:
    """A course of this instructor with one published assignment."""
    instructor_id = site.make_person(owner, Role.INSTRUCTOR)
    now = site.wiring.clock.now()

    def make(connection: Connection) -> Shelf:
        course_id: int = connection.execute(
            insert(Course)
            .values(
                owner_id=instructor_id, code="WRIT 101", title="Academic writing", term="Autumn", description="",
                time_zone="Europe/Berlin", status="active", created_at=now,
            )
            .returning(Course.id)
        ).scalar_one()  # fmt: skip
        connection.execute(
            insert(CourseStaff).values(course_id=course_id, user_id=instructor_id, role="owner", added_at=now)
        )
        rubric_id = save_rubric(connection, rubric=RUBRIC, user_id=instructor_id, now=now, replaces_id=None)
        assignment_id: int = connection.execute(
            insert(Assignment)
            .values(
                course_id=course_id, rubric_id=rubric_id, title="City trees", instructions="Argue.", kind="essay",
                due_at=now + timedelta(days=7), time_zone="Europe/Berlin", max_drafts=3, guidelines="",
                merge_method="median", min_readings=1, show_numbers=False, status="active", version=1,
                created_by=instructor_id, created_at=now,
            )
            .returning(Assignment.id)
        ).scalar_one()  # fmt: skip
        from feedforward.rubrics.queries import rubric_by_id

        criteria = [int(each.key) for each in rubric_by_id(connection, rubric_id).criteria]
        return Shelf(site, instructor_id, course_id, assignment_id, rubric_id, criteria)

    return site.wiring.database.write_now(make)
