"""Administrators decide who becomes an instructor: one by one, and by domain."""

from sqlalchemy import select

from feedforward import urls
from feedforward.accounts.tables import Registration
from feedforward.audit.tables import AuditEvent
from feedforward.web.access import Role
from tests.factories.registering import (
    accounts,
    allow,
    ask_for_account,
    confirm_by,
    letters_by_template,
    registration_states,
)
from tests.factories.site import Site, Visitor

NORA = "nora@example.org"


def waiting(site: Site) -> tuple[Visitor, str]:
    """An administrator on the page of somebody who confirmed their address and waits; its path."""
    ask_for_account(site)
    confirm_by(site.visitor(), letters_by_template(site)["confirm_registration"])
    admin = site.person("Adam Admin", Role.ADMIN)
    admin.get(urls.registrations())
    path = admin.page.links["Nora New"]
    admin.get(path)
    return admin, path


def test_home_tells_administrators_who_waits_and_nobody_else(site: Site) -> None:
    admin, _ = waiting(site)
    assert "1 instructor asks for an account and waits for you" in admin.get(urls.home()).text
    assert "asks for an account" not in site.person("Iris Instructor", Role.INSTRUCTOR).get(urls.home()).text


def test_an_approved_person_is_told_and_can_sign_in_with_the_password_they_chose(site: Site) -> None:
    admin, path = waiting(site)
    admin.submit(f"{path}/approve")
    assert admin.path == urls.registrations()
    assert "Nobody waits" in admin.page.text
    assert accounts(site)[NORA] == Role.INSTRUCTOR
    assert letters_by_template(site)["registration_approved"].to == NORA


def test_a_rejection_takes_a_word_which_is_sent(site: Site) -> None:
    admin, path = waiting(site)
    admin.submit(f"{path}/reject", message="  ")
    assert admin.status == 422
    assert registration_states(site) == [(NORA, "waiting")]
    admin.submit(f"{path}/reject", message="Please write from your address at the institute.")
    assert registration_states(site) == [(NORA, "rejected")]
    letter = letters_by_template(site)["registration_rejected"]
    assert letter.to == NORA
    assert "Please write from your address at the institute." in letter.letter.paragraphs
    assert NORA not in accounts(site)
    kept = site.wiring.database.read_now(lambda c: c.execute(select(Registration.password_hash)).scalar_one())
    assert kept == ""


def test_the_second_of_two_administrators_is_told_that_it_is_decided(site: Site) -> None:
    admin, path = waiting(site)
    other = site.person("Bea Boss", Role.ADMIN)
    other.get(path)
    admin.submit(f"{path}/approve")
    other.submit(f"{path}/reject", message="No.")
    assert other.status == 404
    assert "decided already" in other.page.text
    assert registration_states(site) == [(NORA, "approved")]
    other.post(f"{path}/approve")
    assert other.status == 404


def test_decisions_are_recorded_by_ids(site: Site) -> None:
    admin, path = waiting(site)
    admin.submit(f"{path}/approve")
    rows = site.wiring.database.read_now(
        lambda c: c.execute(
            select(AuditEvent.action, AuditEvent.detail).where(AuditEvent.subject_kind == "registration")
        ).all()
    )
    assert [row.action for row in rows] == ["registration.ask", "registration.confirm", "registration.approve"]
    assert "nora" not in str([row.detail for row in rows]).lower()


def test_a_domain_is_added_once_and_removed(site: Site) -> None:
    admin = site.person("Adam Admin", Role.ADMIN)
    allow(admin, "@Example.ORG", below=True)
    assert "example.org" in admin.page.text
    assert "with the domains below it" in admin.page.text
    allow(admin, "example.org", decision="wait")
    assert admin.status == 422
    assert admin.page.form(urls.domains()).fields["domain"] == "example.org"
    allow(admin, "ac.uk")
    assert admin.status == 422
    admin.get(urls.domains())
    (remove,) = [each.action for each in admin.page.forms if each.action.endswith("/remove")]
    admin.submit(remove)
    assert "No domains yet" in admin.page.text
    admin.post(remove)
    assert admin.status == 404


def test_a_domain_that_waits_waits_also_below_an_approved_one(site: Site) -> None:
    admin = site.person("Adam Admin", Role.ADMIN)
    allow(admin, "example.org", below=True)
    allow(admin, "students.example.org", decision="wait", below=True)
    ask_for_account(site, "nora@students.example.org")
    confirm_by(site.visitor(), letters_by_template(site)["confirm_registration"])
    assert registration_states(site) == [("nora@students.example.org", "waiting")]
