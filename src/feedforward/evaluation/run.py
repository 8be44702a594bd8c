"""`feedforward evaluate` from its options to its figures: rows, readings, trials, report."""

import asyncio
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from feedforward.calibration.scale import Scale, scale_of
from feedforward.calibration.trials import CriterionResult, MarkedText, as_read, in_draws, in_folds
from feedforward.errors import RuleBroken
from feedforward.evaluation.asking import confirm_cost
from feedforward.evaluation.reading import Readings, Wanted, key_of, read_all
from feedforward.evaluation.report import chart, mean_kappa, results_as_json, show
from feedforward.evaluation.rows import MarkedRows, marked_rows
from feedforward.feedback_of_file import check_readers
from feedforward.llm.gateways.model_gateway import ModelGateway
from feedforward.llm.providers import Provider
from feedforward.llm.readers import BUILT_IN
from feedforward.rubrics.files import rubric_from_text
from feedforward.rubrics.rules import Criterion, Level, Rubric, fold, key_from_position
from feedforward.settings import read_settings
from feedforward.wiring import Wiring

FEWEST_ROWS = 10
MOST_LEVELS = 12


@dataclass(frozen=True, slots=True)
class EvaluationOptions:
    """What was asked for on the command line; `calibrate` and `folds` are None where not asked for."""

    file: Path
    text: str
    scores: Sequence[str]
    readers: Sequence[str]
    rubric: Path | None
    task: str | None
    group: str | None
    calibrate: int | None
    draws: int
    folds: int | None
    seed: int
    cache: Path | None
    as_json: bool
    chart: Path | None
    yes: bool


def evaluate_file(options: EvaluationOptions) -> None:
    """Prints the figures; RuleBroken says in one line what to change where something is wrong."""
    if options.calibrate is not None and options.folds is not None:
        raise RuleBroken("Choose --calibrate or --folds, not both.")
    rows = marked_rows(options.file, text=options.text, scores=options.scores, task=options.task, group=options.group)
    if len(rows.rows) < FEWEST_ROWS:
        raise RuleBroken(
            f"{options.file} has {len(rows.rows)} rows with a text and all marks; agreement on fewer than "
            f"{FEWEST_ROWS} says nothing."
        )
    rubric, scales = _rubric_and_scales(rows, options.rubric)
    providers: tuple[Provider, ...] = ()
    tries = 1
    if any(reader != BUILT_IN for reader in options.readers):
        settings = read_settings()
        providers, tries = Wiring(settings).providers, settings.reading_tries
    readers = check_readers(options.readers, providers)
    console = Console(stderr=True)
    if rows.left_out:
        console.print(f"{rows.left_out} rows without a text or without all marks were left out.")
    texts = _read(rows, rubric, readers, options, providers, tries, console)
    method, results = _tried(texts, scales, readers, options, console)
    if options.chart is not None:
        _write(options.chart, chart(results, method=method))
    if options.as_json:
        mean = mean_kappa(results)
        print(
            json.dumps(
                {
                    "criteria": results_as_json(results), "mean_qwk": None if mean is None else round(mean, 4),
                    "readers": list(readers), "method": method, "seed": options.seed, "texts": len(texts),
                    "rows_left_out": rows.left_out,
                },
                ensure_ascii=False,
            )
        )  # fmt: skip
    else:
        show(Console(), results, method=method)


def _rubric_and_scales(rows: MarkedRows, path: Path | None) -> tuple[Rubric, dict[str, Scale]]:
    """The rubric of the file with its criteria named as the marks are, or one made of the marks' own steps."""
    marks = {name: [row.marks[name] for row in rows.rows] for name in rows.criteria}
    if path is None:
        scales = {name: scale_of(marks[name], name) for name in rows.criteria}
        criteria = [
            Criterion(key_from_position(at), name, 1.0, "", _levels(scales[name]))
            for at, name in enumerate(rows.criteria)
        ]
        return Rubric("Marks", tuple(criteria)), scales
    try:
        rubric = rubric_from_text(path.read_text(encoding="utf-8-sig"), path.name)
    except (OSError, UnicodeDecodeError):
        raise RuleBroken(f"{path} cannot be read as a rubric.") from None
    by_name = {fold(each.name): each for each in rubric.criteria}
    chosen, scales = [], {}
    for at, name in enumerate(rows.criteria):
        criterion = by_name.get(fold(name))
        if criterion is None:
            raise RuleBroken(
                f"The rubric has no criterion “{name}”. It has: {', '.join(each.name for each in rubric.criteria)}."
            )
        points = [level.points for level in criterion.levels]
        if min(marks[name]) < min(points) or max(marks[name]) > max(points):
            raise RuleBroken(f"Some marks for “{name}” lie outside the rubric's {min(points):g} to {max(points):g}.")
        scales[name] = scale_of([*marks[name], *points], name)
        chosen.append(Criterion(key_from_position(at), name, criterion.weight, criterion.description, criterion.levels))
    return Rubric(rubric.name, tuple(chosen)), scales


