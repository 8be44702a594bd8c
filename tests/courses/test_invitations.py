"""Invitations as instructors handle them: letters, links, sending again, revoking, removing, what became of mail."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from feedforward import urls
from feedforward.accounts.tables import User
from feedforward.audit.tables import AuditEvent
from feedforward.courses.tables import Enrolment, Invitation, InvitationToken
from feedforward.mail.tables import MailMessage
from feedforward.web.sessions import hash_of
from tests.conftest import NOON
from tests.factories.inviting import NEW, hand_over, invite, join, opened, rows_of, status, the_invitation
from tests.factories.letters import write_waiting
from tests.factories.site import Site
from tests.mail.post_office import carrier_to as carrier
from tests.mail.post_office import delivery_to, post_office, text_of


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


def test_who_was_removed_does_not_come_back_by_an_old_link(site: Site) -> None:
    iris, course_id = opened(site)
    invite(iris, course_id, "nora@example.edu")
    link = hand_over(iris, site, course_id)
    nora = site.make_person("Nora Newman")
    invite(iris, course_id, "nora@example.edu")
    assert status(site) == "joined"
    iris.get(urls.course_people(course_id))
    iris.submit(urls.remove_student(course_id, nora))
    visitor = site.visitor().sign_in("nora@example.edu")
    visitor.get(link)
    assert visitor.status == 404
    visitor.post(urls.confirm_join(), {"token": link.split("token=")[1]})
    assert [row.status for row in rows_of(site, select(Enrolment.status))] == ["removed"]


def test_a_tutor_who_was_removed_does_not_come_back_by_an_old_link(site: Site) -> None:
    iris, course_id = opened(site)
    for _ in range(2):
        iris.get(urls.course_staff(course_id))
        iris.submit(urls.add_staff(course_id), email="tim@example.edu", role="tutor")
        if not rows_of(site, select(User.id).where(User.email == "tim@example.edu")):
            link = hand_over(iris, site, course_id)
            tim = site.make_person("Tim Tutor")
    iris.get(urls.course_staff(course_id))
    iris.submit(urls.remove_staff(course_id, tim))
    visitor = site.visitor().sign_in("tim@example.edu")
    visitor.get(link)
    assert visitor.status == 404
    visitor.get(urls.course(course_id))
    assert visitor.status == 403


def test_one_invitation_is_not_sent_again_and_again(site: Site) -> None:
    iris, course_id = opened(site)
    invite(iris, course_id, "nora@example.edu")
    for _ in range(6):
        iris.post(urls.send_invitation(course_id, the_invitation(site)))
    assert iris.status == 429
    assert "Wait" in iris.page.text
    assert len(rows_of(site, select(MailMessage.id))) == 6
