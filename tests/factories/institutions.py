"""Institutions that sign people in: a whole provider of others' making, and one of ours that lies as it is told."""

import base64
import hashlib
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import RSAKey
from sqlalchemy import func, select

from feedforward import urls
from feedforward.accounts.sso_actions import link_identity
from feedforward.accounts.tables import Session
from feedforward.audit.tables import AuditEvent
from tests.factories.site import Site, Visitor

CLIENT, SECRET = "feedforward", "a secret that only two know"


def configured(issuer: str, **changed: Any) -> dict[str, Any]:
    """An entry of FEEDFORWARD_SIGN_ON."""
    usual = {"issuer": issuer, "client_id": CLIENT, "client_secret": SECRET, "label": "North University"}
    return usual | {"domains": ["example.edu"]} | changed


@contextmanager
def provider() -> Iterator[str]:
    """A real provider on this machine; its issuer. A process of its own: its library warns of its own names."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        issuer = f"http://127.0.0.1:{port}"
        try:
            _wait_for(issuer, process)
            yield issuer
        finally:
            process.terminate()


def _wait_for(issuer: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        assert process.poll() is None, "the provider ended"
        try:
            httpx.get(f"{issuer}/jwks", timeout=5)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the provider did not start")


def register(issuer: str, subject: str, **claims: Any) -> None:
    """What the provider says of a person."""
    httpx.put(f"{issuer}/users/{subject}", json=claims, timeout=10).raise_for_status()


def begin(visitor: Visitor, name: str = "north", back_to: str = "") -> str:
    """Press the institution's button; the address the browser is sent to."""
    visitor.client.follow_redirects = False
    visitor.get(urls.sign_on(name, back_to))
    visitor.client.follow_redirects = True
    assert visitor.last is not None
    assert visitor.status == 303, visitor.page.text
    return visitor.last.headers["location"]


def signs_in_there(address: str, subject: str) -> str:
    """Sign in at the provider; the path and query it sends the browser back to."""
    answer = httpx.post(address, data={"sub": subject}, timeout=10)
    assert answer.status_code == 302, answer.text
    return path_of(answer.headers["location"])


def path_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


def sign_on(visitor: Visitor, subject: str, name: str = "north", back_to: str = "") -> Visitor:
    """The whole way there and back."""
    visitor.get(signs_in_there(begin(visitor, name, back_to), subject), Sec_Fetch_Site="cross-site")
    return visitor


def refused(site: Site) -> list[str]:
    """The words of the audit rows; and that nobody is signed in."""
    count = select(func.count()).select_from(Session)
    assert site.wiring.database.read_now(lambda c: c.execute(count).scalar_one()) == 0
    found = select(AuditEvent.detail).where(AuditEvent.action == "sign_on.refuse").order_by(AuditEvent.id)
    return [each["code"] for each in site.wiring.database.read_now(lambda c: c.execute(found).scalars().all())]


def come_back(site: Site, teller: "Liar", name: str = "north") -> Visitor:
    """Somebody new goes to the institution and back."""
    browser = site.visitor()
    browser.get(teller.code_for(begin(browser, name)))
    return browser


def person_with_identity(site: Site, issuer: str, subject: str, name: str = "Ada Student") -> int:
    """An account that is connected already; its id."""
    user_id = site.make_person(name)
    site.wiring.database.write_now(
        link_identity, user_id=user_id, issuer=issuer, subject=subject, now=site.wiring.clock.now(), tell=False
    )
    return user_id


@dataclass
class Liar:
    """An institution that says what a test wants. `claims` are laid over the true ones; `forge` makes the token;
    `describes` is laid over its description; `delay` in seconds; `drops` are connections it closes
    without an answer; `answers` are whole answers by path."""

    issuer: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "first"}))
    keys: list[dict[str, Any]] = field(default_factory=list)
    claims: dict[str, Any] = field(default_factory=dict)
    describes: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    forge: Any = None
    delay: float = 0.0
    drops: int = 0
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    secrets_seen: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.keys = [self.key.as_dict(private=False)]

    def answer(self, method: str, path: str, form: Mapping[str, str], authorization: str) -> tuple[int, Any]:
        match path:
            case "/.well-known/openid-configuration":
                return 200, {
                    "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize",
                    "token_endpoint": f"{self.issuer}/token", "jwks_uri": f"{self.issuer}/keys",
                    **self.describes,
                }  # fmt: skip
            case "/keys":
                return 200, {"keys": self.keys}
            case "/token":
                return self._token(form, authorization)
            case "/userinfo":
                return 200, self.userinfo
        return 404, {}

    def _token(self, form: Mapping[str, str], authorization: str) -> tuple[int, Any]:
        self.secrets_seen.append(authorization)
        asked = self.codes.get(form.get("code", ""))
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or form["code"] in self.used or challenge != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        if form["redirect_uri"] != asked["redirect_uri"] or form["grant_type"] != "authorization_code":
            return 400, {"error": "invalid_grant"}
        self.used.add(form["code"])
        now = int(time.time())
        true = {
            "iss": self.issuer, "aud": CLIENT, "sub": "somebody", "iat": now, "exp": now + 300, "nonce": asked["nonce"],
            "email": "ada@example.edu", "email_verified": True, "name": "Ada Student",
        }  # fmt: skip
        claims = {name: value for name, value in (true | self.claims).items() if value is not None}
        make = self.forge or (lambda c: jwt.encode({"alg": "RS256", "kid": self.key.kid}, c, self.key))
        return 200, {"access_token": "access", "token_type": "Bearer", "id_token": make(claims)}

    def code_for(self, address: str) -> str:
        """The person signed in there: the address the browser is sent back to, as path and query."""
        asked = dict(parse_qsl(urlsplit(address).query))
        code = f"code-{len(self.codes)}"
        self.codes[code] = asked
        return f"{urlsplit(asked['redirect_uri']).path}?code={code}&state={asked['state']}"


@contextmanager
def liar() -> Iterator[Liar]:
    """The institution, listening on this machine until the test ends."""
    teller = Liar()

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            path = urlsplit(self.path).path
            length = int(self.headers.get("content-length", "0"))
            form = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
            teller.asked.append(path)
            time.sleep(teller.delay)
            if teller.drops > 0:
                teller.drops -= 1
                self.close_connection = True
                return
            status, headers, body = teller.answers.get(path, (0, {}, b""))
            if not status:
                status, document = teller.answer(self.command, path, form, self.headers.get("authorization", ""))
                body = json.dumps(document).encode()
            try:
                self.send_response(status)
                for name, value in {"content-length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        do_GET = do_POST = _answer  # noqa: N815

        def log_message(self, *_: object) -> None:
            """Nothing of it belongs into a test's output."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    teller.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield teller
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
