"""Mail as people see it: what they are told, one click to turn it off, what did not arrive, and the outbox."""

import pytest

from feedforward import urls
from feedforward.mail.rules import Topic
from feedforward.web.access import Role
from tests.factories.site import Site
from tests.factories.teaching import make_teaching
from tests.mail.post_office import carrier_to, delivery_to, html_of, post_office, text_of
from tests.mail.posting import INVITATION, LETTERS, RELEASED, RESET, send, state

USUAL = {"reminders": "at_once", "enrolments": "at_once"}


def test_a_student_turns_a_notice_off_and_security_mail_still_comes(site: Site) -> None:
    ada = site.make_person("Ada Author")
    student = site.visitor().sign_in("ada@example.edu")
    page = student.get(urls.mail_settings())
    assert page.form(urls.mail_settings()).fields == {**USUAL, "feedback_released": "at_once"}
    student.submit(urls.mail_settings(), feedback_released="never")
    assert "saved" in student.page.text
    assert student.page.form(urls.mail_settings()).fields == {**USUAL, "feedback_released": "never"}
    notice, reset = send(site.wiring, RELEASED, ada, draft_id=1), send(site.wiring, RESET, ada, reset_id=1)
    with post_office() as office:
        delivery_to(site.wiring, carrier_to(office.port), LETTERS).deliver_due()
    assert state(site.wiring, notice) == ("unsent", "not_wanted")
    assert state(site.wiring, reset) == ("sent", "")
    assert len(office.letters) == 1


def test_what_is_no_frequency_is_refused_and_what_was_chosen_stays(site: Site) -> None:
    instructor = site.person("Iris Instructor", Role.INSTRUCTOR)
    instructor.get(urls.mail_settings())
    instructor.submit(urls.mail_settings(), drafts_waiting="hourly", something_failed="never")
    assert instructor.status == 422
    assert "Choose how often" in instructor.page.text
    assert instructor.page.form(urls.mail_settings()).fields["something_failed"] == "never"
    fields = instructor.get(urls.mail_settings()).form(urls.mail_settings()).fields
    assert fields == {"drafts_waiting": "daily", "something_failed": "at_once"}


def test_a_person_cannot_choose_for_notices_that_are_none_of_theirs(site: Site) -> None:
    student = site.person("Ada Author")
    student.post(urls.mail_settings(), {**USUAL, "feedback_released": "daily", "drafts_waiting": "never"})
    kept = site.wiring.database.read_now(
        lambda connection: connection.exec_driver_sql("select topic, frequency from mail_settings order by topic").all()
    )
    assert [tuple(row) for row in kept] == [
        ("enrolments", "at_once"),
        ("feedback_released", "daily"),
        ("reminders", "at_once"),
    ]


