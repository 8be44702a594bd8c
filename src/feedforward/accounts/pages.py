"""The sign-in page, and the page after it that sends on what had to wait."""

from collections.abc import Mapping

from feedforward import urls
from feedforward.ui.elements import Child, P
from feedforward.ui.fields import email_field, password_field
from feedforward.ui.forms import form, hidden_field
from feedforward.ui.layout import page_head
from feedforward.web.held import HELD_FIELD, HELD_TO, send_again_form, waiting_fields


def sign_in_body(
    *, email: str, back_to: str, held_to: str, held: Mapping[str, list[str]], errors: Mapping[str, str]
) -> Child:
    """E-mail and password; what the person was sending when their session ended travels along unseen."""
    lead = "What you typed waits in this page and is sent after you signed in." if held_to else None
    fields = (
        hidden_field(name="next", value=back_to),
        (hidden_field(name=HELD_TO, value=held_to), waiting_fields(held, HELD_FIELD)) if held_to else None,
        email_field(value=email, error=errors.get("email"), focus=not errors),
        password_field(error=errors.get("password")),
    )
    return (
        page_head(title="Sign in", lead=lead),
        form(action=urls.sign_in(), fields=fields, submit="Sign in", errors=errors),
    )


def send_on_body(*, to: str, held: Mapping[str, list[str]]) -> Child:
    """Signed in again: one press sends what waited."""
    return (
        page_head(title="You are signed in again"),
        P("What you typed before is still here. Send it now, or leave this page to drop it."),
        send_again_form(to, held),
    )
