"""Changing one's password, and choosing a new one after it was forgotten."""

import asyncio
from dataclasses import dataclass

from starlette.responses import Response

from feedforward import urls
from feedforward.accounts.account_pages import ACCOUNT_LINK, change_password_body, link_over_body
from feedforward.accounts.help_words import place_words, whom_to_ask
from feedforward.accounts.limits import RESETS, account_key, sign_ins
from feedforward.accounts.password_actions import ask_for_reset, change_password, reset_password
from feedforward.accounts.password_pages import forgotten_password_body, reset_asked_body, reset_password_body
from feedforward.accounts.password_rules import problem_with_password
from feedforward.accounts.passwords import hash_password_aside
from feedforward.accounts.proving import means_of, proved, use_up
from feedforward.accounts.reauthentication import Refusal, paused
from feedforward.accounts.rules import folded_email, problem_with_email
from feedforward.accounts.signing_in import fresh_session
from feedforward.accounts.sso_desk import desk_of
from feedforward.accounts.sso_signing_in import elsewhere_page
from feedforward.accounts.token_actions import optional_bearer
from feedforward.accounts.token_rules import TokenKind
from feedforward.accounts.tries import Pause, counted_try
from feedforward.errors import RuleBroken
from feedforward.ui.elements import A
from feedforward.web.access import Public, SignedIn
from feedforward.web.context import Web
from feedforward.web.routing import Routes
from feedforward.web.sessions import set_session

routes = Routes()


@dataclass(frozen=True, slots=True)
class ChangeForm:
    present_password: str
    new_password: str
    confirm_with: str


@dataclass(frozen=True, slots=True)
class ForgottenForm:
    email: str


@dataclass(frozen=True, slots=True)
class ResetForm:
    token: str
    new_password: str


@routes.get("/account/password")
async def show_change_password(who: SignedIn, web: Web) -> Response:
    return await _change_page(web, who, {}, 200)


@routes.post("/account/password")
async def take_change_password(who: SignedIn, web: Web, form: ChangeForm) -> Response:
    own = urls.change_password()
    account = await proved(
        web, who, action=own, page=own, password=form.present_password, confirm_with=form.confirm_with, uses=False
    )
    if isinstance(account, Response):
        return account
    if isinstance(account, Refusal):
        return account.dressed(await _change_page(web, who, dict(account.errors("present_password")), account.status))
    problem = await judged(web, form.new_password, email=who.person.email, name=who.person.name)
    if problem is None and form.new_password == form.present_password:
        problem = "This is your present password. Choose another one."
    if problem is not None:
        return await _change_page(web, who, {"new_password": problem}, 422)
    new_hash = await hash_password_aside(form.new_password)
    await use_up(web, who, own)
    token, session = fresh_session(web)
    await web.database.write(
        change_password, user_id=who.user_id, present_hash=account.password_hash, new_hash=new_hash, session=session,
        now=web.clock.now(),
    )  # fmt: skip
    response = web.see(urls.account(), said="Your password is changed, and every other browser is signed out.")
    set_session(response, token, web.services.settings)
    return response


@routes.get("/forgotten-password")
async def show_forgotten_password(who: Public, web: Web) -> Response:
    return _forgotten_page(web, "", {}, 200)


@routes.post("/forgotten-password")
async def take_forgotten_password(who: Public, web: Web, form: ForgottenForm) -> Response:
    email = folded_email(form.email)
    problem = problem_with_email(email)
    if problem is not None or not web.services.mail.sends:
        return _forgotten_page(web, form.email, {"email": problem} if problem else {}, 422)
    desk = desk_of(web)
    elsewhere = desk.elsewhere(email)
    if elsewhere is not None and not desk.break_glass:
        return elsewhere_page(web, elsewhere)
    try:
        address = web.services.mail.addresses.sealed(email)
    except RuleBroken as broken:
        return _forgotten_page(web, form.email, {"email": broken.message}, 422)
    counted = await counted_try(web, RESETS, email)
    if isinstance(counted, Pause):
        refusal = paused(counted, "links were asked for")
        return refusal.dressed(_forgotten_page(web, form.email, dict(refusal.errors("")), refusal.status))
    await web.database.write(ask_for_reset, address=address, now=web.clock.now())
    return web.page(title="Look at your mail", body=reset_asked_body(whom=whom_to_ask(web.services.settings)))


@routes.get("/reset-password")
async def show_reset_password(who: Public, web: Web) -> Response:
    return await _reset_page(web, web.query("token"), {})


@routes.post("/reset-password")
async def take_reset_password(who: Public, web: Web, form: ResetForm) -> Response:
    now, settings = web.clock.now(), web.services.settings
    bearer = await web.database.read(optional_bearer, kind=TokenKind.RESET, token=form.token, now=now)
    if bearer is None:
        return await _reset_page(web, form.token, {})
    problem = await judged(web, form.new_password, email=bearer.email, name=bearer.name)
    if problem is not None:
        return await _reset_page(web, form.token, {"new_password": problem})
    new_hash = await hash_password_aside(form.new_password)
    account_hash = account_key(settings, sign_ins(settings), bearer.email)
    await web.database.write(reset_password, token=form.token, new_hash=new_hash, account_hash=account_hash, now=now)
    return web.see(urls.sign_in(), said="Your new password is saved. Sign in with it.")


async def judged(web: Web, password: str, *, email: str, name: str) -> str | None:
    """Why this cannot be the person's password here; aside, because the first time loads the lists of common words."""
    place = place_words(web.services.settings)
    return await asyncio.to_thread(problem_with_password, password, email=email, name=name, place=place)


async def _change_page(web: Web, who: SignedIn, errors: dict[str, str], status: int) -> Response:
    means = await means_of(web, who, urls.change_password())
    body = change_password_body(means=means, errors=errors)
    return web.page(title="Change the password", body=body, breadcrumbs=[ACCOUNT_LINK], status=status)


def _forgotten_page(web: Web, email: str, errors: dict[str, str], status: int) -> Response:
    body = forgotten_password_body(
        email=email, sends_mail=web.services.mail.sends, whom=whom_to_ask(web.services.settings), errors=errors
    )
    return web.page(title="Forgotten password", body=body, status=status)


async def _reset_page(web: Web, token: str, errors: dict[str, str]) -> Response:
    bearer = await web.database.read(optional_bearer, kind=TokenKind.RESET, token=token, now=web.clock.now())
    if bearer is None:
        body = link_over_body(what_next=A("Ask for a new link", href=urls.forgotten_password()))
        return web.page(title="This link does not work any more", body=body, status=404)
    body = reset_password_body(token=token, email=bearer.email, errors=errors)
    return web.page(title="Choose a new password", body=body, status=422 if errors else 200)
