"""How somebody who is signed in shows on a form that it is them: their password, or a fresh sign-in at their
institution."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.responses import Response

from feedforward import urls
from feedforward.accounts.confirmation_actions import (
    Asking,
    ask_confirmation,
    confirmed_by,
    use_confirmation,
)
from feedforward.accounts.queries import Account, optional_account
from feedforward.accounts.reauthentication import Refusal, reauthenticated
from feedforward.accounts.sso_desk import desk_of
from feedforward.accounts.sso_flow import Flow, Typed, carried_typed, keep, new_flow
from feedforward.accounts.sso_pages import go_there_body
from feedforward.accounts.sso_queries import connected_to, has_password
from feedforward.accounts.sso_rules import Institution, Refused
from feedforward.accounts.sso_signing_in import authorization_address, refused
from feedforward.errors import ExternalFailure
from feedforward.ui.buttons import ButtonKind, button
from feedforward.ui.elements import A, Child, P
from feedforward.ui.fields import password_field
from feedforward.ui.notices import Notice, NoticeKind, notice
from feedforward.web.access import SignedIn
from feedforward.web.context import Web

CONFIRM_WITH = "confirm_with"
LONGEST_TYPED = 300
CONFIRM_FIRST = "Show first that it is you: press the button with the name of your institution."
NOT_CONNECTED = "Your account is not connected to this institution. Nothing was changed."


@dataclass(frozen=True, slots=True)
class Means:
    """How a person can show on this form that it is them. `institutions` they are connected to, name → label;
    `confirmed` is the label of the one that confirmed them a moment ago, None where none did; `typed` is what was typed
    before they went there."""

    has_password: bool
    institutions: Mapping[str, str] = field(default_factory=dict)
    confirmed: str | None = None
    typed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProofParts:
    """What a form shows of it: fields, the form's own button (None: it cannot be sent yet), buttons beside it."""

    fields: Child
    submit: str | None
    more: Child


async def means_of(web: Web, who: SignedIn, action: str) -> Means:
    """For the form that is sent to this address."""
    knows_password = await web.database.read(has_password, who.user_id)
    institutions = await _connected(web, who)
    if not institutions:
        return Means(knows_password)
    by = await web.database.read(confirmed_by, asking=_asking(who, action), now=web.clock.now())
    carried = carried_typed(web)
    typed = carried.fields if by is not None and carried is not None and carried.action == action else {}
    labels = {each.name: each.label for each in institutions}
    return Means(knows_password, labels, labels.get(by or ""), typed)


async def proved(
    web: Web, who: SignedIn, *, action: str, page: str, password: str, confirm_with: str,
    typed: Mapping[str, str] | None = None, uses: bool = True,
) -> Account | Refusal | Response:  # fmt: skip
    """The account of a person who showed that it is them; why not; or the way to the institution they chose to be
    confirmed by, whence they come back to `page` with what they typed.

    `action` is the address of the form. A confirmation is used up, unless `uses` is False: then `use_up` does it.
    """
    if confirm_with:
        return await _to_institution(web, who, confirm_with, action, page, typed or {})
    asking, now = _asking(who, action), web.clock.now()
    if not password and await web.database.read(confirmed_by, asking=asking, now=now) is not None:
        account = await web.database.read(optional_account, who.person.email)
        right = account is not None and account.user_id == who.user_id
        if right and account is not None and (not uses or await use_up(web, who, action)):
            return account
    if not password and not await web.database.read(has_password, who.user_id):
        return Refusal(CONFIRM_FIRST)
    return await reauthenticated(web, who.person, password)


async def use_up(web: Web, who: SignedIn, action: str) -> bool:
    """Use up the confirmation for this form; False where there is none any more."""
    return await web.database.write(use_confirmation, asking=_asking(who, action), now=web.clock.now())


def proof_parts(
    means: Means, errors: Mapping[str, str], *, submit: str, label: str = "Present password",
    name: str = "present_password", hint: Child = None,
) -> ProofParts:  # fmt: skip
    """The parts of a form that asks who is there; `errors` by the names of its fields."""
    if means.confirmed is not None:
        words = f"{means.confirmed} confirmed that it is you. That holds for this form, for five minutes."
        return ProofParts(notice(Notice(words, NoticeKind.DONE)), submit, None)
    buttons = tuple(
        button(
            f"Confirm with {label_there}", name=CONFIRM_WITH, value=name_there, unfinished=True,
            kind=ButtonKind.QUIET if means.has_password else ButtonKind.PRIMARY,
        )
        for name_there, label_there in means.institutions.items()
    )  # fmt: skip
    if means.has_password:
        password = password_field(name=name, label=label, hint=hint, error=errors.get(name))
        return ProofParts(password, submit, buttons or None)
    if not buttons:
        words = "Your account has no password yet, so you cannot show that it is you. "
        return ProofParts(P(words, A("Choose a password first", href=urls.forgotten_password()), "."), None, None)
    words = (
        "Your institution confirms that it is you: you sign in there once more and come back to this form, with what "
        "you typed. Passwords and codes are typed afterwards."
    )
    return ProofParts(P(words), None, buttons)


async def _to_institution(
    web: Web, who: SignedIn, name: str, action: str, page: str, typed: Mapping[str, str]
) -> Refusal | Response:
    if name not in {each.name for each in await _connected(web, who)}:
        return Refusal(NOT_CONNECTED)
    client = desk_of(web).client(name)
    now = web.clock.now()
    flow = new_flow(name, page, now, confirms=action)
    try:
        href = await authorization_address(web, client, flow)
    except (ExternalFailure, Refused) as error:
        return await refused(web, client.institution, error, page, user_id=who.user_id)
    await web.database.write(
        ask_confirmation, asking=_asking(who, action), state=flow.state, institution=name, now=now
    )  # fmt: skip
    label = client.institution.label
    lead = f"Sign in with {label} once more. Then you come back to where you were."
    body = go_there_body(title="Show that it is you", label=label, what=lead, href=href)
    response = web.page(title="Show that it is you", body=body)
    keep(response, web, flow)
    kept = {each: value[:LONGEST_TYPED] for each, value in typed.items()}
    keep(response, web, Typed(action, kept, now.timestamp()))
    return response


async def _connected(web: Web, who: SignedIn) -> tuple[Institution, ...]:
    institutions = desk_of(web).institutions
    if not institutions:
        return ()
    issuers = {each.issuer for each in await web.database.read(connected_to, who.user_id)}
    return tuple(each for each in institutions if each.issuer in issuers)


def _asking(who: SignedIn, action: str) -> Asking:
    return Asking(who.user_id, who.person.token_hash, action)


def asking_of(who: SignedIn, flow: Flow) -> Asking:
    """What an answer of the institution confirms: in the very session that asked."""
    return _asking(who, flow.confirms)
