"""Who teaches a course: adding, roles, removing, another owner, and a tutor's part of the roster."""

from typing import Any

from sqlalchemy import select

from feedforward import urls
from feedforward.audit.tables import AuditEvent
from feedforward.courses.tables import Course, CourseStaff, Enrolment, TutorSection, TutorStudent
from feedforward.web.access import Role
from tests.factories.letters import write_waiting
from tests.factories.site import Site, Visitor
from tests.factories.teaching import enrol_students, make_course


def rows_of(site: Site, statement: Any) -> list[Any]:
    return site.wiring.database.read_now(lambda connection: list(connection.execute(statement).all()))


def staff(site: Site) -> dict[int, str]:
    return {row.user_id: row.role for row in rows_of(site, select(CourseStaff.user_id, CourseStaff.role))}


def opened(site: Site) -> tuple[Visitor, int]:
    iris = site.person("Iris Instructor", Role.INSTRUCTOR)
    return iris, make_course(iris)


def add(who: Visitor, course_id: int, email: str, role: str) -> None:
    who.get(urls.course_staff(course_id))
    who.submit(urls.add_staff(course_id), email=email, role=role)


def test_an_owner_adds_changes_and_removes_who_teaches(site: Site) -> None:
    iris, course_id = opened(site)
    cora, tim = site.make_person("Cora Colleague", Role.INSTRUCTOR), site.make_person("Tim Tutor")
    add(iris, course_id, "CORA@example.edu", "co_instructor")
    add(iris, course_id, "tim@example.edu", "tutor")
    assert {cora: "co_instructor", tim: "tutor"}.items() <= staff(site).items()
    visitor = site.visitor().sign_in("cora@example.edu")
    visitor.get(urls.edit_course(course_id))
    assert visitor.status == 200
    iris.get(urls.course_staff(course_id))
    iris.submit(urls.staff_role(course_id, cora))
    assert staff(site)[cora] == "tutor"
    visitor.get(urls.edit_course(course_id))
    assert visitor.status == 403
    iris.get(urls.course_staff(course_id))
    iris.submit(urls.remove_staff(course_id, cora))
    visitor.get(urls.course(course_id))
    assert visitor.status == 404
    told = [row.action for row in rows_of(site, select(AuditEvent.action).order_by(AuditEvent.id))]
    assert [each for each in told if each.startswith("staff.")] == [
        "staff.add", "staff.add", "staff.change", "staff.remove",
    ]  # fmt: skip


def test_what_cannot_be_is_told_beside_its_field_and_kept(site: Site) -> None:
    iris, course_id = opened(site)
    site.make_person("Ada Student")
    site.make_person("Tim Tutor")
    enrol_students(iris, course_id, ["ada@example.edu"])
    for email, role, told in (
        ("", "tutor", "Enter an e-mail address."),
        ("tim@example.edu", "co_instructor", "Only instructor accounts"),
        ("nobody@example.edu", "co_instructor", "no active instructor account"),
        ("ada@example.edu", "tutor", "a student of the course"),
        ("iris@example.edu", "tutor", "teaches the course already"),
        ("tim@example.edu", "owner", "Choose whether"),
        ("tim@example.edu", "", "Choose whether"),
    ):
        add(iris, course_id, email, role)
        assert iris.status == 422, (email, role)
        assert told in iris.page.text
        assert iris.page.form(urls.add_staff(course_id)).fields["email"] == email
    assert list(staff(site).values()) == ["owner"]


def test_a_course_is_never_without_its_owner(site: Site) -> None:
    iris, course_id = opened(site)
    owner = next(iter(staff(site)))
    iris.post(urls.remove_staff(course_id, owner))
    assert iris.status == 422
    iris.post(urls.staff_role(course_id, owner), {"come_from": "owner", "go_to": "tutor"})
    assert iris.status == 422
    assert staff(site) == {owner: "owner"}


def test_the_course_is_handed_over_once_its_code_is_typed_and_both_are_told(site: Site) -> None:
    iris, course_id = opened(site)
    cora = site.make_person("Cora Colleague", Role.INSTRUCTOR)
    owner = next(iter(staff(site)))
    add(iris, course_id, "cora@example.edu", "co_instructor")
    iris.submit(urls.transfer_course(course_id), to=str(cora), confirmation="yes")
    assert iris.status == 422
    assert "type its code, ENG 101" in iris.page.text
    assert iris.page.form(urls.transfer_course(course_id)).fields["to"] == str(cora)
    assert staff(site)[owner] == "owner"
    iris.submit(urls.transfer_course(course_id), to=str(cora), confirmation="eng 101")
    assert staff(site) == {owner: "co_instructor", cora: "owner"}
    assert rows_of(site, select(Course.owner_id)) == [(cora,)]
    letters = {each.to: each.letter.paragraphs[0] for each in write_waiting(site)}
    assert "You are the owner of ENG 101" in letters["cora@example.edu"]
    assert "Cora Colleague is the owner" in letters["iris@example.edu"]
    iris.post(urls.transfer_course(course_id), {"to": str(owner), "confirmation": "ENG 101"})
    assert iris.status == 403


