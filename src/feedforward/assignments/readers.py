"""Choosing readers: what a form says about them, parsed with a problem beside each field; and the ways to merge."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from feedforward.assignments.rules import MergeMethod, ReaderSetting
from feedforward.llm.readers import BUILT_IN

MOST_RUNS = 5
MOST_WEIGHT = 100.0
MOST_TEMPERATURE = 2.0
ANSWER_TOKENS = 6000
"""Room for one answer: eight criteria with two comments each stay below it."""

MERGE_WORDS = {
    MergeMethod.MEAN: ("Mean", "All readings count the same; one that is far off pulls the result a little."),
    MergeMethod.WEIGHTED_MEAN: ("Weighted mean", "Each reading counts as much as its reader’s weight says."),
    MergeMethod.MEDIAN: ("Median", "The reading in the middle; one that is far off changes nothing. Best with three."),
    MergeMethod.TRIMMED_MEAN: (
        "Trimmed mean", "The readings furthest out at both ends are left out and the rest averaged."
    ),
    MergeMethod.MAXIMUM: ("Maximum", "The kindest reading: the highest score any reader gave."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadersSpec:
    """The readers of an assignment in their order, and how their readings become one."""

    readers: tuple[ReaderSetting, ...]
    merge_method: MergeMethod
    min_readings: int

    @property
    def readings(self) -> int:
        """How many readings a draft gets."""
        return sum(reader.runs for reader in self.readers)


@dataclass(frozen=True, slots=True)
class ReaderRow:
    """One offered reader as the form shows it, with what is typed beside it."""

    reader: str
    chosen: bool
    runs: str = "1"
    weight: str = "1"
    temperature: str = "0"
    fallback: str = ""
    offered: bool = True


@dataclass(frozen=True, slots=True)
class ReadersForm:
    """The readers form as it was typed; a field is called `reader.<row>.<part>`."""

    rows: tuple[ReaderRow, ...]
    merge_method: str
    min_readings: str


def default_readers() -> ReadersSpec:
    """What a new assignment starts with: the built-in reader, so that no text leaves before somebody decides it may."""
    return ReadersSpec((ReaderSetting(0, 0, BUILT_IN, 1, 1.0, 0.0, ANSWER_TOKENS, None),), MergeMethod.MEAN, 1)


def form_of_readers(
    settings: Sequence[ReaderSetting], merge_method: MergeMethod, min_readings: int, offered: Sequence[str]
) -> ReadersForm:
    """Every reader offered here, the chosen ones ticked; chosen ones no longer offered stay to be seen."""
    chosen = {setting.reader: setting for setting in settings}
    names = [*offered, *(reader for reader in chosen if reader not in offered)]
    return ReadersForm(
        tuple(_row(name, chosen.get(name), name in offered) for name in names), merge_method, str(min_readings)
    )


def _row(name: str, setting: ReaderSetting | None, offered: bool) -> ReaderRow:
    if setting is None:
        return ReaderRow(name, chosen=False, offered=offered)
    return ReaderRow(
        name, True, str(setting.runs), f"{setting.weight:g}", f"{setting.temperature:g}",
        setting.fallback_reader or "", offered,
    )  # fmt: skip


def readers_typed(sent: Mapping[str, str], shown: ReadersForm) -> ReadersForm:
    """The form as it came back; its rows are those that were shown, known by the reader's name they carry."""
    by_name = {sent.get(f"reader.{number}.name", ""): number for number in range(len(shown.rows) + 100)}
    rows = []
    for row in shown.rows:
        start = f"reader.{by_name.get(row.reader, -1)}."
        rows.append(
            ReaderRow(
                row.reader, f"{start}use" in sent, sent.get(f"{start}runs", "1"), sent.get(f"{start}weight", "1"),
                sent.get(f"{start}temperature", "0"), sent.get(f"{start}fallback", ""), row.offered,
            )
        )  # fmt: skip
    return ReadersForm(tuple(rows), sent.get("merge_method", ""), sent.get("min_readings", ""))


def chosen_in(form: ReadersForm) -> tuple[ReaderSetting, ...]:
    """The chosen rows as settings, for what only asks which readers they are: wrong numbers stand at their least."""
    chosen = [row for row in form.rows if row.chosen]
    return tuple(_setting({}, "", row, position, ()) for position, row in enumerate(chosen))


def parse_readers(form: ReadersForm) -> ReadersSpec | dict[str, str]:
    """The readers, or field → what to change."""
    problems: dict[str, str] = {}
    offered = [row.reader for row in form.rows if row.offered]
    settings: list[ReaderSetting] = []
    for number, row in enumerate(form.rows):
        if row.chosen:
            settings.append(_setting(problems, f"reader.{number}.", row, len(settings), offered))
    if not settings:
        problems["reader.0.use"] = "Choose at least one reader."
    elif not problems and not any(setting.weight > 0 for setting in settings):
        problems[""] = "Give at least one of the chosen readers a weight above zero."
    method = next((each for each in MergeMethod if each == form.merge_method), None)
    if method is None:
        problems["merge_method"] = "Choose how the readings are merged."
    readings = sum(setting.runs for setting in settings)
    least = _number(problems, "min_readings", form.min_readings, 1, max(readings, 1), whole=True)
    if "min_readings" in problems and settings:
        problems["min_readings"] = (
            f"Enter a whole number from 1 to {readings}: that is how many readings the chosen readers make."
        )
    if problems or method is None:
        return problems
    return ReadersSpec(tuple(settings), method, int(least))


def _setting(
    problems: dict[str, str], start: str, row: ReaderRow, position: int, offered: Sequence[str]
) -> ReaderSetting:
    if not row.offered:
        problems[f"{start}use"] = (
            f"{row.reader} is no longer set up here. Take its tick away and choose another reader."
        )
    if row.fallback and (row.fallback not in offered or row.fallback == row.reader):
        problems[f"{start}fallback"] = "Choose another reader that is offered here, or none."
    own = row.reader == BUILT_IN
    return ReaderSetting(
        id=0, position=position, reader=row.reader, max_tokens=ANSWER_TOKENS, fallback_reader=row.fallback or None,
        runs=1 if own else int(_number(problems, f"{start}runs", row.runs, 1, MOST_RUNS, whole=True)),
        weight=_number(problems, f"{start}weight", row.weight, 0, MOST_WEIGHT),
        temperature=0.0 if own else _number(problems, f"{start}temperature", row.temperature, 0, MOST_TEMPERATURE),
    )  # fmt: skip


def _number(
    problems: dict[str, str], field: str, typed: str, least: float, most: float, *, whole: bool = False
) -> float:
    """The number typed; where it is wrong `problems` says so and `least` stands in for it."""
    try:
        number = float(typed.strip().replace(",", "."))
    except ValueError:
        number = math.nan
    if not least <= number <= most or (whole and number != int(number)):
        problems[field] = f"Enter a {'whole ' if whole else ''}number from {least:g} to {most:g}."
        return least
    return number
