"""What a calibration in use makes of a reader's scores before they are merged; the scores themselves stay as given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from feedforward.assessment.answer import Answer
from feedforward.assessment.assignment_brief import Brief
from feedforward.assessment.built_in.features import built_in_features, may_be_calibrated
from feedforward.assessment.built_in.measuring import facts_for
from feedforward.assessment.built_in.reader import signals_for
from feedforward.assessment.calibration_queries import InUse
from feedforward.assessment.queries import RoundReading
from feedforward.assessment.reader_versions import version_of
from feedforward.calibration.features import features_of_scores
from feedforward.extraction.document import Document
from feedforward.llm.readers import BUILT_IN
from feedforward.rubrics.rules import Criterion, fold


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A reading's score for one criterion as merging takes it."""

    reading_id: str
    criterion_key: str
    calibration_id: int
    score: float
    level: int


def calibrated_scores(
    answers: Sequence[tuple[RoundReading, Answer | None]], in_use: Sequence[InUse], document: Document, brief: Brief
) -> tuple[Calibrated, ...]:
    """For each reading of a calibrated reader, its scores as people would have given them, by the calibration.

    Never for a criterion that a model gave no score. A calibration of the built-in reader maps facts: there
    wherever the draft is English prose of some length and the reader was not asked to stay silent. Nothing for a
    calibration of another version of the reader or of other points than the rubric's.
    """
    by_reader = {each.reader: each for each in in_use if each.version == version_of(each.reader)}
    found: list[Calibrated] = []
    own_features: Mapping[str, float] | None = None
    for reading, answer in answers:
        use = by_reader.get(reading.reader)
        if answer is None or use is None:
            continue
        scores = {brief.rubric.criterion(each.key).name: each.score for each in answer.criteria}
        if reading.reader == BUILT_IN:
            if own_features is None:
                own_features = _features(document, brief)
            given = _audible(brief) if own_features else set()
            features = own_features
        else:
            given = {each.key for each in answer.criteria if each.score is not None}
            features = features_of_scores(scores)
        found += _of_reading(
            reading.reading_id, use, features, [each for each in brief.rubric.criteria if each.key in given]
        )
    return tuple(found)


def _features(document: Document, brief: Brief) -> Mapping[str, float]:
    facts = facts_for(document, brief)
    return built_in_features(facts) if may_be_calibrated(facts, brief) else {}


def _audible(brief: Brief) -> set[str]:
    """The criteria on which nobody asked the built-in reader to stay silent."""
    return {key for key, each in signals_for(brief).items() if each.topics or not each.chosen}


def _of_reading(
    reading_id: str, use: InUse, features: Mapping[str, float], criteria: Sequence[Criterion]
) -> list[Calibrated]:
    predicted = {fold(name): each for name, each in use.calibration.predict(features).items()}
    scales = {fold(each.name): each.scale for each in use.calibration.criteria}
    found = []
    for criterion in criteria:
        name = fold(criterion.name)
        scale = scales.get(name)
        if name not in use.usable or scale is None:
            continue
        if (scale.lowest, scale.highest) != (criterion.lowest, criterion.highest):
            continue
        score = round(predicted[name].score, 2)
        found.append(Calibrated(reading_id, criterion.key, use.id, score, criterion.level_for(score)))
    return found


def with_scores(reading_id: str, answer: Answer, calibrated: Sequence[Calibrated]) -> Answer:
    """The answer with its calibrated scores in the place of those it gave."""
    scores = {each.criterion_key: each.score for each in calibrated if each.reading_id == reading_id}
    return replace(
        answer,
        criteria=tuple(
            replace(each, score=scores[each.key]) if each.key in scores else each for each in answer.criteria
        ),
    )
