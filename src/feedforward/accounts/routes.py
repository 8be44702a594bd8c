"""Signing in and out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from starlette.responses import Response

from feedforward import urls
from feedforward.accounts.actions import Try, end_session, forget_try, note_try, start_session
from feedforward.accounts.limits import UNDER_WAY, WINDOW, keyed_hash, must_pause, network_of
from feedforward.accounts.pages import send_on_body, sign_in_body
from feedforward.accounts.password_rules import MOST_PASSWORD
from feedforward.accounts.passwords import fits
from feedforward.accounts.queries import optional_account, recent_failures
from feedforward.accounts.rules import folded_email
from feedforward.web.access import Public, SignedIn
from feedforward.web.context import Web
from feedforward.web.forms import Repeated
from feedforward.web.held import HELD_FIELD, HELD_TO, local_path
from feedforward.web.routing import Routes
from feedforward.web.sessions import clear_session, hash_of, new_token, set_session

routes = Routes()

WRONG = "The e-mail address and the password do not belong together. Check both and try again."
PAUSED = "Too many sign-ins failed. Wait a quarter of an hour, then try again."


@dataclass(frozen=True, slots=True)
class SignInForm:
    email: str
    password: str
    next: str
    held: Repeated


@dataclass(frozen=True, slots=True)
class HeldForm:
    held: Repeated


@routes.get("/sign-in")
async def show_sign_in(who: Public, web: Web) -> Response:
    back_to = local_path(web.query("next"), urls.home())
    if who.person is not None:
        return web.see(back_to)
    return web.page(title="Sign in", body=sign_in_body(email="", back_to=back_to, held_to="", held={}, errors={}))


@routes.post("/sign-in/again")
async def show_sign_in_with_held_form(who: Public, web: Web, form: HeldForm) -> Response:
    held_to, held = _held(form.held)
    if who.person is not None:
        return web.page(title="Signed in", body=send_on_body(to=held_to, held=held))
    return web.page(title="Sign in", body=sign_in_body(email="", back_to="", held_to=held_to, held=held, errors={}))


@routes.post("/sign-in")
async def sign_in(who: Public, web: Web, form: SignInForm) -> Response:
    settings, now = web.services.settings, web.clock.now()
    email = folded_email(form.email)
    address = web.request.client.host if web.request.client else ""
    tried = Try(
        account_hash=keyed_hash(settings, "account", email),
        address_hash=keyed_hash(settings, "address", network_of(address)),
        at=now,
    )
    try_id = await _counted_try(web, tried)
    if try_id is None:
        response = _again(web, form, {"": PAUSED}, 429)
        response.headers["Retry-After"] = str(int(WINDOW.total_seconds()))
        return response
    account = await web.database.read(optional_account, email)
    # Off loopback a demonstration account is no account: the same answer after the same time as for any unknown one.
    may = account is not None and account.active and (settings.on_loopback or not account.demonstration)
    right = len(form.password) <= MOST_PASSWORD and await fits(
        form.password, account.password_hash if account is not None and may else None
    )
    if account is None or not right:
        return _again(web, form, {"": WRONG}, 422)
    token = new_token()
    await web.database.write(
        start_session, user_id=account.user_id, token_hash=hash_of(token), now=now,
        browser=web.request.headers.get("user-agent", ""), lasts=timedelta(hours=settings.session_hours),
        replaces=who.person.token_hash if who.person else None, try_id=try_id,
    )  # fmt: skip
    held_to, held = _held(form.held)
    response = (
        web.page(title="Signed in", body=send_on_body(to=held_to, held=held))
        if held_to
        else web.see(local_path(form.next, urls.home()))
    )
    set_session(response, token, settings)
    return response


@routes.post("/sign-out")
async def sign_out(who: SignedIn, web: Web) -> Response:
    await web.database.write(end_session, user_id=who.user_id, token_hash=who.person.token_hash, now=web.clock.now())
    response = web.see(urls.sign_in(), said="You are signed out.")
    clear_session(response, web.services.settings)
    return response


async def _counted_try(web: Web, tried: Try) -> int | None:
    """Count this try as failed until it succeeds; its row, or None where the account or the address must pause.

    It is written before the password is looked at and counted after that is committed, so that guesses sent at the same
    time are all counted. A try that has to pause leaves no row: knocking on does not make the pause longer.
    """
    settings = web.services.settings
    counted = (tried.account_hash, tried.address_hash, tried.at - WINDOW, tried.at - UNDER_WAY)
    failures = await web.database.read(recent_failures, *counted)
    if must_pause(failures, settings, further=1):
        return None
    try_id = await web.database.write(note_try, tried)
    failures = await web.database.read(recent_failures, *counted)
    if must_pause(failures, settings):
        await web.database.write(forget_try, try_id)
        return None
    return try_id


def _again(web: Web, form: SignInForm, errors: Mapping[str, str], status: int) -> Response:
    held_to, held = _held(form.held)
    body = sign_in_body(
        email=form.email, back_to=local_path(form.next, urls.home()), held_to=held_to, held=held, errors=errors
    )
    return web.page(title="Sign in", body=body, status=status)


def _held(rest: Repeated) -> tuple[str, Mapping[str, list[str]]]:
    """Where the held form was going ("" for none), and its fields."""
    fields = {name.removeprefix(HELD_FIELD): values for name, values in rest.items() if name.startswith(HELD_FIELD)}
    to = rest.get(HELD_TO, [])
    return local_path(to[0], otherwise="") if len(to) == 1 else "", fields
