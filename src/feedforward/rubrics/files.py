"""A rubric as a file: the project's own form in JSON or YAML, read strictly, and its schema."""

import json
import math
from collections.abc import Mapping
from typing import Any

import yaml

from feedforward.errors import RuleBroken
from feedforward.rubrics.rules import Criterion, Level, Rubric, key_from_position, problems_of

MOST_CHARACTERS = 200_000
MOST_CRITERIA = 30
MOST_LEVELS = 12
LONGEST_NAME = 200
LONGEST_LABEL = 120
LONGEST_DESCRIPTION = 4000
MOST_NUMBER = 10_000


def rubric_schema() -> dict[str, Any]:
    """The form as a JSON schema (draft 2020-12)."""
    level = _object(
        {
            "label": {"type": "string", "minLength": 1, "maxLength": LONGEST_LABEL},
            "points": {"type": "number", "minimum": -MOST_NUMBER, "maximum": MOST_NUMBER},
            "description": {"type": "string", "maxLength": LONGEST_DESCRIPTION},
        },
        required=["label", "points"],
    )
    criterion = _object(
        {
            "name": {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME},
            "weight": {"type": "number", "minimum": 0, "maximum": MOST_NUMBER, "default": 1},
            "description": {"type": "string", "maxLength": LONGEST_DESCRIPTION},
            "levels": {"type": "array", "minItems": 2, "maxItems": MOST_LEVELS, "items": level},
        },
        required=["name", "levels"],
    )
    whole = _object(
        {
            "name": {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME},
            "criteria": {"type": "array", "minItems": 1, "maxItems": MOST_CRITERIA, "items": criterion},
        },
        required=["name", "criteria"],
    )
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A FeedForward rubric", **whole}


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def rubric_from_text(text: str, file_name: str) -> Rubric:
    """The rubric this text describes, JSON or YAML whatever the file is called; its levels from the lowest up.

    RuleBroken with one clear line (where, what is wrong, what to do) for anything else; `file_name` names it there.
    """
    shown = file_name or "The rubric"
    rubric = rubric_from_data(data_from_text(text, shown), shown)
    problems = problems_of(rubric)
    if problems:
        raise RuleBroken(f"{shown}: {problems[0]}")
    return rubric


def data_from_text(text: str, shown: str) -> Any:
    """What the JSON or YAML holds, aliases refused, every text in it real text; RuleBroken in one line otherwise."""
    if len(text) > MOST_CHARACTERS:
        raise RuleBroken(f"{shown} is longer than {MOST_CHARACTERS:,} characters, which no rubric should be.")
    data = _parsed(text, shown)
    if not _can_be_kept(data):
        raise RuleBroken(f"{shown} holds half of a character pair (such as \\ud800). Write the character itself.")
    return data


def rubric_from_data(data: Any, shown: str, notes: list[str] | None = None) -> Rubric:
    """The rubric in this mapping, whether it can be used or not; RuleBroken in one line where it is none.

    With `notes`, fields we do not know and levels that are missing are noted there instead of being refused.
    """
    if not isinstance(data, Mapping):
        raise RuleBroken(f"{shown}: expected “name” and “criteria” at the top, and found something else.")
    top = _Part(data, shown, notes)
    top.only("name", "criteria")
    rows = top.rows("criteria", MOST_CRITERIA, "add at least one criterion")
    name = top.text("name", LONGEST_NAME)
    return Rubric(name, tuple(_criterion(row, number) for number, row in enumerate(rows)))


def rubric_to_data(rubric: Rubric) -> dict[str, Any]:
    """The rubric as what `rubric_from_data` reads back."""
    criteria = [
        {
            "name": criterion.name, "weight": criterion.weight, "description": criterion.description,
            "levels": [
                {"label": level.label, "points": level.points, "description": level.description}
                for level in criterion.levels
            ],
        }
        for criterion in rubric.criteria
    ]  # fmt: skip
    return {"name": rubric.name, "criteria": criteria}


def rubric_to_text(rubric: Rubric) -> str:
    """The rubric as JSON that `rubric_from_text` reads back."""
    return json.dumps(rubric_to_data(rubric), ensure_ascii=False, indent=2) + "\n"


def _can_be_kept(data: Any) -> bool:
    """Whether every text in it is real text: an escaped half of a pair cannot be stored or shown."""
    try:
        json.dumps(data, ensure_ascii=False, default=str).encode()
    except (UnicodeEncodeError, RecursionError):
        return False
    return True


