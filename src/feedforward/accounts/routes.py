"""Signing in, in one step or two, and out."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from feedforward import urls
from feedforward.accounts.actions import end_session, refuse_sign_in
from feedforward.accounts.limits import sign_ins
from feedforward.accounts.pages import second_step_body, send_on_body, sign_in_body
from feedforward.accounts.password_rules import MOST_PASSWORD
from feedforward.accounts.passwords import fits
from feedforward.accounts.queries import optional_account
from feedforward.accounts.reauthentication import Refusal, counted_code, paused, proof_of, refused_code
from feedforward.accounts.rules import folded_email
from feedforward.accounts.second_factor_actions import finish_sign_in
from feedforward.accounts.second_factor_queries import half_signed_in
from feedforward.accounts.signing_in import (
    Onward,
    after_first_step,
    drop_half_cookie,
    fresh_session,
    go_on,
    half_cookie_name,
    onward,
)
from feedforward.accounts.sso_actions import note_break_glass
from feedforward.accounts.sso_desk import desk_of
from feedforward.accounts.sso_pages import elsewhere_body
from feedforward.accounts.sso_queries import is_active_admin
from feedforward.accounts.sso_rules import Institution
from feedforward.accounts.sso_signing_in import choice_of, choices_of
from feedforward.accounts.tries import Pause, counted_try
from feedforward.web.access import Public, Settling
from feedforward.web.context import Web
from feedforward.web.forms import Repeated
from feedforward.web.held import local_path
from feedforward.web.routing import Routes
from feedforward.web.sessions import clear_session, hash_of

routes = Routes()

WRONG = "The e-mail address and the password do not belong together. Check both and try again."
TOOK_TOO_LONG = "This sign-in took too long or was finished elsewhere. Enter your e-mail address and password again."


@dataclass(frozen=True, slots=True)
class SignInForm:
    email: str
    password: str
    next: str
    held: Repeated


@dataclass(frozen=True, slots=True)
class CodeForm:
    code: str
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
    return _sign_in_page(web, Onward(back_to))


@routes.post("/sign-in/again")
async def show_sign_in_with_held_form(who: Public, web: Web, form: HeldForm) -> Response:
    to = onward("", form.held)
    if who.person is not None:
        return web.page(title="Signed in", body=send_on_body(to=to.held_to, held=to.held or {}))
    return _sign_in_page(web, to)


@routes.post("/sign-in")
async def sign_in(who: Public, web: Web, form: SignInForm) -> Response:
    settings = web.services.settings
    email, to = folded_email(form.email), onward(form.next, form.held)
    elsewhere = desk_of(web).elsewhere(email)
    if elsewhere is not None and not desk_of(web).break_glass:
        return _elsewhere(web, elsewhere, to)
    counted = await counted_try(web, sign_ins(settings), email)
    if isinstance(counted, Pause):
        refusal = paused(counted, "failed sign-ins")
        return refusal.dressed(_again(web, form, to, refusal.errors(""), refusal.status))
    account = await web.database.read(optional_account, email)
    # Off loopback a demonstration account is no account: the same answer after the same time as for any unknown one.
    may = account is not None and account.active and (settings.on_loopback or not account.demonstration)
    if elsewhere is not None:
        may = may and await web.database.read(is_active_admin, email)
    right = len(form.password) <= MOST_PASSWORD and await fits(
        form.password, account.password_hash if account is not None and may else None
    )
    if account is None or not right:
        await web.database.write(
            refuse_sign_in, user_id=account.user_id if account else None, pauses=counted.last, now=web.clock.now()
        )
        return _elsewhere(web, elsewhere, to) if elsewhere else _again(web, form, to, {"": WRONG}, 422)
    if elsewhere is not None:
        await web.database.write(note_break_glass, user_id=account.user_id, now=web.clock.now())
    return await after_first_step(web, who, user_id=account.user_id, to=to, try_id=counted.try_id)


@routes.get("/sign-in/code")
async def show_second_step(who: Public, web: Web) -> Response:
    to = Onward(local_path(web.query("next"), urls.home()))
    half = await web.database.read(half_signed_in, _half_hash(web), web.clock.now())
    if half is None:
        return web.see(urls.sign_in(to.back_to))
    return web.page(title="Second step", body=second_step_body(to=to, errors={}))


@routes.post("/sign-in/code")
async def take_second_step(who: Public, web: Web, form: CodeForm) -> Response:
    settings, now = web.services.settings, web.clock.now()
    to, half_hash = onward(form.next, form.held), _half_hash(web)
    half = await web.database.read(half_signed_in, half_hash, now)
    # The cookie binds it to the browser; one that calls itself something else has the cookie from elsewhere.
    if half is None or half.browser != web.request.headers.get("user-agent", "")[:200]:
        return _sign_in_page(web, to, {"": TOOK_TOO_LONG}, 422)
    counted = await counted_code(web, half.user_id)
    if isinstance(counted, Refusal):
        return counted.dressed(_code_again(web, to, counted))
    proof = await proof_of(web, user_id=half.user_id, sealed_secret=half.secret, code=form.code)
    token, new = fresh_session(web)
    finished = await web.database.write(
        finish_sign_in, user_id=half.user_id, half_hash=half_hash, proof=proof, new=new,
        replaces=who.person.token_hash if who.person else None, try_id=counted.try_id, now=now,
    )  # fmt: skip
    if not finished:
        return _code_again(web, to, await refused_code(web, half.user_id, counted))
    response = go_on(web, token, to)
    drop_half_cookie(response, settings)
    return response


@routes.post("/sign-out")
async def sign_out(who: Settling, web: Web) -> Response:
    await web.database.write(end_session, user_id=who.user_id, token_hash=who.person.token_hash, now=web.clock.now())
    response = web.see(urls.sign_in(), said="You are signed out.")
    clear_session(response, web.services.settings)
    # Copies of what was being typed lie in the browser: whoever sits here next must not find them.
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


def _half_hash(web: Web) -> str:
    return hash_of(web.request.cookies.get(half_cookie_name(web.services.settings), ""))


def _again(web: Web, form: SignInForm, to: Onward, errors: Mapping[str, str], status: int) -> Response:
    return _sign_in_page(web, to, errors, status, form.email)


def _sign_in_page(
    web: Web, to: Onward, errors: Mapping[str, str] | None = None, status: int = 200, email: str = ""
) -> Response:
    # What waits in this page stays here: the institution's window goes home instead.
    choices = choices_of(web, urls.home() if to.held_to else to.back_to)
    body = sign_in_body(email=email, to=to, errors=errors or {}, institutions=choices)
    return web.page(title="Sign in", body=body, status=status)


def _elsewhere(web: Web, institution: Institution, to: Onward) -> Response:
    """The same for every address of the domain, whether it has an account or not."""
    body = elsewhere_body(choice=choice_of(institution, "" if to.held_to else to.back_to), held_to=to.held_to,
                          held=to.held or {})  # fmt: skip
    return web.page(title="Sign in at your institution", body=body, status=422)


def _code_again(web: Web, to: Onward, refusal: Refusal) -> Response:
    return web.page(
        title="Second step", body=second_step_body(to=to, errors=refusal.errors("code")), status=refusal.status
    )
