"""Asking for an instructor's account through the pages, and deciding about it."""

from sqlalchemy import select

from feedforward import urls
from feedforward.accounts.tables import Registration, User
from tests.factories.letters import Written, write_waiting
from tests.factories.site import Site, Visitor

CHOSEN = "seven grey herons waiting"


def ask_for_account(site: Site, email: str = "nora@example.org", name: str = "Nora New") -> Visitor:
    """Somebody fills in the page; where their browser is afterwards."""
    browser = site.visitor()
    browser.get(urls.register())
    browser.submit(urls.register(), name=name, email=email, password=CHOSEN, accepted="yes")
    return browser


def confirm_by(browser: Visitor, letter: Written, password: str = CHOSEN) -> None:
    """Open the link of a letter and type the password."""
    browser.get(letter.path)
    browser.submit(urls.confirm_registration(), password=password)


def letters_by_template(site: Site) -> dict[str, Written]:
    return {each.template: each for each in write_waiting(site)}


def registration_states(site: Site) -> list[tuple[str, str]]:
    """Address and status of every registration, in order."""
    statement = select(Registration.email, Registration.status).order_by(Registration.id)
    return [(row.email, row.status) for row in site.wiring.database.read_now(lambda c: c.execute(statement).all())]


def accounts(site: Site) -> dict[str, str]:
    """Address → role of every account."""
    statement = select(User.email, User.role)
    return {row.email: row.role for row in site.wiring.database.read_now(lambda c: c.execute(statement).all())}


def allow(admin: Visitor, domain: str, decision: str = "approve", below: bool = False) -> None:
    """An administrator puts a domain into the list."""
    admin.get(urls.domains())
    admin.submit(urls.domains(), domain=domain, decision=decision, with_subdomains="yes" if below else "")
