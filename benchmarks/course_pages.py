"""The pages of courses, classes and rubrics: who asks for which, and somebody who teaches two thousand courses."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.data import DATABASE
from benchmarks.seed import ASSIGNMENTS, FULL, assignment_of, token_of
from feedforward import urls
from feedforward.web.sessions import hash_of

MANY = 2_000
TEACHES_MANY = FULL.users + 1
TEMPLATES = 60
LEAST = 0.03

Asked = tuple[str, int]
"""An address, and who asks for it."""


def add_courses(folder: Path) -> None:
    """Give this copy of the seeded folder a person with MANY courses, and its library TEMPLATES templates."""
    now = datetime.now(UTC)
    stamp, tomorrow = (each.strftime("%Y-%m-%d %H:%M:%S.%f") for each in (now, now + timedelta(days=1)))
    courses = range(FULL.courses + 1, FULL.courses + 1 + MANY)
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        connection.execute(
            "insert into users (id, email, name, role, status, password_hash, demonstration, created_at) "
            "values (?, 'many@bench.example', 'Teaches many', 'instructor', 'active', 'none', 0, ?)",
            (TEACHES_MANY, stamp),
        )
        connection.execute(
            "insert into sessions (token_hash, user_id, created_at, seen_at, expires_at, browser) "
            "values (?, ?, ?, ?, ?, 'seeded')",
            (hash_of(token_of(TEACHES_MANY)), TEACHES_MANY, stamp, stamp, tomorrow),
        )
        connection.executemany(
            "insert into courses (id, owner_id, code, title, term, department, description, time_zone, status, "
            "created_at) values (?, ?, ?, 'Writing to persuade', ?, ?, '', 'Europe/Berlin', 'active', ?)",
            ((each, TEACHES_MANY, f"WRIT {each:04}", f"Autumn {2000 + each % 26}", f"Department {each % 12}", stamp)
             for each in courses),
        )  # fmt: skip
        connection.executemany(
            "insert into course_staff (course_id, user_id, role, added_at) values (?, ?, 'owner', ?)",
            ((each, TEACHES_MANY, stamp) for each in courses),
        )
        # None of those whose own pages are measured: the hundredth, two hundredth …
        connection.executemany(
            "insert into enrolments (course_id, student_id, status, enrolled_at) values (?, ?, 'active', ?)",
            (
                (each, FULL.first_student + each % 180 * 100 + 1 + place, stamp)
                for each in courses
                for place in range(12)
            ),
        )
        connection.executemany(
            "insert into rubric_templates (owner_id, rubric_id, name, about, shared, status, version, created_at, "
            "changed_at) values (?, ?, ?, 'For essays that argue for one side.', 1, 'active', 1, ?, ?)",
            ((each % FULL.courses + 1, each % FULL.courses + 1, f"Argument essay {each}", stamp, stamp)
             for each in range(TEMPLATES)),
        )  # fmt: skip
        connection.execute("analyze")
        connection.commit()


def course_pages(students: list[int]) -> dict[str, list[Asked]]:
    """Name of a page → who asks for it where; `students` are those whose pages have something to show."""
    staff = range(1, FULL.courses + 1)
    return {
        "list of 2,000 courses": [
            *((urls.courses(page=page), TEACHES_MANY) for page in (1, 2, 3)),
            (urls.courses(search="writ 20"), TEACHES_MANY),
        ],
        "class": [(urls.course_class(each), each) for each in staff],
        "class of one assignment": [
            (urls.course_class(each, assignment=assignment_of(each, 0)), each) for each in staff
        ],
        "rubric library": [(urls.rubrics(), each) for each in staff],
        "assignment": [(urls.assignment(assignment_of(each, each % ASSIGNMENTS)), each) for each in staff],
        "course": [(urls.course(each), each) for each in staff],
        "course home of a student": [
            (urls.my_course(course), student) for student in students for course in FULL.courses_of(student)
        ],
    }  # fmt: skip
