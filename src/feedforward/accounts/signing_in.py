"""Once somebody proved who they are: a session, or the second step first; then on to where they were going."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from starlette.responses import Response

from feedforward import urls
from feedforward.accounts.actions import start_session
from feedforward.accounts.pages import second_step_body, send_on_body
from feedforward.accounts.second_factor_actions import HALF_SESSION_LASTS, start_half_session
from feedforward.accounts.second_factor_queries import has_second_factor
from feedforward.accounts.session_actions import NewSession
from feedforward.settings import Settings
from feedforward.web.access import Public
from feedforward.web.context import Web
from feedforward.web.forms import Repeated
from feedforward.web.held import HELD_FIELD, HELD_TO, local_path
from feedforward.web.sessions import hash_of, new_token, set_session


@dataclass(frozen=True, slots=True)
class Onward:
    """Where a person was going: an address of ours, or a form that waits (`held_to` "" for none) with its fields."""

    back_to: str
    held_to: str = ""
    held: Mapping[str, list[str]] | None = None


def onward(back_to: str, rest: Repeated) -> Onward:
    """What a sign-in form carries along; an address that is not ours is home."""
    fields = {name.removeprefix(HELD_FIELD): values for name, values in rest.items() if name.startswith(HELD_FIELD)}
    to = rest.get(HELD_TO, [])
    return Onward(local_path(back_to, urls.home()), local_path(to[0], otherwise="") if len(to) == 1 else "", fields)


def fresh_session(web: Web, lasts: timedelta | None = None) -> tuple[str, NewSession]:
    """A token for this browser, and what is written of it."""
    token = new_token()
    browser = web.request.headers.get("user-agent", "")
    return token, NewSession(
        hash_of(token), browser, lasts or timedelta(hours=web.services.settings.session_hours)
    )  # fmt: skip


def half_cookie_name(settings: Settings) -> str:
    """Another cookie than the session's: what reads sessions never sees it."""
    return "feedforward-second-step" if settings.on_loopback else "__Host-feedforward-second-step"


async def after_first_step(web: Web, who: Public, *, user_id: int, to: Onward, try_id: int | None) -> Response:
    """The answer to somebody who proved with a first factor who they are: signed in, or asked for their code.

    The session the browser came with ends. `try_id` is the counted try that succeeded, None where none was counted.
    """
    now, settings = web.clock.now(), web.services.settings
    if not await web.database.read(has_second_factor, user_id):
        token, new = fresh_session(web)
        await web.database.write(
            start_session, user_id=user_id, token_hash=new.token_hash, browser=new.browser, now=now, lasts=new.lasts,
            replaces=who.person.token_hash if who.person else None, try_id=try_id,
        )  # fmt: skip
        return go_on(web, token, to)
    token, half = fresh_session(web, HALF_SESSION_LASTS)
    before = web.request.cookies.get(half_cookie_name(settings), "")
    await web.database.write(
        start_half_session, user_id=user_id, half=half, replaces=hash_of(before), try_id=try_id, now=now
    )
    response: Response = (
        web.page(title="Second step", body=second_step_body(to=to, errors={}))
        if to.held_to
        else web.see(urls.second_step(to.back_to))
    )
    response.set_cookie(
        half_cookie_name(settings), token, max_age=int(HALF_SESSION_LASTS.total_seconds()), path="/", httponly=True,
        secure=not settings.on_loopback, samesite="lax",
    )  # fmt: skip
    return response


def go_on(web: Web, token: str, to: Onward) -> Response:
    """Signed in: the session's cookie, and where the person was going."""
    response: Response = (
        web.page(title="Signed in", body=send_on_body(to=to.held_to, held=to.held or {}))
        if to.held_to
        else web.see(to.back_to)
    )
    set_session(response, token, web.services.settings)
    return response


def drop_half_cookie(response: Response, settings: Settings) -> None:
    """The half-open sign-in is over."""
    response.delete_cookie(
        half_cookie_name(settings), path="/", httponly=True, secure=not settings.on_loopback, samesite="lax"
    )
