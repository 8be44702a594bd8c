"""One family of buttons: primary, quiet and danger; as a button, as a link and as a form of its own."""

from collections.abc import Mapping
from enum import StrEnum

from feedforward.ui.elements import A, Button, Child, Div, Element, Form, Input, Kbd


class ButtonKind(StrEnum):
    """One primary button per view; danger is for what cannot be taken back."""

    PRIMARY = "primary"
    QUIET = "quiet"
    DANGER = "danger"


def _content(label: str, key: str | None) -> Child:
    return (label, Kbd(key, aria_hidden="true") if key else None)


def button(
    label: str,
    *,
    kind: ButtonKind = ButtonKind.PRIMARY,
    name: str | None = None,
    value: str | None = None,
    form: str | None = None,
    action: str | None = None,
    key: str | None = None,
    disabled: bool = False,
    described_by: str | None = None,
    unfinished: bool = False,
    label_heard: str | None = None,
) -> Element:
    """A button that submits the form it stands in (or the one whose id is `form`); `name` and `value` tell several
    buttons of one form apart, `action` sends it elsewhere, `key` is its letter in review. `unfinished` sends the form
    before all of it is filled in, `label_heard` is what is read aloud where several buttons have the same words."""
    return Button(
        _content(label, key),
        type="submit",
        name=name,
        value=value,
        form=form,
        formaction=action,
        formnovalidate=unfinished,
        aria_label=label_heard,
        disabled=disabled,
        data_key=key,
        aria_describedby=described_by,
        cls=f"button button-{kind}",
    )


def link_button(
    label: str, *, href: str, kind: ButtonKind = ButtonKind.PRIMARY, key: str | None = None, download: bool = False
) -> Element:
    """A link that looks like a button: it goes somewhere and changes nothing."""
    return A(_content(label, key), href=href, cls=f"button button-{kind}", data_key=key, download=download)


def button_form(
    *,
    action: str,
    label: str,
    kind: ButtonKind = ButtonKind.QUIET,
    fields: Mapping[str, str] | None = None,
    key: str | None = None,
    disabled: bool = False,
) -> Element:
    """A form of one button, posting `fields` to `action`."""
    return Form(
        *(Input(type="hidden", name=name, value=value) for name, value in (fields or {}).items()),
        button(label, kind=kind, key=key, disabled=disabled),
        method="post",
        action=action,
        cls="button-form",
    )


def button_row(*children: Child) -> Element:
    """Buttons side by side, the primary one first."""
    return Div(*children, cls="button-row")
