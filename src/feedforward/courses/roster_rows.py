"""The rows of a roster: what makes one acceptable, and how a page carries them from the dry run to its confirmation."""

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from feedforward.accounts.rules import folded_email, problem_with_email
from feedforward.errors import RuleBroken
from feedforward.mail.addresses import is_plain_address

MOST_ROWS = 2000
LONGEST_NAME, LONGEST_SECTION, LONGEST_NUMBER = 200, 80, 40

_BEGINS_FORMULA = ("=", "+", "-", "@")
_EXCEL_TEXT = re.compile(r'="(.*)"')
# Zero-width joiners shape letters in several scripts; other characters nobody sees only hide or turn around words.
_JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One person: the line they stand on, their folded address, and what else is known ("" for nothing)."""

    line: int
    email: str
    name: str = ""
    number: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """A line that holds no person we can invite: what stood there, and why not."""

    line: int
    shown: str
    reason: str


@dataclass(frozen=True, slots=True)
class Roster:
    """What was read. `twice` are rows whose address stands further up already."""

    rows: tuple[RosterRow, ...]
    refused: tuple[Refused, ...] = ()
    twice: tuple[RosterRow, ...] = ()


def checked_row(line: int, address: str, name: str, number: str, section: str) -> RosterRow | Refused:
    """The row of these cleaned values, or why it cannot be one."""
    email = folded_email(address)
    problem = problem_with_email(email) or (None if is_plain_address(email) else "This is no e-mail address.")
    problem = (
        problem
        or _problem(name, LONGEST_NAME, "name")
        or _problem(number, LONGEST_NUMBER, "student number")
        or _problem(section, LONGEST_SECTION, "section")
    )
    if email.startswith(_BEGINS_FORMULA):
        problem = problem or "The address begins like a formula of a spreadsheet."
    if problem:
        return Refused(line, cleaned(address or name)[:100], problem)
    return RosterRow(line, email, name, number, section)


def problems_with_place(*, section: str, number: str) -> dict[str, str]:
    """Field → what to change in a section and a student number that were typed; both cleaned."""
    found = {
        "section": _problem(section, LONGEST_SECTION, "section"),
        "number": _problem(number, LONGEST_NUMBER, "student number"),
    }
    return {name: problem for name, problem in found.items() if problem}


def _problem(words: str, longest: int, what: str) -> str | None:
    if len(words) > longest:
        return f"The {what} has more than {longest} characters."
    return f"The {what} begins like a formula of a spreadsheet." if words.startswith(_BEGINS_FORMULA) else None


def carried(rows: Sequence[RosterRow]) -> str:
    """Rows as a page carries them from the dry run to its confirmation."""
    return json.dumps([[each.line, each.email, each.name, each.number, each.section] for each in rows])


def rows_carried(text: str) -> tuple[RosterRow, ...]:
    """The rows again, looked at like any others: what a page carries can be changed on the way. RuleBroken where they
    are none."""
    lost = RuleBroken("The list did not come back whole, so nothing was changed. Check the list again.")
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        raise lost from None
    if not isinstance(values, list) or not 0 < len(values) <= MOST_ROWS:
        raise lost
    rows = []
    for each in values:
        if not (isinstance(each, list) and len(each) == 5 and type(each[0]) is int):
            raise lost
        if not all(isinstance(cell, str) for cell in each[1:]):
            raise lost
        row = checked_row(each[0], each[1], *(cleaned(cell) for cell in each[2:]))
        if isinstance(row, Refused):
            raise lost
        rows.append(row)
    if len({each.email for each in rows}) < len(rows):
        raise lost
    return tuple(rows)


def cleaned(cell: str) -> str:
    """A cell as one line of what can be seen; Excel's `="00123"` is 00123, a lone dash is nothing."""
    excel = _EXCEL_TEXT.fullmatch(cell.strip())
    words = excel[1] if excel else cell
    seen = "".join(
        each if each in _JOINERS or unicodedata.category(each) not in ("Cf", "Cs", "Cn", "Co") else "" for each in words
    )
    line = " ".join("".join(" " if unicodedata.category(each) == "Cc" else each for each in seen).split())
    return "" if line in ("-", "–", "—") else line


def turned(name: str) -> str:
    """“Lovelace, Ada” is Ada Lovelace, “King, Martin Luther, Jr.” is Martin Luther King Jr.; others stay."""
    parts = [each.strip() for each in name.split(",")]
    if len(parts) not in (2, 3) or not all(parts):
        return " ".join(name.replace(",", " ").split()) if name.endswith(",") else name
    return " ".join((parts[1], parts[0], *parts[2:]))
