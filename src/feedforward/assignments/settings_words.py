"""The settings of an assignment in people's words: what each is called, what it may be, and what that does."""

from dataclasses import dataclass
from typing import Any

from feedforward.assignments.choices import LANGUAGES, OF_THE_DRAFT, Choices, Origin, TaskSettings


@dataclass(frozen=True, slots=True)
class Wording:
    """A setting: its label, what it does, and its values with their words, in the order they are offered."""

    label: str
    hint: str
    values: tuple[tuple[str, str], ...] = ()


WORDINGS = {
    "late": Wording(
        "Drafts after the due date",
        "A student with an extension has a due date of their own; a draft up to then is not late.",
        (("refuse", "Refuse them"), ("accept", "Accept them and mark them late")),
    ),
    "minutes_between": Wording(
        "Least time between two drafts",
        "So that feedback is worked with before the next draft comes. Students are told when they can go on. 0: none.",
    ),
    "word_limits": Wording(
        "A text outside the word limits",
        "The limits themselves stand among the details of an assignment.",
        (("warn", "Tell the student, and take it"), ("refuse", "Refuse it")),
    ),
    "reminders": Wording(
        "Reminders before the due date",
        "For students who have handed in nothing yet, by their own due date where they have an extension. Who wants "
        "none turns them off among their letters.",
        (
            ("never", "None"),
            ("1", "One day before"),
            ("3", "Three days before"),
            ("3+1", "Three days and one day before"),
            ("7+1", "A week and one day before"),
        ),
    ),
    "detail": Wording(
        "Level of detail",
        "It bounds how many comments each reader makes, the built-in reader too.",
        (
            ("brief", "Brief: the one or two things that matter most"),
            ("standard", "Standard: a few comments on each criterion"),
            ("thorough", "Thorough: more comments on each criterion"),
        ),
    ),
    "shape": Wording(
        "What the feedback speaks of",
        "As a whole: a summary and a few comments without criteria and levels.",
        (
            ("both", "The draft as a whole, and each criterion"),
            ("criteria", "Each criterion only, without a summary"),
            ("overall", "The draft as a whole only"),
        ),
    ),
    "tone": Wording(
        "Tone", "How models write, in a few words, such as “warm and brief”. The built-in reader keeps its own words."
    ),
    "focus": Wording(
        "Focus",
        "What models look at first, such as “the line of argument; leave spelling aside for now”. Students do not see "
        "it. The built-in reader looks at what its criteria name.",
    ),
    "language": Wording(
        "Language of the feedback",
        "Models write in it; quotes stay as they are. The built-in reader always writes English.",
        ((OF_THE_DRAFT, "The language the draft is written in"), *((each, each) for each in LANGUAGES)),
    ),
    "students_see": Wording(
        "What students see of the result",
        "Comments are taken up better without a mark. You always see everything.",
        (("words", "Words only"), ("levels", "Words and levels"), ("numbers", "Words, levels and points")),
    ),
    "review": Wording(
        "Review before release",
        "Without a review, feedback in which nothing needs a person goes out by itself within minutes, and the student "
        "is told that nobody reviewed it. Where readers disagree or something went wrong, it still waits for you.",
        (("required", "A person reviews and releases each feedback"), ("not_required", "Release without a review")),
    ),
    "anonymous": Wording(
        "Anonymous review",
        "Names are hidden in the queue and in review until the feedback is released. A name that stands in a text "
        "itself is not hidden.",
        (("no", "Reviewers see names"), ("yes", "Names are hidden until release")),
    ),
}  # fmt: skip
ORIGINS = {
    Origin.PRODUCT: "as FeedForward does it",
    Origin.INSTALLATION: "from this installation",
    Origin.COURSE: "from the course",
    Origin.ASSIGNMENT: "chosen here",
}


def raw_value(choices: Choices | TaskSettings, name: str) -> str:
    """The value as a form holds it; "" where there is none."""
    value: Any = getattr(choices, name)
    if value is None:
        return ""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def value_in_words(choices: Choices | TaskSettings, name: str) -> str:
    """The value as a person reads it."""
    raw = raw_value(choices, name)
    if name == "minutes_between":
        return minutes_in_words(int(raw or 0))
    if name == "focus":
        return raw or "none"
    return dict(WORDINGS[name].values).get(raw, raw)


def minutes_in_words(minutes: int) -> str:
    """`none`, `45 minutes`, `2 hours`, `3 days`."""
    for size, word in ((60 * 24, "day"), (60, "hour"), (1, "minute")):
        if minutes and minutes % size == 0:
            number = minutes // size
            return f"{number} {word}" if number == 1 else f"{number} {word}s"
    return "none"
