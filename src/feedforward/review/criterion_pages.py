"""Criteria under review: the ladder with what stands, the chooser, and how the readers judged."""

from feedforward.review.form_values import criterion_field
from feedforward.review.rules import score_text
from feedforward.review.sheet import Sheet
from feedforward.review.views import CriterionResult
from feedforward.review.words import disagreement_in_words, reader_in_words
from feedforward.ui.badges import Tone, badge
from feedforward.ui.choices import Choice, select_field
from feedforward.ui.elements import Child, Element, P
from feedforward.ui.fields import number_field
from feedforward.ui.forms import field_row
from feedforward.ui.ladder import ReaderDot, level_ladder, spread
from feedforward.ui.layout import card, disclosure, section, stack

WIDE = 0.5


def criteria_section(sheet: Sheet) -> Element:
    """Every criterion, those the readers disagree about with their spread unfolded."""
    return section(title="Levels", body=stack(*(_criterion(sheet, each) for each in sheet.review.criteria)))


def _criterion(sheet: Sheet, result: CriterionResult) -> Element:
    labels = [level.label for level in result.criterion.levels]
    chosen = sheet.value(criterion_field(result.criterion_id, "level"))
    reached = int(chosen) if chosen.isdigit() and int(chosen) < len(labels) else None
    dots = _dots(sheet, result)
    return card(
        body=stack(
            level_ladder(
                criterion=result.criterion.name, levels=labels, reached=reached, score=score_text(result.score) or None,
                note=_note(result),
            ),
            _chooser(sheet, result, labels) if sheet.editing else None,
            disclosure(
                summary="How the readers judged it",
                opened=(result.disagreement or 0) >= WIDE,
                body=spread(
                    criterion=result.criterion.name, levels=labels, dots=dots,
                    merged=None if result.merged_score is None else _position(result, result.merged_score),
                ),
            )
            if dots
            else None,
        )
    )  # fmt: skip


def _note(result: CriterionResult) -> Child:
    said = badge("Readers disagree", tone=Tone.PERSON) if (result.disagreement or 0) >= WIDE else None
    words = disagreement_in_words(result.disagreement, result.scores)
    if result.edited_by is None:
        return P(said, " " if said else None, words)
    before = "none" if result.merged_level is None else result.criterion.levels[result.merged_level].label
    score = f" ({score_text(result.merged_score)})" if result.merged_score is not None else ""
    return (
        P(badge(f"Edited by {result.edited_by}", tone=Tone.ACTIVE), f" The readers' merged level was {before}{score}."),
        P(said, " " if said else None, words),
    )


def _chooser(sheet: Sheet, result: CriterionResult, labels: list[str]) -> Element:
    level, score = criterion_field(result.criterion_id, "level"), criterion_field(result.criterion_id, "score")
    low, high = score_text(result.criterion.lowest), score_text(result.criterion.highest)
    return field_row(
        select_field(
            name=level,
            label=f"Level of {result.criterion.name}",
            value=sheet.value(level),
            required=False,
            say_optional=False,
            choices=[Choice(str(place), label) for place, label in enumerate(labels)],
            empty="Not judged",
            hint=sheet.hint(level),
            error=sheet.errors.get(level),
            key="l",
        ),
        number_field(
            name=score,
            label=f"Score ({low} to {high})",
            value=sheet.value(score),
            step="any",
            required=False,
            say_optional=False,
            hint=sheet.hint(score),
            error=sheet.errors.get(score),
        ),
    )


def _dots(sheet: Sheet, result: CriterionResult) -> list[ReaderDot]:
    """The newest round's readers on the steps; those that gave no score are said in words."""
    newest = max((each.round for each in sheet.review.readings), default=0)
    dots = []
    for reading in sheet.review.readings:
        if reading.round != newest or reading.status != "done":
            continue
        given, level = reading.scores.get(result.criterion_id, (None, None))
        score, level = reading.calibrated.get(result.criterion_id, (given, level))
        name = f"{reader_in_words(reading.reader)}, run {reading.run}" if _several_runs(sheet, reading.reader) else (
            reader_in_words(reading.reader)
        )  # fmt: skip
        if score is None:
            dots.append(ReaderDot(name, None, "no score"))
            continue
        label = (
            result.criterion.levels[level].label if level is not None and level < len(result.criterion.levels) else ""
        )
        said = f"{label}, {score_text(score)}".strip(", ")
        if result.criterion_id in reading.calibrated:
            said += f" after calibration, gave {score_text(given) or 'no score'}"
        dots.append(ReaderDot(name, _position(result, score), said))
    return dots


def _several_runs(sheet: Sheet, reader: str) -> bool:
    return any(each.reader == reader and each.run > 1 for each in sheet.review.readings)


def _position(result: CriterionResult, score: float) -> float:
    """Where a score lies among the levels, counted from 0 and between two of them."""
    points = [level.points for level in result.criterion.levels]
    for place in range(len(points) - 1):
        if score <= points[place + 1]:
            width = points[place + 1] - points[place]
            return place + (max(0.0, score - points[place]) / width if width else 0.0)
    return float(len(points) - 1)
