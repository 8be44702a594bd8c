"""What the outbox keeps: ids and code words, never a token, an address or a word of anybody; and when it forgets."""

import json
import secrets
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from feedforward.clock import SetClock
from feedforward.errors import NotFound, RuleBroken
from feedforward.mail.addresses import Recipient
from feedforward.mail.folder import laid_out_text
from feedforward.mail.layout import Sender, compose
from feedforward.mail.letters import CannotBeWritten, Letter, LetterLink, Message, Writer, letters
from feedforward.mail.purging import purge_messages, sweep_letters
from feedforward.mail.rules import LONGEST_PAUSE, Kind, Template, Topic, pause_after
from tests.conftest import NOON
from tests.factories.site import Site
from tests.mail.post_office import SITE, carrier_to, delivery_to, free_port, html_of, post_office, text_of
from tests.mail.posting import INVITATION, LETTERS, RELEASED, RESET, send, state

MINTED = Template("test_minted", Kind.SECURITY)
SENDER = Sender("feedback@example.edu", "help@example.edu", SITE, "a secret")


def everything_kept(site: Site) -> str:
    """All that the outbox's rows say, in one text."""

    def read(connection: Connection) -> str:
        rows = connection.execute(text("select * from mail_messages")).mappings().all()
        return json.dumps([{name: str(value) for name, value in row.items()} for row in rows])

    return site.wiring.database.read_now(read)


# Always the same one: workers of a test run must find the same tests.
A_TOKEN = "kQ7-f0sV2mXyZ9c1bT4wLr8NpHdJ6uGa3oEiRtYsKvM"


@pytest.mark.parametrize("value", ["Ada Author", "ada@example.edu", A_TOKEN, "A word", "", "two words", "x" * 41, True])
def test_what_is_no_id_and_no_code_word_cannot_be_posted(site: Site, value: str | bool) -> None:
    with pytest.raises(ValueError, match="ids and code words"):
        send(site.wiring, RESET, site.make_person("Ada Author"), reset_id=value)


def test_a_token_is_minted_when_the_letter_is_written_and_stands_nowhere_in_clear(site: Site) -> None:
    minted: list[str] = []

    def write(_connection: Connection, message: Message) -> Letter:
        minted.append(secrets.token_urlsafe(32))
        return Letter("A link", ("Here it is.",), LetterLink("Open", f"/reset/{minted[-1]}"))

    address = site.wiring.mail.addresses.sealed("canary.person@example.edu", "Canary Person")
    send(site.wiring, MINTED, address, reset_id=3)
    with post_office() as office:
        delivery_to(site.wiring, carrier_to(office.port), letters(Writer(MINTED, write))).deliver_due()
    kept = everything_kept(site)
    assert minted[0] in text_of(office.newest())
    assert minted[0] not in kept
    assert "canary" not in kept.lower()


def test_without_a_mail_server_only_an_invitation_is_laid_out(site: Site) -> None:
    ada = site.make_person("Ada Author")
    address = site.wiring.mail.addresses.sealed("nia@example.edu")
    reset, notice = send(site.wiring, RESET, ada, reset_id=1), send(site.wiring, RELEASED, ada, draft_id=1)
    invitation = send(site.wiring, INVITATION, address, invitation_id=5)
    delivery = delivery_to(site.wiring, None, LETTERS)
    delivery.deliver_due()
    assert state(site.wiring, reset) == ("unsent", "no_server")
    assert state(site.wiring, notice) == ("unsent", "no_server")
    assert state(site.wiring, invitation) == ("laid_out", "")
    folder = site.wiring.mail.folder
    assert [each.name for each in folder.iterdir()] == [f"{invitation}.eml"]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / f"{invitation}.eml").stat().st_mode & 0o777 == 0o600
    assert f"{SITE}/join/5" in laid_out_text(folder, invitation)


