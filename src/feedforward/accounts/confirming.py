"""Coming back from an institution that was asked to confirm who sits there: the same person, session and form."""

from starlette.responses import Response

from feedforward.accounts.confirmation_actions import give_confirmation
from feedforward.accounts.help_words import whom_to_ask
from feedforward.accounts.proving import asking_of
from feedforward.accounts.sso_actions import refuse_sign_on
from feedforward.accounts.sso_flow import Flow
from feedforward.accounts.sso_pages import not_confirmed_body
from feedforward.accounts.sso_queries import optional_person
from feedforward.accounts.sso_rules import Identity, Institution, Refused
from feedforward.accounts.sso_signing_in import BEGIN_AGAIN
from feedforward.errors import ExternalFailure
from feedforward.web.access import Public, SignedIn
from feedforward.web.context import Web

SOMEBODY_ELSE = "Somebody else signed in at your institution: not the person your account here is connected to."


async def take_confirmation(web: Web, who: Public, flow: Flow, identity: Identity) -> Response:
    """Back to the form, which can be sent now. Refused where it is not the connected person, or not this session."""
    if who.person is None:
        raise Refused("state", BEGIN_AGAIN)
    known = await web.database.read(optional_person, issuer=identity.issuer, subject=identity.subject)
    if known is None or known.user_id != who.person.user_id:
        raise Refused("person", SOMEBODY_ELSE)
    asking = asking_of(SignedIn(who.person), flow)
    given = await web.database.write(give_confirmation, asking=asking, state=flow.state, now=web.clock.now())
    if not given:
        raise Refused("state", BEGIN_AGAIN)
    return web.see(flow.back_to)


async def not_confirmed(
    web: Web, who: Public, institution: Institution, error: Refused | ExternalFailure, flow: Flow
) -> Response:
    """The page that says why, and the audit row with the word for it."""
    user_id = who.person.user_id if who.person else None
    await web.database.write(
        refuse_sign_on, institution=institution.name, code=error.code, user_id=user_id, now=web.clock.now()
    )
    body = not_confirmed_body(
        label=institution.label, what=error.message, page=flow.back_to, whom=whom_to_ask(web.services.settings)
    )
    status = 503 if isinstance(error, ExternalFailure) else 422
    return web.page(title="It is not confirmed that it is you", body=body, status=status)
