"""Institutions on the page of one's own account: connecting one, and ending a connection."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from feedforward import urls
from feedforward.accounts.account_pages import ACCOUNT_LINK
from feedforward.accounts.connection_pages import NOT_USED, connect_own_body, connections_part, end_connection_body
from feedforward.accounts.proving import means_of, proved
from feedforward.accounts.reauthentication import Refusal
from feedforward.accounts.sso_actions import end_link
from feedforward.accounts.sso_desk import desk_of
from feedforward.accounts.sso_flow import keep, new_flow
from feedforward.accounts.sso_pages import Choice, go_there_body
from feedforward.accounts.sso_queries import connected_to
from feedforward.accounts.sso_rules import Refused
from feedforward.accounts.sso_signing_in import authorization_address, refused
from feedforward.errors import ExternalFailure, NotFound
from feedforward.ui.elements import Child
from feedforward.web.access import Role, SignedIn
from feedforward.web.context import Web
from feedforward.web.routing import Routes

routes = Routes()


@dataclass(frozen=True, slots=True)
class ProofForm:
    present_password: str
    confirm_with: str


@routes.get("/account/sign-on/{name}")
async def show_connect_own(who: SignedIn, web: Web, name: str) -> Response:
    return await _page(web, who, name, {}, 200)


@routes.post("/account/sign-on/{name}")
async def connect_own(who: SignedIn, web: Web, name: str, form: ProofForm) -> Response:
    client = desk_of(web).client(name)
    own = urls.account_sign_on(name)
    account = await proved(
        web, who, action=own, page=own, password=form.present_password, confirm_with=form.confirm_with
    )
    if isinstance(account, Response):
        return account
    if isinstance(account, Refusal):
        return account.dressed(await _page(web, who, name, account.errors("present_password"), account.status))
    flow = new_flow(name, urls.account(), web.clock.now(), connects=who.user_id)
    try:
        href = await authorization_address(web, client, flow)
    except (ExternalFailure, Refused) as error:
        return await refused(web, client.institution, error, user_id=who.user_id)
    label = client.institution.label
    body = go_there_body(
        title=f"Connect {label}", label=label, what=f"Now sign in with {label}. You come back here when that is done.",
        href=href,
    )  # fmt: skip
    response = web.page(title=f"Connect {label}", body=body)
    keep(response, web, flow)
    return response


@routes.get("/account/sign-on/{identity_id}/end")
async def show_end_connection(who: SignedIn, web: Web, identity_id: int) -> Response:
    return await _end_page(web, who, identity_id, {}, 200)


@routes.post("/account/sign-on/{identity_id}/end")
async def end_connection(who: SignedIn, web: Web, identity_id: int, form: ProofForm) -> Response:
    desk, own = desk_of(web), urls.end_sign_on(identity_id)
    account = await proved(
        web, who, action=own, page=own, password=form.present_password, confirm_with=form.confirm_with
    )
    if isinstance(account, Response):
        return account
    if isinstance(account, Refusal):
        return account.dressed(await _end_page(web, who, identity_id, account.errors("present_password"),
                                               account.status))  # fmt: skip
    may_use_password = desk.elsewhere(who.person.email) is None or (desk.break_glass and who.person.role == Role.ADMIN)
    await web.database.write(
        end_link, user_id=who.user_id, identity_id=identity_id, password_counts=may_use_password, now=web.clock.now()
    )
    return web.see(urls.account(), said="That connection has ended.")


async def institutions_part(web: Web, who: SignedIn) -> Child:
    """The part of the account page about institutions; None where there are none and never were."""
    desk = desk_of(web)
    connected = await web.database.read(connected_to, who.user_id)
    if not desk.institutions and not connected:
        return None
    taken = {each.issuer for each in connected}
    others = [
        Choice(each.label, urls.account_sign_on(each.name)) for each in desk.institutions if each.issuer not in taken
    ]
    labels = {each.issuer: each.label for each in desk.institutions}
    return connections_part(connected=connected, labels=labels, others=others, now=web.clock.now())


async def _page(web: Web, who: SignedIn, name: str, errors: Mapping[str, str], status: int) -> Response:
    label = desk_of(web).client(name).institution.label
    means = await means_of(web, who, urls.account_sign_on(name))
    body = connect_own_body(label=label, name=name, means=means, errors=errors)
    return web.page(title=f"Connect {label}", body=body, breadcrumbs=[ACCOUNT_LINK], status=status)


async def _end_page(
    web: Web, who: SignedIn, identity_id: int, errors: Mapping[str, str], status: int
) -> Response:  # fmt: skip
    connected = await web.database.read(connected_to, who.user_id)
    issuer = next((each.issuer for each in connected if each.identity_id == identity_id), None)
    if issuer is None:
        raise NotFound("This connection has ended already.")
    institution = desk_of(web).of_issuer(issuer)
    means = await means_of(web, who, urls.end_sign_on(identity_id))
    body = end_connection_body(
        label=institution.label if institution else NOT_USED, identity_id=identity_id, means=means, errors=errors
    )
    return web.page(title="End a connection", body=body, breadcrumbs=[ACCOUNT_LINK], status=status)
