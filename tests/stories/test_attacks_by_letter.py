"""Attacks that leave the house: words of a stranger in letters to others, and in tables and files that people open."""

import csv
import io
import zipfile

import pytest
from sqlalchemy import select

from feedforward import urls
from feedforward.clock import SetClock
from feedforward.mail.addresses import Recipient
from feedforward.mail.layout import as_html
from feedforward.mail.letters import Letter, LetterLink
from feedforward.mail.tables import MailMessage
from feedforward.settings import Settings
from feedforward.web.access import Role
from feedforward.wiring import Wiring
from tests.factories.feedback_rows import merge, release
from tests.factories.registering import ask_for_account
from tests.factories.site import PASSWORD, Site
from tests.factories.studying import StartedFeedback, hand_in_text, wiring_with
from tests.factories.teaching import make_teaching
from tests.stories.test_attacks import HOSTILE, Harm

LURE = "Your account is blocked, call 0900 1234"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"smtp_host": "127.0.0.1", "mail_from": "feedback@example.edu"})


def names_on_envelopes(site: Site) -> set[str]:
    """The names with which waiting letters to typed addresses would begin."""
    addresses = site.wiring.services.mail.addresses
    sealed = select(MailMessage.address).where(MailMessage.address.is_not(None))
    rows = site.wiring.database.read_now(lambda c: c.execute(sealed).scalars().all())
    return {addresses.opened(row).name for row in rows}


@pytest.mark.parametrize("database_address", ["sqlite"], indirect=True)
def test_a_letter_to_an_address_nobody_confirmed_says_nothing_that_was_typed(site: Site, clock: SetClock) -> None:
    """Otherwise anybody could send anybody a few words in the name of the installation."""
    stranger = ask_for_account(site, "victim@example.org", name=LURE)
    assert stranger.status == 200
    ada = site.person("Ada Student")
    ada.get(urls.account())
    ada.submit(urls.rename_account(), name=LURE)
    assert ada.status == 200
    statuses = []
    for number in range(6):
        ada.get(urls.change_email())
        ada.submit(urls.change_email(), email=f"victim{number}@example.org", present_password=PASSWORD)
        statuses.append(ada.status)
    assert statuses == [200] * 5 + [429], "nor can one account write to one address after the other"
    assert "Too many letters to new addresses. Wait" in ada.page.text
    assert names_on_envelopes(site) == {""}


@pytest.mark.parametrize("database_address", ["sqlite"], indirect=True)
def test_a_name_that_leads_somewhere_is_no_name(site: Site) -> None:
    ada = site.person("Ada Student")
    for name in ("Win at https://evil.example", "see www.evil.example", "WWW.evil.example", "write to a@evil.example"):
        ada.get(urls.account())
        ada.submit(urls.rename_account(), name=name)
        assert ada.status == 422, name
        assert ask_for_account(site, "nora@example.org", name=name).status == 422
    for name in ("J.R.R. Tolkien", "Anne-Marie d'Ås (she/her)", "Dr. med. Ngô 吳"):
        ada.get(urls.account())
        ada.submit(urls.rename_account(), name=name)
        assert ada.status == 200, name


def test_whatever_stands_in_a_letter_its_html_stays_words() -> None:
    letter = Letter(HOSTILE, (HOSTILE,), LetterLink(HOSTILE, "/join?token=a"), (HOSTILE,), (LetterLink(HOSTILE, "/x"),))
    page = as_html(letter, Recipient("a@example.edu", HOSTILE, 1), "https://feedback.example.edu", "token")
    found = Harm(page, "").found
    assert not [each for each in found if "feedback.example.edu" not in each and "style" not in each], found


@pytest.mark.parametrize("database_address", ["sqlite"], indirect=True)
def test_what_an_instructor_takes_along_calculates_nothing_runs_nothing_and_stays_in_its_folder(wiring: Wiring) -> None:
    with Site.open(wiring_with(wiring, StartedFeedback())) as site:
        people = {
            '=HYPERLINK("https://evil.example","Ada")': "ada",
            f"../../{HOSTILE}": "ben",
            "+1+cmd|' /C calc'!A0": "cy",
        }
        for name, local in people.items():
            site.make_person(name, Role.STUDENT, f"{local}@example.edu")
        iris = site.person("Iris Instructor", Role.INSTRUCTOR)
        teaching = make_teaching(
            site, instructor=iris, students=[f"{each}@example.edu" for each in people.values()], title=f"=1+1 {HOSTILE}"
        )
        ben = site.visitor().sign_in("ben@example.edu")
        draft_id = hand_in_text(
            ben, teaching.assignment_id, f"{HOSTILE} A text of a few words, to be read by somebody."
        )
        merge(site, draft_id)
        release(site, draft_id, by=2)
        iris.get(urls.class_table(teaching.course_id))
        assert iris.last is not None
        cells = [cell for row in csv.reader(io.StringIO(iris.last.content.decode("utf-8-sig"))) for cell in row]
        assert len(cells) > 20
        assert [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell] == []
        iris.get(urls.class_feedback(teaching.course_id))
        with zipfile.ZipFile(io.BytesIO(iris.last.content)) as archive:
            names = archive.namelist()
            assert len(names) == 2
            assert not [name for name in names if name.startswith(("/", "\\")) or ".." in name or ":" in name], names
            for name in names:
                found = Harm(archive.read(name).decode(), "").found
                assert not [each for each in found if "style" not in each and not each.startswith("a href=")], (
                    name,
                    found,
                )
