"""The settings of an assignment that follow its course and the installation: what each may be, and what holds."""

import json
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from feedforward.extraction.sniffing import FileType

USUAL_TONE = "kind, plain and specific"
USUAL_LANGUAGE = "English"
OF_THE_DRAFT = "draft"
"""The language each draft is written in, instead of a named one."""
LANGUAGES = (
    "Arabic", "Bulgarian", "Catalan", "Chinese", "Croatian", "Czech", "Danish", "Dutch", "English", "Estonian",
    "Finnish", "French", "German", "Greek", "Hebrew", "Hindi", "Hungarian", "Indonesian", "Irish", "Italian",
    "Japanese", "Korean", "Latvian", "Lithuanian", "Norwegian", "Persian", "Polish", "Portuguese", "Romanian",
    "Russian", "Slovak", "Slovenian", "Spanish", "Swedish", "Turkish", "Ukrainian", "Vietnamese", "Welsh",
)  # fmt: skip
MOST_MINUTES = 60 * 24 * 30
LONGEST_TONE = 200
LONGEST_FOCUS = 500


class LatePolicy(StrEnum):
    """What becomes of a draft after the due date."""

    REFUSE = "refuse"
    ACCEPT = "accept"


class WordLimits(StrEnum):
    """What becomes of a text outside the word limits."""

    WARN = "warn"
    REFUSE = "refuse"


class Reminders(StrEnum):
    """How many days before the due date who has handed in nothing is reminded."""

    NEVER = "never"
    ONE = "1"
    THREE = "3"
    THREE_AND_ONE = "3+1"
    SEVEN_AND_ONE = "7+1"

    @property
    def days(self) -> tuple[int, ...]:
        """The days before the due date, the earliest reminder first."""
        return () if self is Reminders.NEVER else tuple(int(each) for each in self.split("+"))


class Detail(StrEnum):
    """How much is said: it bounds the comments on one criterion."""

    BRIEF = "brief"
    STANDARD = "standard"
    THOROUGH = "thorough"


class Shape(StrEnum):
    """Whether feedback speaks of the draft as a whole, of each criterion, or both."""

    BOTH = "both"
    CRITERIA = "criteria"
    OVERALL = "overall"


class StudentsSee(StrEnum):
    """What students see of the result: each holds the one before it."""

    WORDS = "words"
    LEVELS = "levels"
    NUMBERS = "numbers"


class ReviewPolicy(StrEnum):
    """Whether a person reviews feedback before its student sees it."""

    REQUIRED = "required"
    NOT_REQUIRED = "not_required"


