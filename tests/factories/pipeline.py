"""A course whose drafts go through the real pipeline: made by the actions people's pages call, read by real workers."""

import asyncio
import json
import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from feedforward.accounts.actions import create_account
from feedforward.assessment.tables import Call, Reading
from feedforward.assignments.actions import create_assignment, publish_assignment, set_readers, set_rubric
from feedforward.assignments.details import AssignmentSpec
from feedforward.assignments.queries import task_for_staff
from feedforward.assignments.readers import ReadersSpec
from feedforward.assignments.rules import MergeMethod, ReaderSetting
from feedforward.courses.actions import create_course, enrol_students
from feedforward.courses.rules import CourseSpec
from feedforward.drafts.actions import keep_upload, submit_draft
from feedforward.drafts.intake import keep_content
from feedforward.drafts.rules import MOVING, DraftContent
from feedforward.drafts.tables import Draft
from feedforward.extraction.document import Document
from feedforward.extraction.reading import document_from_text
from feedforward.rubrics.queries import rubric_by_id
from feedforward.rubrics.rules import Criterion, Level, Rubric
from feedforward.web.access import Role
from feedforward.web.services import StartFeedback
from feedforward.wiring import Wiring

CANARY = "the marmalade lighthouse keeper whistled eleven forgotten polkas"
TEXT = (
    "Should our town close its centre to cars? I think it should, because the air is bad and the streets are loud.\n\n"
    "Every morning hundreds of cars stand in the main street. A child on a bicycle has no place there. One evening "
    f"{CANARY} while the traffic stood still, and everybody could hear it. Quiet streets would be good for us all.\n\n"
    "Some shop owners say that they will lose customers. However, people who walk buy more often than people who drive "
    "past. In Ghent the number of shops grew after the cars had gone.\n\n"
    "For these reasons the town should begin next year with one street, and then go on."
)
LEVELS = tuple(
    Level(label, float(points)) for points, label in enumerate(("Beginning", "Developing", "Secure", "Strong"), 1)
)
RUBRIC = Rubric(
    "Argument",
    (
        Criterion("c1", "Thesis and argument", 60, "A clear position with reasons; an objection is met.", LEVELS),
        Criterion("c2", "Organisation", 40, "Paragraphs with one idea each, in a good order.", LEVELS),
    ),
)


def reader(
    name: str, *, position: int = 1, runs: int = 1, weight: float = 1.0, fallback: str | None = None
) -> ReaderSetting:
    """A reader of an assignment."""
    return ReaderSetting(0, position, name, runs, weight, 0.0, 2000, fallback)


@dataclass
class Pipeline:
    """One published assignment; `hand_in` confirms drafts for it and says how they fare."""

    wiring: Wiring
    staff_id: int
    assignment_id: int
    course_id: int
    criteria: tuple[int, ...]
    handed_in: list[int] = field(default_factory=list)

    def hand_in(self, text: str = TEXT, *, document: Document | None = None, start: StartFeedback | None = None) -> int:
        """A new student's confirmed draft; its id."""
        student_id, draft_id = self.keep(text, document=document)
        self.confirm(student_id, draft_id, start=start)
        return draft_id

    def keep(
        self, text: str = TEXT, *, document: Document | None = None, student_id: int | None = None
    ) -> tuple[int, int]:
        """A text that its student has seen and not yet confirmed; the ids of student and draft."""
        wiring = self.wiring
        now = wiring.clock.now()
        email = f"s{secrets.token_hex(6)}@example.edu"

        def enrol(connection: Connection) -> int:
            made = create_account(
                connection, email=email, name="Sam Student", role=Role.STUDENT, password_hash="-", now=now
            )
            enrol_students(connection, staff_id=self.staff_id, course_id=self.course_id, emails=[email], now=now)
            return made

        writer = wiring.database.write_now(enrol) if student_id is None else student_id
        content = DraftContent.of(document or document_from_text(text), "")
        kept = asyncio.run(
            keep_content(wiring.content, wiring.settings, content=content, file=None, once=secrets.token_hex(16))
        )
        return writer, wiring.database.write_now(
            keep_upload, student_id=writer, assignment_id=self.assignment_id, upload=kept, replaces=None, now=now
        )

    def confirm(self, student_id: int, draft_id: int, *, start: StartFeedback | None = None) -> None:
        """What the button below the preview does."""
        self.wiring.database.write_now(
            submit_draft, student_id=student_id, draft_id=draft_id, now=self.wiring.clock.now(),
            start_feedback=start or self.wiring.start_feedback,
        )  # fmt: skip
        self.handed_in.append(draft_id)

    def status(self, draft_id: int) -> str:
        """The draft's status now."""
        return str(self.value(select(Draft.status).where(Draft.id == draft_id)))

    def value(self, statement: Any) -> Any:
        """The one value a statement finds."""
        return self.wiring.database.read_now(lambda connection: connection.execute(statement).scalar_one())

    def rows(self, *columns: Any, where: Sequence[Any] = (), order_by: Any = None) -> list[Any]:
        """Rows of some columns."""
        statement = select(*columns).where(*where).order_by(order_by if order_by is not None else columns[0])
        return self.wiring.database.read_now(lambda connection: list(connection.execute(statement)))

    def readings(self, draft_id: int) -> list[Any]:
        """The rows of a draft's readings, in a fixed order."""
        return self.rows(Reading.id, *Reading.__table__.columns, where=[Reading.draft_id == draft_id])

    def calls(self, draft_id: int) -> list[Any]:
        """The rows of all calls made for a draft."""
        table = Call.__table__.columns
        return self.rows(*table, where=[Call.reading_id.startswith(f"{draft_id}-", autoescape=True)])

    def wait(self, *drafts: int, seconds: float = 30.0) -> float:
        """Wait until none of these drafts (all, when none is named) moves by itself any more; how long it took."""
        waited_for = list(drafts or self.handed_in)
        started = time.monotonic()
        moving = select(func.count()).where(Draft.id.in_(waited_for), Draft.status.in_([str(each) for each in MOVING]))
        while self.value(moving):
            took = time.monotonic() - started
            if took > seconds:
                states = {each: self.status(each) for each in waited_for}
                readings = self.rows(Reading.id, Reading.status, Reading.dispatch, Reading.error, Reading.not_before)
                raise AssertionError(f"after {took:.1f} s: {states}; readings {readings}")
            time.sleep(0.02)
        return time.monotonic() - started