def test_nobody_but_an_instructor_of_the_course_can_own_it(site: Site) -> None:
    iris, course_id = opened(site)
    otto, tim = site.make_person("Otto Other", Role.INSTRUCTOR), site.make_person("Tim Tutor")
    add(iris, course_id, "tim@example.edu", "tutor")
    for to in (otto, tim, 0, 999_999):
        iris.post(urls.transfer_course(course_id), {"to": str(to), "confirmation": "ENG 101"})
        assert iris.status == 422
    assert sorted(staff(site).values()) == ["owner", "tutor"]


def test_a_tutors_part_is_saved_shown_and_ends_with_their_role(site: Site) -> None:
    iris, course_id = opened(site)
    tim = site.make_person("Tim Tutor", Role.INSTRUCTOR)
    ada, bela = site.make_person("Ada Student"), site.make_person("Bela Student")
    iris.get(urls.add_people(course_id))
    iris.submit(urls.check_people(course_id), emails="Email\tSection\nada@example.edu\tA\nbela@example.edu\tB")
    iris.submit(urls.add_people(course_id))
    add(iris, course_id, "tim@example.edu", "tutor")
    tutor = site.visitor().sign_in("tim@example.edu")
    assert "2 students." in tutor.get(urls.course_people(course_id)).text
    address = urls.tutor_part(course_id, tim)
    iris.get(address)
    iris.submit(address, who="part", sections=["A", "invented"], students=[str(bela), "999999", "x"])
    assert rows_of(site, select(TutorSection.section)) == [("A",)]
    assert rows_of(site, select(TutorStudent.student_id)) == [(bela,)]
    assert "section A and 1 student" in iris.page.text
    iris.get(address)
    iris.submit(address, who="part", sections=["A"], students=[])
    page = tutor.get(urls.course_people(course_id))
    assert "1 student." in page.text
    assert "Bela" not in page.text
    tutor.get(urls.course_people(course_id, search="bela"))
    assert "bela@example.edu" not in tutor.page.text
    iris.get(urls.course_staff(course_id))
    iris.submit(urls.staff_role(course_id, tim))
    assert rows_of(site, select(TutorSection.section)) == []
    assert "2 students." in tutor.get(urls.course_people(course_id)).text
    assert len(rows_of(site, select(Enrolment.student_id).where(Enrolment.student_id == ada))) == 1


def test_a_tutors_part_can_be_given_by_student_numbers_and_an_unknown_one_saves_nothing(site: Site) -> None:
    iris, course_id = opened(site)
    tim = site.make_person("Tim Tutor", Role.INSTRUCTOR)
    ada, bela = site.make_person("Ada Student"), site.make_person("Bela Student")
    iris.get(urls.add_people(course_id))
    lines = "Email\tSection\tStudent ID\nada@example.edu\tA\t10 01\nbela@example.edu\tB\tx1002"
    iris.submit(urls.check_people(course_id), emails=lines)
    iris.submit(urls.add_people(course_id))
    add(iris, course_id, "tim@example.edu", "tutor")
    address = urls.tutor_part(course_id, tim)
    assert "Bela Student (B, x1002)" in iris.get(address).text
    iris.submit(address, who="part", sections=["A"], students=[], numbers="X1002, 7 <b>")
    assert iris.status == 422
    assert "Nobody in this course has the number “7”, “<b>”. Nothing was saved." in iris.page.text
    kept = iris.page.form(address)
    assert (kept.fields["who"], kept.fields["numbers"], kept.fields["sections"]) == ("part", "X1002, 7 <b>", "A")
    assert (rows_of(site, select(TutorSection.section)), rows_of(site, select(TutorStudent.student_id))) == ([], [])
    iris.submit(address, who="all", numbers="x1002")
    assert (iris.status, iris.page.form(address).fields["numbers"]) == (422, "x1002")
    iris.submit(address, who="part", sections=[], students=[], numbers=" X1002\n10 01; ")
    assert [row.student_id for row in rows_of(site, select(TutorStudent.student_id))] == sorted((ada, bela))