class Origin(StrEnum):
    """Where the value of a setting comes from."""

    PRODUCT = "product"
    INSTALLATION = "installation"
    COURSE = "course"
    ASSIGNMENT = "assignment"


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen in one place; None follows the place above it."""

    late: LatePolicy | None = None
    minutes_between: int | None = None
    word_limits: WordLimits | None = None
    reminders: Reminders | None = None
    tone: str | None = None
    detail: Detail | None = None
    focus: str | None = None
    language: str | None = None
    shape: Shape | None = None
    students_see: StudentsSee | None = None
    review: ReviewPolicy | None = None
    anonymous: bool | None = None


NOTHING_CHOSEN = Choices()


@dataclass(frozen=True, slots=True)
class TaskSettings:
    """What holds for an assignment. `minutes_between` two drafts, 0 for none; `file_types` empty for all that the kind
    of work takes. `origins` says where each of the inherited values comes from, in the order of the fields of Choices.

    Moments are in UTC: `late_until` the last for late drafts (None: none is set), `return_at` by which feedback is
    promised, `publish_at` when a schedule publishes it. `unreviewed_allowed` is the installation's word.
    """

    late: LatePolicy = LatePolicy.REFUSE
    minutes_between: int = 0
    word_limits: WordLimits = WordLimits.WARN
    reminders: Reminders = Reminders.THREE
    tone: str = USUAL_TONE
    detail: Detail = Detail.STANDARD
    focus: str = ""
    language: str = USUAL_LANGUAGE
    shape: Shape = Shape.BOTH
    students_see: StudentsSee = StudentsSee.LEVELS
    review: ReviewPolicy = ReviewPolicy.REQUIRED
    anonymous: bool = False
    late_until: datetime | None = None
    file_types: tuple[FileType, ...] = ()
    return_at: datetime | None = None
    sheet_id: int | None = None
    publish_at: datetime | None = None
    publish_problem: str = ""
    unreviewed_allowed: bool = False
    chosen: Choices = NOTHING_CHOSEN
    above: Choices = NOTHING_CHOSEN
    origins: tuple[Origin, ...] = (Origin.PRODUCT,) * len(fields(Choices))
    above_origins: tuple[Origin, ...] = (Origin.PRODUCT,) * len(fields(Choices))

    @property
    def goes_out_unreviewed(self) -> bool:
        """Whether feedback is released without a person: chosen here or above, and permitted by the installation."""
        return self.unreviewed_allowed and self.review is ReviewPolicy.NOT_REQUIRED

    def origin(self, name: str) -> Origin:
        """Where the value of the inherited setting `name` comes from."""
        return self.origins[_PLACES[name]]


USUAL_SETTINGS = TaskSettings()
NAMES = tuple(each.name for each in fields(Choices))
_PLACES = {name: place for place, name in enumerate(NAMES)}
_ENUMS: dict[str, type[StrEnum]] = {
    "late": LatePolicy, "word_limits": WordLimits, "reminders": Reminders, "detail": Detail, "shape": Shape,
    "students_see": StudentsSee, "review": ReviewPolicy,
}  # fmt: skip
PRODUCT = Choices(**{name: getattr(USUAL_SETTINGS, name) for name in NAMES})
"""What FeedForward itself does where nobody chose."""


def choices_to_json(choices: Choices) -> str:
    """Only what was chosen, keys in a fixed order."""
    return json.dumps({name: value for name, value in asdict(choices).items() if value is not None})


@lru_cache(maxsize=512)
def choices_from_json(stored: str | None) -> Choices:
    """What was chosen; a word this version does not know follows the place above. ValueError where it is no JSON."""
    found: dict[str, Any] = json.loads(stored) if stored else {}
    return Choices(**{name: _known(name, found.get(name)) for name in NAMES})


def _known(name: str, value: Any) -> Any:
    if name in _ENUMS:
        kind = _ENUMS[name]
        return kind(value) if value in [str(each) for each in kind] else None
    expected = bool if name == "anonymous" else int if name == "minutes_between" else str
    return value if type(value) is expected else None


def merged(*levels: Choices) -> Choices:
    """What holds when these are asked in turn, the most general first."""
    values = {}
    for name in NAMES:
        said = [getattr(level, name) for level in levels]
        values[name] = next((value for value in reversed(said) if value is not None), None)
    return Choices(**values)


@lru_cache(maxsize=2048)
def resolved(installation: str | None, course: str | None, assignment: str | None, numbers: bool) -> TaskSettings:
    """What holds, from the stored JSON of the three places. `numbers`: the assignment showed students numbers before
    that was one of these settings."""
    own = choices_from_json(assignment)
    if numbers and own.students_see is None:
        own = Choices(**{**_values(own), "students_see": StudentsSee.NUMBERS})
    levels = (PRODUCT, choices_from_json(installation), choices_from_json(course), own)
    return TaskSettings(
        **_values(merged(*levels)), chosen=own, above=merged(*levels[:3]), origins=origins_of(*levels),
        above_origins=origins_of(*levels[:3]),
    )  # fmt: skip


def origins_of(*levels: Choices) -> tuple[Origin, ...]:
    """Where each value comes from when these are asked in turn, FeedForward's own first."""
    asked = list(zip(Origin, levels, strict=False))
    return tuple(
        next(origin for origin, level in reversed(asked) if getattr(level, name) is not None) for name in NAMES
    )


def _values(choices: Choices) -> dict[str, Any]:
    return {name: getattr(choices, name) for name in NAMES}
