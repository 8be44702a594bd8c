"""The details of an assignment as a form sends them, and as values: parsing with a problem beside each field."""

from dataclasses import asdict, dataclass, fields
from datetime import datetime

from feedforward.assignments.deadlines import typed_moment
from feedforward.assignments.rules import Task
from feedforward.courses.rules import problem_with_time_zone
from feedforward.errors import RuleBroken
from feedforward.submission_types.registry import SUBMISSION_TYPES
from feedforward.ui.fields import date_time_value
from feedforward.web.typed_text import is_blank

LONGEST_TITLE = 200
LONGEST_INSTRUCTIONS = 50_000
LONGEST_GUIDELINES = 20_000
MOST_DRAFTS = 20
MOST_WORDS = 100_000
MOST_RETENTION_DAYS = 3650
PREVIEW = "preview"
"""What `do` says where the instructions are only to be looked at."""


@dataclass(frozen=True, slots=True)
class AssignmentSpec:
    """What an instructor says about the task; `retention_days` None follows the installation's setting."""

    title: str
    instructions: str
    kind: str
    due_at: datetime
    time_zone: str
    max_drafts: int
    word_min: int | None
    word_max: int | None
    guidelines: str
    retention_days: int | None


@dataclass(frozen=True, slots=True)
class DetailsForm:
    """The details as they were typed; `version` is the one the person saw, `do` the button they pressed."""

    title: str = ""
    instructions: str = ""
    kind: str = "essay"
    due: str = ""
    time_zone: str = ""
    max_drafts: str = "3"
    word_min: str = ""
    word_max: str = ""
    guidelines: str = ""
    retention_days: str = ""
    version: str = "0"
    do: str = ""


FIELD_WORDS = {
    "title": "title", "instructions": "instructions", "kind": "kind of work", "due": "due date",
    "time_zone": "time zone", "max_drafts": "most drafts", "word_min": "least words", "word_max": "most words",
    "guidelines": "guidelines for the readers",
    "retention_days": "days until the text is erased",
}  # fmt: skip


def form_of(task: Task) -> DetailsForm:
    """The form filled in with the assignment as it stands."""
    return DetailsForm(
        title=task.title, instructions=task.instructions, kind=task.kind,
        due=date_time_value(task.due_at, task.time_zone), time_zone=task.time_zone, max_drafts=str(task.max_drafts),
        word_min=_shown(task.word_min), word_max=_shown(task.word_max), guidelines=task.guidelines,
        retention_days=_shown(task.retention_days), version=str(task.version),
    )  # fmt: skip


def differences(typed: DetailsForm, now: DetailsForm) -> list[str]:
    """The names, in words, of the fields in which what was typed differs from what is stored now."""
    mine, theirs = asdict(typed), asdict(now)
    return [
        FIELD_WORDS[each.name]
        for each in fields(DetailsForm)
        if each.name not in ("version", "do") and _trimmed(mine[each.name]) != _trimmed(theirs[each.name])
    ]


def parse_details(form: DetailsForm) -> AssignmentSpec | dict[str, str]:
    """The values, or field → what to change."""
    problems: dict[str, str] = {}
    title, instructions, guidelines = form.title.strip(), form.instructions.strip(), form.guidelines.strip()
    _longest(problems, "title", title, LONGEST_TITLE)
    _longest(problems, "instructions", instructions, LONGEST_INSTRUCTIONS)
    _longest(problems, "guidelines", guidelines, LONGEST_GUIDELINES)
    if is_blank(title):
        problems["title"] = "Enter a title."
    if form.kind not in SUBMISSION_TYPES:
        problems["kind"] = "Choose a kind of work from the list."
    zone = form.time_zone.strip()
    wrong_zone = problem_with_time_zone(zone)
    if wrong_zone:
        problems["time_zone"] = wrong_zone
    due_at = None
    try:
        due_at = typed_moment(form.due, "UTC" if wrong_zone else zone)
    except RuleBroken as broken:
        problems["due"] = broken.message
    max_drafts = _whole(problems, "max_drafts", form.max_drafts, 1, MOST_DRAFTS)
    word_min = _whole(problems, "word_min", form.word_min, 1, MOST_WORDS)
    word_max = _whole(problems, "word_max", form.word_max, 1, MOST_WORDS)
    if word_min is not None and word_max is not None and word_min > word_max:
        problems["word_max"] = "The most words must not be fewer than the least."
    retention_days = _whole(problems, "retention_days", form.retention_days, 0, MOST_RETENTION_DAYS)
    if max_drafts is None:
        problems.setdefault("max_drafts", f"Enter a whole number from 1 to {MOST_DRAFTS}.")
    if problems or due_at is None or max_drafts is None:
        return problems
    return AssignmentSpec(
        title, instructions, form.kind, due_at, zone, max_drafts, word_min, word_max, guidelines, retention_days,
    )  # fmt: skip


def _shown(number: int | None) -> str:
    return "" if number is None else str(number)


def _trimmed(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _longest(problems: dict[str, str], field: str, text: str, most: int) -> None:
    if len(text) > most:
        problems[field] = f"Use at most {most:,} characters; these are {len(text):,}."


def _whole(problems: dict[str, str], field: str, typed: str, least: int, most: int) -> int | None:
    """The whole number typed; None where nothing was typed, and where it is wrong, which `problems` then says."""
    text = typed.strip()
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) <= 9 and least <= int(text) <= most:
        return int(text)
    problems[field] = f"Enter a whole number from {least} to {most:,}."
    return None
