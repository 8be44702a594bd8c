"""From the bytes of a roster to lines of cells: encoding and delimiter are found out, nothing is ever evaluated."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from feedforward.errors import RuleBroken

MOST_BYTES = 2 * 1024 * 1024
DELIMITERS = (",", ";", "\t")
# So many lines tell the delimiter: one in a remark further down says nothing about the table.
SAMPLE = 25
LONGEST_CELL = 10_000

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
UNREADABLE = "This file is not a text we can read. Save the list as CSV (UTF-8) and choose that file."
SPREADSHEET = (
    "This is a spreadsheet or another packed file. In your program choose “Save as” and CSV, and take that file."
)


@dataclass(frozen=True, slots=True)
class Line:
    """One record: the number of the line it begins on, counted from 1, and its cells without outer blanks."""

    number: int
    cells: tuple[str, ...]


def decoded(data: bytes) -> str:
    """The text of a file: by its mark, as UTF-16 where every other byte is zero, as UTF-8, or as Windows wrote it.

    RuleBroken (field "file") where it is too large or no text.
    """
    if len(data) > MOST_BYTES:
        raise RuleBroken("The file is larger than 2 MB. A roster of 2,000 people is far smaller.", field="file")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise RuleBroken(SPREADSHEET, field="file")
    encodings = [encoding for mark, encoding in _MARKS if data.startswith(mark)] or [*_likely(data), "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise RuleBroken(UNREADABLE, field="file")


def _likely(data: bytes) -> Sequence[str]:
    """UTF-16 without its mark has a zero in every other byte, as long as most letters are Latin."""
    sample = data[:2000]
    half = len(sample) // 2
    if half and sample[1::2].count(0) > half * 0.6:
        return ("utf-16-le",)
    if half and sample[0::2].count(0) > half * 0.6:
        return ("utf-16-be",)
    return ("utf-8",)


def lines_of(text: str, delimiter: str) -> list[Line]:
    """The records of the text, blank ones left out. Quoted cells may hold delimiters and line ends. RuleBroken where a
    cell is absurdly long, as after a quote that is never closed."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found: list[Line] = []
    begins = 1
    try:
        for record in reader:
            cells = tuple(cell.strip() for cell in record)
            if max((len(cell) for cell in cells), default=0) > LONGEST_CELL:
                raise RuleBroken(f"The cell in line {begins} never ends: is a quotation mark open?", field="file")
            if any(cells):
                found.append(Line(begins, cells))
            begins = reader.line_num + 1
    except csv.Error:
        raise RuleBroken(f"Line {begins} cannot be read as a table.", field="file") from None
    return found


def delimiter_of(text: str, score: Callable[[Sequence[Line]], int]) -> str:
    """The delimiter under which the beginning of the text looks most like a roster: `score` is how many of
    its columns are known. Excel's line `sep=;` decides."""
    first, _, _ = text.lstrip("\ufeff").partition("\n")
    told = first.strip().strip('"')
    if told.lower().startswith("sep=") and told[4:5] in DELIMITERS:
        return told[4:5]
    beginning = "\n".join(text.splitlines()[: SAMPLE * 2])

    def worth(delimiter: str) -> tuple[int, int]:
        try:
            sample = lines_of(beginning, delimiter)[:SAMPLE]
        except RuleBroken:
            return -1, 0
        widths = [len(line.cells) for line in sample]
        usual = max(set(widths), key=widths.count) if widths else 0
        return score(sample), widths.count(usual) if usual > 1 else 0

    return max(DELIMITERS, key=worth)
