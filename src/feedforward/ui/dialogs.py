"""What lies over the page for a moment: popovers, the help for the keyboard, and the typed confirmation."""

from collections.abc import Mapping, Sequence

from feedforward.ui.buttons import ButtonKind, button
from feedforward.ui.elements import H2, Button, Child, Dd, Div, Dl, Dt, Element, Form, Input, Kbd, P, Strong
from feedforward.ui.fields import text_field

KEYBOARD_HELP = "keyboard-help"


def popover(
    *, anchor: str, title: str, body: Child, open_label: str | None, kind: ButtonKind = ButtonKind.QUIET
) -> Child:
    """A sheet over the page, without a script; `open_label` makes its button (None: opened from elsewhere by
    `popovertarget`). Escape or a click beside it closes it."""
    return (
        Button(open_label, type="button", popovertarget=anchor, cls=f"button button-{kind}") if open_label else None,
        Div(
            Div(
                H2(title, id=f"{anchor}-title"),
                Button(
                    "Close", type="button", popovertarget=anchor, popovertargetaction="hide", cls="button button-quiet"
                ),
                cls="popover-head",
            ),
            body,
            id=anchor,
            popover="auto",
            role="dialog",
            aria_labelledby=f"{anchor}-title",
            cls="popover",
        ),
    )


def keyboard_help(*, keys: Sequence[tuple[str, str]]) -> Child:
    """What the letters do on this page (key, words); `?` opens it, and so does its button."""
    return popover(
        anchor=KEYBOARD_HELP,
        title="Keyboard",
        body=(
            Dl(*(Div(Dt(Kbd(key)), Dd(words)) for key, words in keys), cls="keys"),
            Button("Letters work as keys", type="button", data_keys_switch=True, aria_pressed="true", cls="switch"),
        ),
        open_label="Keyboard",
    )


def typed_confirmation(
    *,
    action: str,
    explain: Child,
    word: str,
    label: str,
    field: str = "confirmation",
    error: str | None = None,
    fields: Mapping[str, str] | None = None,
) -> Element:
    """For what cannot come back: `explain` says what will be gone, and the person types `word` before `label` does it.
    The action compares the field with the word again."""
    return Form(
        Div(P(explain) if isinstance(explain, str) else explain, P("To go on, type ", Strong(word), ".")),
        *(Input(type="hidden", name=name, value=value) for name, value in (fields or {}).items()),
        text_field(name=field, label="Type the word to confirm", error=error),
        Div(button(label, kind=ButtonKind.DANGER), cls="button-row"),
        method="post",
        action=action,
        cls="form form-narrow confirm",
    )
