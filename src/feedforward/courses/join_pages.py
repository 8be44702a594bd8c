"""Joining a course by invitation: the page behind the link, and what is told where it cannot be taken up."""

from collections.abc import Mapping, Sequence

from feedforward import urls
from feedforward.accounts.account_pages import PASSWORD_HINT
from feedforward.accounts.sso_pages import Choice, institution_buttons
from feedforward.courses.invitation_queries import Offered
from feedforward.courses.invitation_rules import InvitedAs, Offer
from feedforward.ui.buttons import ButtonKind, button_form, link_button
from feedforward.ui.choices import checkbox
from feedforward.ui.elements import A, Child, P, Strong
from feedforward.ui.fields import password_field, text_field
from feedforward.ui.forms import form, hidden_field
from feedforward.ui.layout import page_head
from feedforward.ui.tables import definition_list

_WHY = {
    Offer.USED: ("This invitation was used already", "Somebody joined the course with it. If that was you, sign in."),
    Offer.REVOKED: ("This invitation was taken back", "Whoever invited you took it back."),
    Offer.REPLACED: ("There is a newer link", "A newer letter or link was made for you, and this one works no more. "
                     "Look for the newest letter."),
    Offer.EXPIRED: ("This invitation is over", "It was good for 30 days."),
    Offer.CLOSED: ("This course is closed", "The course takes nobody in any more."),
}  # fmt: skip
UNKNOWN = (
    "This link does not work",
    "It was not copied whole, or the invitation does not exist any more. Open it from the letter, or copy all of it.",
)


def cannot_join_body(*, offered: Offered | None, signed_in: bool) -> Child:
    """Why this link is worth nothing, what is safe, and how to go on. A used link says nothing about anybody."""
    title, why = _WHY[offered.offer] if offered is not None else UNKNOWN
    ask = f"Ask {offered.inviter} for a new invitation if you still need one." if offered is not None else ""
    used = offered is not None and offered.offer is Offer.USED
    return (
        page_head(title=title),
        P(f"{why} Nothing was changed."),
        None if used or not ask else P(ask),
        P(A("Go to your home page", href=urls.home()) if signed_in else A("Sign in", href=urls.sign_in())),
    )


def join_body(
    *, offered: Offered, token: str, name: str, errors: Mapping[str, str], institutions: Sequence[Choice] = ()
) -> Child:
    """The form that makes the account: the address is the invited one, and nobody can choose another."""
    return (
        _head(offered),
        (P("Sign in at your institution, and you need no password here:"), institution_buttons(choices=institutions))
        if institutions
        else None,
        P("You have no account here yet. Choose a password, and you are in."),
        definition_list(items=_facts(offered)),
        form(
            action=urls.join(), submit="Join the course", errors=errors,
            fields=(
                hidden_field(name="token", value=token),
                text_field(name="name", label="Your name, as others see it", value=name, max_length=200,
                           autocomplete="name", error=errors.get("name")),
                password_field(name="password", label="Password", new=True, hint=PASSWORD_HINT,
                               error=errors.get("password")),
                _terms(offered, errors),
            ),
        ),
    )  # fmt: skip


def join_by_sign_on_body(*, offered: Offered, token: str, name: str, label: str, errors: Mapping[str, str]) -> Child:
    """Somebody an institution signed in: it opens the account from now on, and there is no password."""
    return (
        _head(offered),
        P(f"{label} signed you in. It opens your account here from now on; you need no password."),
        definition_list(items=_facts(offered)),
        form(
            action=urls.join_by_sign_on(), submit="Join the course", errors=errors,
            fields=(
                hidden_field(name="token", value=token),
                text_field(name="name", label="Your name, as others see it", value=name, max_length=200,
                           autocomplete="name", error=errors.get("name")),
                _terms(offered, errors),
            ),
        ),
    )  # fmt: skip


def sign_in_first_body(*, offered: Offered, token: str) -> Child:
    """The address has an account: its person signs in."""
    return (
        _head(offered),
        P("There is an account with the address ", Strong(offered.email), " already. Sign in with it to join."),
        definition_list(items=_facts(offered)),
        P(link_button("Sign in and join", href=urls.sign_in(urls.join(token)))),
    )


def confirm_join_body(*, offered: Offered, token: str) -> Child:
    """Signed in as the invited person: one press."""
    return (
        _head(offered),
        definition_list(items=_facts(offered)),
        button_form(
            action=urls.confirm_join(), label="Join the course", kind=ButtonKind.PRIMARY, fields={"token": token}
        ),
    )


def somebody_else_body(*, offered: Offered, present: str) -> Child:
    """Signed in as another person than the one invited."""
    return (
        _head(offered),
        P(
            "This invitation is for ", Strong(offered.email), ", and you are signed in as ", Strong(present),
            ". Nothing was changed.",
        ),
        P(
            "If both addresses are yours, ask for an invitation to the one you use here, or change the address of your "
            "account. If the invitation is another person’s, leave it to them. To take it up with the invited "
            "address, sign out and open the link again."
        ),
        button_form(action=urls.sign_out(), label="Sign out"),
    )  # fmt: skip


def _terms(offered: Offered, errors: Mapping[str, str]) -> Child:
    """The same words as where instructors register."""
    return (
        hidden_field(name="terms_version", value=str(offered.terms_version)),
        checkbox(
            name="accepted", label="I have read and accept the terms of service.", required=True,
            error=errors.get("accepted"),
        ),
        P(
            "Read them first: ", A("terms of service", href=urls.terms()), " and ",
            A("privacy policy", href=urls.privacy()), ".", cls="hint",
        ),
    )  # fmt: skip


def _head(offered: Offered) -> Child:
    as_what = " as a tutor" if offered.role is InvitedAs.TUTOR else ""
    return page_head(
        title=f"Join {offered.course_code}{as_what}", lead=f"{offered.inviter} invites you to {offered.course_title}."
    )


def _facts(offered: Offered) -> list[tuple[str, Child]]:
    return [
        ("Course", f"{offered.course_code} {offered.course_title}"),
        ("Invited by", offered.inviter),
        ("Your e-mail address", offered.email),
    ]


def pause_body(*, message: str) -> Child:
    """Too many tries: how long to wait."""
    return page_head(title="Wait a moment"), P(message), P("The invitation itself is safe: open its link again then.")
