"""The demonstration course: its people, its assignment and its drafts, written for this product and clearly marked."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files

from sqlalchemy import Connection

from feedforward.accounts.actions import create_account
from feedforward.accounts.passwords import hash_password
from feedforward.accounts.queries import optional_account
from feedforward.assignments.actions import create_assignment, publish_assignment, set_rubric
from feedforward.assignments.details import AssignmentSpec
from feedforward.assignments.queries import task_for_staff
from feedforward.courses.actions import create_course, enrol_students
from feedforward.courses.rules import CourseSpec
from feedforward.llm.readers import BUILT_IN
from feedforward.rubrics.rules import Criterion, Level, Rubric
from feedforward.web.access import Role

PASSWORD = "demonstration"  # noqa: S105 published on purpose; such accounts are refused off loopback
ZONE = "Europe/Amsterdam"

INSTRUCTIONS = """\
Write an argument of **300 to 700 words**: should our city close its centre to private cars?

- Take a position and say it early.
- Support it with evidence, and say where the evidence comes from.
- Meet the strongest objection you know, fairly.

You may hand in **three drafts**. Use the feedback on one draft to write the next.
"""

GUIDELINES = """\
These are first-year students; many write English as a second language. Argument first, language second.
"""


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of the demonstration."""

    name: str
    email: str
    role: Role


STUDENT = Someone("Sam Student", "student@demo.example", Role.STUDENT)
INSTRUCTOR = Someone("Ines Instructor", "instructor@demo.example", Role.INSTRUCTOR)
ADMIN = Someone("Alex Admin", "admin@demo.example", Role.ADMIN)
NOOR = Someone("Noor Haddad", "noor@demo.example", Role.STUDENT)
LEO = Someone("Leo Brandt", "leo@demo.example", Role.STUDENT)
PEOPLE = (STUDENT, INSTRUCTOR, ADMIN, NOOR, LEO)

WRITERS = ((STUDENT, "sam.txt"), (NOOR, "noor.txt"), (LEO, "leo.txt"))
"""Who hands in what, in this order; the first draft is the one the terminal follows."""


def levels(beginning: str, developing: str, secure: str, strong: str) -> tuple[Level, ...]:
    names = ("Beginning", "Developing", "Secure", "Strong")
    return tuple(
        Level(name, float(points), words)
        for points, (name, words) in enumerate(
            zip(names, (beginning, developing, secure, strong), strict=True), start=1
        )
    )


RUBRIC = Rubric(
    "Argument essay",
    (
        Criterion(
            "c1", "Thesis and argument", 30.0, "A clear position, argued throughout, with the strongest objection met.",
            levels(
                "A position is missing, or stated without reasons.",
                "A position with some reasons; objections are missing or waved away.",
                "A clear position with connected reasons; one objection is met.",
                "A precise position; reasons build on each other; the strongest objection is met fairly.",
            ),
        ),
        Criterion(
            "c2", "Evidence and sources", 30.0, "Facts and examples that support the claims, with their sources named.",
            levels(
                "Claims stand alone.",
                "Some examples; where they come from is mostly unclear.",
                "Relevant evidence for most claims; sources are named.",
                "Well-chosen evidence for every main claim, weighed and cited.",
            ),
        ),
        Criterion(
            "c3", "Organisation and cohesion", 20.0, "Paragraphs with one idea each, in an order that leads on.",
            levels(
                "Ideas follow each other without an order.",
                "Paragraphs are there; links between them are often missing.",
                "One idea to a paragraph, mostly well linked.",
                "Each paragraph leads to the next; the reader is never lost.",
            ),
        ),
        Criterion(
            "c4", "Language and conventions", 20.0, "Clear, varied sentences; grammar, spelling and punctuation.",
            levels(
                "Errors often hide the meaning.",
                "Errors distract, or sentences repeat one pattern.",
                "Mostly clear and correct, with some variety.",
                "Clear, varied and correct throughout.",
            ),
        ),
    ),
)  # fmt: skip


def draft_file(name: str) -> bytes:
    """The bytes of one of the demonstration's drafts."""
    return files("feedforward.demonstration").joinpath("drafts", name).read_bytes()


def is_loaded(connection: Connection) -> bool:
    return optional_account(connection, STUDENT.email) is not None


def load_course(connection: Connection, now: datetime) -> int:
    """The people, the course with everybody in it, and its published assignment; the assignment's id."""
    password_hash = hash_password(PASSWORD)
    ids = {
        each: create_account(
            connection, email=each.email, name=each.name, role=each.role, password_hash=password_hash, now=now,
            demonstration=True,
        )
        for each in PEOPLE
    }  # fmt: skip
    staff_id = ids[INSTRUCTOR]
    course_id = create_course(
        connection, owner_id=staff_id, now=now,
        spec=CourseSpec("DEMO 101", "Writing to persuade", "Demonstration", "A course to look around in.", ZONE),
    )  # fmt: skip
    enrol_students(
        connection, staff_id=staff_id, course_id=course_id, emails=[each.email for each, _ in WRITERS], now=now
    )
    due = (now + timedelta(days=21)).replace(hour=21, minute=59, second=0, microsecond=0)
    assignment_id = create_assignment(
        connection, staff_id=staff_id, course_id=course_id, now=now,
        spec=AssignmentSpec(
            title="Should our city close its centre to cars?", instructions=INSTRUCTIONS, kind="essay", due_at=due,
            time_zone=ZONE, max_drafts=3, word_min=300, word_max=700, guidelines=GUIDELINES,
            retention_days=None,
        ),
    )  # fmt: skip
    version = task_for_staff(connection, staff_id, assignment_id).version
    set_rubric(connection, staff_id=staff_id, assignment_id=assignment_id, rubric=RUBRIC, version=version, now=now)
    publish_assignment(
        connection, staff_id=staff_id, assignment_id=assignment_id, offered=(BUILT_IN,), open_course=True, now=now,
        version=task_for_staff(connection, staff_id, assignment_id).version,
    )  # fmt: skip
    return assignment_id
