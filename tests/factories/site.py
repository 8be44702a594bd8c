"""The whole application in a test: people are made as operators make them, and act through its pages."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import httpx2
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from feedforward import urls
from feedforward.accounts.actions import create_account
from feedforward.app import build_app
from feedforward.web.access import Role
from feedforward.wiring import Wiring
from tests.factories.pages import Page

PASSWORD = "a quiet desk by the window"
ORIGIN = "http://127.0.0.1:8000"


# A hash says how much work it is to check: here next to none, so that thousands of sign-ins cost no time. What is said
# about passwords themselves, and about how long an answer takes, gives make_person a hash of the installation's own.
_PASSWORD_HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


@dataclass
class Visitor:
    """One browser: remembers its cookies and the page it is on."""

    client: TestClient
    last: httpx2.Response | None = None
    email: str = ""
    _page: tuple[httpx2.Response, Page] | None = None

    @property
    def page(self) -> Page:
        assert self.last is not None
        if self._page is None or self._page[0] is not self.last:
            self._page = (self.last, Page(self.last.text))
        return self._page[1]

    @property
    def status(self) -> int:
        assert self.last is not None
        return self.last.status_code

    @property
    def path(self) -> str:
        assert self.last is not None
        return self.last.url.path

    def get(self, path: str, **headers: str) -> Page:
        self.last = self.client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        return self.page

    def post(
        self, path: str, fields: Mapping[str, str | list[str]] | None = None,
        files: Mapping[str, tuple[str, bytes]] | None = None, **headers: str,
    ) -> Page:  # fmt: skip
        """Post as a browser does, from a page of the site."""
        sent = {"Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        body = dict(fields or {})
        if not files and not body:
            # A form without fields still says what it is.
            sent.setdefault("Content-Type", "application/x-www-form-urlencoded")
            self.last = self.client.post(path, content=b"", headers=sent)
        else:
            self.last = self.client.post(path, data=body, files=dict(files) if files else None, headers=sent)
        return self.page

    def submit(
        self, action: str, files: Mapping[str, tuple[str, bytes]] | None = None, **changed: str | list[str]
    ) -> Page:
        """Fill in the form on this page that goes to `action` and send it; what is not named stays as it stands."""
        form = self.page.form(action)
        body: dict[str, str | list[str]] = {**form.fields, **form.lists}
        for name, value in changed.items():
            assert value is not None
            body[name] = value
        assert form.method == "post", f"the form to {action} is not posted"
        return self.post(action, dict(body), files)

    def sign_in(self, email: str, password: str = PASSWORD) -> "Visitor":
        self.get(urls.sign_in())
        self.submit(urls.sign_in(), email=email, password=password)
        self.email = email
        return self


@dataclass
class Site:
    """The application and everybody who uses it."""

    wiring: Wiring
    client: TestClient
    visitors: list[TestClient] = field(default_factory=list)

    @classmethod
    @contextmanager
    def open(cls, wiring: Wiring) -> Iterator["Site"]:
        app = build_app(wiring)
        with TestClient(app, base_url=ORIGIN) as client:
            yield cls(wiring, client)

    def visitor(self) -> Visitor:
        """A browser nobody is signed in with."""
        client = TestClient(self.client.app, base_url=ORIGIN, raise_server_exceptions=True)
        # All visitors share the running application's event loop.
        client.portal = self.client.portal
        return Visitor(client)

    def make_person(
        self, name: str, role: Role = Role.STUDENT, email: str = "", demonstration: bool = False,
        password_hash: str = _PASSWORD_HASH,
    ) -> int:  # fmt: skip
        """An account, made as the command line makes one; its id."""
        return self.wiring.database.write_now(
            create_account, email=email or f"{name.split()[0].lower()}@example.edu", name=name, role=role,
            password_hash=password_hash, now=self.wiring.clock.now(), demonstration=demonstration,
        )  # fmt: skip

    def person(self, name: str, role: Role = Role.STUDENT) -> Visitor:
        """A new person, signed in."""
        self.make_person(name, role)
        return self.visitor().sign_in(f"{name.split()[0].lower()}@example.edu")
