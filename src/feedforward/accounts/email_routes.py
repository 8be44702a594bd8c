"""Changing the address of one's account: asking, confirming from the new mailbox, undoing from the old one."""

from dataclasses import dataclass

from starlette.responses import Response

from feedforward import urls
from feedforward.accounts.account_pages import (
    ACCOUNT_LINK,
    change_email_body,
    confirm_email_body,
    link_over_body,
    undo_email_body,
)
from feedforward.accounts.email_actions import ask_email_change, confirm_email, drop_email_change, undo_email_change
from feedforward.accounts.help_words import whom_to_ask
from feedforward.accounts.limits import EMAIL_CHANGES
from feedforward.accounts.proving import means_of, proved
from feedforward.accounts.reauthentication import Refusal, paused
from feedforward.accounts.rules import folded_email, problem_with_email
from feedforward.accounts.sso_desk import desk_of
from feedforward.accounts.sso_queries import connected_to
from feedforward.accounts.token_actions import optional_bearer
from feedforward.accounts.token_rules import TokenKind
from feedforward.accounts.tries import Pause, counted_try
from feedforward.errors import RuleBroken
from feedforward.ui.elements import A, Child
from feedforward.web.access import Public, SignedIn
from feedforward.web.context import Web
from feedforward.web.routing import Routes

routes = Routes()


@dataclass(frozen=True, slots=True)
class EmailForm:
    email: str
    present_password: str
    confirm_with: str


@dataclass(frozen=True, slots=True)
class TokenForm:
    token: str


@routes.get("/account/email")
async def show_change_email(who: SignedIn, web: Web) -> Response:
    means = await means_of(web, who, urls.change_email())
    return await _change_page(web, who, means.typed.get("email", ""), {}, 200)


@routes.post("/account/email")
async def take_change_email(who: SignedIn, web: Web, form: EmailForm) -> Response:
    email, mail = folded_email(form.email), web.services.mail
    problem = problem_with_email(email)
    if problem is None and email == who.person.email:
        problem = "This is your present address."
    if problem is None:
        problem = await _problem_with_domain(web, who, email)
    if problem is not None or not mail.sends:
        return await _change_page(web, who, form.email, {"email": problem} if problem else {}, 422)
    try:
        # Without the name: a letter to an address nobody has confirmed says nothing that its sender chose.
        address = mail.addresses.sealed(email)
    except RuleBroken as broken:
        return await _change_page(web, who, form.email, {"email": broken.message}, 422)
    account = await proved(
        web, who, action=urls.change_email(), page=urls.change_email(), password=form.present_password,
        confirm_with=form.confirm_with, typed={"email": email},
    )  # fmt: skip
    if isinstance(account, Response):
        return account
    if isinstance(account, Refusal):
        errors = dict(account.errors("present_password"))
        return account.dressed(await _change_page(web, who, form.email, errors, account.status))
    counted = await counted_try(web, EMAIL_CHANGES, str(who.user_id))
    if isinstance(counted, Pause):
        refusal = paused(counted, "letters to new addresses")
        return refusal.dressed(await _change_page(web, who, form.email, dict(refusal.errors("")), refusal.status))
    await web.database.write(
        ask_email_change, user_id=who.user_id, old_email=who.person.email, new_email=email, new_address=address,
        now=web.clock.now(),
    )  # fmt: skip
    return web.see(urls.account(), said="A link is on its way to the new address. Open it to confirm the change.")


@routes.post("/account/email/drop")
async def drop_change(who: SignedIn, web: Web) -> Response:
    await web.database.write(drop_email_change, user_id=who.user_id, now=web.clock.now())
    return web.see(urls.account(), said="Your address stays as it is.")


@routes.get("/confirm-email")
async def show_confirm_email(who: SignedIn, web: Web) -> Response:
    token = web.query("token")
    bearer = await web.database.read(
        optional_bearer, kind=TokenKind.EMAIL_CONFIRM, token=token, now=web.clock.now()
    )  # fmt: skip
    if bearer is None or bearer.user_id != who.user_id or bearer.address is None:
        return _over(web, A("Look at your account", href=urls.account()))
    return web.page(title="Use this address", body=confirm_email_body(token=token, address=bearer.address))


@routes.post("/confirm-email")
async def take_confirm_email(who: SignedIn, web: Web, form: TokenForm) -> Response:
    old_address = web.services.mail.addresses.sealed(who.person.email, who.person.name)
    await web.database.write(
        confirm_email, user_id=who.user_id, token=form.token, old_email=who.person.email, old_address=old_address,
        now=web.clock.now(),
    )  # fmt: skip
    return web.see(urls.account(), said="Your new address is in use.")


@routes.get("/undo-email")
async def show_undo_email(who: Public, web: Web) -> Response:
    token = web.query("token")
    bearer = await web.database.read(optional_bearer, kind=TokenKind.EMAIL_UNDO, token=token, now=web.clock.now())
    if bearer is None or bearer.address is None:
        return _over(web, whom_to_ask(web.services.settings))
    return web.page(title="Undo the change", body=undo_email_body(token=token, address=bearer.address))


@routes.post("/undo-email")
async def take_undo_email(who: Public, web: Web, form: TokenForm) -> Response:
    token = await web.database.write(undo_email_change, token=form.token, now=web.clock.now())
    return web.see(urls.reset_password(token), said="The change is undone. Choose a new password now.")


async def _problem_with_domain(web: Web, who: SignedIn, email: str) -> str | None:
    """Nobody gives themselves an address with which they cannot sign in any more."""
    elsewhere = desk_of(web).elsewhere(email)
    if elsewhere is None:
        return None
    connected = await web.database.read(connected_to, who.user_id)
    if elsewhere.issuer in {each.issuer for each in connected}:
        return None
    return f"People with such an address sign in with {elsewhere.label}. Connect your account to it first."


async def _change_page(web: Web, who: SignedIn, email: str, errors: dict[str, str], status: int) -> Response:
    means = await means_of(web, who, urls.change_email())
    body = change_email_body(
        email=email, present=who.person.email, sends_mail=web.services.mail.sends,
        whom=whom_to_ask(web.services.settings), means=means, errors=errors,
    )  # fmt: skip
    return web.page(title="Change the e-mail address", body=body, breadcrumbs=[ACCOUNT_LINK], status=status)


def _over(web: Web, what_next: Child) -> Response:
    return web.page(title="This link does not work any more", body=link_over_body(what_next=what_next), status=404)
