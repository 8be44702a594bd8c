"""Adding people: the dry run, its confirmation, and what it decides about each line."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from feedforward import urls
from feedforward.accounts.tables import User
from feedforward.audit.tables import AuditEvent
from feedforward.courses.roster_plan import Holder, Known, Place, Step, fingerprint, planned
from feedforward.courses.roster_rows import RosterRow
from feedforward.courses.tables import CourseStaff, Enrolment, Invitation
from feedforward.mail.tables import MailMessage
from feedforward.web.access import Role
from tests.factories.site import Site, Visitor
from tests.factories.teaching import make_course

CLASS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Essay\n    Points Possible,,,,,10\n"
    '"Lovelace, Ada",1,0042,ada@example.edu,A,\n"Newman, Nora",2,0043,nora@example.edu,B,\n'
    '"Nobody, Ned",3,0044,ned,B,\n"Instructor, Iris",4,,iris@example.edu,A,\n'
)


def rows_of(site: Site, statement: Any) -> list[Any]:
    return site.wiring.database.read_now(lambda connection: list(connection.execute(statement).all()))


def enrolments(site: Site) -> dict[int, str]:
    return {row.student_id: row.status for row in rows_of(site, select(Enrolment.student_id, Enrolment.status))}


def make(site: Site) -> tuple[Visitor, int]:
    instructor = site.person("Iris Instructor", Role.INSTRUCTOR)
    return instructor, make_course(instructor)


def check(who: Visitor, course_id: int, text: str = "", file: bytes | None = None) -> None:
    who.get(urls.add_people(course_id))
    who.submit(
        urls.check_people(course_id), emails=text, files={"file": ("class.csv", file)} if file is not None else None
    )


def test_a_dry_run_tells_every_line_and_writes_nothing_until_it_is_confirmed(site: Site) -> None:
    instructor, course_id = make(site)
    ada = site.make_person("Ada Student")
    check(instructor, course_id, file=CLASS.encode())
    page = instructor.page
    assert instructor.status == 200
    assert "1 to invite, 1 to enrol at once, 2 refused" in page.text
    assert "no column with addresses" in page.text
    assert "Teaches this course" in page.text
    assert (enrolments(site), rows_of(site, select(Invitation.id))) == ({}, [])
    instructor.submit(urls.add_people(course_id))
    assert enrolments(site) == {ada: "active"}
    assert rows_of(site, select(Enrolment.section, Enrolment.student_number)) == [("A", "0042")]
    invited = rows_of(site, select(Invitation.email, Invitation.name, Invitation.section, Invitation.student_number))
    assert invited == [("nora@example.edu", "Nora Newman", "B", "0043")]
    letters = select(MailMessage.template, MailMessage.user_id).order_by(MailMessage.template)
    assert rows_of(site, letters) == [("enrolled", ada), ("invitation", None)]


def test_the_same_file_twice_changes_nothing(site: Site) -> None:
    instructor, course_id = make(site)
    site.make_person("Ada Student")
    check(instructor, course_id, file=CLASS.encode())
    instructor.submit(urls.add_people(course_id))
    before = rows_of(site, select(AuditEvent.id)), rows_of(site, select(Invitation.__table__))
    check(instructor, course_id, file=CLASS.encode())
    assert "2 with nothing to do, 2 refused" in instructor.page.text
    assert urls.add_people(course_id) not in [form.action for form in instructor.page.forms]
    assert (rows_of(site, select(AuditEvent.id)), rows_of(site, select(Invitation.__table__))) == before


def test_a_newer_file_brings_sections_up_to_date_and_takes_nothing_away(site: Site) -> None:
    instructor, course_id = make(site)
    site.make_person("Ada Student")
    check(instructor, course_id, file=CLASS.encode())
    instructor.submit(urls.add_people(course_id))
    check(instructor, course_id, text="Email\tSection\nada@example.edu\tC\nnora@example.edu\t\n")
    assert "the section becomes C" in instructor.page.text
    instructor.submit(urls.add_people(course_id))
    assert rows_of(site, select(Enrolment.section, Enrolment.student_number)) == [("C", "0042")]
    assert rows_of(site, select(Invitation.section)) == [("B",)]


def test_what_changed_since_it_was_shown_is_shown_again_instead_of_written(site: Site) -> None:
    instructor, course_id = make(site)
    check(instructor, course_id, text="ada@example.edu")
    shown = instructor.page.form(urls.add_people(course_id)).fields
    site.make_person("Ada Student")
    instructor.post(urls.add_people(course_id), shown)
    assert instructor.status == 409
    assert "Nothing was written" in instructor.page.text
    assert "Has an account and is enrolled at once." in instructor.page.text
    assert (enrolments(site), rows_of(site, select(Invitation.id))) == ({}, [])
    instructor.submit(urls.add_people(course_id))
    assert list(enrolments(site).values()) == ["active"]


def test_sending_the_confirmation_twice_writes_once(site: Site) -> None:
    instructor, course_id = make(site)
    check(instructor, course_id, text="nora@example.edu")
    shown = instructor.page.form(urls.add_people(course_id)).fields
    instructor.post(urls.add_people(course_id), shown)
    instructor.post(urls.add_people(course_id), shown)
    assert instructor.status == 409
    assert len(rows_of(site, select(Invitation.id))) == len(rows_of(site, select(MailMessage.id))) == 1


@pytest.mark.parametrize(
    ("text", "file", "told"),
    [
        (" \n , ", None, "enter at least one e-mail address"),
        ("ada@example.edu", b"Email\nbela@example.edu", "not both"),
        ("", b"PK\x03\x04", "Save as"),
    ],
)
def test_a_list_that_cannot_be_taken_is_told_beside_its_field_and_kept(
    site: Site, text: str, file: bytes | None, told: str
) -> None:
    instructor, course_id = make(site)
    check(instructor, course_id, text, file)
    assert instructor.status == 422
    assert told in instructor.page.text
    assert instructor.page.form(urls.check_people(course_id)).fields["emails"] == text


def test_words_of_a_file_are_shown_as_words(site: Site) -> None:
    instructor, course_id = make(site)
    check(instructor, course_id, file=b'Email,Name\nada@example.edu,"<script>alert(1)</script>"\n')
    assert "<script>alert" not in instructor.page.html
    assert "<script>alert(1)</script>" in instructor.page.text


def test_two_thousand_at_once_do_not_hold_the_writer_long(site: Site) -> None:
    instructor, course_id = make(site)
    rows = "\n".join(f"Newcomer {n},new{n}@example.edu,{n},{'AB'[n % 2]}" for n in range(2000))
    check(instructor, course_id, file=f"Name,Email,Student ID,Section\n{rows}\n".encode())
    assert "2,000 to invite" in instructor.page.text
    database = site.wiring.database
    held: list[float] = []
    write = database.write

    async def timed(action: Any, *args: Any, **kwargs: Any) -> Any:
        def act(connection: Any) -> Any:
            begun = time.thread_time()
            try:
                return action(connection, *args, **kwargs)
            finally:
                held.append(time.thread_time() - begun)

        return await write(act)

    database.write = timed  # type: ignore[method-assign]
    instructor.submit(urls.add_people(course_id))
    database.write = write  # type: ignore[method-assign]
    assert len(rows_of(site, select(Invitation.id))) == len(rows_of(site, select(MailMessage.id))) == 2000
    # 0.4 s of work on SQLite; a row at a time takes several times as long.
    assert max(held) < (1 if database.is_sqlite else 5)


def test_who_teaches_the_course_and_inactive_accounts_are_refused(site: Site) -> None:
    instructor, course_id = make(site)
    tim, ina = site.make_person("Tim Tutor"), site.make_person("Ina Inactive")
    now = site.wiring.clock.now()
    site.wiring.database.write_now(
        lambda connection: connection.execute(
            insert(CourseStaff).values(course_id=course_id, user_id=tim, role="tutor", added_at=now)
        )
    )
    site.wiring.database.write_now(
        lambda connection: connection.execute(update(User).where(User.id == ina).values(status="inactive"))
    )
    check(instructor, course_id, text="tim@example.edu\nina@example.edu")
    assert "Teaches this course" in instructor.page.text
    assert "not active" in instructor.page.text
    assert "2 lines: 2 refused." in instructor.page.text


PLACES = st.builds(Place, st.just(7), st.booleans(), st.sampled_from(["", "A", "B"]), st.sampled_from(["", "1"]))
ROWS = st.builds(
    RosterRow, st.just(1), st.just("ada@example.edu"), st.sampled_from(["", "Ada"]), st.sampled_from(["", "1", "2"]),
    st.sampled_from(["", "A"]),
)  # fmt: skip


@given(row=ROWS, place=st.none() | PLACES, account=st.booleans())
def test_after_a_step_the_same_row_has_nothing_left_to_do(row: RosterRow, place: Place | None, account: bool) -> None:
    holders = {row.email: Holder(7, Role.STUDENT, True)} if account else {}
    here = {7: place} if account and place else {}
    known = Known(holders, here, {row.email: place} if place and not account else {}, frozenset())
    (before,) = planned([row], known)
    after = Place(
        7, True, row.section or (place.section if place else ""), row.number or (place.number if place else ""),
        row.name or (place.name if place else ""),
    )  # fmt: skip
    again = Known(holders, {7: after} if account else {}, {} if account else {row.email: after}, frozenset())
    (then,) = planned([row], again)
    assert then.step is Step.SKIP
    assert (fingerprint([before]) == fingerprint([then])) == (before.step is Step.SKIP)
