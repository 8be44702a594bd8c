"""Forgotten passwords: asking for a link, hearing what happens next, and choosing a new password."""

from collections.abc import Mapping

from feedforward import urls
from feedforward.accounts.account_pages import PASSWORD_HINT
from feedforward.ui.elements import A, Child, P
from feedforward.ui.fields import email_field, password_field
from feedforward.ui.forms import form, hidden_field
from feedforward.ui.layout import page_head


def forgotten_password_body(*, email: str, sends_mail: bool, whom: str, errors: Mapping[str, str]) -> Child:
    """The address to send a link to; without a mail server, whom to ask."""
    head = page_head(title="Forgotten password")
    if not sends_mail:
        return (
            head,
            P("This installation sends no mail, so it cannot send you a link to choose a new password."),
            P(f"{whom} They can make a link for you, which works once, for 45 minutes."),
            P(A("Back to signing in", href=urls.sign_in())),
        )
    return (
        head,
        P("Enter the address of your account. We send a link there with which you choose a new password."),
        form(
            action=urls.forgotten_password(), submit="Send the link", errors=errors,
            fields=email_field(value=email, error=errors.get("email"), focus=not errors),
        ),
        P(A("Back to signing in", href=urls.sign_in())),
    )  # fmt: skip


def reset_asked_body(*, whom: str) -> Child:
    """The same for every address."""
    return (
        page_head(title="Look at your mail"),
        P(
            "If there is an account with this address, a letter with a link is on its way to it. The link works once, "
            "for 45 minutes."
        ),
        P(f"Nothing after ten minutes? Look among unwanted mail, and check the address. {whom}", cls="quiet"),
        P(A("Back to signing in", href=urls.sign_in())),
    )


def reset_password_body(*, token: str, email: str, errors: Mapping[str, str]) -> Child:
    """A new password, for who holds the link."""
    return (
        page_head(title="Choose a new password", lead=f"For the account {email}. Every browser is signed out."),
        form(
            action=urls.reset_password(), submit="Save the password", errors=errors,
            fields=(
                hidden_field(name="token", value=token),
                password_field(
                    name="new_password", label="New password", new=True, hint=PASSWORD_HINT,
                    error=errors.get("new_password"),
                ),
            ),
        ),
    )  # fmt: skip