def _levels(scale: Scale) -> tuple[Level, ...]:
    """One level for each step, or a few spread over the scale where there are many."""
    count = scale.steps if scale.steps < MOST_LEVELS else 4
    width = (scale.highest - scale.lowest) / count
    points = [scale.lowest + width * at for at in range(count + 1)]
    return tuple(Level(f"{each:g}", each) for each in points)


def _read(
    rows: MarkedRows, rubric: Rubric, readers: Sequence[str], options: EvaluationOptions, providers: Sequence[Provider],
    tries: int, console: Console,
) -> list[MarkedText]:  # fmt: skip
    """Every row as every reader read it; rows that a reader failed on are left out and told of."""
    folder = options.cache or options.file.parent
    readings = Readings(folder / f"{options.file.name}.readings.jsonl")
    keys = [{reader: key_of(reader, row.text, row.task, rubric) for reader in readers} for row in rows.rows]
    wanted = {
        key: Wanted(key, reader, row.text, row.task)
        for row, own in zip(rows.rows, keys, strict=True)
        for reader, key in own.items()
        if key not in readings
    }
    confirm_cost(list(wanted.values()), rubric, providers, console, yes=options.yes)
    failures: dict[str, str] = {}
    with _progress(console) as progress:
        bar = progress.add_task("reading", total=len(wanted))

        def tell(one: Wanted, failure: str | None) -> None:
            if failure is not None:
                failures[one.reader] = failure
            progress.advance(bar)

        try:
            asyncio.run(_read_missing(list(wanted.values()), rubric, readings, providers, tries, tell))
        except KeyboardInterrupt:
            kept = sum(key in readings for key in wanted)
            console.print(f"Stopped. {kept} of {len(wanted)} readings are kept; the same command goes on from there.")
            raise
    for reader, failure in failures.items():
        console.print(
            f"{reader} failed on some texts, which were left out; run again to try them again. Last: {failure}"
        )
    texts = [
        MarkedText(
            row.marks,
            {reader: readings[key].scores for reader, key in own.items()},
            {reader: readings[key].features for reader, key in own.items()},
            row.group,
        )
        for row, own in zip(rows.rows, keys, strict=True)
        if all(key in readings for key in own.values())
    ]
    if len(texts) < FEWEST_ROWS:
        raise RuleBroken(f"Only {len(texts)} texts could be read, too few to say anything.")
    return texts


async def _read_missing(
    wanted: Sequence[Wanted], rubric: Rubric, readings: Readings, providers: Sequence[Provider], tries: int,
    tell: Callable[[Wanted, str | None], None],
) -> None:  # fmt: skip
    gateway = ModelGateway()
    try:
        await read_all(wanted, rubric, readings, providers=providers, gateway=gateway, tries=tries, tell=tell)
    finally:
        await gateway.close()


def _tried(
    texts: Sequence[MarkedText], scales: Mapping[str, Scale], readers: Sequence[str], options: EvaluationOptions,
    console: Console,
) -> tuple[str, Sequence[CriterionResult]]:  # fmt: skip
    """What was done, in words, and its figures."""
    named = ", ".join(readers)
    if options.calibrate is None and options.folds is None:
        return f"{named}, as read", as_read(texts, scales, seed=options.seed)
    with _progress(console) as progress:
        bar = progress.add_task("calibrating", total=options.folds or options.draws)

        def tell() -> None:
            progress.advance(bar)

        return _calibrated(texts, scales, named, options, tell)


def _calibrated(
    texts: Sequence[MarkedText], scales: Mapping[str, Scale], named: str, options: EvaluationOptions,
    tell: Callable[[], None],
) -> tuple[str, Sequence[CriterionResult]]:  # fmt: skip
    if options.calibrate is not None:
        results = in_draws(
            texts, scales, calibrate=options.calibrate, draws=options.draws, seed=options.seed, tell=tell
        )
        times = "once" if options.draws == 1 else f"mean of {options.draws} draws"
        return f"{named}, calibrated on {options.calibrate} texts, tried on the rest ({times})", results
    assert options.folds is not None, "one of the two was asked for"
    results = in_folds(texts, scales, folds=options.folds, seed=options.seed, tell=tell)
    return f"{named}, calibrated in {options.folds}-fold cross-validation", results


def _progress(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    # Standard output holds the figures and nothing else; a bar that is redrawn only helps where somebody watches.
    return Progress(*columns, console=console, disable=not sys.stderr.isatty())


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise RuleBroken(f"{path} cannot be written: {(error.strerror or 'unknown reason').lower()}.") from None
