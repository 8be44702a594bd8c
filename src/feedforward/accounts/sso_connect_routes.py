"""Somebody an institution signed in for the first time: the account that is theirs, proved once, or how to get one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from starlette.responses import Response

from feedforward import urls
from feedforward.accounts.actions import refuse_sign_in
from feedforward.accounts.help_words import whom_to_ask
from feedforward.accounts.limits import Limit, sign_ins
from feedforward.accounts.password_rules import MOST_PASSWORD
from feedforward.accounts.passwords import NO_PASSWORD, fits
from feedforward.accounts.queries import Account, optional_account
from feedforward.accounts.reauthentication import WRONG_PASSWORD, Refusal, paused
from feedforward.accounts.signing_in import Onward
from feedforward.accounts.sso_actions import ask_for_proof, link_identity, link_with_proof
from feedforward.accounts.sso_desk import desk_of
from feedforward.accounts.sso_flow import Waiting, carried_identity, drop
from feedforward.accounts.sso_pages import (
    Claimed,
    connect_body,
    inactive_body,
    letter_sent_body,
    no_account_body,
    proof_body,
    sign_in_there_first_body,
)
from feedforward.accounts.sso_signing_in import sign_in_as
from feedforward.accounts.token_actions import optional_bearer
from feedforward.accounts.token_rules import TokenKind
from feedforward.accounts.tries import Pause, counted_try
from feedforward.web.access import Public
from feedforward.web.context import Web
from feedforward.web.routing import Routes

routes = Routes()

LETTERS = Limit("sign-on letter", 3, 30, timedelta(hours=1))


@dataclass(frozen=True, slots=True)
class ConnectForm:
    present_password: str


@dataclass(frozen=True, slots=True)
class LetterForm:
    pass


@dataclass(frozen=True, slots=True)
class ProofForm:
    token: str


@routes.get("/sign-in/connect")
async def show_connect(who: Public, web: Web) -> Response:
    waiting = carried_identity(web)
    if waiting is None:
        return _none(web)
    return await _page(web, waiting, await _account(web, waiting), {})


@routes.post("/sign-in/connect")
async def connect_by_password(who: Public, web: Web, form: ConnectForm) -> Response:
    waiting = carried_identity(web)
    if waiting is None:
        return _none(web)
    account = await _account(web, waiting)
    if account is None or not _may(web, account):
        return await _page(web, waiting, account, {})
    counted = await counted_try(web, sign_ins(web.services.settings), waiting.identity.email or "")
    if isinstance(counted, Pause):
        return await _page(web, waiting, account, {}, paused(counted, "wrong passwords"))
    now, identity = web.clock.now(), waiting.identity
    right = len(form.present_password) <= MOST_PASSWORD and await fits(form.present_password, account.password_hash)
    if not right:
        await web.database.write(refuse_sign_in, user_id=account.user_id, pauses=counted.last, now=now)
        return await _page(web, waiting, account, {"present_password": WRONG_PASSWORD})
    await web.database.write(
        link_identity, user_id=account.user_id, issuer=identity.issuer, subject=identity.subject, now=now
    )
    return await _signed_in(web, who, waiting, account.user_id, counted.try_id)


@routes.post("/sign-in/connect/letter")
async def send_proof(who: Public, web: Web, form: LetterForm) -> Response:
    waiting = carried_identity(web)
    if waiting is None:
        return _none(web)
    account = await _account(web, waiting)
    if account is None or not _may(web, account) or not web.services.mail.sends:
        return await _page(web, waiting, account, {})
    counted = await counted_try(web, LETTERS, str(account.user_id))
    if isinstance(counted, Pause):
        return await _page(web, waiting, account, {}, paused(counted, "links were asked for"))
    await web.database.write(ask_for_proof, user_id=account.user_id, now=web.clock.now())
    return web.page(title="Look at your mail", body=letter_sent_body(email=waiting.identity.email or ""))


@routes.get("/sign-in/connect/proof")
async def show_proof(who: Public, web: Web) -> Response:
    waiting, token = carried_identity(web), web.query("token")
    if waiting is None:
        return _none(web)
    bearer = await web.database.read(optional_bearer, kind=TokenKind.SIGN_ON, token=token, now=web.clock.now())
    if bearer is None or bearer.email != waiting.identity.email:
        return _none(web)
    label = desk_of(web).client(waiting.identity.institution).institution.label
    return web.page(title="Connect your account", body=proof_body(token=token, label=label))


@routes.post("/sign-in/connect/proof")
async def connect_by_letter(who: Public, web: Web, form: ProofForm) -> Response:
    waiting = carried_identity(web)
    if waiting is None or waiting.identity.email is None:
        return _none(web)
    identity = waiting.identity
    user_id = await web.database.write(
        link_with_proof, token=form.token, email=waiting.identity.email, issuer=identity.issuer,
        subject=identity.subject, now=web.clock.now(),
    )  # fmt: skip
    return await _signed_in(web, who, waiting, user_id, None)


async def _account(web: Web, waiting: Waiting) -> Account | None:
    """The account of the address the institution vouches for; None where it vouches for none, or nobody has it."""
    email = waiting.identity.email
    return await web.database.read(optional_account, email) if email else None


def _may(web: Web, account: Account) -> bool:
    return account.active and (web.services.settings.on_loopback or not account.demonstration)


async def _signed_in(web: Web, who: Public, waiting: Waiting, user_id: int, try_id: int | None) -> Response:
    response = await sign_in_as(
        web, who, user_id=user_id, identity=waiting.identity, to=Onward(waiting.back_to), try_id=try_id
    )
    drop(response, web, Waiting)
    return response


async def _page(
    web: Web, waiting: Waiting, account: Account | None, errors: Mapping[str, str], refusal: Refusal | None = None
) -> Response:
    settings = web.services.settings
    label = desk_of(web).client(waiting.identity.institution).institution.label
    if account is None:
        vouched = waiting.identity.email is not None
        body = no_account_body(
            label=label, whom=whom_to_ask(settings),
            register=urls.register_with_sign_on() if vouched else urls.register(), vouched=vouched,
        )  # fmt: skip
        return web.page(title="You have no account here yet", body=body)
    if not _may(web, account):
        return web.page(title="This account is not active", body=inactive_body(whom=whom_to_ask(settings)), status=403)
    body = connect_body(
        claimed=Claimed(label, waiting.identity.email or ""), has_password=account.password_hash != NO_PASSWORD,
        sends_mail=web.services.mail.sends, errors=refusal.errors("") if refusal else errors,
    )  # fmt: skip
    status = refusal.status if refusal else 422 if errors else 200
    response = web.page(title="Connect your account", body=body, status=status)
    return refusal.dressed(response) if refusal else response


def _none(web: Web) -> Response:
    return web.page(title="Sign in at your institution first", body=sign_in_there_first_body(), status=404)
