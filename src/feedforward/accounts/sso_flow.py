"""What a browser carries while somebody signs in at an institution: sealed, for a quarter of an hour, for it alone."""

import base64
import hashlib
import hmac
import json
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, TypeVar

from starlette.responses import Response

from feedforward import urls
from feedforward.accounts.sso_rules import FLOW_LASTS, Identity
from feedforward.encryption import CannotDecrypt, seal, unseal
from feedforward.settings import Settings
from feedforward.web.context import Web

LONGEST_NEXT = 1000

Carried = TypeVar("Carried", "Flow", "Waiting", "Typed")


@dataclass(frozen=True, slots=True)
class Flow:
    """A sign-in that was begun. `connects` is the account it is to be connected to (0: somebody signs in), `confirms`
    the address of the form on which somebody shows that it is them (""); `at` in seconds since 1970."""

    institution: str
    state: str
    nonce: str
    verifier: str
    back_to: str
    connects: int
    at: float
    confirms: str = ""

    @property
    def challenge(self) -> str:
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody an institution signed in and who is not connected to any account yet."""

    identity: Identity
    back_to: str
    at: float


@dataclass(frozen=True, slots=True)
class Typed:
    """What stood in a form whose sender went to their institution first; never a password or a code."""

    action: str
    fields: dict[str, str]
    at: float


def new_flow(institution: str, back_to: str, now: datetime, connects: int = 0, confirms: str = "") -> Flow:
    """Fresh secrets for one sign-in; 256 bits each."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    kept = back_to if len(back_to) <= LONGEST_NEXT else urls.home()
    return Flow(institution, state, nonce, verifier, kept, connects, now.timestamp(), confirms)


def keep(response: Response, web: Web, carried: Flow | Waiting | Typed) -> None:
    """Give it to the browser. SameSite=Lax: the way back from the institution is a navigation from another site."""
    settings, kind = web.services.settings, type(carried).__name__
    sealed = seal(_key(settings), json.dumps(asdict(carried)).encode(), kind)
    response.set_cookie(
        _cookie(settings, kind), base64.urlsafe_b64encode(sealed).decode(), max_age=int(FLOW_LASTS.total_seconds()),
        path="/", httponly=True, secure=not settings.on_loopback, samesite="lax",
    )  # fmt: skip


def drop(response: Response, web: Web, kind: type[Flow] | type[Waiting] | type[Typed]) -> None:
    """It was used, or is over."""
    settings = web.services.settings
    response.delete_cookie(
        _cookie(settings, kind.__name__), path="/", httponly=True, secure=not settings.on_loopback, samesite="lax"
    )


def carried_flow(web: Web) -> Flow | None:
    """The sign-in this browser began; None where there is none, it is over, or somebody wrote it who is not us."""
    values = _opened(web, Flow)
    return _in_time(web, Flow(**values)) if values else None


def carried_identity(web: Web) -> Waiting | None:
    """Whom an institution signed in in this browser without an account of theirs being known."""
    values = _opened(web, Waiting)
    if values is None:
        return None
    return _in_time(web, Waiting(Identity(**values["identity"]), values["back_to"], values["at"]))


def carried_typed(web: Web) -> Typed | None:
    """What was typed before the institution was asked to confirm who types."""
    values = _opened(web, Typed)
    return _in_time(web, Typed(**values)) if values else None


def _opened(web: Web, kind: type[Flow] | type[Waiting] | type[Typed]) -> dict[str, Any] | None:
    settings, name = web.services.settings, kind.__name__
    try:
        sealed = base64.urlsafe_b64decode(web.request.cookies.get(_cookie(settings, name), "").encode())
        values: dict[str, Any] = json.loads(unseal(_key(settings), sealed, name))
    except (CannotDecrypt, ValueError):
        return None
    return values


def _in_time(web: Web, carried: Carried) -> Carried | None:
    age = web.clock.now().timestamp() - carried.at
    return carried if -1 <= age <= FLOW_LASTS.total_seconds() else None


def _cookie(settings: Settings, kind: str) -> str:
    name = f"feedforward-sign-on-{kind.lower()}"
    return name if settings.on_loopback else f"__Host-{name}"


def _key(settings: Settings) -> bytes:
    secret = settings.secret_key.get_secret_value().encode()
    return hmac.new(secret, b"what a browser carries during single sign-on", hashlib.sha256).digest()
