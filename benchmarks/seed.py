"""An installation of a given size: people, courses, drafts with readings, feedback and comments.

Most drafts carry no content, as if it had been erased after its time: sealing a hundred thousand texts would make a
hundred thousand key files and measure the disk. The drafts of `opened` students have real sealed content, a key each.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from benchmarks.loading import Loader, Row
from benchmarks.seed_feedback import load_feedback
from benchmarks.texts import TITLES
from feedforward.storage.content import ContentStore
from feedforward.web.sessions import hash_of

ASSIGNMENTS = 5
CRITERIA = ("Thesis and argument", "Evidence and sources", "Organisation and cohesion", "Language and conventions")
LEVELS = ("Beginning", "Developing", "Secure", "Strong")
DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is; one student in `opened_every` has drafts with real content."""

    users: int
    courses: int
    drafts: int
    opened_every: int
    sessions: int

    @property
    def first_student(self) -> int:
        """Instructors are users 1 … courses, one per course; the next user is the administrator."""
        return self.courses + 2

    def is_opened(self, student_id: int) -> bool:
        return (student_id - self.first_student) % self.opened_every == 0

    def courses_of(self, student_id: int) -> tuple[int, int]:
        """Two different courses."""
        first = student_id % self.courses
        return first + 1, (first + 1 + student_id // self.courses % (self.courses - 1)) % self.courses + 1


FULL = Size(users=20_000, courses=100, drafts=100_000, opened_every=100, sessions=6_000)


@dataclass(frozen=True, slots=True)
class SeedDraft:
    """One draft to be; `status` is the draft's, `age` its minutes since it was handed in."""

    id: int
    assignment_id: int
    student_id: int
    number: int
    status: str
    rubric_id: int
    age: int
    opened: bool


def token_of(user_id: int) -> str:
    """The session cookie of a seeded person."""
    return f"seeded-session-{user_id}"


def seed(loader: Loader, store: ContentStore, size: Size) -> None:
    """Fill an empty, migrated database; `store` gets the keys of the drafts that are opened."""
    _people(loader, size)
    _courses(loader, size)
    load_feedback(loader, store, _drafts(size), CRITERIA)
    loader.finish()


def _people(loader: Loader, size: Size) -> None:
    born = loader.ago(90 * DAY)

    def role(user_id: int) -> str:
        if user_id <= size.courses:
            return "instructor"
        return "admin" if user_id == size.courses + 1 else "student"

    ids = range(1, size.users + 1)
    loader.load(
        "users", ("id", "email", "name", "role", "status", "password_hash", "demonstration", "created_at"),
        ((each, f"person{each}@bench.example", f"Person {each}", role(each), "active", "none", False, born)
         for each in ids),
    )  # fmt: skip
    asked = [each for each in ids if each < size.first_student or size.is_opened(each)]
    others = [each for each in ids if each >= size.first_student and not size.is_opened(each)]
    signed_in = [*asked, *others[: max(0, size.sessions - len(asked))]]
    loader.load(
        "sessions", ("token_hash", "user_id", "created_at", "seen_at", "expires_at", "browser"),
        ((hash_of(token_of(each)), each, loader.ago(5), loader.ago(0), loader.ago(-DAY), "seeded")
         for each in signed_in),
    )  # fmt: skip


def _courses(loader: Loader, size: Size) -> None:
    courses = range(1, size.courses + 1)
    made = loader.ago(60 * DAY)
    loader.load(
        "courses",
        ("id", "owner_id", "code", "title", "term", "description", "time_zone", "status", "created_at"),
        ((each, each, f"WRIT {each:03}", "Writing to persuade", "Autumn 2026", "", "Europe/Berlin", "active", made)
         for each in courses),
    )  # fmt: skip
    loader.load("course_staff", ("course_id", "user_id", "role", "added_at"), _staff(size, made))
    students = range(size.first_student, size.users + 1)
    loader.load(
        "enrolments", ("course_id", "student_id", "status", "enrolled_at"),
        ((course, each, "active", made) for each in students for course in size.courses_of(each)),
    )  # fmt: skip
    loader.load(
        "rubrics",
        ("id", "name", "created_by", "created_at"),
        ((each, "Argument essay", each, made) for each in courses),
    )
    loader.load(
        "rubric_criteria", ("id", "rubric_id", "position", "name", "weight", "description"),
        (((each - 1) * len(CRITERIA) + place + 1, each, place, name, 25.0, "What is looked at under this name.")
         for each in courses for place, name in enumerate(CRITERIA)),
    )  # fmt: skip
    loader.load(
        "rubric_levels", ("criterion_id", "position", "label", "points", "description"),
        ((criterion, place, label, float(place + 1), "How work of this level reads.")
         for criterion in range(1, size.courses * len(CRITERIA) + 1) for place, label in enumerate(LEVELS)),
    )  # fmt: skip
    loader.load(
        "assignments",
        ("id", "course_id", "rubric_id", "title", "instructions", "kind", "due_at", "time_zone", "max_drafts",
         "word_min", "word_max", "guidelines", "merge_method", "min_readings", "show_numbers", "status", "version",
         "created_by", "created_at", "published_at"),
        ((assignment_of(course, place), course, course, TITLES[place], "Argue for **one** side in 400 to 900 words.",
          "essay", loader.ago((7 - 7 * place) * DAY), "Europe/Berlin", 3, 400, 900, "", "mean", 1, False, "active", 1,
          course, made, made)
         for course in courses for place in range(ASSIGNMENTS)),
    )  # fmt: skip
    loader.load(
        "model_settings",
        ("id", "assignment_id", "position", "reader", "runs", "weight", "temperature", "max_tokens"),
        ((each, each, 0, "built-in", 1, 1.0, 0.0, 2000) for each in range(1, size.courses * ASSIGNMENTS + 1)),
    )


def assignment_of(course: int, place: int) -> int:
    """The id of the course's assignment at this place: 0 was due a week ago, 1 is due now, the others later."""
    return (course - 1) * ASSIGNMENTS + place + 1


def _staff(size: Size, added: object) -> Iterator[Row]:
    for course in range(1, size.courses + 1):
        yield course, course, "owner", added
        yield course, size.first_student + course * 3, "tutor", added


def _drafts(size: Size) -> Iterator[SeedDraft]:
    """Round by round until there are enough: every student's first draft, then every student's second …"""
    # (which of the two courses, which assignment, draft number)
    rounds = ((0, 0, 1), (1, 0, 1), (0, 0, 2), (1, 0, 2), (0, 1, 1), (1, 1, 1), (0, 2, 1), (1, 2, 1))
    draft_id = 0
    for which, place, number in rounds:
        for student_id in range(size.first_student, size.users + 1):
            if draft_id == size.drafts:
                return
            draft_id += 1
            course = size.courses_of(student_id)[which]
            yield SeedDraft(
                draft_id, assignment_of(course, place), student_id, number, _status(draft_id, size), course,
                age=(21 - 3 * number - 2 * place) * DAY // 2 + draft_id % 2000, opened=size.is_opened(student_id),
            )  # fmt: skip


def _status(draft_id: int, size: Size) -> str:
    """Of a hundred drafts 87 are released, 11 wait for their instructor, one is withheld and one is being read."""
    # Spread by a multiplier that shares no factor with 100, so that every course gets its part.
    place = draft_id * 37 // 100 * 7 % 100 if size.drafts >= 100 else draft_id % 100
    if place < 87:
        return "released"
    if place < 97:
        return "awaiting_review"
    return {97: "needs_manual_feedback", 98: "withheld", 99: "reading"}[place]
