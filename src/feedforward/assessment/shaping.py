"""Merged readings as the assignment wants them told: of each criterion, of the draft as a whole, or both."""

from dataclasses import replace

from feedforward.assessment.aggregation import Merged
from feedforward.assessment.merging_comments import priorities
from feedforward.assignments.choices import Shape
from feedforward.feedback.rules import CommentKind

# Feedback on the draft as a whole names a few things, whatever the number of criteria.
OVERALL_IMPROVEMENTS = 4
OVERALL_STRENGTHS = 2


def shaped(merged: Merged, shape: Shape) -> Merged:
    """Without a summary, or with the few comments that matter most and none of them on a criterion. Scores stay."""
    if shape is Shape.CRITERIA:
        return replace(merged, summary="")
    if shape is Shape.BOTH:
        return merged
    first = priorities(merged.comments, OVERALL_IMPROVEMENTS)
    chosen = {id(each) for each in first}
    strengths = [each for each in merged.comments if each.kind is CommentKind.STRENGTH and each.supported]
    chosen |= {id(each) for each in strengths[:OVERALL_STRENGTHS]}
    general = [each for each in merged.comments if each.criterion_key is None]
    chosen |= {id(each) for each in general}
    return replace(
        merged, comments=tuple(replace(each, criterion_key=None) for each in merged.comments if id(each) in chosen)
    )
