"""The list of courses: searched, narrowed, paged, and quick where somebody teaches two thousand."""

import time
from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert, select

from feedforward import urls
from feedforward.accounts.tables import User
from feedforward.courses.course_list_queries import PER_PAGE, Wanted, course_list
from feedforward.courses.tables import Course, CourseStaff, Enrolment
from feedforward.web.access import Role
from tests.architecture.test_query_plans import postgresql_scans, sqlite_scans
from tests.factories.driver import asked_of_the_driver
from tests.factories.site import Site
from tests.factories.teaching import make_course

COURSES = 2000
STATES = ("draft", "active", "inactive", "archived", "deleted")


def fill(connection: Connection, owner_id: int, students: int, site: Site) -> None:
    """COURSES courses of one owner in four terms, five departments and all states, a few students in each."""
    now = site.wiring.clock.now()
    connection.execute(
        insert(Course),
        [
            {
                "id": number, "owner_id": owner_id, "code": f"C {number}", "title": f"Course number {number}",
                "term": f"Term {number % 4}", "department": f"Department {number % 5}" if number % 3 else "",
                "description": "", "time_zone": "UTC", "status": STATES[number % 5], "version": 1,
                "created_at": now - timedelta(minutes=number),
            }
            for number in range(1, COURSES + 1)
        ],
    )  # fmt: skip
    everywhere = range(1, COURSES + 1)
    connection.execute(
        insert(CourseStaff),
        [{"course_id": each, "user_id": owner_id, "role": "owner", "added_at": now} for each in everywhere],
    )
    people = [
        {"email": f"s{each}@example.edu", "name": f"S {each}", "role": "student", "status": "active",
         "password_hash": "", "created_at": now, "demonstration": False}
        for each in range(students)
    ]  # fmt: skip
    connection.execute(insert(User), people)
    ids = connection.execute(select(User.id).where(User.email.like("s%@example.edu"))).scalars().all()
    rows = [
        {"course_id": each, "student_id": who, "status": "active", "enrolled_at": now} for each in everywhere
        for who in ids
    ]  # fmt: skip
    connection.execute(insert(Enrolment), rows)


def test_two_thousand_courses_are_listed_in_few_statements_by_index_and_quickly(site: Site) -> None:
    owner_id = site.make_person("Iris Instructor", Role.INSTRUCTOR)
    database = site.wiring.database
    database.write_now(fill, owner_id, 3, site)
    iris = site.visitor().sign_in("iris@example.edu")
    iris.get(urls.home())
    assert "Search all your courses" in iris.page.text
    with asked_of_the_driver(database) as asked:
        page = iris.get(urls.courses())
    assert iris.status == 200
    assert len([each for each in asked if each.statement.startswith(("SELECT", "WITH"))]) == 3
    assert "1600 courses found." in page.text
    assert page.text.count("3 students") == PER_PAGE
    narrowed = {
        Wanted(status="archived"): 400,
        Wanted(status="deleted"): 400,
        Wanted(term="Term 1"): 400,
        Wanted(department="Department 2", status="inactive"): len(
            [each for each in range(1, COURSES + 1) if each % 5 == 2 and each % 3]
        ),
        Wanted(search="NUMBER 19"): len(
            [each for each in range(1, COURSES + 1) if str(each).startswith("19") and each % 5 != 4]
        ),
        Wanted(search="%"): 0,
        Wanted(page=9999): 1600,
    }
    for wanted, found in narrowed.items():
        assert database.read_now(course_list, owner_id, wanted).found == found, wanted
    began = time.perf_counter()
    database.read_now(course_list, owner_id, Wanted())
    database.read_now(course_list, owner_id, Wanted(search="number 1999", status="active"))
    # Twenty times what it takes here, so that only what reads all rows of all courses is found.
    assert time.perf_counter() - began < 1.0
    with database.engine.connect() as connection:
        scans = (sqlite_scans if database.is_sqlite else postgresql_scans)(connection, asked)
    assert [table for table, _ in scans if table in ("courses", "course_staff", "enrolments")] == []


def test_courses_are_narrowed_on_the_page_and_a_colleague_sees_their_own_alone(site: Site) -> None:
    if not site.wiring.database.is_sqlite:
        pytest.skip("what the page shows is the same on both databases; the statements are tried above")
    iris = site.person("Iris Instructor", Role.INSTRUCTOR)
    made = [make_course(iris, code=f"ENG {number}", title="Writing") for number in range(12)]
    iris.get(urls.edit_course(made[3]))
    iris.submit(urls.edit_course(made[3]), department="  History  of   art ", term="Spring 2027")
    page = iris.get(urls.courses())
    assert "12 courses found." in page.text
    page = iris.get(urls.courses(search="history OF art"))
    assert "ENG 3 Writing" in page.text
    assert "Spring 2027, History of art" in page.text
    assert "ENG 4 Writing" not in page.text
    page = iris.get(urls.courses(department="History of art", status="archived"))
    assert "No course fits" in page.text
    assert page.links["See all your courses"] == urls.courses()
    iris.get(urls.edit_course(made[3]))
    iris.submit(urls.edit_course(made[3]), department="x" * 121)
    assert iris.status == 422
    assert "Use at most 120 characters for the department." in iris.page.text
    otto = site.person("Otto Other", Role.INSTRUCTOR)
    assert "No courses yet" in otto.get(urls.courses()).text
