"""The rubric builder: a form that works without a script, each step a button that keeps everything typed."""

from collections.abc import Mapping

from feedforward.rubrics.builder import TypedCriterion, TypedRubric, shares
from feedforward.rubrics.files import LONGEST_LABEL, LONGEST_NAME
from feedforward.rubrics.templates import TEMPLATES
from feedforward.ui.buttons import ButtonKind, button, button_row
from feedforward.ui.elements import Child, Element, P
from feedforward.ui.fields import file_field, number_field, text_area, text_field
from feedforward.ui.forms import field_group, field_row, form, hidden_field, text_row
from feedforward.ui.layout import card, disclosure, stack
from feedforward.ui.navigation import Link, link


def builder_form(
    *, action: str, typed: TypedRubric, version: int, errors: Mapping[str, str], back: Link, pasted: str = "",
    start_opened: bool = False,
) -> Element:  # fmt: skip
    """The builder for `typed`; `pasted` stands in the field for a rubric's text, `version` travels along."""
    parts = shares(typed)
    fields = (
        hidden_field(name="version", value=str(version)),
        # Return in a field presses the first button of a form, which must be the harmless one.
        button_row(button("Save the rubric", kind=ButtonKind.QUIET, name="do", value="save")),
        _start(typed, pasted, errors, opened=start_opened),
        text_field(name="name", label="Name of the rubric", value=typed.name, max_length=LONGEST_NAME,
                   error=errors.get("name")),
        *(
            _criterion(action, criterion, position, len(typed.criteria), parts[position], errors)
            for position, criterion in enumerate(typed.criteria)
        ),
        None if typed.criteria else P("There is no criterion yet."),
        button_row(
            _step(action, "Add a criterion", "add-criterion", f"criterion-{len(typed.criteria) + 1}"),
        ),
        button_row(button("Save the rubric", name="do", value="save"), link(back)),
    )  # fmt: skip
    return form(action=action, fields=fields, submit=None, errors=errors, files=True, guard=True, narrow=False)


def _step(action: str, label: str, step: str, anchor: str, heard: str | None = None) -> Element:
    return button(
        label, kind=ButtonKind.QUIET, name="do", value=step, action=f"{action}#{anchor}", unfinished=True,
        label_heard=heard,
    )  # fmt: skip


def _start(typed: TypedRubric, pasted: str, errors: Mapping[str, str], *, opened: bool) -> Element:
    replaces = "" if typed.is_blank else " It replaces what stands in the form below; nothing is saved before you save."
    return disclosure(
        summary="Start from a ready-made rubric or a file",
        opened=opened or "pasted" in errors or "file" in errors,
        body=stack(
            P(f"A ready-made rubric can be changed in every word.{replaces}"),
            button_row(
                *(
                    button(f"Use the rubric “{rubric.name}”", kind=ButtonKind.QUIET, name="do",
                           value=f"template:{name}", unfinished=True)
                    for name, rubric in TEMPLATES.items()
                )
            ),
            text_area(name="pasted", label="Rubric as JSON or YAML", value=pasted, rows=5, required=False,
                      error=errors.get("pasted"), hint="Paste a rubric somebody gave you, or choose its file."),
            file_field(name="file", label="Rubric file", accept=".json,.yaml,.yml", required=False,
                       error=errors.get("file")),
            button_row(button("Put it into the form", kind=ButtonKind.QUIET, name="do", value="read", unfinished=True)),
        ),
    )  # fmt: skip


def _criterion(
    action: str, criterion: TypedCriterion, position: int, of: int, share: str, errors: Mapping[str, str]
) -> Element:
    start, number = f"criterion.{position}.", position + 1
    anchor = f"criterion-{number}"
    called = f"criterion {number}"
    body = (
        field_row(
            text_field(name=f"{start}name", label="What is looked at", value=criterion.name, max_length=LONGEST_NAME,
                       error=errors.get(f"{start}name")),
            number_field(name=f"{start}weight", label="Weight", value=criterion.weight, least=0, step="any",
                         hint=f"{share} of the whole." if share else "Its share of all weights is worked out.",
                         error=errors.get(f"{start}weight")),
        ),
        text_area(name=f"{start}description", label="Description", value=criterion.description, rows=2, required=False,
                  error=errors.get(f"{start}description")),
        field_group(
            legend=f"Levels of criterion {number}, from lowest to highest",
            fields=[_level(action, criterion, position, step, errors) for step in range(len(criterion.levels))],
        ),
        button_row(
            _step(action, "Add a level", f"add-level:{position}", anchor, f"Add a level to {called}"),
            _step(action, "Move up", f"up:{position}", f"criterion-{number - 1}", f"Move {called} up")
            if position > 0 else None,
            _step(action, "Move down", f"down:{position}", f"criterion-{number + 1}", f"Move {called} down")
            if number < of else None,
            _step(action, "Remove this criterion", f"remove-criterion:{position}", f"criterion-{max(number - 1, 1)}",
                  f"Remove {called}"),
        ),
    )  # fmt: skip
    return card(title=f"Criterion {number}", top=True, anchor=anchor, body=body)


def _level(action: str, criterion: TypedCriterion, position: int, step: int, errors: Mapping[str, str]) -> Child:
    level = criterion.levels[step]
    start = f"criterion.{position}.level.{step}."
    return text_row(
        short=(
            text_field(name=f"{start}label", label="Label", value=level.label, max_length=LONGEST_LABEL,
                       error=errors.get(f"{start}label")),
            number_field(name=f"{start}points", label="Points", value=level.points, step="any",
                         error=errors.get(f"{start}points")),
        ),
        text=text_area(name=f"{start}description", label="What it looks like in a draft", value=level.description,
                       rows=2, required=False, error=errors.get(f"{start}description")),
        end=_step(action, "Remove", f"remove-level:{position}:{step}", f"criterion-{position + 1}",
                  f"Remove level {step + 1} of criterion {position + 1}"),
    )  # fmt: skip
