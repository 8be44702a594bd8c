"""A rubric to look at: each criterion with its share and its levels as a ladder."""

from feedforward.rubrics.rules import Criterion, Rubric, number_text
from feedforward.ui.elements import Child, P, Span, Strong
from feedforward.ui.ladder import level_ladder
from feedforward.ui.layout import disclosure, stack
from feedforward.ui.tables import definition_list


def rubric_view(*, rubric: Rubric, show_points: bool) -> Child:
    """The criteria one below the other; levels from lowest to highest, their words folded away."""
    return stack(
        *(
            level_ladder(
                criterion=criterion.name,
                levels=[level.label for level in criterion.levels],
                reached=None,
                judged=False,
                note=(
                    P(Strong(f"{rubric.share(criterion):.0%} of the whole. "), criterion.description),
                    disclosure(
                        summary=f"{', '.join(level.label for level in criterion.levels)}: what each looks like",
                        body=_level_words(criterion, show_points),
                    ),
                ),
            )
            for criterion in rubric.criteria
        )
    )


def _level_words(criterion: Criterion, show_points: bool) -> Child:
    items: list[tuple[str, Child]] = [
        (
            f"{level.label} ({number_text(level.points)} points)" if show_points else level.label,
            level.description or Span("No description.", cls="quiet"),
        )
        for level in criterion.levels
    ]
    return definition_list(wide=True, items=items)
