"""The roster in pages, sections and numbers, removing and enrolling again."""

from typing import Any

from sqlalchemy import insert, select

from feedforward import urls
from feedforward.accounts.tables import User
from feedforward.courses.tables import Enrolment
from feedforward.web.access import Role
from tests.factories.site import Site, Visitor
from tests.factories.teaching import enrol_students, make_course


def rows_of(site: Site, statement: Any) -> list[Any]:
    return site.wiring.database.read_now(lambda connection: list(connection.execute(statement).all()))


def enrolments(site: Site) -> dict[int, str]:
    return {row.student_id: row.status for row in rows_of(site, select(Enrolment.student_id, Enrolment.status))}


def make(site: Site) -> tuple[Visitor, int]:
    instructor = site.person("Iris Instructor", Role.INSTRUCTOR)
    return instructor, make_course(instructor)


def test_a_removed_student_is_out_at_once_keeps_the_row_and_comes_back_when_enrolled_again(site: Site) -> None:
    instructor, course_id = make(site)
    student = site.person("Ada Student")
    enrol_students(instructor, course_id, ["ada@example.edu"])
    (ada,) = enrolments(site)
    instructor.post(urls.course_status(course_id), {"come_from": "draft", "go_to": "active", "confirmation": ""})
    instructor.get(urls.course_people(course_id))
    page = instructor.submit(urls.remove_student(course_id, ada))
    assert enrolments(site) == {ada: "removed"}
    assert rows_of(site, select(Enrolment.deleted_at)) == [(site.wiring.clock.now(),)]
    assert "Nobody is enrolled yet" in page.text
    assert "ENG 101" not in student.get(urls.home()).text
    instructor.post(urls.remove_student(course_id, ada))
    assert instructor.status == 422
    instructor.get(urls.course_people(course_id, show="removed"))
    instructor.submit(urls.enrol_again(course_id, ada))
    assert enrolments(site) == {ada: "active"}
    assert rows_of(site, select(Enrolment.deleted_at)) == [(None,)]
    instructor.post(urls.enrol_again(course_id, ada))
    assert instructor.status == 422


def test_section_and_number_can_be_changed_and_a_wrong_one_is_told(site: Site) -> None:
    instructor, course_id = make(site)
    ada = site.make_person("Ada Student")
    enrol_students(instructor, course_id, ["ada@example.edu"])
    address = urls.change_student(course_id, ada)
    instructor.get(address)
    instructor.submit(address, section="=A1", number="1" * 41)
    assert instructor.status == 422
    assert instructor.page.form(address).fields["section"] == "=A1"
    instructor.submit(address, section=" Group \u200bA ", number="0042")
    assert rows_of(site, select(Enrolment.section, Enrolment.student_number)) == [("Group A", "0042")]
    assert "Group A" in instructor.get(urls.course_people(course_id)).text


def test_the_roster_comes_in_pages_and_can_be_narrowed(site: Site) -> None:
    instructor, course_id = make(site)
    fill(site, course_id, 120)
    page = instructor.get(urls.course_people(course_id))
    assert "120 students." in page.text
    assert page.html.count("@example.edu") == 50
    assert "Page 3 of 3" in instructor.get(urls.course_people(course_id, page=3)).text
    narrowed = instructor.get(urls.course_people(course_id, section="B"))
    assert "60 students found." in narrowed.text
    assert "Page 1 of 2" in narrowed.text
    assert "1 student found." in instructor.get(urls.course_people(course_id, search="STUDENT 77")).text
    assert "Nobody fits" in instructor.get(urls.course_people(course_id, search="100%_")).text


def fill(site: Site, course_id: int, many: int) -> None:
    """Students with accounts, every second in section B."""
    now = site.wiring.clock.now()

    def write(connection: Any) -> None:
        people = [
            {"email": f"s{n}@example.edu", "name": f"Student {n}", "role": "student", "status": "active",
             "password_hash": "!", "demonstration": False, "created_at": now}
            for n in range(many)
        ]  # fmt: skip
        connection.execute(insert(User), people)
        ids = connection.execute(select(User.id).where(User.password_hash == "!").order_by(User.id)).scalars().all()
        connection.execute(
            insert(Enrolment),
            [
                {"course_id": course_id, "student_id": each, "status": "active", "enrolled_at": now,
                 "section": "AB"[place % 2], "student_number": str(place)}
                for place, each in enumerate(ids)
            ],
        )  # fmt: skip

    site.wiring.database.write_now(write)
