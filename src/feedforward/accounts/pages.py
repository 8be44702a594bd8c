"""The sign-in page, its second step, and the page after them that sends on what had to wait."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from feedforward import urls
from feedforward.accounts.sso_pages import Choice, institution_buttons
from feedforward.ui.elements import A, Child, P
from feedforward.ui.fields import email_field, password_field, text_field
from feedforward.ui.forms import form, hidden_field
from feedforward.ui.layout import page_head
from feedforward.web.held import HELD_FIELD, HELD_TO, send_again_form, waiting_fields


class WhereTo(Protocol):
    """Where the person was going, and what waits in the page until they are there."""

    @property
    def back_to(self) -> str: ...
    @property
    def held_to(self) -> str: ...
    @property
    def held(self) -> Mapping[str, list[str]] | None: ...


def sign_in_body(*, email: str, to: WhereTo, errors: Mapping[str, str], institutions: Sequence[Choice] = ()) -> Child:
    """Institutions, e-mail and password; what the person was sending when their session ended travels along unseen."""
    lead = "What you typed waits in this page and is sent after you signed in." if to.held_to else None
    fields = (
        _travelling(to),
        email_field(value=email, error=errors.get("email"), focus=not errors),
        password_field(error=errors.get("password")),
    )
    return (
        page_head(title="Sign in", lead=lead),
        institution_buttons(choices=institutions, new_window=bool(to.held_to)),
        send_again_form(to.held_to, to.held or {}) if institutions and to.held_to else None,
        form(action=urls.sign_in(), fields=fields, submit="Sign in", errors=errors),
        P(A("I forgot my password", href=urls.forgotten_password())),
        P(A("I teach and have no account", href=urls.register())),
    )


def second_step_body(*, to: WhereTo, errors: Mapping[str, str]) -> Child:
    """The code from the authenticator app, or a recovery code."""
    fields = (
        _travelling(to),
        text_field(
            name="code", label="Code", autocomplete="one-time-code", max_length=40, focus=not errors,
            hint="The six digits your authenticator app shows now, or one of your recovery codes.",
            error=errors.get("code"),
        ),
    )  # fmt: skip
    return (
        page_head(title="Second step", lead="One code more and you are in."),
        form(action=urls.second_step(), fields=fields, submit="Go on", errors=errors),
        P(
            "You have five minutes. If you lost both your app and your recovery codes, ask the people who run "
            "FeedForward here: they can remove the second step from your account.",
            cls="quiet",
        ),
        P(A("Start again", href=urls.sign_in())),
    )


def send_on_body(*, to: str, held: Mapping[str, list[str]]) -> Child:
    """Signed in again: one press sends what waited."""
    return (
        page_head(title="You are signed in again"),
        P("What you typed before is still here. Send it now, or leave this page to drop it."),
        send_again_form(to, held),
    )


def _travelling(to: WhereTo) -> Child:
    return (
        hidden_field(name="next", value=to.back_to),
        (hidden_field(name=HELD_TO, value=to.held_to), waiting_fields(to.held or {}, HELD_FIELD))
        if to.held_to
        else None,
    )
