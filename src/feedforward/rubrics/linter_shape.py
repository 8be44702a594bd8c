"""What a linter sees in the numbers of a rubric: weights, steps, what is left empty."""

from collections.abc import Iterator
from dataclasses import replace
from statistics import median

from feedforward.rubrics.linter_rules import Check, Finding, Kind, Severity
from feedforward.rubrics.rules import Criterion, Rubric, number_text

# A sum this near to a whole was meant to be one.
NEAR = 0.12
WHOLES = (1.0, 100.0)
HEAVY_SHARE = 0.6
JUMP = 3.0
MOST_CRITERIA = 8
MOST_LEVELS = 6


def weights(rubric: Rubric) -> Iterator[Finding]:
    """Weights that almost add up to a whole, that count nothing, or that leave one criterion to decide alone."""
    given = [max(criterion.weight, 0.0) for criterion in rubric.criteria]
    total = sum(given)
    if total <= 0:
        return
    for whole in WHOLES:
        # Thirds written with two or three digits do add up.
        exact = abs(total - whole) <= 0.0051 * whole
        if not exact and abs(total - whole) <= NEAR * whole and len(set(given)) > 1:
            yield Finding(
                Kind.WEIGHTS, Severity.SHOULD, (),
                f"The weights add up to {number_text(round(total, 2))}, not to {number_text(whole)}. They still count "
                "in proportion, but nobody who reads them will see how much each is worth.",
                f"Make them add up to {number_text(whole)}.", mended=_adding_up_to(rubric, whole),
            )  # fmt: skip
    for criterion in rubric.criteria:
        if criterion.weight == 0 and len(rubric.criteria) > 1:
            yield Finding(
                Kind.WEIGHTS, Severity.CONSIDER, (criterion.key,),
                f"“{criterion.name}” has the weight 0: it is read and commented on, and counts nothing.",
                "Give it a weight, or say in its description that it is for feedback only.",
            )  # fmt: skip
        elif len(rubric.criteria) > 2 and rubric.share(criterion) > HEAVY_SHARE:
            yield Finding(
                Kind.WEIGHTS, Severity.CONSIDER, (criterion.key,),
                f"“{criterion.name}” is {round(rubric.share(criterion) * 100)} % of the whole: it nearly decides by "
                "itself.",
                "Split it into what you look at separately, or give the others more weight.",
            )  # fmt: skip


def empty_texts(rubric: Rubric) -> Iterator[Finding]:
    """Levels without a description, which every reader fills with ideas of its own."""
    for criterion in rubric.criteria:
        empty = tuple(level.label for level in criterion.levels if not level.description.strip())
        if not empty:
            continue
        all_of_them = len(empty) == len(criterion.levels)
        if all_of_them and not criterion.description.strip():
            reason = f"“{criterion.name}” is only a name: neither it nor its levels say what to look for."
        elif all_of_them:
            reason = f"The levels of “{criterion.name}” are labels without a description."
        else:
            named = ", ".join(f"“{label}”" for label in empty)
            reason = f"“{criterion.name}”: {named} {'has' if len(empty) == 1 else 'have'} no description."
        yield Finding(
            Kind.MISSING_TEXT, Severity.SHOULD, (criterion.key,),
            reason + " Each reader draws its own line there, and a student cannot see what the next level asks for.",
            "Write for each level what one would see in a draft that reached it.", empty,
        )  # fmt: skip


def steps(rubric: Rubric) -> Iterator[Finding]:
    """A step between two levels that is much larger than the others."""
    for criterion in rubric.criteria:
        sizes = [high.points - low.points for low, high in zip(criterion.levels, criterion.levels[1:], strict=False)]
        if len(sizes) < 2 or min(sizes) <= 0:
            continue
        usual, largest = median(sizes), max(sizes)
        if largest < JUMP * usual:
            continue
        low, high = (criterion.levels[sizes.index(largest) + offset] for offset in (0, 1))
        yield Finding(
            Kind.STEPS, Severity.CONSIDER, (criterion.key,),
            f"“{criterion.name}”: from “{low.label}” to “{high.label}” it is {number_text(round(largest, 2))} points, "
            f"elsewhere {number_text(round(usual, 2))}. A reader unsure between the two decides over much "
            "of the score.",
            "Add a level between them, or bring the points closer.", (low.label, high.label),
            _with_even_steps(rubric, criterion),
        )  # fmt: skip


def too_many(rubric: Rubric) -> Iterator[Finding]:
    """More criteria or levels than people keep apart."""
    if len(rubric.criteria) > MOST_CRITERIA:
        yield Finding(
            Kind.TOO_MANY, Severity.CONSIDER, (),
            f"There are {len(rubric.criteria)} criteria. A student is shown at most five things to do first, and "
            "readers mix up criteria that lie close together.",
            "Join what you would never judge differently.",
        )  # fmt: skip
    for criterion in rubric.criteria:
        if len(criterion.levels) > MOST_LEVELS:
            yield Finding(
                Kind.TOO_MANY, Severity.CONSIDER, (criterion.key,),
                f"“{criterion.name}” has {len(criterion.levels)} levels; readers seldom agree on more than six.",
                "Join levels that ask for the same next step.",
            )  # fmt: skip


def _adding_up_to(rubric: Rubric, whole: float) -> Rubric:
    """The same shares in whole per cent; what rounding leaves goes where it makes no equal weights unequal."""
    unit = whole / 100
    shares = [
        max(1, round(rubric.share(criterion) * 100)) if criterion.weight > 0 else 0 for criterion in rubric.criteria
    ]
    takes_the_rest = min(range(len(shares)), key=lambda index: (shares.count(shares[index]), -shares[index]))
    shares[takes_the_rest] += 100 - sum(shares)
    criteria = tuple(
        replace(criterion, weight=round(share * unit, 4))
        for criterion, share in zip(rubric.criteria, shares, strict=True)
    )
    return replace(rubric, criteria=criteria)


def _with_even_steps(rubric: Rubric, uneven: Criterion) -> Rubric:
    """The criterion with its levels evenly between its lowest and highest points."""
    last = len(uneven.levels) - 1
    span = uneven.highest - uneven.lowest
    levels = tuple(
        replace(level, points=round(uneven.lowest + span * position / last, 2))
        for position, level in enumerate(uneven.levels)
    )
    return replace(
        rubric,
        criteria=tuple(replace(each, levels=levels) if each is uneven else each for each in rubric.criteria),
    )


SHAPE_CHECKS: tuple[Check, ...] = (weights, empty_texts, steps, too_many)
