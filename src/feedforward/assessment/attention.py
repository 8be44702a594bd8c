"""What makes a draft need a person sooner: pure figures from the readings, as the review queue sorts by them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a draft stands where it stands in the review queue."""

    DISAGREEMENT = "disagreement"
    UNSUPPORTED_QUOTES = "unsupported_quotes"
    HIDDEN_TEXT = "hidden_text"
    READER_FAILED = "reader_failed"
    TOO_FEW_READINGS = "too_few_readings"
    NO_SCORE = "no_score"


# Readers half a criterion's range apart are two levels of five apart: a person should look.
WIDE = 0.5


@dataclass(frozen=True, slots=True)
class Attention:
    """`level` 0 is nothing special; each reason adds to it, and wider disagreement adds more."""

    level: float
    reasons: tuple[Reason, ...]


def attention_for(
    *, disagreements: Sequence[float], unsupported: int, hidden: int, failed: int, too_few: bool, unscored: int
) -> Attention:
    """`disagreements` are shares of each criterion's range, 0 to 1; the other figures are counts."""
    widest = max(disagreements, default=0.0)
    weights = {
        Reason.TOO_FEW_READINGS: 3.0 if too_few else 0.0,
        Reason.HIDDEN_TEXT: 2.0 if hidden else 0.0,
        Reason.DISAGREEMENT: 1.0 + widest if widest >= WIDE else 0.0,
        Reason.READER_FAILED: 0.75 if failed else 0.0,
        Reason.UNSUPPORTED_QUOTES: min(0.25 * unsupported, 1.0),
        Reason.NO_SCORE: 0.25 if unscored and not too_few else 0.0,
    }
    level = sum(weights.values()) + (widest if widest < WIDE else 0.0)
    return Attention(round(level, 4), tuple(reason for reason, weight in weights.items() if weight))
