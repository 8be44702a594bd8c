"""Invitations: their letters and links, joining by them, and every way in which one is worth nothing."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from feedforward import urls
from feedforward.accounts.tables import TermsAcceptance, User
from feedforward.accounts.terms_rules import DEFAULT
from feedforward.audit.tables import AuditEvent
from feedforward.courses.invitation_joining import join_as_known, join_as_new
from feedforward.courses.invitation_rules import InvitationStatus, Offer, offer_of
from feedforward.courses.rules import CourseStatus
from feedforward.courses.tables import CourseStaff, Enrolment, Invitation
from feedforward.errors import RuleBroken
from feedforward.web.access import Role
from tests.conftest import NOON
from tests.factories.inviting import NEW, hand_over, invite, join, opened, rows_of, status
from tests.factories.letters import write_waiting
from tests.factories.site import PASSWORD, Site


def test_whoever_gets_the_letter_makes_an_account_and_is_in_every_course_that_invited_them(site: Site) -> None:
    iris, first = opened(site)
    otto, second = opened(site, "Otto Other", "BIO 2")
    invite(iris, first, "Nora Newman <nora@example.edu>")
    invite(otto, second, "nora@example.edu")
    letter = write_waiting(site)[0]
    assert letter.to == "nora@example.edu"
    assert "Iris Instructor invites you to ENG 101" in letter.letter.paragraphs[0]
    visitor = site.visitor()
    page = visitor.get(letter.path)
    assert page.form(urls.join()).fields["name"] == "Nora Newman"
    assert "nora@example.edu" in page.text
    assert "Iris Instructor" in page.text
    visitor.submit(urls.join(), name="Nora N. Newman", password=NEW)
    assert visitor.status == 422
    assert "accept the terms" in visitor.page.text
    visitor.submit(urls.join(), name="Nora N. Newman", password=NEW, accepted="yes")
    assert (visitor.status, visitor.path) == (200, urls.home())
    assert rows_of(site, select(User.email, User.name, User.role).where(User.email == "nora@example.edu")) == [
        ("nora@example.edu", "Nora N. Newman", "student")
    ]
    assert len(rows_of(site, select(Enrolment.course_id))) == 2
    assert {row.status for row in rows_of(site, select(Invitation.status))} == {"joined"}
    site.visitor().sign_in("nora@example.edu", NEW)
    assert rows_of(site, select(TermsAcceptance.version)) == [(DEFAULT.version,)]
    told = [row.action for row in rows_of(site, select(AuditEvent.action).order_by(AuditEvent.id))]
    assert told.count("invitation.join") == 2


def test_a_link_works_once(site: Site) -> None:
    iris, course_id = opened(site)
    invite(iris, course_id, "nora@example.edu")
    path = hand_over(iris, site, course_id)
    stale = site.visitor()
    stale.get(path)
    join(site, path)
    stale.submit(urls.join(), name="Mallory", password="another one for the stolen link")
    assert stale.status == 404
    assert "was used already" in stale.page.text
    assert "nora@example.edu" not in stale.page.text
    assert len(rows_of(site, select(User.id))) == 2


def test_two_who_use_a_link_at_the_same_moment_make_one_account(site: Site) -> None:
    iris, course_id = opened(site)
    invite(iris, course_id, "nora@example.edu")
    token = hand_over(iris, site, course_id).split("token=")[1]
    database, now, terms = site.wiring.database, site.wiring.clock.now(), DEFAULT.version
    joined = database.write_now(join_as_new, token=token, name="Nora", password_hash="!", terms_version=terms, now=now)
    with pytest.raises(RuleBroken):
        database.write_now(join_as_new, token=token, name="Mallory", password_hash="!", terms_version=terms, now=now)
    with pytest.raises(RuleBroken):
        database.write_now(join_as_known, token=token, user_id=joined.user_id, now=now)


def test_a_token_nobody_made_and_a_bare_address_are_told_plainly(site: Site) -> None:
    visitor = site.visitor()
    for path in (urls.join(), urls.join("x" * 43), urls.join("\u0663'; drop")):
        assert "This link does not work" in visitor.get(path).text
        assert visitor.status == 404


def test_a_bad_name_or_password_keeps_what_was_typed_and_the_link_stays_good(site: Site) -> None:
    iris, course_id = opened(site)
    invite(iris, course_id, "nora@example.edu")
    path = hand_over(iris, site, course_id)
    visitor = join(site, path, name="\u200b", password="short")
    assert visitor.status == 422
    assert "Enter the name" in visitor.page.text
    visitor = join(site, path, name="Nora Newman", password="nora@example.edu")
    assert visitor.page.form(urls.join()).fields["name"] == "Nora Newman"
    assert join(site, path).path == urls.home()


def test_who_has_an_account_by_now_signs_in_and_confirms(site: Site) -> None:
    iris, course_id = opened(site)
    invite(iris, course_id, "nora@example.edu")
    path = hand_over(iris, site, course_id)
    site.make_person("Nora Newman")
    visitor = site.visitor()
    page = visitor.get(path)
    visitor.get(page.links["Sign in and join"])
    visitor.submit(urls.sign_in(), email="nora@example.edu", password=PASSWORD)
    assert visitor.path == urls.join()
    visitor.submit(urls.confirm_join())
    assert visitor.path == urls.home()
    assert "You have joined ENG 101." in visitor.page.text
    assert [row.status for row in rows_of(site, select(Enrolment.status))] == ["active"]


def test_somebody_else_is_told_whose_it_is_and_changes_nothing(site: Site) -> None:
    iris, course_id = opened(site)
    invite(iris, course_id, "nora@example.edu")
    path = hand_over(iris, site, course_id)
    ada = site.person("Ada Student")
    page = ada.get(path)
    assert "This invitation is for nora@example.edu , and you are signed in as ada@example.edu" in page.text
    assert urls.sign_out() in [form.action for form in page.forms]
    token = path.split("token=")[1]
    ada.post(urls.confirm_join(), {"token": token})
    assert ada.status == 422
    ada.post(urls.join(), {"token": token, "name": "Mallory", "password": NEW})
    assert ada.status == 422
    assert (status(site), rows_of(site, select(Enrolment.student_id))) == ("open", [])


def test_an_instructors_account_does_not_become_a_student(site: Site) -> None:
    iris, course_id = opened(site)
    invite(iris, course_id, "otto@example.edu")
    path = hand_over(iris, site, course_id)
    otto = site.person("Otto Other", Role.INSTRUCTOR)
    otto.get(path)
    otto.submit(urls.confirm_join())
    assert otto.status == 422
    assert "for a student’s account" in otto.page.text
    assert status(site) == "open"


def test_an_invited_tutor_teaches_with_a_students_account(site: Site) -> None:
    iris, course_id = opened(site)
    iris.get(urls.course_staff(course_id))
    iris.submit(urls.add_staff(course_id), email="tim@example.edu", role="tutor")
    letter = write_waiting(site)[0]
    assert "as a tutor of" in letter.letter.subject
    visitor = join(site, letter.path, name="Tim Tutor")
    assert visitor.path == urls.course(course_id)
    assert rows_of(site, select(User.role).where(User.email == "tim@example.edu")) == [("student",)]
    assert rows_of(site, select(CourseStaff.role).where(CourseStaff.role != "owner")) == [("tutor",)]


def test_tries_to_join_are_limited_and_success_does_not_count(site: Site) -> None:
    visitor = site.visitor()
    for _ in range(11):
        visitor.post(urls.join(), {"token": "guess", "name": "M", "password": NEW})
    assert visitor.status == 429
    assert visitor.last is not None
    assert int(visitor.last.headers["Retry-After"]) > 0


OFFERS = st.builds(
    dict, status=st.sampled_from(InvitationStatus), course=st.sampled_from(CourseStatus), ended=st.booleans(),
    expires_at=st.sampled_from([NOON, NOON + timedelta(days=1)]), now=st.just(NOON),
)  # fmt: skip


@given(asked=OFFERS)
def test_an_offer_is_good_only_where_nothing_speaks_against_it(asked: dict[str, Any]) -> None:
    good = (
        asked["status"] is InvitationStatus.OPEN and not asked["ended"] and asked["expires_at"] > NOON
        and asked["course"] not in (CourseStatus.ARCHIVED, CourseStatus.DELETED)
    )  # fmt: skip
    assert (offer_of(**asked) is Offer.GOOD) == good
