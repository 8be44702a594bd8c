"""People with a second step: set up through the pages, and the codes their app would show."""

import re
from dataclasses import dataclass

import pyotp

from feedforward import urls
from tests.factories.site import PASSWORD, Site, Visitor


@dataclass
class App:
    """An authenticator app that holds one secret, and the recovery codes that were shown."""

    site: Site
    secret: str
    recovery_codes: list[str]

    def code(self, steps: int = 0) -> str:
        """What it shows now, or `steps` half minutes later."""
        return pyotp.TOTP(self.secret).at(self.site.wiring.clock.now(), steps)


def begin(visitor: Visitor) -> str:
    """Begin setting up; the secret that stands on the page."""
    visitor.get(urls.second_factor())
    visitor.submit(urls.begin_second_factor(), present_password=PASSWORD)
    assert visitor.path == urls.set_up_second_factor(), visitor.page.text
    found = re.search(r"time-based codes: ((?:[A-Z2-7]{4} ?)+)", visitor.page.text)
    assert found is not None
    return found[1].replace(" ", "")


def set_up(site: Site, visitor: Visitor) -> App:
    """Set up the second step of a person who is signed in."""
    app = App(site, begin(visitor), [])
    page = visitor.submit(urls.set_up_second_factor(), code=app.code())
    assert visitor.status == 200, page.text
    app.recovery_codes = re.findall(r"\b[a-z2-9]{5}-[a-z2-9]{5}\b", page.text)
    return app
