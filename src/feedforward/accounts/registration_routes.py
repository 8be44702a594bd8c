"""Asking for an instructor's account, and confirming its address."""

from dataclasses import dataclass

from starlette.responses import Response

from feedforward import urls
from feedforward.accounts.account_pages import link_over_body
from feedforward.accounts.actions import forget_try
from feedforward.accounts.help_words import whom_to_ask
from feedforward.accounts.limits import sign_ins
from feedforward.accounts.password_routes import judged
from feedforward.accounts.password_rules import MOST_PASSWORD
from feedforward.accounts.passwords import fits, hash_password_aside
from feedforward.accounts.reauthentication import paused
from feedforward.accounts.registration_actions import Wish, ask_for_account, confirm_address
from feedforward.accounts.registration_pages import (
    Typed,
    confirm_registration_body,
    register_body,
    registered_body,
    registration_off_body,
    waiting_body,
)
from feedforward.accounts.registration_queries import Asking, optional_asking
from feedforward.accounts.registration_rules import REGISTRATIONS
from feedforward.accounts.rules import folded_email, problem_with_email, problem_with_name
from feedforward.accounts.signing_in import Onward, after_first_step
from feedforward.accounts.sso_desk import desk_of
from feedforward.accounts.sso_signing_in import elsewhere_page
from feedforward.accounts.terms_queries import current_terms
from feedforward.accounts.tries import Pause, counted_try
from feedforward.errors import RuleBroken
from feedforward.ui.elements import A
from feedforward.web.access import Public
from feedforward.web.context import Web
from feedforward.web.routing import Routes

routes = Routes()

NOT_THE_PASSWORD = "This is not the password you chose when you asked for the account."  # noqa: S105 a sentence


@dataclass(frozen=True, slots=True)
class RegisterForm:
    name: str
    email: str
    password: str
    accepted: bool
    terms_version: str


@dataclass(frozen=True, slots=True)
class ConfirmForm:
    token: str
    password: str


@routes.get("/register")
async def show_register(who: Public, web: Web) -> Response:
    if who.person is not None:
        return web.see(urls.home())
    if not web.services.settings.self_registration:
        return _off(web, 200)
    return await _page(web, Typed(), {}, 200)


@routes.post("/register")
async def take_register(who: Public, web: Web, form: RegisterForm) -> Response:
    if not web.services.settings.self_registration:
        return _off(web, 422)
    email, typed = folded_email(form.email), Typed(form.name, form.email, form.accepted)
    elsewhere = desk_of(web).elsewhere(email)
    if elsewhere is not None:
        return elsewhere_page(web, elsewhere, urls.register_with_sign_on())
    problems = {
        "name": problem_with_name(form.name),
        "email": problem_with_email(email),
        "password": await judged(web, form.password, email=email, name=form.name),
        "accepted": None if form.accepted else "An account takes that you accept the terms.",
    }
    errors = {field: problem for field, problem in problems.items() if problem}
    if errors:
        return await _page(web, typed, errors, 422)
    counted = await counted_try(web, REGISTRATIONS, email)
    if isinstance(counted, Pause):
        refusal = paused(counted, "requests for an account")
        return refusal.dressed(await _page(web, typed, dict(refusal.errors("")), refusal.status))
    version = int(form.terms_version) if form.terms_version.isascii() and form.terms_version.isdigit() else -1
    try:
        # Without the name: a letter to an address nobody has confirmed says nothing that a stranger typed.
        address = web.services.mail.addresses.sealed(email)
        wish = Wish(email, form.name, await hash_password_aside(form.password), version)
        await web.database.write(ask_for_account, wish=wish, address=address, now=web.clock.now())
    except RuleBroken as broken:
        return await _page(web, typed, {broken.field or "": broken.message}, 422)
    body = registered_body(sends_mail=web.services.mail.sends, whom=whom_to_ask(web.services.settings))
    return web.page(title="Your request is here", body=body)


@routes.get("/confirm-registration")
async def show_confirm(who: Public, web: Web) -> Response:
    token = web.query("token")
    asking = await web.database.read(optional_asking, token, web.clock.now())
    return _over(web) if asking is None else _confirm_page(web, token, asking, {}, 200)


@routes.post("/confirm-registration")
async def take_confirm(who: Public, web: Web, form: ConfirmForm) -> Response:
    asking = await web.database.read(optional_asking, form.token, web.clock.now())
    if asking is None:
        return _over(web)
    elsewhere = desk_of(web).elsewhere(asking.email)
    if elsewhere is not None:
        # Passwords were turned off for the domain after they asked.
        return elsewhere_page(web, elsewhere, urls.register_with_sign_on())
    counted = await counted_try(web, sign_ins(web.services.settings), asking.email)
    if isinstance(counted, Pause):
        refusal = paused(counted, "failed sign-ins")
        errors = dict(refusal.errors("password"))
        return refusal.dressed(_confirm_page(web, form.token, asking, errors, refusal.status))
    if len(form.password) > MOST_PASSWORD or not await fits(form.password, asking.password_hash):
        return _confirm_page(web, form.token, asking, {"password": NOT_THE_PASSWORD}, 422)
    user_id = await web.database.write(
        confirm_address, registration_id=asking.registration_id, now=web.clock.now()
    )  # fmt: skip
    if user_id is not None:
        return await after_first_step(
            web, who, user_id=user_id, to=Onward(urls.home()), try_id=counted.try_id
        )  # fmt: skip
    await web.database.write(forget_try, counted.try_id)
    return web.page(title="Your address is confirmed", body=waiting_body(sends_mail=web.services.mail.sends))


def _off(web: Web, status: int) -> Response:
    body = registration_off_body(whom=whom_to_ask(web.services.settings))
    return web.page(title="Accounts are made for you here", body=body, status=status)


async def _page(web: Web, typed: Typed, errors: dict[str, str], status: int) -> Response:
    terms = await web.database.read(current_terms)
    body = register_body(
        typed=typed, terms_version=terms.version, sends_mail=web.services.mail.sends, errors=errors
    )  # fmt: skip
    return web.page(title="Ask for an account", body=body, status=status)


def _confirm_page(web: Web, token: str, asking: Asking, errors: dict[str, str], status: int) -> Response:
    body = confirm_registration_body(token=token, email=asking.email, name=asking.name, errors=errors)
    return web.page(title="Confirm your address", body=body, status=status)


def _over(web: Web) -> Response:
    body = link_over_body(what_next=A("Ask for an account", href=urls.register()))
    return web.page(title="This link does not work any more", body=body, status=404)
