"""Asking for an instructor's account with the sign-in of an institution: no password, no letter."""

from dataclasses import dataclass

from starlette.responses import Response

from feedforward import urls
from feedforward.accounts.actions import forget_try
from feedforward.accounts.help_words import whom_to_ask
from feedforward.accounts.passwords import NO_PASSWORD
from feedforward.accounts.queries import optional_account
from feedforward.accounts.reauthentication import paused
from feedforward.accounts.registration_actions import Wish, ask_by_sign_on
from feedforward.accounts.registration_pages import (
    Typed,
    register_with_sign_on_body,
    registration_off_body,
    waiting_body,
)
from feedforward.accounts.registration_rules import REGISTRATIONS
from feedforward.accounts.rules import problem_with_name
from feedforward.accounts.signing_in import Onward
from feedforward.accounts.sso_desk import desk_of
from feedforward.accounts.sso_flow import Waiting, carried_identity, drop
from feedforward.accounts.sso_signing_in import sign_in_as
from feedforward.accounts.terms_queries import current_terms
from feedforward.accounts.tries import Pause, counted_try
from feedforward.errors import RuleBroken
from feedforward.web.access import Public
from feedforward.web.context import Web
from feedforward.web.routing import Routes
from feedforward.web.typed_text import version_typed

routes = Routes()


@dataclass(frozen=True, slots=True)
class RegisterForm:
    name: str
    accepted: bool
    terms_version: str


@routes.get("/register/sign-on")
async def show_register_with_sign_on(who: Public, web: Web) -> Response:
    if who.person is not None:
        return web.see(urls.home())
    waiting = carried_identity(web)
    email = waiting.identity.email if waiting else None
    if waiting is None or email is None:
        return web.see(urls.register())
    if await web.database.read(optional_account, email) is not None:
        return web.see(urls.connect_sign_on())
    if not web.services.settings.self_registration:
        return _off(web, 200)
    return await _page(web, waiting, Typed(waiting.identity.name, email), {}, 200)


@routes.post("/register/sign-on")
async def register_with_sign_on(who: Public, web: Web, form: RegisterForm) -> Response:
    if not web.services.settings.self_registration:
        return _off(web, 422)
    waiting = carried_identity(web)
    email = waiting.identity.email if waiting else None
    if waiting is None or email is None or who.person is not None:
        return web.see(urls.register())
    typed = Typed(form.name, email, form.accepted)
    problem = problem_with_name(form.name)
    errors = {"name": problem} if problem else {}
    if not form.accepted:
        errors["accepted"] = "An account takes that you accept the terms."
    if errors:
        return await _page(web, waiting, typed, errors, 422)
    counted = await counted_try(web, REGISTRATIONS, email)
    if isinstance(counted, Pause):
        refusal = paused(counted, "requests for an account")
        return refusal.dressed(await _page(web, waiting, typed, dict(refusal.errors("")), refusal.status))
    identity = waiting.identity
    wish = Wish(email, form.name, NO_PASSWORD, version_typed(form.terms_version))
    try:
        user_id = await web.database.write(
            ask_by_sign_on, wish=wish, issuer=identity.issuer, subject=identity.subject, now=web.clock.now()
        )
    except RuleBroken as broken:
        await web.database.write(forget_try, counted.try_id)
        return await _page(web, waiting, typed, {broken.field or "": broken.message}, 422)
    if user_id is None:
        return web.page(title="Your address is confirmed", body=waiting_body(sends_mail=web.services.mail.sends))
    response = await sign_in_as(
        web, who, user_id=user_id, identity=identity, to=Onward(urls.home()), try_id=counted.try_id
    )
    drop(response, web, Waiting)
    return response


def _off(web: Web, status: int) -> Response:
    body = registration_off_body(whom=whom_to_ask(web.services.settings))
    return web.page(title="Accounts are made for you here", body=body, status=status)


async def _page(web: Web, waiting: Waiting, typed: Typed, errors: dict[str, str], status: int) -> Response:
    terms = await web.database.read(current_terms)
    label = desk_of(web).client(waiting.identity.institution).institution.label
    body = register_with_sign_on_body(typed=typed, label=label, terms_version=terms.version, errors=errors)
    return web.page(title="Ask for an account", body=body, status=status)
