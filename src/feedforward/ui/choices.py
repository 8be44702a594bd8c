"""The fields people choose with: lists, radio buttons and check boxes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from feedforward.ui.elements import Child, Div, Element, Fieldset, Input, Label, Legend, Option, P, Select, Span
from feedforward.ui.forms import describing, field, field_id


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose: the `value` that is sent, its `label`, and a line that explains it."""

    value: str
    label: str
    hint: str | None = None


def select_field(
    *,
    name: str,
    label: str,
    choices: Sequence[Choice],
    value: str | None = None,
    hint: Child = None,
    error: str | None = None,
    required: bool = True,
    empty: str | None = None,
    key: str | None = None,
    say_optional: bool = True,
) -> Element:
    """One of many; `empty` is the words for no choice yet."""
    control = Select(
        Option(empty, value="") if empty is not None else None,
        *(Option(each.label, value=each.value, selected=each.value == value) for each in choices),
        name=name,
        id=field_id(name),
        required=required,
        data_key=key,
        aria_invalid="true" if error else None,
        aria_describedby=describing(name, hint, error),
        cls="input input-select",
    )
    return field(
        name=name, label=label, control=control, hint=hint, error=error, required=required, say_optional=say_optional
    )


def _options(kind: str, name: str, choices: Sequence[Choice], chosen: Collection[str], required: bool) -> Child:
    return tuple(
        Div(
            Input(
                type=kind,
                name=name,
                value=choice.value,
                id=field_id(name) if number == 0 else f"{field_id(name)}-{number}",
                checked=choice.value in chosen,
                required=required,
                aria_describedby=f"{field_id(name)}-{number}-hint" if choice.hint else None,
                cls="tick",
            ),
            Label(choice.label, fr=field_id(name) if number == 0 else f"{field_id(name)}-{number}"),
            Span(choice.hint, id=f"{field_id(name)}-{number}-hint", cls="hint") if choice.hint else None,
            cls="option",
        )
        for number, choice in enumerate(choices)
    )


def _group(name: str, legend: str, options: Child, hint: Child, error: str | None, inline: bool) -> Element:
    return Fieldset(
        Legend(legend, cls="label"),
        P(error, id=f"{field_id(name)}-error", cls="field-error") if error else None,
        P(hint, id=f"{field_id(name)}-hint", cls="hint") if hint else None,
        Div(options, cls="options options-inline" if inline else "options"),
        aria_describedby=describing(name, hint, error),
        cls="field field-wrong" if error else "field",
    )


def radio_group(
    *,
    name: str,
    label: str,
    choices: Sequence[Choice],
    value: str | None = None,
    hint: Child = None,
    error: str | None = None,
    required: bool = True,
    inline: bool = False,
) -> Element:
    """One of a few, all of them visible."""
    chosen = () if value is None else (value,)
    return _group(name, label, _options("radio", name, choices, chosen, required), hint, error, inline)


def checkbox_group(
    *,
    name: str,
    label: str,
    choices: Sequence[Choice],
    values: Collection[str] = (),
    hint: Child = None,
    error: str | None = None,
    inline: bool = False,
) -> Element:
    """Any of a few; the form receives `name` once for each that is ticked."""
    return _group(name, label, _options("checkbox", name, choices, values, False), hint, error, inline)


def checkbox(
    *,
    name: str,
    label: str,
    checked: bool = False,
    value: str = "yes",
    hint: Child = None,
    error: str | None = None,
    required: bool = False,
    key: str | None = None,
) -> Element:
    """One yes or no; sends `value` when ticked and nothing when not. `key` is the letter that ticks it in review."""
    return Div(
        Div(
            Input(
                type="checkbox",
                name=name,
                value=value,
                id=field_id(name),
                checked=checked,
                required=required,
                aria_invalid="true" if error else None,
                aria_describedby=describing(name, hint, error),
                cls="tick",
            ),
            Label(label, fr=field_id(name), data_key=key),
            Span(hint, id=f"{field_id(name)}-hint", cls="hint") if hint else None,
            cls="option",
        ),
        P(error, id=f"{field_id(name)}-error", cls="field-error") if error else None,
        cls="field field-wrong" if error else "field",
    )