def make_pipeline(
    wiring: Wiring, *readers: ReaderSetting, method: MergeMethod = MergeMethod.MEAN, min_readings: int = 1
) -> Pipeline:
    """A course with one published assignment for these readers."""
    now = wiring.clock.now()
    placed = tuple(replace(each, position=place) for place, each in enumerate(readers, 1))

    def make(connection: Connection) -> Pipeline:
        staff_id = create_account(
            connection, email=f"i{secrets.token_hex(6)}@example.edu", name="Ines Instructor", role=Role.INSTRUCTOR,
            password_hash="-", now=now,
        )  # fmt: skip
        course_id = create_course(
            connection, owner_id=staff_id, now=now, spec=CourseSpec("W 1", "Writing", "Autumn", "", "Europe/Berlin")
        )
        assignment_id = create_assignment(
            connection, staff_id=staff_id, course_id=course_id, now=now,
            spec=AssignmentSpec(
                title="Cars", instructions="Argue for or against cars in the centre.", kind="essay",
                due_at=now + timedelta(days=9), time_zone="Europe/Berlin", max_drafts=3, word_min=None, word_max=None,
                guidelines="", retention_days=None,
            ),
        )  # fmt: skip

        def version() -> int:
            return task_for_staff(connection, staff_id, assignment_id).version

        set_rubric(
            connection, staff_id=staff_id, assignment_id=assignment_id, rubric=RUBRIC, version=version(), now=now
        )
        spec = ReadersSpec(placed, method, min_readings)
        set_readers(connection, staff_id=staff_id, assignment_id=assignment_id, spec=spec, version=version(), now=now)
        publish_assignment(
            connection, staff_id=staff_id, assignment_id=assignment_id, offered=[each.reader for each in readers],
            open_course=True, now=now, version=version(),
        )  # fmt: skip
        rubric = rubric_by_id(connection, task_for_staff(connection, staff_id, assignment_id).required_rubric_id)
        return Pipeline(wiring, staff_id, assignment_id, course_id, tuple(int(each.key) for each in rubric.criteria))

    return wiring.database.write_now(make)


def model_answer(
    criteria: Sequence[int | str], *, score: float = 3.0, quote: str = "the air is bad", **changed: Any
) -> str:
    """The text of a good answer to this pipeline's prompt: one score and one quoted comment per criterion."""
    said: Mapping[str, Any] = {
        "comments": [
            {
                "kind": "improvement", "quote": quote, "looked_in": "", "text": "Say where you know this from.",
                "next_step": "Name one source.",
            }
        ],
        "rationale": "Reasons are given.",
        "score": score,
    }  # fmt: skip
    return json.dumps({"criteria": {str(key): said for key in criteria}, "summary": "A clear start.", **changed})
