"""People without a password, and their way to the institution and back that shows that it is them."""

import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import func, select, update

from feedforward import urls
from feedforward.accounts.passwords import NO_PASSWORD
from feedforward.accounts.tables import EmailChange, User
from feedforward.audit.tables import AuditEvent
from feedforward.web.access import Role
from tests.factories.institutions import Liar, begin, person_with_identity
from tests.factories.site import Site, Visitor


def arrives(
    site: Site, north: Liar, subject: str = "somebody", name: str = "Ada Student", role: Role = Role.STUDENT
) -> Visitor:
    """Somebody without a password, signed in."""
    user_id = person_with_identity(site, north.issuer, subject, name)
    site.wiring.database.write_now(
        lambda c: c.execute(update(User).where(User.id == user_id).values(password_hash=NO_PASSWORD, role=role))
    )
    north.claims = {"sub": subject}
    browser = site.visitor()
    browser.get(north.code_for(begin(browser)))
    assert browser.path == urls.home()
    return browser


def goes(browser: Visitor, north: Liar, action: str = urls.change_email(), email: str = "") -> str:
    """They press the institution's button on the form, an address typed; the path and query they come back by."""
    if email:
        browser.submit(action, confirm_with="north", email=email)
    else:
        browser.submit(action, confirm_with="north")
    address = browser.page.links["Go on to North University"]
    asked = parse_qs(urlsplit(address).query)
    assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])
    return north.code_for(address)


def freshly(north: Liar, **claims: Any) -> None:
    """The person signs in there now; the token says so, but for `claims`."""
    north.claims = {"sub": "somebody", "auth_time": int(time.time())} | claims


def changes(site: Site) -> list[str]:
    """The addresses that were asked for."""
    return list(site.wiring.database.read_now(lambda c: c.execute(select(EmailChange.new_email)).scalars().all()))


def count_of(site: Site, table: Any) -> int:
    """How many rows there are."""
    counted = select(func.count()).select_from(table)
    return site.wiring.database.read_now(lambda c: c.execute(counted).scalar_one())


def refusals(site: Site) -> list[str]:
    """The words of the audit rows, the oldest first."""
    found = select(AuditEvent.detail).where(AuditEvent.action == "sign_on.refuse").order_by(AuditEvent.id)
    return [each["code"] for each in site.wiring.database.read_now(lambda c: c.execute(found).scalars().all())]