def test_letters_laid_out_are_removed_after_a_month_and_rows_after_three(site: Site, clock: SetClock) -> None:
    ada = site.make_person("Ada Author")
    invitation = send(site.wiring, INVITATION, site.wiring.mail.addresses.sealed("nia@example.edu"), invitation_id=5)
    waiting = send(site.wiring, RESET, ada, reset_id=1)
    database, folder = site.wiring.database, site.wiring.mail.folder
    delivery_to(site.wiring, None, LETTERS).deliver_due(most=2)
    run = "update mail_messages set status = 'waiting' where template = 'test_reset'"
    database.write_now(lambda connection: connection.execute(text(run)))
    assert sweep_letters(folder, clock.now()) == 0
    # Files carry the machine's time, which may lie behind the clock of the test.
    assert sweep_letters(folder, clock.now() + timedelta(days=3650)) == 1
    with pytest.raises(NotFound):
        laid_out_text(folder, invitation)
    clock.moment += timedelta(days=89)
    assert database.write_now(purge_messages, clock.now()) == 0
    clock.moment += timedelta(days=2)
    assert database.write_now(purge_messages, clock.now()) == 1
    assert state(site.wiring, waiting)[0] == "waiting", "what is still to be sent is never forgotten"


@pytest.mark.parametrize(
    ("email", "name"),
    [
        ("ada@example.edu\r\nBcc: all@example.edu", ""), ("ada", ""), ("a b@example.edu", ""), ("@example.edu", ""),
        ("a@b@example.edu", ""), ("ada@example.edu,all@example.edu", ""), ("<ada@example.edu>", ""),
        ("ada@example.edu", "Ada\r\nBcc: all@example.edu"), ("ada@example.edu", "Ada\nX: y"),
        ("x" * 250 + "@e.edu", ""),
    ],
)  # fmt: skip
def test_an_address_or_name_that_could_begin_another_header_is_refused(site: Site, email: str, name: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        site.wiring.mail.addresses.sealed(email, name)
    assert refused.value.field == "email"


@given(name=st.text(max_size=60), subject=st.text(max_size=80), paragraph=st.text(max_size=200))
def test_whatever_a_name_or_text_holds_no_header_is_added(name: str, subject: str, paragraph: str) -> None:
    letter = Letter(subject, (paragraph,), LetterLink("Open <it>", "/drafts/1"))
    try:
        made = compose(
            letter, to=Recipient("ada@example.edu", name), number=7, sender=SENDER, unsubscribe="1.x.y", now=NOON
        )
    except CannotBeWritten:
        assert not subject.isprintable() or not subject
        return
    read = message_from_bytes(made.as_bytes(), policy=policy.SMTP)
    assert sorted(read.keys()) == sorted(
        ["From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted", "List-Unsubscribe",
         "List-Unsubscribe-Post", "MIME-Version", "Content-Type"]
    )  # fmt: skip
    assert [each.addr_spec for each in read["To"].addresses] == ["ada@example.edu"]
    assert "<it>" not in html_of(read)
    assert text_of(read).count("https://") >= 3


@given(st.integers(min_value=1, max_value=100_000))
def test_pauses_grow_and_stay_short_enough_for_an_hour_of_silence(tries: int) -> None:
    assert timedelta(seconds=15) <= pause_after(tries) <= pause_after(tries + 1) <= LONGEST_PAUSE
    assert LONGEST_PAUSE + timedelta(minutes=1) < timedelta(minutes=10)


def test_security_mail_has_no_topic_to_turn_off() -> None:
    with pytest.raises(ValueError, match="nobody can turn off"):
        Template("wrong", Kind.SECURITY, topic=Topic.FEEDBACK_RELEASED)


def test_every_letter_of_the_installation_can_be_found_by_its_name(site: Site) -> None:
    found = site.wiring.letters
    assert {"feedback_released", "drafts_waiting", "something_failed"} <= set(found)
    assert all(name == writer.template.name for name, writer in found.items())
    writer = found["drafts_waiting"]
    with pytest.raises(ValueError, match="same name"):
        letters(writer, writer)


def test_a_letter_whose_template_this_version_does_not_know_fails_and_says_so(site: Site) -> None:
    message = send(site.wiring, Template("from_another_version", Kind.SECURITY), site.make_person("Ada Author"))
    delivery_to(site.wiring, carrier_to(free_port()), LETTERS).deliver_due()
    assert state(site.wiring, message) == ("failed", "unknown_template")
