"""`.ffrubric` files (formatVersion 1.x): an assignment's outline and its weighted categories, without levels."""

import json
import re
from collections.abc import Mapping
from typing import Any

from feedforward.errors import RuleBroken
from feedforward.rubrics.formats.imported import About, Exported, Imported, finished, number_in, shortened
from feedforward.rubrics.rules import Criterion, Rubric

_KNOWN = {"formatVersion", "assignment", "rubric"}
_OUTLINE = ("title", "description", "dueDate", "maxDrafts")


def looks_like(data: Any) -> bool:
    """Whether this is what such a file holds."""
    return isinstance(data, Mapping) and (
        "formatVersion" in data or (isinstance(data.get("rubric"), Mapping) and "categories" in data["rubric"])
    )


def read(data: Mapping[Any, Any]) -> tuple[Imported, ...]:
    """The one rubric in it, its criteria without levels, and what it says about the assignment."""
    version = str(data.get("formatVersion", "1.0"))
    if not re.fullmatch(r"1(\.\d{1,6}){0,2}", version):
        raise RuleBroken(f"It is of format version {shortened(version, 20)}; versions 1.x are read here.")
    rubric = data.get("rubric")
    rows = rubric.get("categories") if isinstance(rubric, Mapping) else None
    if not isinstance(rubric, Mapping) or not isinstance(rows, list):
        raise RuleBroken("It has no list “categories” under “rubric”.")
    notes = [f"The field “{shortened(str(each), 60)}” is not known here and was left out." for each in data
             if each not in _KNOWN and each not in _OUTLINE]  # fmt: skip
    outline = data.get("assignment")
    about = _about(outline if isinstance(outline, Mapping) else data)
    criteria = [_category(row, number, notes) for number, row in enumerate(rows, start=1)]
    if criteria:
        notes.append("This format has no levels: add levels that say what a draft looks like at each.")
    return (finished(_text(rubric, "name", "title") or about.title, criteria, notes, about),)


def _category(row: Any, number: int, notes: list[str]) -> Criterion:
    if not isinstance(row, Mapping):
        raise RuleBroken(f"Category {number}: expected named fields, and found something else.")
    weight = row.get("weight")
    if isinstance(weight, str):
        weight = number_in(weight)
    if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight <= 100:
        notes.append(f"Category {number}: the weight is not a number from 0 to 100; it weighs 1.")
        weight = 1.0
    notes.extend(
        f"Category {number}: the field “{shortened(str(name), 60)}” is not known here and was left out."
        for name in row
        if name not in ("name", "description", "weight")
    )
    return Criterion("", _text(row, "name"), float(weight), _text(row, "description"), ())


def _about(outline: Mapping[Any, Any]) -> About:
    most = outline.get("maxDrafts")
    counted = isinstance(most, int) and not isinstance(most, bool) and 0 < most < 1000
    return About(
        shortened(_text(outline, "title"), 200), _text(outline, "description")[:20_000],
        shortened(_text(outline, "dueDate"), 40), most if counted else None,
    )  # fmt: skip


def _text(data: Mapping[Any, Any], *names: str) -> str:
    found = next((data[name] for name in names if isinstance(data.get(name), str | int | float)), "")
    return "" if isinstance(found, bool) else str(found).strip()


def write(rubric: Rubric, about: About | None = None) -> Exported:
    """The categories with their shares of 100, and `about` where it is known; levels cannot be carried."""
    outline: dict[str, Any] = {"title": (about.title if about else "") or rubric.name}
    outline["description"] = about.instructions if about else ""
    if about and about.due:
        outline["dueDate"] = about.due
    if about and about.max_drafts:
        outline["maxDrafts"] = about.max_drafts
    total = sum(each.weight for each in rubric.criteria)
    categories = [
        {
            "name": each.name, "description": each.description,
            "weight": each.weight if abs(total - 100) < 1e-9 else round(rubric.share(each) * 100, 6),
        }
        for each in rubric.criteria
    ]  # fmt: skip
    notes = []
    if any(each.levels for each in rubric.criteria):
        notes.append("This format has no levels: labels, points and descriptions of levels are not in the file.")
    if abs(total - 100) >= 1e-9:
        notes.append("Weights are written as parts of 100.")
    whole = {"formatVersion": "1.0", "assignment": outline, "rubric": {"name": rubric.name, "categories": categories}}
    return Exported((json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode(), tuple(notes))
