"""What a calibration learns from the built-in reader: facts, measures, and how it judges each topic."""

from feedforward.assessment.assignment_brief import Brief
from feedforward.assessment.built_in.scoring import FEWEST_WORDS, quality_of
from feedforward.assessment.built_in.topics import JUDGED
from feedforward.calibration.features import features_of_scores, features_of_text
from feedforward.facts.gather import Facts

_DIGITS = 7


def built_in_features(facts: Facts) -> dict[str, float]:
    """The features of one text, rounded, so that what is written down and read again is the same."""
    judged = {str(topic): found[0] for topic in sorted(JUDGED) if (found := quality_of(topic, facts))}
    features = {**features_of_text(facts), **features_of_scores(judged)}
    return {name: float(f"{value:.{_DIGITS}g}") for name, value in features.items()}


def may_be_calibrated(facts: Facts, brief: Brief) -> bool:
    """Whether features say something about this text at all: English prose of a hundred words and more."""
    prose = facts.prose
    return prose.is_english and not prose.is_code and brief.kind != "code" and len(prose.words) >= FEWEST_WORDS
