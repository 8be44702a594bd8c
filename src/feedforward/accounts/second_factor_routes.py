"""Setting up a second step, its recovery codes, and turning it off."""

from dataclasses import dataclass

from starlette.responses import Response

from feedforward import urls
from feedforward.accounts.account_pages import ACCOUNT_LINK
from feedforward.accounts.actions import forget_try
from feedforward.accounts.proving import means_of, proved, use_up
from feedforward.accounts.reauthentication import (
    WRONG_CODE,
    Refusal,
    counted_code,
    opened_secret,
    proof_of,
    recovery_hash,
    refused_code,
    sealed_secret,
)
from feedforward.accounts.second_factor_actions import (
    begin_second_factor,
    confirm_second_factor,
    remove_second_factor,
    replace_recovery_codes,
    use_proof,
)
from feedforward.accounts.second_factor_pages import recovery_codes_body, second_factor_body, set_up_body
from feedforward.accounts.second_factor_queries import Factor, optional_factor
from feedforward.accounts.second_factor_rules import (
    enrolment_address,
    folded_recovery_code,
    new_recovery_codes,
    new_secret,
    readable_secret,
    step_of,
)
from feedforward.accounts.signing_in import fresh_session
from feedforward.web.access import Settling
from feedforward.web.context import Web
from feedforward.web.routing import Routes
from feedforward.web.sessions import set_session

routes = Routes()
ISSUER = "FeedForward"


@dataclass(frozen=True, slots=True)
class BeginForm:
    present_password: str
    confirm_with: str


@dataclass(frozen=True, slots=True)
class FirstCodeForm:
    code: str


@dataclass(frozen=True, slots=True)
class NewCodesForm:
    present_password: str
    code: str
    confirm_with: str


@dataclass(frozen=True, slots=True)
class OffForm:
    present_password_off: str
    code_off: str
    confirm_with: str


@routes.get("/account/second-factor")
async def show_second_factor(who: Settling, web: Web) -> Response:
    return await _page(web, who)


@routes.post("/account/second-factor/begin")
async def begin(who: Settling, web: Web, form: BeginForm) -> Response:
    account = await proved(
        web, who, action=urls.begin_second_factor(), page=urls.second_factor(), password=form.present_password,
        confirm_with=form.confirm_with,
    )  # fmt: skip
    if isinstance(account, Response):
        return account
    if isinstance(account, Refusal):
        return await _page(web, who, account, field="present_password")
    secret = await sealed_secret(web, new_secret())
    await web.database.write(begin_second_factor, user_id=who.user_id, secret=secret, now=web.clock.now())
    return web.see(urls.set_up_second_factor())


@routes.get("/account/second-factor/set-up")
async def show_set_up(who: Settling, web: Web) -> Response:
    factor = await web.database.read(optional_factor, who.user_id)
    if factor is None or factor.confirmed_at is not None:
        return web.see(urls.second_factor())
    return await _set_up_page(web, who, factor, None)


@routes.post("/account/second-factor/set-up")
async def confirm(who: Settling, web: Web, form: FirstCodeForm) -> Response:
    factor = await web.database.read(optional_factor, who.user_id)
    if factor is None or factor.confirmed_at is not None:
        return web.see(urls.second_factor())
    counted = await counted_code(web, who.user_id)
    if isinstance(counted, Refusal):
        return await _set_up_page(web, who, factor, counted)
    step = step_of(await opened_secret(web, factor.secret), form.code, web.clock.now())
    if step is None:
        # Nobody's second step is being guessed here: the secret stands on the page.
        return await _set_up_page(web, who, factor, Refusal(WRONG_CODE))
    codes = new_recovery_codes()
    token, new = fresh_session(web)
    await web.database.write(
        confirm_second_factor, user_id=who.user_id, secret=factor.secret, step=step,
        code_hashes=_hashes(web, who.user_id, codes), new=new, replaces=who.person.token_hash, now=web.clock.now(),
    )  # fmt: skip
    await web.database.write(forget_try, counted.try_id)
    response = web.page(title="Your recovery codes", body=recovery_codes_body(codes=codes, first=True))
    set_session(response, token, web.services.settings)
    return response


