"""Invitations: their letters and links, joining by them, and every way in which one is worth nothing."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from feedforward import urls
from feedforward.accounts.tables import User
from feedforward.audit.tables import AuditEvent
from feedforward.courses.invitation_joining import join_as_known, join_as_new
from feedforward.courses.invitation_rules import InvitationStatus, Offer, offer_of
from feedforward.courses.rules import CourseStatus
from feedforward.courses.tables import CourseStaff, Enrolment, Invitation, InvitationToken
from feedforward.errors import RuleBroken
from feedforward.web.access import Role
from feedforward.web.sessions import hash_of
from tests.conftest import NOON
from tests.factories.letters import write_waiting
from tests.factories.site import PASSWORD, Site, Visitor
from tests.factories.teaching import make_course
from tests.mail.post_office import carrier_to as carrier
from tests.mail.post_office import delivery_to, post_office, text_of

NEW = "a lamp beside the garden door"


def rows_of(site: Site, statement: Any) -> list[Any]:
    return site.wiring.database.read_now(lambda connection: list(connection.execute(statement).all()))


def invite(who: Visitor, course_id: int, *emails: str) -> None:
    who.get(urls.add_people(course_id))
    who.submit(urls.check_people(course_id), emails="\n".join(emails))
    who.submit(urls.add_people(course_id))
    assert who.status == 200, who.page.text


def opened(site: Site, name: str = "Iris Instructor", code: str = "ENG 101") -> tuple[Visitor, int]:
    instructor = site.person(name, Role.INSTRUCTOR)
    return instructor, make_course(instructor, code=code)


def the_invitation(site: Site) -> int:
    return int(rows_of(site, select(Invitation.id))[0].id)


def status(site: Site) -> str:
    return str(rows_of(site, select(Invitation.status))[0].status)


def hand_over(who: Visitor, site: Site, course_id: int) -> str:
    """The path of a link made on the page."""
    who.get(urls.course_invitations(course_id))
    page = who.submit(urls.invitation_link(course_id, the_invitation(site)))
    words = next(word for word in page.text.split() if "/join?token=" in word)
    return words[words.index("/join") :]


def join(site: Site, path: str, name: str = "Nora Newman", password: str = NEW) -> Visitor:
    visitor = site.visitor()
    visitor.get(path)
    visitor.submit(urls.join(), name=name, password=password)
    return visitor


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
    assert (visitor.status, visitor.path) == (200, urls.home())
    assert rows_of(site, select(User.email, User.name, User.role).where(User.email == "nora@example.edu")) == [
        ("nora@example.edu", "Nora N. Newman", "student")
    ]
    assert len(rows_of(site, select(Enrolment.course_id))) == 2
    assert {row.status for row in rows_of(site, select(Invitation.status))} == {"joined"}
    site.visitor().sign_in("nora@example.edu", NEW)
    told = [row.action for row in rows_of(site, select(AuditEvent.action).order_by(AuditEvent.id))]
    assert told.count("invitation.join") == 2


def test_a_link_handed_over_is_shown_once_and_a_newer_one_voids_it(site: Site) -> None:
    iris, course_id = opened(site)
    invite(iris, course_id, "nora@example.edu")
    first, second = hand_over(iris, site, course_id), hand_over(iris, site, course_id)
    assert "/join?token=" not in iris.get(urls.course_invitations(course_id)).text
    visitor = site.visitor()
    assert "There is a newer link" in visitor.get(first).text
    assert visitor.status == 404
    assert join(site, second).path == urls.home()


def test_nothing_of_a_token_is_kept_in_clear(site: Site) -> None:
    iris, course_id = opened(site)
    invite(iris, course_id, "nora@example.edu")
    tokens = [hand_over(iris, site, course_id).split("token=")[1], write_waiting(site)[0].path.split("token=")[1]]
    assert {row.token_hash for row in rows_of(site, select(InvitationToken.token_hash))} == set(map(hash_of, tokens))
    assert not any(token in str(row) for token in tokens for row in rows_of(site, select(AuditEvent.detail)))


def test_a_letter_sent_again_voids_the_link_of_the_one_before_and_not_the_one_handed_over(site: Site) -> None:
    iris, course_id = opened(site)
    invite(iris, course_id, "nora@example.edu")
    old, link = write_waiting(site)[0].path, hand_over(iris, site, course_id)
    iris.get(urls.course_invitations(course_id))
    iris.submit(urls.send_invitation(course_id, the_invitation(site)))
    newer = write_waiting(site)[0].path
    visitor = site.visitor()
    assert "There is a newer link" in visitor.get(old).text
    assert "Join ENG 101" in visitor.get(link).text
    assert join(site, newer).path == urls.home()


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
    database, now = site.wiring.database, site.wiring.clock.now()
    joined = database.write_now(join_as_new, token=token, name="Nora", password_hash="!", now=now)
    with pytest.raises(RuleBroken):
        database.write_now(join_as_new, token=token, name="Mallory", password_hash="!", now=now)
    with pytest.raises(RuleBroken):
        database.write_now(join_as_known, token=token, user_id=joined.user_id, now=now)


def test_after_thirty_days_it_is_over_and_the_roster_says_so(site: Site, clock: Any) -> None:
    iris, course_id = opened(site)
    invite(iris, course_id, "nora@example.edu")
    path = hand_over(iris, site, course_id)
    clock.moment = NOON + timedelta(days=30, minutes=1)
    assert "This invitation is over" in site.visitor().get(path).text
    iris.sign_in("iris@example.edu")
    assert "nora@example.edu" in iris.get(urls.course_invitations(course_id, show="expired")).text
    invite(iris, course_id, "nora@example.edu")
    assert len(rows_of(site, select(Invitation.id))) == 1
    assert join(site, write_waiting(site)[-1].path).path == urls.home()


@pytest.mark.parametrize("what", ["revoke", "remove", "delete"])
def test_what_was_taken_back_lets_nobody_in(site: Site, what: str) -> None:
    iris, course_id = opened(site)
    invite(iris, course_id, "nora@example.edu")
    path = hand_over(iris, site, course_id)
    if what == "delete":
        move = {"come_from": "draft", "go_to": "deleted", "confirmation": "ENG 101"}
        iris.post(urls.course_status(course_id), move)
    else:
        address = {"revoke": urls.revoke_invitation, "remove": urls.remove_invitation}[what]
        iris.get(urls.course_invitations(course_id))
        iris.submit(address(course_id, the_invitation(site)))
    visitor = site.visitor()
    page = visitor.get(path)
    assert visitor.status == 404
    assert ("This course is closed" if what == "delete" else "taken back") in page.text
    visitor.post(urls.join(), {"token": path.split("token=")[1], "name": "Nora", "password": NEW})
    assert visitor.status == 404
    assert rows_of(site, select(User.id).where(User.email == "nora@example.edu")) == []
    assert write_waiting(site) == []
    if what == "remove":
        assert rows_of(site, select(Invitation.email, Invitation.name, Invitation.status)) == [(None, "", "removed")]


def test_a_revoked_one_is_in_force_again_when_it_is_sent_again(site: Site) -> None:
    iris, course_id = opened(site)
    invite(iris, course_id, "nora@example.edu")
    iris.get(urls.course_invitations(course_id))
    iris.submit(urls.revoke_invitation(course_id, the_invitation(site)))
    iris.get(urls.course_invitations(course_id, show="revoked"))
    iris.submit(urls.send_invitation(course_id, the_invitation(site)))
    assert status(site) == "open"
    assert join(site, write_waiting(site)[-1].path).path == urls.home()


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


def test_the_list_tells_what_became_of_the_letter(site: Site) -> None:
    iris, course_id = opened(site)
    invite(iris, course_id, "nora@example.edu", "gone@example.edu")
    with post_office() as office:
        office.answers["gone@example.edu"].append("550 no such mailbox")
        delivery_to(site.wiring, carrier(office.port), site.wiring.letters).deliver_due()
        assert "/join?token=" in text_of(office.to("nora@example.edu")[0])
    page = iris.get(urls.course_invitations(course_id))
    assert "Mail sent." in page.text
    assert "Mail failed" in page.text
    assert "there is no such mailbox" in page.text


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
