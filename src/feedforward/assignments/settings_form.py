"""Settings as forms send them, and as values: parsing with a problem beside each field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from feedforward.assignments.choices import (
    LANGUAGES,
    LONGEST_FOCUS,
    LONGEST_TONE,
    MOST_MINUTES,
    NAMES,
    OF_THE_DRAFT,
    Choices,
    Detail,
    LatePolicy,
    Reminders,
    ReviewPolicy,
    Shape,
    StudentsSee,
    WordLimits,
)
from feedforward.assignments.deadlines import typed_moment
from feedforward.assignments.rules import Task
from feedforward.assignments.settings_words import raw_value
from feedforward.errors import RuleBroken
from feedforward.extraction.sniffing import FileType
from feedforward.submission_types.registry import submission_type
from feedforward.ui.fields import date_time_value
from feedforward.web.typed_text import is_blank

_ENUMS: Mapping[str, Any] = {
    "late": LatePolicy, "word_limits": WordLimits, "reminders": Reminders, "detail": Detail, "shape": Shape,
    "students_see": StudentsSee, "review": ReviewPolicy,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DefaultsForm:
    """Defaults as they were typed; "" follows the place above. `version` is the one the person saw."""

    late: str = ""
    minutes_between: str = ""
    word_limits: str = ""
    reminders: str = ""
    tone: str = ""
    detail: str = ""
    focus: str = ""
    language: str = ""
    shape: str = ""
    students_see: str = ""
    review: str = ""
    anonymous: str = ""
    unreviewed_allowed: bool = False
    version: str = "0"


@dataclass(frozen=True, slots=True)
class SettingsForm:
    """The settings of one assignment as they were typed."""

    late: str = ""
    minutes_between: str = ""
    word_limits: str = ""
    reminders: str = ""
    tone: str = ""
    detail: str = ""
    focus: str = ""
    language: str = ""
    shape: str = ""
    students_see: str = ""
    review: str = ""
    anonymous: str = ""
    late_until: str = ""
    file_types: tuple[str, ...] = ()
    return_at: str = ""
    version: str = "0"


@dataclass(frozen=True, slots=True)
class SettingsSpec:
    """What an instructor chose for one assignment; no `file_types` means all that its kind of work takes."""

    choices: Choices
    late_until: datetime | None
    file_types: tuple[FileType, ...]
    return_at: datetime | None


def defaults_form(choices: Choices, *, version: int, unreviewed_allowed: bool = False) -> DefaultsForm:
    """The form filled in with what stands."""
    typed = {name: raw_value(choices, name) for name in NAMES}
    return DefaultsForm(**typed, unreviewed_allowed=unreviewed_allowed, version=str(version))


def settings_form(task: Task) -> SettingsForm:
    """The form filled in with the assignment's own choices."""
    settings = task.settings
    taken = settings.file_types or submission_type(task.kind).file_types
    return SettingsForm(
        **{name: raw_value(settings.chosen, name) for name in NAMES},
        late_until=date_time_value(settings.late_until, task.time_zone),
        return_at=date_time_value(settings.return_at, task.time_zone),
        file_types=tuple(str(each) for each in taken), version=str(task.version),
    )  # fmt: skip


def parse_choices(form: DefaultsForm | SettingsForm) -> Choices | dict[str, str]:
    """The choices, or field → what to change."""
    problems: dict[str, str] = {}
    values: dict[str, Any] = {}
    for name in NAMES:
        typed = getattr(form, name).strip()
        values[name] = None if is_blank(typed) else _parsed(problems, name, typed)
    return problems or Choices(**values)


def parse_settings(form: SettingsForm, task: Task) -> SettingsSpec | dict[str, str]:
    """The settings, or field → what to change; moments are typed in the assignment's own time zone."""
    choices = parse_choices(form)
    problems = choices if isinstance(choices, dict) else {}
    late_until = _moment(problems, "late_until", form.late_until, task)
    if late_until is not None and late_until <= task.due_at:
        problems["late_until"] = "Choose a moment after the due date, or leave this empty."
    return_at = _moment(problems, "return_at", form.return_at, task)
    taken = submission_type(task.kind).file_types
    chosen = tuple(each for each in taken if str(each) in form.file_types)
    if not chosen:
        problems["file_types"] = "Choose at least one kind of file. Pasted text is always taken."
    if isinstance(choices, dict) or problems:
        return problems
    return SettingsSpec(choices, late_until, () if chosen == taken else chosen, return_at)


def _parsed(problems: dict[str, str], name: str, typed: str) -> Any:
    if name in _ENUMS and typed in [str(each) for each in _ENUMS[name]]:
        return _ENUMS[name](typed)
    if name == "anonymous" and typed in ("yes", "no"):
        return typed == "yes"
    if name == "language" and typed in (*LANGUAGES, OF_THE_DRAFT):
        return typed
    if name in ("tone", "focus"):
        most = LONGEST_TONE if name == "tone" else LONGEST_FOCUS
        if len(typed) > most:
            problems[name] = f"Use at most {most} characters; these are {len(typed)}."
        return typed
    if name == "minutes_between":
        if typed.isascii() and typed.isdigit() and len(typed) <= 6 and int(typed) <= MOST_MINUTES:
            return int(typed)
        problems[name] = f"Enter a whole number of minutes from 0 to {MOST_MINUTES:,}."
        return None
    problems[name] = "Choose one of the values in the list."
    return None


def _moment(problems: dict[str, str], name: str, typed: str, task: Task) -> datetime | None:
    if not typed.strip():
        return None
    try:
        return typed_moment(typed, task.time_zone)
    except RuleBroken as broken:
        problems[name] = broken.message
        return None
