"""Our own form in JSON and YAML, which carries everything."""

from collections.abc import Mapping
from typing import Any

from feedforward.errors import RuleBroken
from feedforward.rubrics.files import data_from_text, rubric_from_data, rubric_to_data, rubric_to_text
from feedforward.rubrics.formats.imported import Exported, Imported, finished
from feedforward.rubrics.rules import Rubric

MOST_RUBRICS = 50
_IT = "It"


def read(data: Any) -> tuple[Imported, ...]:
    """The rubric, or those under “rubrics”, in what JSON or YAML held. Unknown fields are noted, not lost silently."""
    several = data.get("rubrics") if isinstance(data, Mapping) else None
    if not isinstance(several, list) or not several:
        return (_one(data, "The rubric"),)
    if len(several) > MOST_RUBRICS:
        raise RuleBroken(f"It holds {len(several)} rubrics; {MOST_RUBRICS} at most are read from one file.")
    return tuple(_one(each, f"Rubric {number}") for number, each in enumerate(several, start=1))


def _one(data: Any, shown: str) -> Imported:
    notes: list[str] = []
    rubric = rubric_from_data(data, shown, notes)
    return finished(rubric.name, rubric.criteria, notes)


def data_in(text: str) -> Any:
    """What the JSON or YAML holds; RuleBroken where it is neither."""
    return data_from_text(text, _IT)


def write_json(rubric: Rubric) -> Exported:
    """The rubric as JSON."""
    return Exported(rubric_to_text(rubric).encode())


def write_yaml(rubric: Rubric) -> Exported:
    """The rubric as YAML."""
    # YAML is the only writer that needs its library, and pages start without it.
    import yaml

    text = yaml.safe_dump(rubric_to_data(rubric), allow_unicode=True, sort_keys=False, width=100)
    return Exported(text.encode())
