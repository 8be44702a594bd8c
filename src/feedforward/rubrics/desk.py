"""What lies before somebody who builds a rubric: as typed, what can be undone, what was read from a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from feedforward.errors import RuleBroken
from feedforward.rubrics.builder import TypedRubric, is_number, parse_rubric, shares, total_weight, typed_from, typed_in
from feedforward.rubrics.checkup import check_up_typed, mended
from feedforward.rubrics.formats.imported import Imported
from feedforward.rubrics.formats.registry import FORMATS, read_any, read_pasted
from feedforward.rubrics.kept_states import unpacked
from feedforward.rubrics.rules import number_text
from feedforward.rubrics.steps import changed
from feedforward.web.forms import Upload


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read: from what, in which format in words, and the rubrics in it with what could not be carried."""

    source: str
    form: str
    rubrics: Sequence[Imported]


@dataclass(frozen=True, slots=True)
class Desk:
    """The state of the builder between two requests. `before` are the states that can be gone back to, the last one
    last; `offered` the rubrics of a file that held several; `errors` field → what to change."""

    typed: TypedRubric
    before: tuple[TypedRubric, ...] = ()
    offered: tuple[TypedRubric, ...] = ()
    pasted: str = ""
    seen: Seen | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    put_in: bool = False


def desk_from(fields: Mapping[str, str], *, before: str, offered: str, pasted: str) -> Desk:
    """The desk as the builder's form sent it."""
    return Desk(typed_in(fields), unpacked(before), unpacked(offered), pasted)


def after_step(desk: Desk, step: str) -> Desk:
    """One step of the builder (see steps.py), `undo`, `take:2` (the third rubric of the file that was read),
    `mend:weights:0` (what the check-up's first finding proposes), or `proposed`: what was sent is a proposal."""
    if step == "undo":
        return replace(desk, typed=desk.before[-1], before=desk.before[:-1]) if desk.before else desk
    if step == "proposed":
        return replace(desk, put_in=True)
    verb, _, place = step.partition(":")
    if verb == "take":
        there = is_number(place) and int(place) < len(desk.offered)
        return put_in(desk, desk.offered[int(place)]) if there else desk
    if verb == "mend":
        kind, _, number = place.partition(":")
        return _with(desk, mended(desk.typed, kind, number))
    return _with(desk, changed(desk.typed, step))


def put_in(desk: Desk, typed: TypedRubric) -> Desk:
    """Another rubric in place of what stands in the form, which can be brought back."""
    return replace(_with(desk, typed), put_in=True)


def _with(desk: Desk, typed: TypedRubric) -> Desk:
    if typed == desk.typed:
        return desk
    return replace(desk, typed=typed, before=desk.before if desk.typed.is_blank else (*desk.before, desk.typed))


def after_reading(desk: Desk, file: Upload | None) -> Desk:
    """The chosen file or the pasted text read: one rubric goes into the form, of several one is to be chosen. What
    cannot be read changes nothing. Takes up to a second for a large file."""
    try:
        if file is not None:
            source = file.file_name
            reading = read_any(file.data, source)
        elif desk.pasted.strip():
            source = "The pasted text"
            reading = read_pasted(desk.pasted)
        else:
            raise RuleBroken("Paste a rubric or choose its file first.")
    except RuleBroken as broken:
        return replace(desk, errors={"file" if file is not None else "pasted": broken.message})
    seen = Seen(source, FORMATS[reading.format].label, reading.rubrics)
    found = tuple(typed_from(each.rubric) for each in reading.rubrics)
    if len(found) > 1:
        return replace(desk, seen=seen, offered=found, pasted="")
    return replace(put_in(desk, found[0]), seen=seen, offered=(), pasted="")


@dataclass(frozen=True, slots=True)
class Checked:
    """What the live check says: the sum of the weights in a sentence, what is still to change, with its field, and how
    many things the check-up found."""

    weights: str
    to_change: Sequence[tuple[str, str]]
    findings: int


def checked(typed: TypedRubric) -> Checked:
    """How the rubric as typed stands."""
    total = total_weight(typed)
    if total is None:
        weights = "One of the weights is not a number yet."
    elif not total:
        weights = "No criterion has a weight yet."
    else:
        parts = zip(typed.criteria, shares(typed), strict=True)
        told = ", ".join(f"{each.name.strip() or 'a criterion without a name'} {share}" for each, share in parts)
        weights = f"Weights add up to {number_text(round(total, 4))}: {told}."
    parsed = parse_rubric(typed)
    problems = parsed if isinstance(parsed, dict) else {}
    found = len(check_up_typed(typed).findings)
    return Checked(weights, [(name, _where(name) + problem) for name, problem in problems.items()], found)


def _where(name: str) -> str:
    """`criterion.1.level.0.label` in words: `Criterion 2, level 1: `."""
    parts = name.split(".")
    if parts[0] != "criterion":
        return ""
    level = f", level {int(parts[3]) + 1}" if len(parts) > 3 else ""
    return f"Criterion {int(parts[1]) + 1}{level}: "
