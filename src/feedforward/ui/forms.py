"""Forms that post: the frame, the summary of errors, and what a field is made of."""

from collections.abc import Mapping, Sequence

from feedforward.ui.buttons import ButtonKind, button
from feedforward.ui.elements import H2, A, Child, Div, Element, Fieldset, Form, Input, Label, Legend, Li, P, Span, Ul


def field_id(name: str) -> str:
    """The id of the control with this name; an error in the summary links to it."""
    return f"field-{name}"


def form(
    *,
    action: str,
    fields: Child,
    submit: str | None,
    errors: Mapping[str, str] | None = None,
    more: Child = None,
    form_id: str | None = None,
    files: bool = False,
    guard: bool = False,
    submit_kind: ButtonKind = ButtonKind.PRIMARY,
    submit_key: str | None = None,
    narrow: bool = True,
) -> Element:
    """A form that posts to `action`: summary of `errors` (field name → message, `""` for the whole form), `fields`,
    then the button `submit` (None: the fields bring their own) and `more` beside it. `files` allows uploads, `guard`
    warns before typed changes are left behind, `narrow` keeps it to a reading column."""
    return Form(
        error_summary(errors) if errors else None,
        fields,
        Div(button(submit, kind=submit_kind, key=submit_key) if submit else None, more, cls="button-row")
        if submit or more
        else None,
        method="post",
        action=action,
        id=form_id,
        enctype="multipart/form-data" if files else None,
        data_guard=guard,
        cls="form form-narrow" if narrow else "form",
    )


def search_form(*, action: str, label: str, value: str = "", name: str = "q", submit: str = "Search") -> Element:
    """A form that asks and changes nothing: it is sent by GET and its answer has an address."""
    return Form(
        Label(label, fr=field_id(name), cls="label"),
        Div(
            Input(type="search", name=name, id=field_id(name), value=value, cls="input"),
            button(submit, kind=ButtonKind.QUIET),
            cls="input-row",
        ),
        method="get",
        action=action,
        role="search",
        cls="form form-narrow",
    )


def error_summary(errors: Mapping[str, str]) -> Child:
    """All errors at the top of the form, each a link to its field; it takes the focus. Nothing where there are none."""
    if not errors:
        return None
    title = "One thing needs your attention" if len(errors) == 1 else f"{len(errors)} things need your attention"
    return Div(
        H2(title, id="error-summary-title"),
        Ul(*(Li(A(message, href=f"#{field_id(name)}") if name else message) for name, message in errors.items())),
        cls="error-summary",
        id="error-summary",
        role="alert",
        tabindex="-1",
        aria_labelledby="error-summary-title",
        data_error_summary=True,
    )


def describing(name: str, hint: Child, error: str | None, *more: str) -> str | None:
    """The ids that describe the control: hint, error and `more`, as `aria-describedby` wants them."""
    ids = [f"{field_id(name)}-hint"] if hint else []
    if error:
        ids.append(f"{field_id(name)}-error")
    return " ".join([*ids, *more]) or None


def field(
    *,
    name: str,
    label: str,
    control: Child,
    hint: Child = None,
    error: str | None = None,
    required: bool = True,
    say_optional: bool = True,
) -> Element:
    """Label above, control, hint below, error beside it; optional ones say so, unless a page is full of them."""
    return Div(
        Label(
            label,
            None if required or not say_optional else Span(" (optional)", cls="quiet"),
            fr=field_id(name),
            cls="label",
        ),
        control,
        P(error, id=f"{field_id(name)}-error", cls="field-error") if error else None,
        P(hint, id=f"{field_id(name)}-hint", cls="hint") if hint else None,
        cls="field field-wrong" if error else "field",
    )


def field_group(*, legend: str, fields: Child, hint: Child = None) -> Element:
    """Fields that belong together under one heading."""
    return Fieldset(Legend(legend, cls="legend"), P(hint, cls="hint") if hint else None, fields, cls="field-group")


def field_row(*fields: Child) -> Element:
    """Short fields side by side, one below the other where it is narrow."""
    return Div(*fields, cls="field-row")


def text_row(*, short: Sequence[Child], text: Child, end: Child = None) -> Element:
    """Two short fields, a text beside them with the rest of the room, and a button at the `end`; stacked if narrow."""
    return Div(*short, text, Div(end, cls="text-row-end") if end else None, cls="text-row")


def hidden_field(*, name: str, value: str) -> Element:
    """A value that travels with the form unseen."""
    return Input(type="hidden", name=name, value=value)


def hidden_fields(values: Mapping[str, str] | Sequence[tuple[str, str]]) -> Child:
    """Several hidden values, repeated names allowed in the form of pairs."""
    pairs = values.items() if isinstance(values, Mapping) else values
    return tuple(hidden_field(name=name, value=value) for name, value in pairs)
