"""That a page of courses, classes or rubrics asks as much for two rows as for forty."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert, select

from feedforward import urls
from feedforward.assignments.settings_tables import Extension
from feedforward.assignments.tables import Assignment
from feedforward.courses.tables import Course, CourseStaff, Enrolment
from feedforward.rubrics.tables import TemplateRow
from tests.factories.busy import INSTRUCTOR, STUDENT, BusySite, make_busy
from tests.factories.site import Site

FEW, MANY = 2, 40


def add_rows(connection: Connection, busy: BusySite, rows: range) -> None:
    """A course with its owner and a student, an assignment beside the others, an extension and a template for each."""
    now = busy.site.wiring.clock.now()
    students = connection.execute(
        select(Enrolment.student_id).where(Enrolment.course_id == INSTRUCTOR).order_by(Enrolment.student_id)
    ).scalars().all()  # fmt: skip
    original = connection.execute(select(Assignment.__table__).where(Assignment.id == busy.task)).one()
    for row in rows:
        course_id: int = connection.execute(
            insert(Course)
            .values(
                owner_id=INSTRUCTOR, code=f"N {row}", title="One of many", term="", description="", time_zone="UTC",
                status="active", created_at=now,
            )
            .returning(Course.id)
        ).scalar_one()  # fmt: skip
        connection.execute(
            insert(CourseStaff).values(course_id=course_id, user_id=INSTRUCTOR, role="owner", added_at=now)
        )
        connection.execute(
            insert(Enrolment).values(course_id=course_id, student_id=STUDENT, status="active", enrolled_at=now)
        )
        copy = {**original._mapping, "id": None, "title": f"One of many {row}"}
        connection.execute(insert(Assignment).values({name: copy[name] for name in copy if name != "id"}))
        connection.execute(
            insert(Extension).values(
                assignment_id=busy.task, student_id=students[row], due_at=now + timedelta(days=9), reason="",
                created_by=INSTRUCTOR, granted_at=now,
            )
        )  # fmt: skip
        connection.execute(
            insert(TemplateRow).values(
                owner_id=INSTRUCTOR, rubric_id=original.rubric_id, name=f"Template {row}", about="", shared=True,
                status="active", version=1, created_at=now, changed_at=now,
            )
        )  # fmt: skip


def test_a_page_asks_as_much_for_two_rows_as_for_forty(site: Site) -> None:
    if not site.wiring.database.is_sqlite:
        pytest.skip("the statements are the same on both databases; one of them counts")
    busy = make_busy(site)
    pages = {
        "courses": (INSTRUCTOR, urls.courses(search="N ")),
        "course": (INSTRUCTOR, urls.course(INSTRUCTOR)),
        "class": (INSTRUCTOR, urls.course_class(INSTRUCTOR)),
        "duplicating a course": (INSTRUCTOR, urls.duplicate_course(INSTRUCTOR)),
        "rubric library": (INSTRUCTOR, urls.rubrics(search="Template")),
        "library for an assignment": (INSTRUCTOR, urls.rubric_library(busy.task)),
        "extensions": (INSTRUCTOR, urls.extensions(busy.task)),
        "student home": (STUDENT, urls.home()),
        "my courses": (STUDENT, urls.my_courses()),
        "one of my courses": (STUDENT, urls.my_course(INSTRUCTOR)),
    }

    def counted() -> dict[str, int]:
        found = {}
        for name, (who, address) in pages.items():
            visitor = busy.visitor(who)
            visitor.get(urls.privacy())  # marks the session as seen, which happens once a minute
            with busy.asked() as asked:
                visitor.get(address)
            assert visitor.status == 200, (name, visitor.status)
            found[name] = len([each for each in asked if each.statement.startswith(("SELECT", "WITH"))])
        return found

    site.wiring.database.write_now(add_rows, busy, range(FEW))
    few = counted()
    site.wiring.database.write_now(add_rows, busy, range(FEW, MANY))
    many = counted()
    # A list that is longer than a glance offers to be narrowed, which one more statement prepares.
    few["courses"] = max(few["courses"], many["courses"] - 1)
    assert many == few
