"""What a new draft did with the comments on the one before, where that can be told from the text alone."""

import re
from collections.abc import Iterator

from rapidfuzz import fuzz

from feedforward.assessment.answer import Addressed, Uptake
from feedforward.assessment.assignment_brief import EarlierComment
from feedforward.facts.gather import Facts
from feedforward.feedback.rules import CommentKind

_FEWEST_CHARACTERS = 12
_REWORDED = 72
_LONGEST_SEARCHED = 150_000


def uptake_of(facts: Facts, earlier: tuple[EarlierComment, ...]) -> Iterator[Uptake]:
    """One judgement for each improvement that quoted a passage; strengths, notes and short quotes cannot be told."""
    folded = _fold(facts.prose.text)
    for comment in earlier:
        quote = _fold(comment.quote)
        if comment.kind is not CommentKind.IMPROVEMENT or len(quote) < _FEWEST_CHARACTERS or " " not in quote:
            continue
        if quote in folded:
            yield Uptake(
                comment.ref, Addressed.NO, "The passage this comment quoted still stands in the draft as it was."
            )
            continue
        closeness = fuzz.partial_ratio(quote, folded[:_LONGEST_SEARCHED], score_cutoff=_REWORDED)
        if closeness >= _REWORDED:
            yield Uptake(
                comment.ref,
                Addressed.PARTLY,
                "The passage was reworded; whether it now does what was asked is for a person to say.",
            )
        else:
            yield Uptake(
                comment.ref, Addressed.YES, "The passage this comment quoted is no longer in the draft in that form."
            )


def _fold(text: str) -> str:
    plain = text.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
    return re.sub(r"\s+", " ", plain).strip().casefold()
