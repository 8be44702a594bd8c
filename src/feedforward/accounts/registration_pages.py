"""Asking for an instructor's account: the form, what happens next, and confirming the address."""

from collections.abc import Mapping
from dataclasses import dataclass

from feedforward import urls
from feedforward.accounts.account_pages import PASSWORD_HINT
from feedforward.ui.choices import checkbox
from feedforward.ui.elements import A, Child, P, Strong
from feedforward.ui.fields import email_field, password_field, text_field
from feedforward.ui.forms import form, hidden_field
from feedforward.ui.layout import page_head
from feedforward.ui.notices import Notice, notice

STUDENTS = "Students do not register: your course invites you, by a letter or a link from your instructor."


@dataclass(frozen=True, slots=True)
class Typed:
    """What the person typed, the password aside."""

    name: str = ""
    email: str = ""
    accepted: bool = False


def register_body(*, typed: Typed, terms_version: int, sends_mail: bool, errors: Mapping[str, str]) -> Child:
    """Name, address, password, and the terms."""
    sent = (
        "We send a link to it; there is an account once you opened it."
        if sends_mail
        else "This installation sends no mail, so an administrator has to confirm it."
    )
    return (
        page_head(title="Ask for an instructor’s account", lead="For people who teach."),
        notice(Notice(STUDENTS)),
        form(
            action=urls.register(),
            submit="Ask for an account",
            errors=errors,
            fields=(
                hidden_field(name="terms_version", value=str(terms_version)),
                text_field(
                    name="name", label="Your name", value=typed.name, autocomplete="name", max_length=200,
                    hint="As students and colleagues should see it.", error=errors.get("name"),
                ),
                email_field(
                    label="E-mail at your institution", value=typed.email, hint=sent, error=errors.get("email")
                ),
                password_field(new=True, hint=PASSWORD_HINT, error=errors.get("password")),
                _terms(typed.accepted, errors),
            ),
        ),
        P(A("I have an account: sign in", href=urls.sign_in())),
    )  # fmt: skip


def register_with_sign_on_body(
    *, typed: Typed, label: str, terms_version: int, errors: Mapping[str, str]
) -> Child:  # fmt: skip
    """Name and terms: the institution says whose the address is, and signs them in."""
    return (
        page_head(title="Ask for an instructor’s account", lead="For people who teach."),
        notice(Notice(STUDENTS)),
        P(Strong(label), " signed you in with the address ", Strong(typed.email), ". It signs you in from then on too; "
          "you need no password here."),
        form(
            action=urls.register_with_sign_on(), submit="Ask for an account", errors=errors,
            fields=(
                hidden_field(name="terms_version", value=str(terms_version)),
                text_field(
                    name="name", label="Your name", value=typed.name, autocomplete="name", max_length=200,
                    hint="As students and colleagues should see it.", error=errors.get("name"),
                ),
                _terms(typed.accepted, errors),
            ),
        ),
    )  # fmt: skip


def _terms(accepted: bool, errors: Mapping[str, str]) -> Child:
    return (
        checkbox(
            name="accepted", label="I have read and accept the terms of service.", checked=accepted, required=True,
            error=errors.get("accepted"),
        ),
        P(
            "Read them first: ", A("terms of service", href=urls.terms()), " and ",
            A("privacy policy", href=urls.privacy()), ".", cls="hint",
        ),
    )  # fmt: skip


def registration_off_body(*, whom: str) -> Child:
    """Nobody registers here."""
    return (
        page_head(title="Accounts are made for you here"),
        P(STUDENTS),
        P(f"Instructors get their account from the people who run this installation. {whom}"),
        P(A("Sign in", href=urls.sign_in())),
    )


def registered_body(*, sends_mail: bool, whom: str) -> Child:
    """The same for every address."""
    if not sends_mail:
        return (
            page_head(title="An administrator looks at it"),
            P(
                "This installation sends no mail, so an administrator has to confirm that the address is yours. They "
                "see your request now. Until they have decided you cannot sign in."
            ),
            P(f"It takes longer than it should? {whom}"),
        )
    return (
        page_head(title="Look at your mail"),
        P(
            "A letter is on its way to the address you gave. Open its link within a day; until then there is no "
            "account."
        ),
        P(f"Nothing there? Look among unwanted mail, and check that you typed the address right. {whom}"),
    )


def confirm_registration_body(*, token: str, email: str, name: str, errors: Mapping[str, str]) -> Child:
    """The password once more: the link proves who reads the mail, the password who asked for the account."""
    return (
        page_head(title="Confirm your address"),
        P("An instructor’s account for ", Strong(name), ", who signs in as ", Strong(email), "."),
        form(
            action=urls.confirm_registration(), submit="Confirm and go on", errors=errors,
            fields=(
                hidden_field(name="token", value=token),
                password_field(
                    hint="The one you chose when you asked for the account.", error=errors.get("password")
                ),
            ),
        ),
        P("You did not ask for this? Leave this page: there will be no account.", cls="quiet"),
    )  # fmt: skip


def waiting_body(*, sends_mail: bool) -> Child:
    """The address is confirmed; an administrator decides."""
    told = "You get a letter when they have decided." if sends_mail else "Try to sign in from time to time."
    return (
        page_head(title="Your address is confirmed"),
        P(f"An administrator now looks at your request. {told} Until then you cannot sign in."),
    )