@pytest.mark.parametrize("content", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_mail_program_turns_a_notice_off_in_one_click_without_signing_in(site: Site, content: str) -> None:
    ada = site.make_person("Ada Author")
    send(site.wiring, RELEASED, ada, draft_id=1)
    with post_office() as office:
        delivery_to(site.wiring, carrier_to(office.port), LETTERS).deliver_due()
    letter = office.newest()
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = str(letter["List-Unsubscribe"]).strip("<>")
    assert address in text_of(letter)
    assert address in html_of(letter)
    path = address.removeprefix("https://feedback.example.edu")
    # RFC 8058: no cookie, no Origin, and either form of the body.
    client = site.visitor().client
    if content == "multipart/form-data":
        answer = client.post(path, files={"List-Unsubscribe": (None, "One-Click")})
    else:
        answer = client.post(path, data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert client.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert state(site.wiring, send(site.wiring, RELEASED, ada, draft_id=2)) == ("unsent", "not_wanted")


def test_looking_at_the_link_changes_nothing_and_its_button_does(site: Site) -> None:
    ada = site.make_person("Ada Author")
    address = urls.unsubscribe(site.wiring.mail.unsubscribe_token(ada, Topic.FEEDBACK_RELEASED))
    visitor = site.visitor()
    assert "released feedback" in visitor.get(address).text
    assert state(site.wiring, send(site.wiring, RELEASED, ada, draft_id=1))[0] == "waiting"
    visitor.submit(address)
    assert "turned off" in visitor.page.text
    assert state(site.wiring, send(site.wiring, RELEASED, ada, draft_id=2)) == ("unsent", "not_wanted")


def test_an_address_that_was_changed_turns_off_nothing(site: Site) -> None:
    ada, ben = site.make_person("Ada Author"), site.make_person("Ben Writer")
    token = site.wiring.mail.unsubscribe_token(ada, Topic.FEEDBACK_RELEASED)
    visitor = site.visitor()
    for wrong in (
        token.replace(f"{ada}.", f"{ben}.", 1), token.replace("feedback_released", "drafts_waiting"), token[:-1],
        f"{token}a", "1.feedback_released.", "x", f"{ada}.everything.{token.rpartition('.')[2]}", f"{ada}.digest.é",
    ):  # fmt: skip
        visitor.post(urls.unsubscribe(wrong), {"List-Unsubscribe": "One-Click"})
        assert visitor.status == 404, wrong
    for person in (ada, ben):
        assert state(site.wiring, send(site.wiring, RELEASED, person, draft_id=1))[0] == "waiting"


def test_no_other_address_takes_a_form_from_elsewhere(site: Site) -> None:
    student = site.person("Ada Author")
    for path in (urls.mail_settings(), urls.undelivered_seen(), "/mail/unsubscribe", urls.sign_out()):
        answer = student.client.post(
            path, data={"feedback_released": "never"}, headers={"Origin": "https://evil.example"}
        )
        assert answer.status_code == 403, path


def test_who_caused_a_message_that_bounced_is_told_on_home_until_they_have_seen_it(site: Site) -> None:
    iris = site.make_person("Iris Instructor", Role.INSTRUCTOR)
    address = site.wiring.mail.addresses.sealed("nobody@example.edu", "Nia Newcomer")
    message = send(site.wiring, INVITATION, address, asked_by=iris, invitation_id=5)
    with post_office() as office:
        office.answers["nobody@example.edu"].append("550 5.1.1 no such user")
        delivery_to(site.wiring, carrier_to(office.port), LETTERS).deliver_due()
    assert state(site.wiring, message) == ("failed", "smtp_550")
    instructor = site.visitor().sign_in("iris@example.edu")
    assert "1 message of yours could not be delivered" in instructor.get(urls.home()).text
    other = site.person("Otto Other", Role.INSTRUCTOR)
    assert "could not be delivered" not in other.get(urls.home()).text
    assert "nobody@example.edu" not in other.get(urls.mail_settings()).text
    page = instructor.get(urls.mail_settings())
    assert "Nia Newcomer (nobody@example.edu)" in page.text
    assert "There is no such mailbox" in page.text
    instructor.submit(urls.undelivered_seen())
    assert "nobody@example.edu" not in instructor.page.text
    assert "could not be delivered" not in instructor.get(urls.home()).text


def test_an_admin_sees_the_outbox_with_its_errors_and_has_a_message_sent_again(site: Site) -> None:
    ada = site.make_person("Ada Author")
    message = send(site.wiring, RESET, ada, reset_id=1)
    admin = site.person("Adam Admin", Role.ADMIN)
    with post_office() as office:
        office.answers["ada@example.edu"].append("552 full")
        delivery = delivery_to(site.wiring, carrier_to(office.port), LETTERS)
        delivery.deliver_due()
        page = admin.get(urls.outbox("failed"))
        assert "Test reset" in page.text
        assert "Ada Author (ada@example.edu)" in page.text
        assert "The mailbox is full (answer 552)" in page.text
        admin.submit(urls.send_again(message))
        assert state(site.wiring, message) == ("waiting", "")
        delivery.deliver_due()
    assert state(site.wiring, message) == ("sent", "")
    admin.post(urls.send_again(message))
    assert admin.status == 422
    assert "Could not be delivered" not in admin.get(urls.outbox("sent")).text


def test_an_admin_reads_an_invitation_that_lies_here_and_nothing_else(site: Site) -> None:
    address = site.wiring.mail.addresses.sealed("nia@example.edu")
    invitation = send(site.wiring, INVITATION, address, invitation_id=5)
    reset = send(site.wiring, RESET, site.make_person("Ada Author"), reset_id=1)
    delivery_to(site.wiring, None, LETTERS).deliver_due()
    admin = site.person("Adam Admin", Role.ADMIN)
    page = admin.get(urls.outbox())
    assert "No mail server is set up" in page.text
    assert urls.laid_out_letter(invitation) in page.links.values()
    assert "/join/5" in admin.get(urls.laid_out_letter(invitation)).text
    admin.get(urls.laid_out_letter(reset))
    assert admin.status == 404


def test_the_outbox_is_read_page_by_page(site: Site) -> None:
    ada = site.make_person("Ada Author")
    for number in range(60):
        send(site.wiring, RESET, ada, reset_id=number)
    admin = site.person("Adam Admin", Role.ADMIN)
    assert admin.get(urls.outbox()).html.count("Test reset") == 50
    assert admin.get(urls.outbox("waiting", 2)).html.count("Test reset") == 10
    assert admin.get("/admin/mail?show=nonsense&page=x").html.count("Test reset") == 50


def test_people_are_asked_about_the_notices_that_concern_them(site: Site) -> None:
    teaching = make_teaching(site)
    names = teaching.instructor.get(urls.mail_settings()).form(urls.mail_settings()).fields
    assert set(names) == {"drafts_waiting", "something_failed"}
    admin = site.person("Adam Admin", Role.ADMIN)
    assert "There are no notices for you" in admin.get(urls.mail_settings()).text
