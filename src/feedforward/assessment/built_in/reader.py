"""The built-in reader: one draft and its brief → an answer, the same every time, with no model and no network."""

from feedforward.assessment.answer import Answer, CriterionReading, ReaderComment
from feedforward.assessment.assignment_brief import Brief
from feedforward.assessment.built_in.argument_points import argument_points
from feedforward.assessment.built_in.choosing import comments_for
from feedforward.assessment.built_in.code_points import code_points
from feedforward.assessment.built_in.figure_points import figure_points
from feedforward.assessment.built_in.measuring import facts_for
from feedforward.assessment.built_in.mechanics_points import mechanics_points, spacing_points
from feedforward.assessment.built_in.observation import Observation
from feedforward.assessment.built_in.organisation_points import ending_points, link_points, paragraph_points
from feedforward.assessment.built_in.person_points import person_points
from feedforward.assessment.built_in.scoring import points_for, quality_of
from feedforward.assessment.built_in.sentence_points import long_sentence_points, sentence_points
from feedforward.assessment.built_in.small_strengths import small_strengths
from feedforward.assessment.built_in.source_points import source_points
from feedforward.assessment.built_in.summing_up import (
    rationale_without_score,
    summary_of,
    summary_of_code,
    too_little_to_read,
)
from feedforward.assessment.built_in.task_points import length_points, task_points
from feedforward.assessment.built_in.topics import Signals, Topic, Where, signals_of, signs_of, topics_of
from feedforward.assessment.built_in.unity_points import unity_points
from feedforward.assessment.built_in.wording_points import wording_points
from feedforward.assignments.choices import Shape
from feedforward.extraction.document import Document
from feedforward.facts.gather import Facts
from feedforward.facts.task import task_forms
from feedforward.rubrics.rules import Criterion

NAME = "built-in"
FEWEST_WORDS = 20
"""Below this nothing is commented but the fact itself."""


def read(document: Document, brief: Brief) -> Answer:
    """Comments on what can be measured, scores only where documented thresholds support one. Pure and deterministic."""
    facts = facts_for(document, brief)
    if len(facts.prose.words) < FEWEST_WORDS and not facts.prose.code_words:
        return too_little_to_read(facts, brief)
    signals = signals_for(brief, document)
    topics = {key: each.topics for key, each in signals.items()}
    observations = _observations(facts, brief, signals)
    comments, first_key = comments_for(
        facts,
        brief,
        topics,
        observations,
        small=small_strengths(facts, is_code=_is_code(facts, brief)),
        unwanted=_unwanted(brief, signals),
    )
    is_code = _is_code(facts, brief)
    readings = tuple(
        _reading(facts, criterion, signals[criterion.key], is_code=is_code) for criterion in brief.rubric.criteria
    )
    return Answer(
        readings,
        comments,
        _summary(facts, brief, comments, readings, first_key) if brief.shape is not Shape.CRITERIA else "",
    )


def signals_for(brief: Brief, document: Document | None = None) -> dict[str, Signals]:
    """What is looked at for each criterion, by its key; the draft matters where its kind may be prose or code."""
    among = brief.work.signals_for(code=brief.work.is_code or (document is not None and document.is_code))
    return {
        each.key: signals_of(each, brief.chosen_topics.get(each.key), among=among) for each in brief.rubric.criteria
    }


def _unwanted(brief: Brief, signals: dict[str, Signals]) -> frozenset[Topic]:
    """What is not said as a general note either: what a person took away from every criterion whose words name it, and
    what the kind of work raises only where a criterion asks for it."""
    named = {
        topic
        for each in brief.rubric.criteria
        if signals[each.key].chosen
        for topic in topics_of(each, among=brief.work.signals)
    }
    unasked = named | brief.work.only_if_asked
    return frozenset(unasked - {topic for each in signals.values() for topic in each.topics})


def _is_code(facts: Facts, brief: Brief) -> bool:
    return facts.prose.is_code or brief.work.is_code


def _summary(
    facts: Facts,
    brief: Brief,
    comments: tuple[ReaderComment, ...],
    readings: tuple[CriterionReading, ...],
    first_key: str | None,
) -> str:
    if _is_code(facts, brief):
        return summary_of_code(facts)
    first = brief.rubric.criterion(first_key).name if first_key else ""
    return summary_of(facts, comments, readings, first)


def _observations(facts: Facts, brief: Brief, signals: dict[str, Signals]) -> list[Observation]:
    if _is_code(facts, brief):
        return list(code_points(facts))
    found = [
        *length_points(facts, brief.word_min, brief.word_max),
        *paragraph_points(facts),
        *source_points(facts, asked_for=_asks_for_sources(brief, signals)),
        *figure_points(facts),
        *long_sentence_points(facts),
        *spacing_points(facts),
    ]
    if facts.prose.is_english:
        words_of_task = frozenset(task_forms(f"{brief.title}\n{brief.task_text}"))
        found += [
            *task_points(facts),
            *argument_points(facts),
            *ending_points(facts),
            *link_points(facts),
            *unity_points(facts),
            *sentence_points(facts),
            *wording_points(facts, words_of_task),
            *person_points(facts),
            *mechanics_points(facts),
        ]
    return found


def _asks_for_sources(brief: Brief, signals: dict[str, Signals]) -> bool:
    """Whether a criterion is about sources: one that takes examples or sources as evidence can do without them."""
    return any(
        Topic.SOURCES in signals[each.key].topics
        and (
            signals[each.key].chosen
            or any(sign.topic is Topic.SOURCES and sign.where is Where.NAME for sign in signs_of(each))
        )
        for each in brief.rubric.criteria
    )


def _reading(facts: Facts, criterion: Criterion, signals: Signals, *, is_code: bool) -> CriterionReading:
    if criterion.levels and signals.judged and not is_code:
        qualities = [found for topic in signals.topics if (found := quality_of(topic, facts)) is not None]
        if qualities:
            quality = sum(value for value, _ in qualities) / len(qualities)
            figures = "; ".join(words for _, words in qualities)
            return CriterionReading(
                criterion.key,
                points_for(criterion, quality),
                f"A cautious level from measured things alone: {figures}. Meaning was not judged.",
            )
    return CriterionReading(criterion.key, None, rationale_without_score(facts, criterion, signals, is_code=is_code))
