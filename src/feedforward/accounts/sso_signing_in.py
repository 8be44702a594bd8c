"""Signing somebody in whom an institution vouches for, and the words for when that fails."""

from typing import TYPE_CHECKING

from starlette.responses import Response

from feedforward import urls
from feedforward.accounts.actions import start_session
from feedforward.accounts.help_words import whom_to_ask
from feedforward.accounts.limits import Limit
from feedforward.accounts.signing_in import Onward, after_first_step, fresh_session, go_on
from feedforward.accounts.sso_actions import note_use, refuse_sign_on
from feedforward.accounts.sso_desk import desk_of
from feedforward.accounts.sso_flow import Flow
from feedforward.accounts.sso_pages import Choice, elsewhere_body, refused_body
from feedforward.accounts.sso_rules import Identity, Institution, Refused
from feedforward.accounts.tries import Pause, counted_try
from feedforward.errors import ExternalFailure
from feedforward.web.access import Public
from feedforward.web.context import Web
from feedforward.web.sessions import new_token

if TYPE_CHECKING:
    from feedforward.accounts.sso_client import InstitutionClient

TURNED_AWAY = Limit("sign-on turned away", 1, 100)
BEGIN_AGAIN = (
    "This sign-in was not begun in this browser, was finished already, or took longer than a quarter of an hour."
)
DECLINED = "The sign-in at your institution was not finished, or it did not let you in here."


def choices_of(web: Web, back_to: str) -> tuple[Choice, ...]:
    """The institutions as buttons that lead back to this path of ours."""
    kept = "" if back_to == urls.home() else back_to
    return tuple(choice_of(each, kept) for each in desk_of(web).institutions)


def choice_of(institution: Institution, back_to: str = "") -> Choice:
    """One institution as a button."""
    return Choice(institution.label, urls.sign_on(institution.name, back_to))


def own_address(web: Web) -> str:
    """Scheme and host we are reached under; on this machine what the browser calls us, so that its cookies come."""
    return web.services.settings.public_url or f"http://{web.request.headers['host']}"


def return_address(web: Web, name: str) -> str:
    """The redirect address of an institution, exactly as it is registered there. One each: an answer of one cannot be
    taken for that of another."""
    return f"{own_address(web)}{urls.sign_on_return(name)}"


async def authorization_address(web: Web, client: "InstitutionClient", flow: Flow) -> str:
    """Where the institution signs people in, with this sign-in's secrets as far as they travel."""
    return await client.authorization_address(
        redirect_uri=return_address(web, flow.institution), state=flow.state, nonce=flow.nonce,
        challenge=flow.challenge, afresh=bool(flow.confirms),
    )  # fmt: skip


async def sign_in_as(
    web: Web, who: Public, *, user_id: int, identity: Identity, to: Onward, try_id: int | None
) -> Response:
    """Signed in; our second step first, unless the institution asked for a second factor and is trusted with it."""
    now = web.clock.now()
    if not identity.twice:
        return await after_first_step(web, who, user_id=user_id, to=to, try_id=try_id)
    token, new = fresh_session(web)
    await web.database.write(
        start_session, user_id=user_id, token_hash=new.token_hash, browser=new.browser, now=now, lasts=new.lasts,
        replaces=who.person.token_hash if who.person else None, try_id=try_id, proved_elsewhere=True,
    )  # fmt: skip
    return go_on(web, token, to)


def elsewhere_page(web: Web, institution: Institution, back_to: str = "") -> Response:
    """For an address whose people have no password here: the same for every one of its domain, known or not."""
    body = elsewhere_body(choice=choice_of(institution, back_to), held_to="", held={})
    return web.page(title="Sign in at your institution", body=body, status=422)


async def note_used(web: Web, identity: Identity) -> None:
    """For the person's account page."""
    await web.database.write(note_use, issuer=identity.issuer, subject=identity.subject, now=web.clock.now())


async def refused(
    web: Web, institution: Institution, error: Refused | ExternalFailure, back_to: str = "", user_id: int | None = None
) -> Response:
    """The page that says why nobody was signed in, and the audit row with the word for it."""
    await web.database.write(
        refuse_sign_on, institution=institution.name, code=error.code, user_id=user_id, now=web.clock.now()
    )
    return refused_page(web, institution, error, back_to)


async def turned_away(
    web: Web, institution: Institution, error: Refused | ExternalFailure, back_to: str = ""
) -> Response:
    """`refused` where nothing was counted yet: anybody can ask for it, so one network fills no more than a few rows."""
    if isinstance(await counted_try(web, TURNED_AWAY, new_token()), Pause):
        return refused_page(web, institution, error, back_to)
    return await refused(web, institution, error, back_to)


def refused_page(web: Web, institution: Institution, error: Refused | ExternalFailure, back_to: str = "") -> Response:
    """Why nobody was signed in, the way to try again, and whom to ask."""
    down = isinstance(error, ExternalFailure)
    body = refused_body(
        label=institution.label, what=error.message, again=choice_of(institution, back_to).href,
        whom=whom_to_ask(web.services.settings),
    )  # fmt: skip
    return web.page(title="You are not signed in", body=body, status=503 if down else 422)
