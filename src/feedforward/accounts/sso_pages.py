"""Pages of signing in at an institution: its button, connecting an account once, and what is said when it fails."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from feedforward import urls
from feedforward.ui.buttons import ButtonKind, button_form, button_row, link_button
from feedforward.ui.elements import A, Child, P, Strong
from feedforward.ui.fields import password_field
from feedforward.ui.forms import form
from feedforward.ui.layout import page_head, stack
from feedforward.web.held import send_again_form


@dataclass(frozen=True, slots=True)
class Choice:
    """An institution on a page: what people call it, and where its sign-in begins."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Claimed:
    """Whom an institution signed in, and the account their address belongs to."""

    label: str
    email: str


def institution_buttons(*, choices: Sequence[Choice], new_window: bool = False) -> Child:
    """A button for each; nothing where there are none. `new_window`: a form waits in this page and must stay."""
    if not choices:
        return None
    if new_window:
        return (
            P("Or sign in at your institution. It opens in a new window; come back here afterwards, and send it."),
            *(
                P(A(f"Sign in with {each.label} (new window)", href=each.href, target="_blank", rel="noopener"))
                for each in choices
            ),
        )
    return button_row(
        *(link_button(f"Sign in with {each.label}", href=each.href, kind=ButtonKind.QUIET) for each in choices)
    )


def elsewhere_body(*, choice: Choice, held_to: str, held: Mapping[str, list[str]]) -> Child:
    """For an address whose people do not use a password here; a form that waits (`held_to` "" for none) stays."""
    go_on = (
        (institution_buttons(choices=[choice], new_window=True), send_again_form(held_to, held))
        if held_to
        else button_row(link_button(f"Go on to {choice.label}", href=choice.href))
    )
    return (
        page_head(title="Sign in at your institution"),
        P("People with your address sign in with ", Strong(choice.label), ". FeedForward has no password for them."),
        go_on,
        P(A("Use another address", href=urls.sign_in()), cls="quiet"),
    )


def refused_body(*, label: str, what: str, again: str, whom: str) -> Child:
    """Nobody was signed in: why, the way to try again, and whom to ask."""
    return (
        page_head(title="You are not signed in"),
        P(what),
        P("Nothing was changed, and what you saved before is safe."),
        button_row(link_button(f"Try again with {label}", href=again)),
        P(whom, " ", A("Other ways to sign in", href=urls.sign_in()), cls="quiet"),
    )


def not_confirmed_body(*, label: str, what: str, page: str, whom: str) -> Child:
    """It was not shown that it is them: why, and the way back to the form."""
    return (
        page_head(title="It is not confirmed that it is you"),
        P(what),
        P(f"Nothing was changed. {label} has to confirm the person whose account this is, in this browser."),
        button_row(link_button("Back to the form", href=page)),
        P(whom, cls="quiet"),
    )


def inactive_body(*, whom: str) -> Child:
    """The account this identity is connected to may not sign in."""
    return (
        page_head(title="This account is not active"),
        P("Your institution signed you in, and your account here is switched off. Nothing in it was changed."),
        P(whom),
    )


def no_account_body(*, label: str, whom: str, register: str, vouched: bool) -> Child:
    """Signed in there, unknown here: how an account comes about."""
    return (
        page_head(title="You have no account here yet"),
        P(f"{label} signed you in, and no account here is connected to that sign-in. None was made."),
        P(
            Strong("Students "),
            "join by the invitation of their course: open the link in its letter, or the one your instructor gives "
            "you, and sign in with your institution there.",
        ),
        P(
            Strong("Instructors "), A("register", href=register),
            " with this sign-in: it takes no password."
            if vouched
            else " and connect their account to the institution on the page “Your account”.",
        ),
        P(Strong("If you have an account already"), ", sign in as you used to and connect it on the page “Your "
          "account”. It is found by itself only where your institution vouches for the address of your account."),
        button_row(link_button("Other ways to sign in", href=urls.sign_in(), kind=ButtonKind.QUIET)),
        P(whom, cls="quiet"),
    )  # fmt: skip


def connect_body(*, claimed: Claimed, has_password: bool, sends_mail: bool, errors: Mapping[str, str]) -> Child:
    """An account has this address: its owner proves once that it is theirs."""
    by_password = form(
        action=urls.connect_sign_on(), submit="Connect and sign in", errors=errors,
        fields=password_field(
            name="present_password", label="Password of your account here", error=errors.get("present_password"),
            hint="This once. From then on your institution signs you in.",
        ),
    )  # fmt: skip
    by_letter = stack(
        P("Without the password: we send a link to that address. Open it in this browser."),
        button_row(button_form(action=urls.sign_on_letter(), label="Send me a link")),
    )
    return (
        page_head(title="Connect your account", lead="You have an account here already. Show once that it is yours."),
        P(f"{claimed.label} signed you in with the address ", Strong(claimed.email), ", which belongs to an account."),
        by_password if has_password else None,
        by_letter if sends_mail else None,
        None if has_password or sends_mail else P("Ask the people who run FeedForward here for a link to a password."),
    )


def letter_sent_body(*, email: str) -> Child:
    """The link is on its way."""
    return (
        page_head(title="Look at your mail"),
        P("We sent a link to ", Strong(email), ". It works once, for a quarter of an hour, in this browser."),
        P(A("Use the password instead", href=urls.connect_sign_on()), cls="quiet"),
    )


def proof_body(*, token: str, label: str) -> Child:
    """One press, because mail programs open links by themselves."""
    return (
        page_head(title="Connect your account"),
        P(f"From now on {label} signs you in."),
        button_row(
            button_form(
                action=urls.sign_on_proof(), label="Connect and sign in", kind=ButtonKind.PRIMARY,
                fields={"token": token},
            )
        ),
    )  # fmt: skip


def sign_in_there_first_body() -> Child:
    """The link was opened in a browser that knows of no sign-in, or too late."""
    return (
        page_head(title="Sign in at your institution first"),
        P(
            "This link or page belongs to a sign-in at your institution in this browser, within the last quarter of an "
            "hour, and there is none. Nothing was changed."
        ),
        button_row(link_button("Sign in", href=urls.sign_in())),
    )


def go_there_body(*, title: str, what: str, label: str, href: str) -> Child:
    """A link, because a form of ours may lead nowhere but to us."""
    return (
        page_head(title=title),
        P(what),
        button_row(link_button(f"Go on to {label}", href=href)),
    )
