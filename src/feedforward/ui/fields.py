"""The fields people type into: text, numbers, dates and files."""

from datetime import datetime
from zoneinfo import ZoneInfo

from feedforward.ui.elements import Attribute, Child, Div, Element, Input, Output, Span, Textarea, raw
from feedforward.ui.forms import describing, field, field_id


def _input(
    kind: str,
    *,
    name: str,
    label: str,
    value: str | None,
    hint: Child,
    error: str | None,
    required: bool,
    unit: str | None = None,
    short: bool = False,
    say_optional: bool = True,
    **attributes: Attribute,
) -> Element:
    control = Input(
        type=kind,
        name=name,
        id=field_id(name),
        value=value,
        required=required,
        aria_invalid="true" if error else None,
        aria_describedby=describing(name, hint, error),
        cls="input input-short" if short else "input",
        **attributes,
    )
    whole = Div(control, Span(unit, cls="unit"), cls="input-row") if unit else control
    return field(
        name=name, label=label, control=whole, hint=hint, error=error, required=required, say_optional=say_optional
    )


def text_field(
    *,
    name: str,
    label: str,
    value: str = "",
    hint: Child = None,
    error: str | None = None,
    required: bool = True,
    autocomplete: str = "off",
    max_length: int | None = None,
    focus: bool = False,
) -> Element:
    """One line of text."""
    return _input(
        "text",
        name=name,
        label=label,
        value=value,
        hint=hint,
        error=error,
        required=required,
        autocomplete=autocomplete,
        maxlength=max_length,
        autofocus=focus,
    )


def email_field(
    *,
    name: str = "email",
    label: str = "E-mail",
    value: str = "",
    hint: Child = None,
    error: str | None = None,
    required: bool = True,
    autocomplete: str = "username",
    focus: bool = False,
) -> Element:
    """One e-mail address."""
    return _input(
        "email",
        name=name,
        label=label,
        value=value,
        hint=hint,
        error=error,
        required=required,
        autocomplete=autocomplete,
        autofocus=focus,
        spellcheck="false",
    )


def password_field(
    *,
    name: str = "password",
    label: str = "Password",
    hint: Child = None,
    error: str | None = None,
    new: bool = False,
    required: bool = True,
) -> Element:
    """A password, never filled in by us; `new` tells password managers to offer a fresh one."""
    return _input(
        "password",
        name=name,
        label=label,
        value=None,
        hint=hint,
        error=error,
        required=required,
        autocomplete="new-password" if new else "current-password",
    )


def number_field(
    *,
    name: str,
    label: str,
    value: float | str | None = None,
    hint: Child = None,
    error: str | None = None,
    required: bool = True,
    least: float | None = None,
    most: float | None = None,
    step: float | str = 1,
    unit: str | None = None,
    say_optional: bool = True,
) -> Element:
    """A number; `step="any"` allows fractions, `unit` stands behind it (`days`), what was typed is kept if wrong."""
    return _input(
        "number",
        name=name,
        label=label,
        value=None if value is None else str(value),
        hint=hint,
        error=error,
        required=required,
        min=None if least is None else str(least),
        max=None if most is None else str(most),
        step=str(step),
        unit=unit,
        short=True,
        say_optional=say_optional,
    )


def date_time_value(when: datetime | None, zone: str) -> str:
    """The moment as a date-time field wants it, in the person's zone: `2026-12-04T23:59`, empty for None."""
    return "" if when is None else when.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")


def date_time_field(
    *,
    name: str,
    label: str,
    value: str = "",
    zone: str | None = None,
    hint: Child = None,
    error: str | None = None,
    required: bool = True,
) -> Element:
    """A local date and time, as `date_time_value` gives it or as it was typed; `zone` is named beside it."""
    return _input(
        "datetime-local",
        name=name,
        label=label,
        value=value,
        hint=hint,
        error=error,
        required=required,
        unit=zone,
        short=True,
    )


def file_field(
    *,
    name: str,
    label: str,
    accept: str | None = None,
    hint: Child = None,
    error: str | None = None,
    required: bool = True,
    multiple: bool = False,
) -> Element:
    """A file to upload; the form needs `files=True`. `accept` as HTML wants it: `.docx,.pdf`."""
    control = Input(
        type="file",
        name=name,
        id=field_id(name),
        accept=accept,
        required=required,
        multiple=multiple,
        aria_invalid="true" if error else None,
        aria_describedby=describing(name, hint, error),
        cls="input input-file",
    )
    return field(name=name, label=label, control=control, hint=hint, error=error, required=required)


def text_area(
    *,
    name: str,
    label: str,
    value: str = "",
    hint: Child = None,
    error: str | None = None,
    required: bool = True,
    rows: int = 6,
    autosave: str | None = None,
    count_words: bool = False,
    words_wanted: str | None = None,
    reading: bool = False,
    code: bool = False,
    max_length: int | None = None,
    key: str | None = None,
    say_optional: bool = True,
) -> Element:
    """Several lines of text. `autosave` names the copy kept in this browser until the form was sent (person, assignment
    and draft belong in it), `count_words` shows a live count with `words_wanted` (`600 to 900`) behind it, `reading`
    sets it in the reading face for long writing, `code` in the face of code, `key` moves the focus here."""
    count_id = f"{field_id(name)}-count"
    control = Textarea(
        raw("\n"),  # the parser drops the first line end of a text area, so that one may be lost without harm
        value,
        name=name,
        id=field_id(name),
        rows=rows,
        required=required,
        maxlength=max_length,
        data_autosave=autosave,
        data_count_words=count_id if count_words else None,
        data_key=key,
        wrap="off" if code else None,
        spellcheck="false" if code else None,
        aria_invalid="true" if error else None,
        aria_describedby=describing(name, hint, error, *([count_id] if count_words else [])),
        cls="input input-reading" if reading else "input input-code" if code else "input",
    )
    below = (
        Output("", id=count_id, cls="word-count", data_wanted=words_wanted, fr=field_id(name)) if count_words else None,
        Span("", cls="autosave-note", data_autosave_note=field_id(name), role="status") if autosave else None,
    )
    whole = (control, Div(below, cls="below-input")) if count_words or autosave else control
    return field(
        name=name, label=label, control=whole, hint=hint, error=error, required=required, say_optional=say_optional
    )