def _parsed(text: str, shown: str) -> Any:
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        try:
            return json.loads(text.lstrip("\ufeff"), parse_constant=lambda name: math.nan)
        except RecursionError:
            raise RuleBroken(f"{shown} is nested too deeply to be a rubric.") from None
        except json.JSONDecodeError as error:
            json_error = f"{shown} is not valid JSON: line {error.lineno}, column {error.colno}: {error.msg}."
            raise RuleBroken(json_error) from None
        except ValueError:
            raise RuleBroken(f"{shown} holds a number with thousands of digits.") from None
    try:
        return yaml.load(text, Loader=_PlainYaml)  # noqa: S506 a SafeLoader without aliases
    except RecursionError:
        raise RuleBroken(f"{shown} is nested too deeply to be a rubric.") from None
    except yaml.MarkedYAMLError as error:
        where = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        raise RuleBroken(f"{shown} is neither valid JSON nor YAML: {where}{error.problem}.") from None
    except (yaml.YAMLError, ValueError):
        raise RuleBroken(f"{shown} is neither valid JSON nor YAML.") from None


class _PlainYaml(yaml.SafeLoader):
    """YAML without aliases, a few of which unfold into gigabytes; `Yes`, `No` and dates stay the words they are."""

    yaml_implicit_resolvers = {  # noqa: RUF012 the library's own attribute
        first: [(tag, pattern) for tag, pattern in known if not tag.endswith((":bool", ":timestamp"))]
        for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def compose_node(self, parent: Any, index: int) -> Any:
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(problem="aliases (*name) are not read here", problem_mark=event.start_mark)
        return super().compose_node(parent, index)


class _Part:
    """One mapping of the file and the words for where it stands."""

    def __init__(self, data: Mapping[Any, Any], where: str, notes: list[str] | None) -> None:
        self.data = data
        self.where = where
        self.notes = notes

    def only(self, *known: str) -> None:
        strange = [f"“{str(name)[:60]}”" for name in self.data if name not in known]
        if strange and self.notes is None:
            raise RuleBroken(f"{self.where}: there is no field {strange[0]}; the fields are {', '.join(known)}.")
        if strange and self.notes is not None:
            told = f"{', '.join(strange[:10])}{' …' if strange[10:] else ''}"
            self.notes.append(f"{self.where}: fields that are no part of a rubric were left out: {told}.")

    def text(self, name: str, most: int, *, required: bool = True) -> str:
        value = self.data.get(name)
        if value is None:
            value = ""
        # YAML reads `label: 4` as a number where its writer meant the word.
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = f"{value:g}" if isinstance(value, float) else str(value)
        if not isinstance(value, str):
            raise RuleBroken(f"{self.where}: “{name}” must be text.")
        value = value.replace("\x00", "").strip()
        if required and not value:
            raise RuleBroken(f"{self.where}: “{name}” is missing.")
        if len(value) > most:
            raise RuleBroken(f"{self.where}: “{name}” has more than {most:,} characters.")
        return value

    def number(self, name: str, default: float | None = None) -> float:
        value = self.data.get(name, default)
        if value is None and self.notes is not None:
            value = default
        if value is None:
            raise RuleBroken(f"{self.where}: “{name}” is missing.")
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise RuleBroken(f"{self.where}: “{name}” must be a number.")
        if not -MOST_NUMBER <= value <= MOST_NUMBER:
            raise RuleBroken(f"{self.where}: “{name}” must be a number between -{MOST_NUMBER:,} and {MOST_NUMBER:,}.")
        return float(value)

    def rows(self, name: str, most: int, missing: str) -> list["_Part"]:
        value = self.data.get(name)
        if self.notes is not None and name == "levels" and (value is None or value == []):
            return []
        if not isinstance(value, list) or not value:
            raise RuleBroken(f"{self.where}: “{name}” must be a list: {missing}.")
        if len(value) > most:
            raise RuleBroken(f"{self.where}: “{name}” has more than {most} entries.")
        parts = []
        for number, row in enumerate(value, start=1):
            where = f"{self.where}, {name} {number}"
            if not isinstance(row, Mapping):
                raise RuleBroken(f"{where}: expected named fields, and found something else.")
            parts.append(_Part(row, where, self.notes))
        return parts


def _criterion(part: _Part, position: int) -> Criterion:
    part.only("name", "weight", "description", "levels")
    levels = []
    for row in part.rows("levels", MOST_LEVELS, "add at least two levels"):
        row.only("label", "points", "description")
        levels.append(
            Level(
                row.text("label", LONGEST_LABEL), row.number("points"),
                row.text("description", LONGEST_DESCRIPTION, required=False),
            )
        )  # fmt: skip
    return Criterion(
        key=key_from_position(position), name=part.text("name", LONGEST_NAME), weight=part.number("weight", 1.0),
        description=part.text("description", LONGEST_DESCRIPTION, required=False),
        levels=tuple(sorted(levels, key=lambda level: level.points)),
    )  # fmt: skip