@routes.post("/account/second-factor/codes")
async def make_new_codes(who: Settling, web: Web, form: NewCodesForm) -> Response:
    refused = await _prove(web, who, form.present_password, form.code, form.confirm_with, urls.new_recovery_codes())
    if refused is not None:
        return refused
    codes = new_recovery_codes()
    hashes = _hashes(web, who.user_id, codes)
    await web.database.write(
        replace_recovery_codes, user_id=who.user_id, code_hashes=hashes, now=web.clock.now()
    )  # fmt: skip
    return web.page(title="Your recovery codes", body=recovery_codes_body(codes=codes, first=False))


@routes.post("/account/second-factor/off")
async def turn_off(who: Settling, web: Web, form: OffForm) -> Response:
    refused = await _prove(
        web, who, form.present_password_off, form.code_off, form.confirm_with, urls.second_factor_off()
    )
    if refused is not None:
        return refused
    await web.database.write(remove_second_factor, user_id=who.user_id, by=who.user_id, now=web.clock.now())
    return web.see(urls.second_factor(), said="The second step is off.")


async def _prove(
    web: Web, who: Settling, password: str, code: str, confirm_with: str, shown: str
) -> Response | None:  # fmt: skip
    """Who it is and the code, both used up; the page that says which was wrong, or None where both are right."""
    account = await proved(
        web, who, action=shown, page=urls.second_factor(), password=password, confirm_with=confirm_with, uses=False
    )
    if isinstance(account, Response):
        return account
    if isinstance(account, Refusal):
        return await _page(web, who, account, field="present_password", shown=shown)
    factor = await web.database.read(optional_factor, who.user_id)
    if factor is None or factor.confirmed_at is None:
        return web.see(urls.second_factor())
    counted = await counted_code(web, who.user_id)
    if isinstance(counted, Refusal):
        return await _page(web, who, counted, field="code", shown=shown)
    proof = await proof_of(web, user_id=who.user_id, sealed_secret=factor.secret, code=code)
    if not await web.database.write(use_proof, user_id=who.user_id, proof=proof, now=web.clock.now()):
        return await _page(web, who, await refused_code(web, who.user_id, counted), field="code", shown=shown)
    await web.database.write(forget_try, counted.try_id)
    await use_up(web, who, shown)
    return None


async def _page(
    web: Web, who: Settling, refusal: Refusal | None = None, *, field: str = "", shown: str = ""
) -> Response:
    factor = await web.database.read(optional_factor, who.user_id)
    errors = refusal.errors(field) if refusal else {}
    forms = (urls.begin_second_factor(), urls.new_recovery_codes(), urls.second_factor_off())
    means = {each: await means_of(web, who, each) for each in forms}
    body = second_factor_body(
        factor=factor, due=who.person.second_factor_due, form_shown=shown, means=means, errors=errors
    )
    response = web.page(
        title="Second step", body=body, breadcrumbs=[ACCOUNT_LINK], status=refusal.status if refusal else 200
    )
    return refusal.dressed(response) if refusal else response


async def _set_up_page(web: Web, who: Settling, factor: Factor, refusal: Refusal | None) -> Response:
    secret = await opened_secret(web, factor.secret)
    body = set_up_body(
        address=enrolment_address(secret, email=who.person.email, issuer=ISSUER), readable=readable_secret(secret),
        errors=refusal.errors("code") if refusal else {},
    )  # fmt: skip
    response = web.page(
        title="Set up the second step", body=body, breadcrumbs=[ACCOUNT_LINK], status=refusal.status if refusal else 200
    )
    return refusal.dressed(response) if refusal else response


def _hashes(web: Web, user_id: int, codes: tuple[str, ...]) -> list[str]:
    return [recovery_hash(web, user_id, folded) for each in codes if (folded := folded_recovery_code(each))]
