"""Going to an institution to sign in, and coming back."""

import hmac
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response

from feedforward import urls
from feedforward.accounts.actions import forget_try
from feedforward.accounts.confirming import not_confirmed, take_confirmation
from feedforward.accounts.help_words import whom_to_ask
from feedforward.accounts.limits import Limit
from feedforward.accounts.reauthentication import paused
from feedforward.accounts.signing_in import Onward
from feedforward.accounts.sso_actions import USE_NOTED_EVERY, link_identity, refuse_sign_on
from feedforward.accounts.sso_desk import desk_of
from feedforward.accounts.sso_flow import Flow, Waiting, carried_flow, drop, keep, new_flow
from feedforward.accounts.sso_pages import inactive_body, refused_body
from feedforward.accounts.sso_queries import optional_person
from feedforward.accounts.sso_rules import Identity, Institution, Refused, checked_identity, require_fresh
from feedforward.accounts.sso_signing_in import (
    BEGIN_AGAIN,
    DECLINED,
    authorization_address,
    choice_of,
    note_used,
    refused,
    return_address,
    sign_in_as,
    turned_away,
)
from feedforward.accounts.tries import Counted, Pause, counted_try
from feedforward.errors import ExternalFailure, RuleBroken
from feedforward.web.access import Public
from feedforward.web.context import Web
from feedforward.web.held import local_path
from feedforward.web.routing import Routes

if TYPE_CHECKING:
    from feedforward.accounts.sso_client import InstitutionClient

routes = Routes()

# Each try asks the institution something: the same answer may come a few times, a network may fail that often.
RETURNS = Limit("sign-on", 5, 100)
LONGEST_CODE = 4000
# Pages that know what to do with somebody who has no account yet: an invitation makes them one.
GIVE_ACCOUNTS = (urls.join(), urls.register_with_sign_on())


@routes.get("/sign-in/with/{name}")
async def go_to_institution(who: Public, web: Web, name: str) -> Response:
    client = desk_of(web).client(name)
    back_to = local_path(web.query("next"), urls.home())
    if who.person is not None:
        return web.see(back_to)
    return await towards(web, client, new_flow(name, back_to, web.clock.now()))


async def towards(web: Web, client: "InstitutionClient", flow: Flow) -> Response:
    """To the institution's sign-in page, the browser carrying what its answer is checked against."""
    try:
        address = await authorization_address(web, client, flow)
    except (ExternalFailure, Refused) as error:
        return await turned_away(web, client.institution, error, flow.back_to)
    response = RedirectResponse(address, status_code=303)
    keep(response, web, flow)
    return response


@routes.get("/sign-in/with/{name}/back")
async def come_back(who: Public, web: Web, name: str) -> Response:
    """The one GET that signs in: it comes from another site, so what protects it is the state this browser carries."""
    client = desk_of(web).client(name)
    flow = carried_flow(web)
    if flow is None or flow.institution != name or not _is_answer_to(flow, web):
        return await turned_away(web, client.institution, Refused("state", BEGIN_AGAIN))
    counted = await counted_try(web, RETURNS, flow.state)
    if isinstance(counted, Pause):
        refusal = paused(counted, "sign-ins that failed")
        body = refused_body(
            label=client.institution.label, what=refusal.message, again=choice_of(client.institution).href,
            whom=whom_to_ask(web.services.settings),
        )  # fmt: skip
        return refusal.dressed(web.page(title="You are not signed in", body=body, status=429))
    try:
        identity = await _identity(web, client, flow)
        response = await _with_identity(web, who, flow, identity, counted)
    except ExternalFailure as error:
        # Nobody guessed anything: an institution that is down for a minute must not keep a whole network out after it.
        await web.database.write(forget_try, counted.try_id)
        response = await _refused(web, who, client.institution, error, flow)
    except Refused as error:
        response = await _refused(web, who, client.institution, error, flow)
    drop(response, web, Flow)
    return response


async def _refused(
    web: Web, who: Public, institution: Institution, error: Refused | ExternalFailure, flow: Flow
) -> Response:
    if flow.confirms:
        return await not_confirmed(web, who, institution, error, flow)
    return await refused(web, institution, error, flow.back_to)


def _is_answer_to(flow: Flow, web: Web) -> bool:
    """Whether this is a window that comes back with the state of this flow; a frame or a script never is one."""
    headers = web.request.headers
    navigates = headers.get("sec-fetch-mode", "navigate") == "navigate"
    in_window = headers.get("sec-fetch-dest", "document") == "document"
    state = _one(web, "state")
    return navigates and in_window and hmac.compare_digest(state.encode(), flow.state.encode())


def _one(web: Web, name: str) -> str:
    """A value that was sent exactly once; "" otherwise."""
    found = web.request.query_params.getlist(name)
    return found[0] if len(found) == 1 else ""


async def _identity(web: Web, client: "InstitutionClient", flow: Flow) -> Identity:
    institution = client.institution
    asked = web.request.query_params
    names_itself = (await client.description()).names_itself
    if (names_itself or "iss" in asked) and _one(web, "iss") != institution.issuer:
        raise Refused("issuer")
    if "error" in asked:
        raise Refused("declined", DECLINED)
    code = _one(web, "code")
    if not 0 < len(code) <= LONGEST_CODE or not code.isprintable():
        raise Refused("code")
    claims = await client.claims_for(code, redirect_uri=return_address(web, flow.institution), verifier=flow.verifier)
    identity = checked_identity(institution, claims, nonce=flow.nonce, now=web.clock.now())
    if flow.confirms:
        require_fresh(claims, since=datetime.fromtimestamp(flow.at, UTC), now=web.clock.now())
    return identity


async def _with_identity(web: Web, who: Public, flow: Flow, identity: Identity, counted: Counted) -> Response:
    if flow.confirms:
        response = await take_confirmation(web, who, flow, identity)
        await web.database.write(forget_try, counted.try_id)
        return response
    if flow.connects:
        await web.database.write(forget_try, counted.try_id)
        return await _connect_own(web, who, flow, identity)
    known = await web.database.read(optional_person, issuer=identity.issuer, subject=identity.subject)
    if known is None:
        await web.database.write(forget_try, counted.try_id)
        goes_on = flow.back_to.partition("?")[0] in GIVE_ACCOUNTS
        response = web.see(flow.back_to if goes_on else urls.connect_sign_on())
        keep(response, web, Waiting(identity, flow.back_to, web.clock.now().timestamp()))
        return response
    if not known.active or (known.demonstration and not web.services.settings.on_loopback):
        await web.database.write(
            refuse_sign_on, institution=flow.institution, code="inactive", user_id=known.user_id, now=web.clock.now()
        )
        body = inactive_body(whom=whom_to_ask(web.services.settings))
        return web.page(title="This account is not active", body=body, status=403)
    if known.used_at is None or web.clock.now() - known.used_at > USE_NOTED_EVERY:
        await note_used(web, identity)
    return await sign_in_as(
        web, who, user_id=known.user_id, identity=identity, to=Onward(flow.back_to), try_id=counted.try_id
    )


async def _connect_own(web: Web, who: Public, flow: Flow, identity: Identity) -> Response:
    """Begun on the page of an account: only the same person, still signed in, connects it."""
    if who.person is None or who.person.user_id != flow.connects:
        raise Refused("state", BEGIN_AGAIN)
    try:
        await web.database.write(
            link_identity, user_id=flow.connects, issuer=identity.issuer, subject=identity.subject,
            now=web.clock.now(),
        )  # fmt: skip
    except RuleBroken as broken:
        raise Refused("taken", broken.message) from None
    return web.see(urls.account(), said="Your account is connected.")
