"""Enrolling and removing students."""

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from feedforward import urls
from feedforward.courses.queries import roster
from feedforward.courses.rules import MOST_ADDRESSES, addresses_in
from feedforward.courses.tables import Course, Enrolment
from feedforward.web.access import Role
from tests.factories.site import Site
from tests.factories.teaching import enrol_students, make_course


def enrolments(site: Site) -> dict[int, str]:
    rows = site.wiring.database.read_now(
        lambda connection: connection.execute(select(Enrolment.student_id, Enrolment.status)).all()
    )
    return {row.student_id: row.status for row in rows}


def owner_id(site: Site, course_id: int) -> int:
    return site.wiring.database.read_now(
        lambda connection: connection.execute(select(Course.owner_id).where(Course.id == course_id)).scalar_one()
    )


def test_known_students_are_enrolled_and_every_other_line_is_told_and_stays_in_the_form(site: Site) -> None:
    instructor = site.person("Iris Instructor", Role.INSTRUCTOR)
    course_id = make_course(instructor)
    ada, bela = site.make_person("Ada Student"), site.make_person("Bela Student")
    instructor.get(urls.course_people(course_id))
    typed = "ADA@example.edu, nobody@example.edu\niris@example.edu; Bela B <bela@example.edu>\nnot an address"
    page = instructor.submit(urls.enrol(course_id), emails=typed)
    assert instructor.status == 422
    assert enrolments(site) == {ada: "active", bela: "active"}
    kept = page.form(urls.enrol(course_id)).fields["emails"].split("\n")
    assert kept == ["nobody@example.edu", "iris@example.edu", "not an address"]
    assert "2 students were enrolled." in page.text
    assert "nobody@example.edu There is no account with this address." in page.text
    assert "iris@example.edu This is an instructor account, not a student’s." in page.text


def test_nothing_typed_and_far_too_many_are_refused_with_everything_kept(site: Site) -> None:
    instructor = site.person("Iris Instructor", Role.INSTRUCTOR)
    course_id = make_course(instructor)
    instructor.get(urls.course_people(course_id))
    instructor.submit(urls.enrol(course_id), emails=" \n , ")
    assert instructor.status == 422
    many = "\n".join(f"student{number}@example.edu" for number in range(MOST_ADDRESSES + 1))
    page = instructor.submit(urls.enrol(course_id), emails=many)
    assert page.form(urls.enrol(course_id)).fields["emails"] == many


def test_a_removed_student_keeps_the_row_and_comes_back_when_enrolled_again(site: Site) -> None:
    instructor = site.person("Iris Instructor", Role.INSTRUCTOR)
    course_id = make_course(instructor)
    ada = site.make_person("Ada Student")
    enrol_students(instructor, course_id, ["ada@example.edu"])
    instructor.get(urls.course_people(course_id))
    page = instructor.submit(urls.remove_student(course_id, ada))
    assert enrolments(site) == {ada: "removed"}
    assert "Nobody is enrolled yet" in page.text
    instructor.post(urls.remove_student(course_id, ada))
    assert instructor.status == 422
    undo = next(form for form in page.forms if form.fields.get("emails") == "ada@example.edu")
    instructor.post(undo.action, undo.fields)
    assert enrolments(site) == {ada: "active"}


def test_enrolling_twice_enrols_once(site: Site) -> None:
    instructor = site.person("Iris Instructor", Role.INSTRUCTOR)
    course_id = make_course(instructor)
    site.make_person("Ada Student")
    enrol_students(instructor, course_id, ["ada@example.edu", "ada@example.edu"])
    enrol_students(instructor, course_id, ["ada@example.edu"])
    assert "1 student was enrolled before." in instructor.page.text
    assert instructor.page.text.count("ada@example.edu") == 1
    teacher = site.wiring.database.read_now(lambda connection: roster(connection, owner_id(site, course_id), course_id))
    assert [entry.name for entry in teacher] == ["Ada Student"]


@given(
    names=st.lists(st.from_regex(r"[a-z][a-z0-9.]{0,8}", fullmatch=True), unique=True, max_size=8),
    between=st.sampled_from(["\n", ", ", "; ", "\r\n", " ,\n\n"]),
)
def test_every_address_is_found_whatever_divides_them(names: list[str], between: str) -> None:
    emails = [f"{name}@example.edu" for name in names]
    assert addresses_in(between.join(email.upper() for email in emails)) == tuple(emails)
    assert addresses_in(between.join(f"{email} <{email}>" for email in emails)) == tuple(emails)


@given(typed=st.text())
def test_reading_addresses_never_fails(typed: str) -> None:
    found = addresses_in(typed)
    assert len(set(found)) == len(found)
    assert all(address and address == address.strip() for address in found)
