"""Rubrics of edX open response assessments, as XML."""

from typing import TYPE_CHECKING

from feedforward.errors import RuleBroken
from feedforward.rubrics.formats.imported import (
    Exported,
    Imported,
    finished,
    number_in,
    shortened,
    weighted_by_points,
    weights_not_in_points,
)
from feedforward.rubrics.formats.xml_text import child, children, escaped, name_of, text_in
from feedforward.rubrics.rules import Criterion, Level, Rubric, number_text

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def looks_like(root: "Element") -> bool:
    """Whether this is the root of such a file, or its rubric alone."""
    return name_of(root) in ("openassessment", "rubric")


def read(root: "Element") -> tuple[Imported, ...]:
    """The one rubric in it; RuleBroken where there is none."""
    rubric = root if name_of(root) == "rubric" else child(root, "rubric")
    if rubric is None:
        raise RuleBroken("It is an open response assessment without a rubric in it.")
    notes: list[str] = []
    if text_in(rubric, "prompt"):
        notes.append("The rubric's own introduction was left out; it belongs into the assignment's instructions.")
    if text_in(rubric, "feedbackprompt"):
        notes.append("The words above edX's feedback field were left out.")
    others = (
        [name_of(each) for each in root if name_of(each) in ("prompts", "assessments")] if root is not rubric else []
    )
    if others:
        notes.append("Only the rubric was read, not the task or the assessment steps beside it.")
    criteria = []
    for row in children(rubric, "criterion"):
        name = text_in(row, "label", "name") or text_in(row, "name")
        shown = shortened(name, 60)
        options = children(row, "option")
        if not options:
            notes.append(f"“{shown}” has no levels: in edX it asks for a comment only.")
        levels = tuple(_level(option, shown, notes) for option in reversed(options))
        criteria.append(Criterion("", name, 1.0, text_in(row, "prompt"), levels))
    weighted = weighted_by_points(criteria)
    if len({each.weight for each in weighted}) > 1:
        notes.append("edX adds points up, so each criterion got its highest points as its weight.")
    return (finished(text_in(root, "title"), weighted, notes),)


def _level(option: "Element", shown: str, notes: list[str]) -> Level:
    label = text_in(option, "label", "name") or text_in(option, "name")
    points = number_in(option.get("points") or "")
    if points is None:
        notes.append(f"“{shown}”: level “{shortened(label, 60)}” has no points we can read and got 0.")
    return Level(label, points or 0.0, text_in(option, "explanation"))


def write(rubric: Rubric) -> Exported:
    """The rubric as edX takes it, levels from the highest down; weights cannot be carried."""
    notes = list(weights_not_in_points(rubric, "edX"))
    points = [level.points for criterion in rubric.criteria for level in criterion.levels]
    if any(each < 0 or each != int(each) for each in points):
        notes.append(
            "edX takes whole points of zero and more only; change the others before you import the file there."
        )
    rows = []
    for criterion in rubric.criteria:
        options = "".join(
            f'      <option points="{number_text(level.points)}"><name>{escaped(level.label)}</name>'
            f"<label>{escaped(level.label)}</label><explanation>{escaped(level.description)}</explanation></option>\n"
            for level in reversed(criterion.levels)
        )
        feedback = "optional" if criterion.levels else "required"
        rows.append(
            f'    <criterion feedback="{feedback}"><name>{escaped(criterion.name)}</name>'
            f"<label>{escaped(criterion.name)}</label><prompt>{escaped(criterion.description)}</prompt>\n"
            f"{options}    </criterion>\n"
        )
    whole = (
        f"<openassessment>\n  <title>{escaped(rubric.name)}</title>\n  <rubric>\n{''.join(rows)}  </rubric>\n"
        "</openassessment>\n"
    )
    return Exported(whole.encode(), tuple(notes))
