"""The made-up essay, comments and people of the gallery: our own words, nobody's work."""

from datetime import UTC, datetime

from feedforward.ui.draft_text import Mark
from feedforward.ui.navigation import Link
from feedforward.ui.shell import ShellPerson

ESSAY = (
    "Should the old harbour road be closed to cars?\n\n"
    "Every weekday morning about nine hundred cars use the harbour road as a short cut, and most of them are gone "
    "again before the bakery opens. Closing the road would give the quarter back to the people who live there. "
    "Everybody knows that traffic makes people unhappy.\n\n"
    "The first reason is safety. Between the school and the ferry there is no pavement on the water side, so children "
    "walk on the carriageway. The council counted four accidents in two years (Town Council, 2024). A closed road "
    "would not only prevent these, it would also let older people sit outside again.\n\n"
    "Some shop owners fear for their income. But studies from other towns show that shops earn more when streets are "
    "quiet, so this fear is unfounded. The delivery lorries could come before nine, as they already do on market "
    "days.\n\n"
    "In conclusion, the harbour road should be closed to cars, because it is better for everyone."
)


def _mark(number: int, words: str, kind: str, comment_id: str) -> Mark:
    start = ESSAY.index(words)
    return Mark(number=number, start=start, end=start + len(words), kind=kind, comment_id=comment_id)


MARKS = [
    _mark(1, "Everybody knows that traffic makes people unhappy.", "improvement", "k1"),
    _mark(2, "The council counted four accidents in two years (Town Council, 2024).", "strength", "k2"),
    _mark(3, "studies from other towns show that shops earn more when streets are quiet", "improvement", "k3"),
    _mark(4, "so this fear is unfounded. The delivery lorries could come before nine", "general", "k4"),
    _mark(5, "streets are quiet, so this fear is unfounded.", "improvement", "k5"),
]

LEVELS = ["Beginning", "Developing", "Proficient", "Excellent"]

INSTRUCTIONS = """Write an argument for or against **one change in your town**. Your reader sits on the town council
and does not yet agree with you.

- 600 to 900 words
- at least three sources, named in the text and listed at the end
- one objection, taken seriously

Read the [guide to sources](https://library.example/sources) before you start."""

NONCE = "gallery"
NOW = datetime(2026, 11, 22, 17, 30, tzinfo=UTC)
DUE = datetime(2026, 12, 4, 22, 59, tzinfo=UTC)
ZONE = "Europe/Berlin"

STUDENT = ShellPerson(
    "Mira Okafor", "Student", (Link("Your account", "/account"), Link("What is kept about you", "/me"))
)
TEACHER = ShellPerson("Dr Jonas Weiss", "Instructor", (Link("Your account", "/account"),))
NAV_STUDENT = [Link("Home", "/"), Link("Courses", "/courses", current=True)]
NAV_TEACHER = [Link("Home", "/"), Link("Courses", "/courses"), Link("To review", "/review", current=True, count=12)]
CRUMBS = [Link("Argument and Evidence", "/courses/1"), Link("A change in your town", "/assignments/3")]
