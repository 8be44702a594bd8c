"""Letters reach a real mail server, once, whatever it answers and whoever is killed meanwhile."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, text

from feedforward.clock import SetClock
from feedforward.mail.claims import claim
from feedforward.mail.delivery import Delivery
from feedforward.mail.outbox import post
from feedforward.wiring import Wiring
from tests.factories.site import Site
from tests.mail.post_office import carrier_to, delivery_to, free_port, html_of, post_office, silent_server, text_of
from tests.mail.posting import BROKEN, INVITATION, LETTERS, OVER, RELEASED, RESET, SPLIT, send, state


def minutes(clock: object, delivery: Delivery, many: float, step: float = 0.25) -> None:
    """Let time pass, with the worker looking around every quarter of a minute."""
    assert isinstance(clock, SetClock)
    for _ in range(int(many / step)):
        clock.moment += timedelta(minutes=step)
        delivery.deliver_due()


def run(site: Site, statement: str) -> None:
    site.wiring.database.write_now(lambda connection: connection.execute(text(statement)))


def test_a_letter_arrives_as_text_and_as_html_and_both_say_the_same(site: Site) -> None:
    ada = site.make_person("Ada Lövelace", email="ada@example.edu")
    message = send(site.wiring, RELEASED, ada, draft_id=7)
    with post_office() as office:
        assert delivery_to(site.wiring, carrier_to(office.port), LETTERS).deliver_due() == 1
    letter = office.newest()
    assert office.envelopes == [("feedback@example.edu", ["ada@example.edu"], False)]
    assert letter["To"] == "Ada Lövelace <ada@example.edu>"
    assert letter["Subject"] == "Feedback 7 is here"
    assert letter.get_content_type() == "multipart/alternative"
    for words in (text_of(letter), html_of(letter)):
        assert "Dear Ada Lövelace," in words
        assert "https://feedback.example.edu/drafts/7/feedback" in words
        assert "Größe" in words
    assert "Größe <b>matters</b> & so" in text_of(letter)
    assert "Größe &lt;b&gt;matters&lt;/b&gt; &amp; so" in html_of(letter)
    assert max(len(line) for line in text_of(letter).splitlines() if "://" not in line) <= 72
    assert state(site.wiring, message) == ("sent", "")


def test_what_is_rolled_back_is_never_sent(site: Site) -> None:
    ada = site.make_person("Ada Author")
    with pytest.raises(RuntimeError):
        site.wiring.database.write_now(_post_and_fail, site.wiring, ada)
    with post_office() as office:
        assert delivery_to(site.wiring, carrier_to(office.port), LETTERS).deliver_due() == 0
    assert office.letters == []


def _post_and_fail(connection: Connection, wiring: Wiring, user_id: int) -> None:
    post(connection, template=RESET, to=user_id, ids={"reset_id": 1}, asked_by=None, now=wiring.clock.now())
    raise RuntimeError


@pytest.mark.parametrize("where", ["at the recipient", "after the letter"])
def test_a_451_is_tried_again_and_then_taken(site: Site, clock: SetClock, where: str) -> None:
    message = send(site.wiring, RESET, site.make_person("Ada Author"), reset_id=3)
    with post_office() as office:
        answers = office.answers["ada@example.edu"] if where == "at the recipient" else office.data_answers
        answers.extend(["451 greylisted", "450 busy"])
        delivery = delivery_to(site.wiring, carrier_to(office.port), LETTERS)
        assert delivery.deliver_due() == 0
        assert state(site.wiring, message) == ("waiting", "smtp_451")
        minutes(clock, delivery, 2)
    assert len(office.letters) == 1
    assert state(site.wiring, message) == ("sent", "")


def test_a_451_for_one_person_does_not_keep_the_others_waiting(site: Site) -> None:
    ada, ben = site.make_person("Ada Author"), site.make_person("Ben Writer")
    for person in (ada, ben):
        send(site.wiring, RESET, person, reset_id=person)
    with post_office() as office:
        office.answers["ada@example.edu"].append("451 later")
        assert delivery_to(site.wiring, carrier_to(office.port), LETTERS).deliver_due() == 1
    assert [each["To"].addresses[0].addr_spec for each in office.letters] == ["ben@example.edu"]


@pytest.mark.parametrize("answer", ["550 no such user", "552 mailbox full", "554 spam"])
def test_a_refusal_for_good_is_kept_and_not_tried_again(site: Site, clock: SetClock, answer: str) -> None:
    message = send(site.wiring, RESET, site.make_person("Ada Author"), reset_id=3)
    with post_office() as office:
        office.answers["ada@example.edu"].append(answer)
        delivery = delivery_to(site.wiring, carrier_to(office.port), LETTERS)
        delivery.deliver_due()
        assert state(site.wiring, message) == ("failed", f"smtp_{answer[:3]}")
        minutes(clock, delivery, 10, step=1)
    assert office.letters == []


@pytest.mark.parametrize("fault", ["refused", "silent"])
def test_after_an_hour_without_a_server_everything_goes_within_ten_minutes(
    site: Site, clock: SetClock, fault: str
) -> None:
    people = [site.make_person(f"Person{number} Name") for number in range(40)]
    messages = [send(site.wiring, RESET, person, reset_id=person) for person in people]
    port = free_port()
    with silent_server() as silent:
        away = carrier_to(silent if fault == "silent" else port, wait_seconds=0.02)
        delivery = delivery_to(site.wiring, away, LETTERS)
        minutes(clock, delivery, 60)
    assert {state(site.wiring, each)[0] for each in messages} == {"waiting"}
    with post_office() as office:
        delivery.carrier = carrier_to(office.port)
        minutes(clock, delivery, 10)
    assert {state(site.wiring, each) for each in messages} == {("sent", "")}
    assert len(office.letters) == len(people)


def test_while_the_server_is_away_it_is_asked_now_and_then_only(site: Site, clock: SetClock) -> None:
    for number in range(10):
        send(site.wiring, RESET, site.make_person(f"Person{number} Name"), reset_id=number)
    delivery = delivery_to(site.wiring, carrier_to(free_port()), LETTERS)
    for _ in range(60):
        clock.moment += timedelta(seconds=1)
        delivery.deliver_due()
    tries = site.wiring.database.read_now(
        lambda connection: connection.execute(text("select sum(tries) from mail_messages")).scalar_one()
    )
    assert 2 <= tries <= 4


def test_what_nobody_takes_is_given_up_after_its_time(site: Site, clock: SetClock) -> None:
    message = send(site.wiring, RESET, site.make_person("Ada Author"), reset_id=3)
    delivery = delivery_to(site.wiring, carrier_to(free_port()), LETTERS)
    delivery.deliver_due()
    clock.moment += timedelta(days=2)
    delivery.deliver_due()
    assert state(site.wiring, message)[0] == "waiting"
    clock.moment += timedelta(days=1, hours=1)
    delivery.deliver_due()
    assert state(site.wiring, message) == ("given_up", "unreachable")


def test_two_workers_never_have_the_same_message(site: Site, clock: SetClock) -> None:
    message = send(site.wiring, RESET, site.make_person("Ada Author"), reset_id=3)
    database, now = site.wiring.database, clock.now()
    assert database.write_now(claim, message, now) is not None
    assert database.write_now(claim, message, now) is None


def test_what_a_dead_worker_had_in_hand_is_sent_by_the_next_one_once(site: Site, clock: SetClock) -> None:
    message = send(site.wiring, RESET, site.make_person("Ada Author"), reset_id=3)
    # The first one is gone between claiming and sending.
    assert site.wiring.database.write_now(claim, message, clock.now()) is not None
    with post_office() as office:
        delivery = delivery_to(site.wiring, carrier_to(office.port), LETTERS)
        assert delivery.deliver_due() == 0
        minutes(clock, delivery, 6, step=1)
    assert len(office.letters) == 1
    assert state(site.wiring, message) == ("sent", "")


def test_a_copy_after_a_crash_carries_the_same_message_id(site: Site, clock: SetClock) -> None:
    message = send(site.wiring, RESET, site.make_person("Ada Author"), reset_id=3)
    with post_office() as office:
        delivery = delivery_to(site.wiring, carrier_to(office.port), LETTERS)
        delivery.deliver_due()
        # As if it had died between the server's 250 and our commit.
        run(site, "update mail_messages set status = 'waiting', settled_at = null")
        minutes(clock, delivery, 6, step=1)
    assert len(office.letters) == 2
    assert len({each["Message-ID"] for each in office.letters}) == 1
    assert state(site.wiring, message)[0] == "sent"


def test_security_mail_goes_before_notices(site: Site) -> None:
    ada = site.make_person("Ada Author")
    for number in range(3):
        send(site.wiring, RELEASED, ada, draft_id=number)
    send(site.wiring, RESET, ada, reset_id=9)
    with post_office() as office:
        assert delivery_to(site.wiring, carrier_to(office.port), LETTERS).deliver_due() == 4
    assert office.letters[0]["Subject"] == "Choose a new password"


def test_a_letter_nobody_needs_any_more_is_not_sent(site: Site) -> None:
    message = send(site.wiring, OVER, site.make_person("Ada Author"))
    with post_office() as office:
        delivery_to(site.wiring, carrier_to(office.port), LETTERS).deliver_due()
    assert state(site.wiring, message) == ("unsent", "not_needed")
    assert office.letters == []


def test_a_writer_that_fails_keeps_neither_the_others_nor_its_own_words(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    ada = site.make_person("Ada Author")
    broken, good = send(site.wiring, BROKEN, ada), send(site.wiring, RESET, ada, reset_id=3)
    with post_office() as office:
        delivery_to(site.wiring, carrier_to(office.port), LETTERS).deliver_due()
    assert state(site.wiring, broken) == ("waiting", "cannot_be_written")
    assert state(site.wiring, good) == ("sent", "")
    assert "canary" not in caplog.text


def test_a_subject_of_two_lines_is_refused(site: Site) -> None:
    message = send(site.wiring, SPLIT, site.make_person("Ada Author"))
    with post_office() as office:
        delivery_to(site.wiring, carrier_to(office.port), LETTERS).deliver_due()
    assert state(site.wiring, message) == ("failed", "cannot_be_written")
    assert office.letters == []


def test_mail_to_deleted_accounts_and_notices_to_inactive_ones_stay_here(site: Site) -> None:
    deleted, inactive = site.make_person("Dee Deleted"), site.make_person("Ina Inactive")
    run(site, "update users set status = 'deleted' where name = 'Dee Deleted'")
    run(site, "update users set status = 'inactive' where name = 'Ina Inactive'")
    ids = [
        send(site.wiring, RESET, deleted, reset_id=1),
        send(site.wiring, RELEASED, inactive, draft_id=1),
        send(site.wiring, RESET, inactive, reset_id=2),
    ]
    with post_office() as office:
        delivery_to(site.wiring, carrier_to(office.port), LETTERS).deliver_due()
    assert [state(site.wiring, each) for each in ids] == [
        ("unsent", "no_recipient"), ("unsent", "no_recipient"), ("sent", ""),
    ]  # fmt: skip


def test_an_address_without_an_account_gets_its_letter(site: Site) -> None:
    address = site.wiring.mail.addresses.sealed("New.Person@Example.edu", "Nia Newcomer")
    message = send(site.wiring, INVITATION, address, invitation_id=5)
    with post_office() as office:
        delivery_to(site.wiring, carrier_to(office.port), LETTERS).deliver_due()
    assert state(site.wiring, message) == ("sent", "")
    assert office.newest()["To"] == "Nia Newcomer <new.person@example.edu>"
