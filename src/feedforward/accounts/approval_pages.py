"""Those who ask for an account, as administrators see them: approving, rejecting, and the list of domains."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from feedforward import urls
from feedforward.accounts.domain_queries import DomainLine
from feedforward.accounts.domain_rules import Decision
from feedforward.accounts.registration_queries import RegistrationView
from feedforward.accounts.registration_rules import LONGEST_MESSAGE, RegistrationStatus
from feedforward.ui.badges import Tone, badge
from feedforward.ui.buttons import ButtonKind, button_form, link_button
from feedforward.ui.choices import Choice, checkbox, radio_group
from feedforward.ui.dates import ago
from feedforward.ui.elements import Child, P
from feedforward.ui.fields import text_area, text_field
from feedforward.ui.forms import form
from feedforward.ui.layout import ListItem, item_list, page_head, reading, section
from feedforward.ui.navigation import Link
from feedforward.ui.tables import empty_state

REGISTRATIONS_LINK = Link("Who asks for an account", urls.registrations())
NO_MAIL = "No letter is sent, because no mail server is set up: tell them yourself."


def registrations_body(
    *, found: Sequence[RegistrationView], open_to_all: bool, sends_mail: bool, now: datetime
) -> Child:
    """Those an administrator decides about first, then those whose address nobody has confirmed."""
    waiting = [each for each in found if each.status is RegistrationStatus.WAITING]
    asked = [each for each in found if each.status is RegistrationStatus.ASKED]
    how = (
        "They have been sent a link and may still open it."
        if sends_mail
        else "No mail is sent here, so only you can make sure that the address is theirs."
    )
    return reading(
        page_head(
            title="Who asks for an account",
            lead="Instructors who registered. Those of approved domains come in by themselves."
            if open_to_all
            else "Registration is turned off (FEEDFORWARD_SELF_REGISTRATION); these asked before.",
            actions=link_button("Domains", href=urls.domains(), kind=ButtonKind.QUIET),
        ),
        section(
            title="Waiting for you",
            body=_list("Waiting for you", waiting, now)
            if waiting
            else empty_state(title="Nobody waits", text="Who confirmed an address and waits for you stands here."),
        ),
        section(title="Address not verified", lead=how, body=_list("Address not verified", asked, now))
        if asked
        else None,
    )


def _list(label: str, found: Sequence[RegistrationView], now: datetime) -> Child:
    return item_list(
        label=label,
        items=[
            ListItem(
                each.name,
                href=urls.registration(each.registration_id),
                badges=(_state(each),),
                detail=each.email,
                meta=ago(each.asked_at, "UTC", now),
            )
            for each in found
        ],
    )


def _state(each: RegistrationView) -> Child:
    if each.verified_at is not None:
        return badge("Address verified", tone=Tone.DONE)
    return badge("Address not verified", tone=Tone.PERSON)


def registration_body(
    *, found: RegistrationView, message: str, errors: Mapping[str, str], sends_mail: bool, now: datetime
) -> Child:
    """One registration: approve it, or say why not."""
    verified = found.verified_at is not None
    sure = checkbox(
        name="address_is_sure", label="I made sure that this address is theirs.", required=True,
        hint="For instance by writing to it yourself, or asking their department.",
        error=errors.get("address_is_sure"),
    )  # fmt: skip
    approve: Child = form(
        action=urls.approve_registration(found.registration_id), submit="Approve", fields=None if verified else sure,
        errors={name: error for name, error in errors.items() if name != "message"},
    )  # fmt: skip
    if found.taken:
        approve = P("There is an account with this address already, so this can only be rejected.")
    reject = form(
        action=urls.reject_registration(found.registration_id), submit="Reject", submit_kind=ButtonKind.DANGER,
        errors={name: error for name, error in errors.items() if name == "message"},
        fields=text_area(
            name="message", label="What you say to them", rows=3, max_length=LONGEST_MESSAGE, value=message,
            error=errors.get("message"), hint="It is sent to them as it stands." if sends_mail else NO_MAIL,
        ),
    )  # fmt: skip
    return reading(
        page_head(title=found.name, lead=found.email, badges=(_state(found),)),
        P("Asked for an instructor’s account ", ago(found.asked_at, "UTC", now), "."),
        section(
            title="Approve", lead="They become an instructor: they can make courses and invite students.", body=approve
        ),
        section(title="Reject", body=reject),
    )


def domains_body(
    *, lines: Sequence[DomainLine], domain: str, with_subdomains: bool, decision: str, errors: Mapping[str, str]
) -> Child:
    """The list of domains, and a form for one more."""
    return reading(
        page_head(
            title="Domains",
            lead="What becomes of an instructor who confirmed an address. Domains that are not here wait for you.",
        ),
        item_list(label="Domains", items=[_line(each) for each in lines])
        if lines
        else empty_state(title="No domains yet", text="Everybody who registers waits for an administrator."),
        section(
            title="Add a domain",
            body=form(
                action=urls.domains(), submit="Add the domain", errors=errors,
                fields=(
                    text_field(
                        name="domain", label="Domain", value=domain, max_length=253,
                        hint="What stands behind the @, such as example.edu.", error=errors.get("domain"),
                    ),
                    checkbox(
                        name="with_subdomains", label="Domains below it too", checked=with_subdomains,
                        hint="Such as cs.example.edu. Leave it out where students have addresses below it.",
                    ),
                    radio_group(
                        name="decision", label="An instructor who confirmed an address of this domain", value=decision,
                        error=errors.get("decision"),
                        choices=(
                            Choice(Decision.APPROVE, "becomes an instructor at once"),
                            Choice(Decision.WAIT, "waits for an administrator"),
                        ),
                    ),
                ),
            ),
        ),
    )  # fmt: skip


def _line(each: DomainLine) -> ListItem:
    rule = each.rule
    approves = rule.decision is Decision.APPROVE
    return ListItem(
        rule.domain,
        badges=(badge("Approved at once", tone=Tone.DONE) if approves else badge("Waits", tone=Tone.PERSON),),
        detail="with the domains below it" if rule.with_subdomains else "this domain alone",
        actions=button_form(action=urls.remove_domain(each.domain_id), label="Remove"),
    )
