"""A roster as people have it (a list of addresses, a CSV, an export of Canvas or Moodle), turned into rows."""

import re
from collections.abc import Sequence

from feedforward.courses.roster_rows import MOST_ROWS, Refused, Roster, RosterRow, checked_row, cleaned, turned
from feedforward.courses.roster_text import Line, decoded, delimiter_of, lines_of
from feedforward.errors import RuleBroken

# Heads as people and programs write them, folded to letters and digits.
_HEADS = {
    "email": ("email", "emailaddress", "mail", "emailadresse", "primaryemail", "universityemail"),
    "login": ("sisloginid", "loginid", "username"),
    "first": ("firstname", "givenname", "forename", "vorname"),
    "last": ("lastname", "surname", "familyname", "nachname"),
    "name": ("name", "student", "studentname", "fullname", "displayname"),
    "number": ("sisuserid", "idnumber", "studentid", "studentnumber", "matriculationnumber", "matrikelnummer"),
    # Canvas calls its own internal number ID: it is the student's only where no better column is.
    "id": ("id",),
    "section": ("section", "sections", "group", "groups", "sectionname"),
}  # fmt: skip
_COLUMN = {head: column for column, heads in _HEADS.items() for head in heads}
_ANGLED = re.compile(r"(.*)<\s*([^<>\s]+@[^<>\s]+)\s*>")


def read_roster_file(data: bytes) -> Roster:
    """The roster in an uploaded file. RuleBroken (field "file") where it cannot be read, is empty or too long."""
    return _read(decoded(data), "file")


def read_roster_text(text: str) -> Roster:
    """The roster in a pasted text: addresses, `Name <address>`, or a table. RuleBroken (field "emails")."""
    try:
        return _read(text, "emails")
    except RuleBroken as broken:
        raise RuleBroken(broken.message, field="emails") from None


def _read(text: str, field: str) -> Roster:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    delimiter = delimiter_of(text, _known_columns)
    lines = [line for line in lines_of(text, delimiter) if not _is_separator_line(line)]
    columns = _columns(lines[0]) if lines else {}
    if "email" in columns or "login" in columns:
        found = [each for line in lines[1:] for each in _table_row(line, columns)]
    elif field == "file" or any("\t" in each for each in text.splitlines()):
        found = [each for line in lines for each in _plain_row(line)]
    else:
        found = [each for number, words in enumerate(text.split("\n"), 1) for each in _typed_line(number, words)]
    if not found:
        raise RuleBroken("There is nobody in it: enter at least one e-mail address.", field=field)
    if len(found) > MOST_ROWS:
        raise RuleBroken(
            f"These are {len(found):,} lines; at most {MOST_ROWS:,} are taken at a time. Divide the list.", field=field
        )
    return _each_once(found)


def _each_once(found: Sequence[RosterRow | Refused]) -> Roster:
    first: dict[str, RosterRow] = {}
    rows = [each for each in found if isinstance(each, RosterRow)]
    twice = tuple(each for each in rows if first.setdefault(each.email, each) is not each)
    return Roster(tuple(first.values()), tuple(each for each in found if isinstance(each, Refused)), twice)


def _is_separator_line(line: Line) -> bool:
    return line.number == 1 and line.cells[0].lower().startswith("sep=")


def _folded_head(cell: str) -> str:
    return "".join(each for each in cell.casefold() if each.isalnum())


def _columns(line: Line) -> dict[str, int]:
    """Column → its place, the first of each; empty where this line is no head."""
    found: dict[str, int] = {}
    for place, cell in enumerate(line.cells):
        column = _COLUMN.get(_folded_head(cell))
        if column is not None:
            found.setdefault(column, place)
    return found


def _known_columns(sample: Sequence[Line]) -> int:
    return len(_columns(sample[0])) if sample else 0


def _table_row(line: Line, columns: dict[str, int]) -> list[RosterRow | Refused]:
    def cell(column: str) -> str:
        place = columns.get(column, -1)
        return cleaned(line.cells[place]) if 0 <= place < len(line.cells) else ""

    email, login = cell("email"), cell("login")
    nobody = not login and not any((cell("name"), cell("first"), cell("last")))
    if not email and (nobody or _is_of_canvas(line)):
        return []
    if not email and login and "@" not in login:
        return [
            Refused(line.number, login, "The login name is no e-mail address, and there is no column with addresses.")
        ]
    name = " ".join(each for each in (cell("first"), cell("last")) if each) or turned(cell("name"))
    number = cell("number") or ("" if "login" in columns else cell("id"))
    return [checked_row(line.number, email or login, name, number, cell("section"))]


def _is_of_canvas(line: Line) -> bool:
    """Canvas puts a row of points under the head, sometimes one about posting, and a student of its own at the end."""
    words = " ".join(line.cells).casefold()
    return "points possible" in words or "manual posting" in words or line.cells[0].casefold() == "student, test"


def _plain_row(line: Line) -> list[RosterRow | Refused]:
    """A table without heads: the address is the cell with an @; of the others the first in words is the name, the first
    with a digit the number, what is left the section."""
    addresses = [cell for cell in line.cells if "@" in cell]
    if len(addresses) != 1:
        return [each for cell in line.cells if cell for each in _typed_piece(line.number, cell)]
    angled = _ANGLED.fullmatch(addresses[0])
    others = [cleaned(cell) for cell in line.cells if cell and cell != addresses[0]]
    name = next((each for each in others if not any(mark.isdigit() for mark in each)), "")
    rest = [each for each in others if each != name]
    number = next((each for each in rest if any(mark.isdigit() for mark in each)), "")
    section = next((each for each in rest if each != number), "")
    if angled:
        return [checked_row(line.number, angled[2], turned(cleaned(angled[1])) or name, number, section)]
    return [checked_row(line.number, cleaned(addresses[0]), turned(name), number, section)]


def _typed_line(number: int, words: str) -> list[RosterRow | Refused]:
    """A line somebody typed or pasted from a mail program."""
    pieces = [each.strip() for each in re.split(r"[;,]", words) if each.strip()]
    if sum("@" in each for each in pieces) == 1 and len(pieces) > 1:
        whole = _ANGLED.fullmatch(words.strip().rstrip(",;"))
        if whole:
            return [checked_row(number, whole[2], turned(cleaned(whole[1].strip().strip('"'))), "", "")]
        return _plain_row(Line(number, tuple(pieces)))
    return [row for each in pieces for row in _typed_piece(number, each)]


def _typed_piece(number: int, piece: str) -> list[RosterRow | Refused]:
    angled = _ANGLED.fullmatch(piece)
    if angled:
        return [checked_row(number, angled[2], cleaned(angled[1].strip().strip('"')), "", "")]
    words = piece.split()
    # Words that are not addresses alone stay together, so that what was meant can be seen when it is told.
    return [
        checked_row(number, each, "", "", "") for each in (words if all("@" in word for word in words) else [piece])
    ]
