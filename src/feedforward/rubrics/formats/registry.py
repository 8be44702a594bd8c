"""All formats in one place: which there are, which one a file is in, and reading and writing by name."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from feedforward.errors import RuleBroken
from feedforward.rubrics.formats import canvas, ffrubric, markdown, moodle, ora, own, pasted_table
from feedforward.rubrics.formats.imported import MOST_BYTES, About, Exported, Imported
from feedforward.rubrics.formats.xml_text import name_of, parsed
from feedforward.rubrics.rules import Rubric


class Format(StrEnum):
    """The formats by the names people use for them on the command line."""

    JSON = "json"
    YAML = "yaml"
    MARKDOWN = "markdown"
    TABLE = "table"
    CANVAS = "canvas"
    MOODLE = "moodle"
    ORA = "ora"
    FFRUBRIC = "ffrubric"


@dataclass(frozen=True, slots=True)
class Words:
    """A format in words, how its files end, and their media type."""

    label: str
    ending: str
    media_type: str


FORMATS = {
    Format.JSON: Words("FeedForward (JSON)", ".json", "application/json"),
    Format.YAML: Words("FeedForward (YAML)", ".yaml", "application/yaml"),
    Format.MARKDOWN: Words("Markdown", ".md", "text/markdown"),
    Format.TABLE: Words("Table for a word processor or spreadsheet", ".tsv", "text/tab-separated-values"),
    Format.CANVAS: Words("Canvas (CSV)", ".canvas.csv", "text/csv"),
    Format.MOODLE: Words("Moodle (grading XML)", ".moodle.xml", "application/xml"),
    Format.ORA: Words("edX open response assessment (XML)", ".ora.xml", "application/xml"),
    Format.FFRUBRIC: Words(".ffrubric (categories and weights)", ".ffrubric", "application/json"),
}
ACCEPTED_ENDINGS = ".json,.yaml,.yml,.md,.markdown,.txt,.csv,.tsv,.xml,.ffrubric"

_WRITERS: dict[Format, Callable[[Rubric], Exported]] = {
    Format.JSON: own.write_json, Format.YAML: own.write_yaml, Format.MARKDOWN: markdown.write,
    Format.TABLE: pasted_table.write, Format.CANVAS: canvas.write, Format.MOODLE: moodle.write, Format.ORA: ora.write,
}  # fmt: skip
_TEXTS: tuple[tuple[Format, Callable[[str], bool], Callable[[str], tuple[Imported, ...]]], ...] = (
    (Format.CANVAS, canvas.looks_like, canvas.read),
    (Format.MARKDOWN, markdown.looks_like, markdown.read),
    (Format.TABLE, pasted_table.looks_like, pasted_table.read),
)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_BINARY = (
    (b"PK", "a Word, OpenDocument or ZIP file"),
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file turned out to be: its format and at least one rubric."""

    format: Format
    rubrics: tuple[Imported, ...]


def format_named(name: str) -> Format:
    """The format of this name; RuleBroken with the names there are."""
    try:
        return Format(name.strip().casefold())
    except ValueError:
        raise RuleBroken(f"There is no format “{name[:40]}”. The formats are {', '.join(Format)}.") from None


def read_any(data: bytes, shown: str) -> Reading:
    """The rubrics in a file, its format seen from what is in it; RuleBroken, beginning with `shown`, where it is none.

    Nothing is fetched, no entity is resolved, and what is larger than 1 MB is not looked at.
    """
    try:
        return _read(data)
    except RuleBroken as broken:
        raise RuleBroken(f"{shown}: {broken.message}") from None


def read_pasted(text: str, shown: str = "The pasted text") -> Reading:
    """The same for text somebody pasted."""
    return read_any(_as_bytes(text), shown)


def _as_bytes(text: str) -> bytes:
    # Text has no encoding left that its first line could declare.
    head, mark, rest = text.lstrip("\ufeff \r\n").partition("?>")
    return (rest if mark and head.startswith("<?xml") else text).encode("utf-8", "replace")


def _read(data: bytes) -> Reading:
    if len(data) > MOST_BYTES:
        raise RuleBroken(f"It is larger than {MOST_BYTES // 1000:,} kB, which no rubric should be.")
    for start, words in _BINARY:
        if data.startswith(start):
            raise RuleBroken(f"It is {words}. Open it, copy the table with the rubric and paste it instead.")
    if data.startswith(_UTF_16):
        try:
            data = _as_bytes(data.decode("utf-16"))
        except UnicodeDecodeError:
            raise RuleBroken("It is no text file.") from None
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _from_xml(data)
    text, notes = _decoded(data)
    reading = _from_text(text)
    if not notes:
        return reading
    told = (Imported(each.rubric, (*notes, *each.notes), each.about) for each in reading.rubrics)
    return Reading(reading.format, tuple(told))


def _from_xml(data: bytes) -> Reading:
    root = parsed(data.lstrip(b"\xef\xbb\xbf \t\r\n"))
    if moodle.looks_like(root):
        return Reading(Format.MOODLE, moodle.read(root))
    if ora.looks_like(root):
        return Reading(Format.ORA, ora.read(root))
    raise RuleBroken(f"It is XML (<{name_of(root)[:40]}>), but neither Moodle's grading XML nor an edX assessment.")


def _decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text, and what to say where its encoding had to be guessed."""
    notes: tuple[str, ...] = ()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
        notes = ("The file is not in UTF-8 and was read as Windows-1252; look whether accents are right.",)
    if "\x00" in text:
        raise RuleBroken("It is no text file.")
    return text.replace("\r\n", "\n").replace("\r", "\n"), notes


def _from_text(text: str) -> Reading:
    if not text.strip():
        raise RuleBroken("It is empty.")
    if text.lstrip().startswith("{"):
        return _from_data(own.data_in(text), Format.JSON)
    for kind, looks_like, read in _TEXTS:
        if looks_like(text):
            return Reading(kind, read(text))
    return _from_data(own.data_in(text), Format.YAML)


def _from_data(data: Any, kind: Format) -> Reading:
    if ffrubric.looks_like(data):
        return Reading(Format.FFRUBRIC, ffrubric.read(data))
    return Reading(kind, own.read(data))


def written(rubric: Rubric, kind: Format, about: About | None = None) -> Exported:
    """The rubric in this format; `about` goes along where the format has room for it."""
    return ffrubric.write(rubric, about) if kind is Format.FFRUBRIC else _WRITERS[kind](rubric)


def file_name_for(name: str, ending: str) -> str:
    """A file name made of a rubric's name: letters, digits and hyphens of any script, nothing a path could use."""
    words = "".join(each if each.isalnum() else "-" for each in name.casefold())
    return ("-".join(part for part in words.split("-") if part)[:60].strip("-") or "rubric") + ending
