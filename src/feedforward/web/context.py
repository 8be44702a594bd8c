"""What a handler has in hand besides who asks: the services, the request, and ways to answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from feedforward import urls
from feedforward.clock import Clock
from feedforward.database import Database
from feedforward.storage.content import ContentStore
from feedforward.ui.elements import Child, render
from feedforward.ui.navigation import Link, link
from feedforward.ui.notices import Notice, NoticeKind
from feedforward.ui.shell import ShellPerson, page, theme_from_cookie
from feedforward.web.access import ROLE_LABELS, Person, Role
from feedforward.web.services import Services

SAID_COOKIE = "feedforward-said"
LONGEST_SAID = 300


@dataclass(slots=True)
class Web:
    """One request being answered."""

    request: Request
    services: Services
    person: Person | None

    @property
    def database(self) -> Database:
        return self.services.database

    @property
    def content(self) -> ContentStore:
        return self.services.content

    @property
    def clock(self) -> Clock:
        return self.services.clock

    @property
    def nonce(self) -> str:
        nonce: str = self.request.scope["feedforward.nonce"]
        return nonce

    @property
    def is_fragment(self) -> bool:
        """Whether htmx asks for a part of a page."""
        return self.request.headers.get("hx-request") == "true"

    @property
    def _path(self) -> str:
        # The scope's own: `request.url` puts an address together and takes it apart again.
        path: str = self.request.scope["path"]
        return path

    def query(self, name: str) -> str:
        """A value of the query string, "" where it is missing."""
        return self.request.query_params.get(name, "").replace("\x00", "")

    def page(
        self, *, title: str, body: Child, breadcrumbs: Sequence[Link] = (), status: int = 200, wide: bool = False,
        refresh_seconds: int | None = None,
    ) -> HTMLResponse:  # fmt: skip
        """A whole page in the shell, with what an action before it had to say."""
        said = unquote(self.request.cookies.get(SAID_COOKIE, ""))[:LONGEST_SAID]
        whole = page(
            title=title, body=body, person=self._shell_person(), nonce=self.nonce, breadcrumbs=breadcrumbs,
            notice=Notice(said, NoticeKind.DONE) if said else None, nav=self._nav(), wide=wide,
            theme=theme_from_cookie(self.request.cookies.get("theme")),
            footer=(
                link(Link("What happens with your text", urls.privacy())), " ", link(Link("Terms", urls.terms()))
            ),
            refresh_seconds=refresh_seconds,
        )  # fmt: skip
        response = HTMLResponse(whole, status_code=status)
        if said:
            secure = not self.services.settings.on_loopback
            response.delete_cookie(SAID_COOKIE, path="/", httponly=True, samesite="lax", secure=secure)
        return response

    def fragment(self, node: Child, status: int = 200) -> HTMLResponse:
        """A part of a page."""
        return HTMLResponse(render(node, self.nonce), status_code=status)

    def see(self, url: str, said: str = "") -> Response:
        """Go and look there (303), with one sentence to be shown on arrival; never a name or text of a student."""
        response = RedirectResponse(url, status_code=303)
        if said:
            response.set_cookie(
                SAID_COOKIE, quote(said), max_age=60, path="/", httponly=True, samesite="lax",
                secure=not self.services.settings.on_loopback,
            )  # fmt: skip
        return response

    def _shell_person(self) -> ShellPerson | None:
        if self.person is None:
            return None
        links = (Link("Your account", urls.account(), current=self._path == urls.account()),)
        return ShellPerson(self.person.name, ROLE_LABELS[self.person.role], links)

    def _nav(self) -> list[Link]:
        if self.person is None:
            return []
        links = [("Home", urls.home())]
        if self.person.role == Role.STUDENT or self.person.studies:
            links += [("My courses", urls.my_courses())]
        if self.person.role == Role.ADMIN:
            links += [("People", urls.people()), ("Mail", urls.outbox()), ("Audit", urls.audit_log())]
        if self.person.role == Role.INSTRUCTOR or self.person.teaches:
            links += [("Courses", urls.courses()), ("Rubrics", urls.rubrics()), ("Review", urls.review_queue())]
            links += [("Retention", urls.retention())]
        return [Link(label, url, current=self._path == url) for label, url in links]
