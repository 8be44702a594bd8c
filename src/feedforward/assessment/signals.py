"""What the built-in reader looks at for each criterion, in words for instructors, and the form that changes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from feedforward.assessment.built_in.topics import (
    JUDGED,
    Sign,
    Signals,
    Topic,
    signals_of,
    signs_of,
    words_beyond_facts,
)
from feedforward.rubrics.rules import Criterion, Rubric, fold

LOOKS_AT: dict[Topic, str] = {
    Topic.LENGTH: "words against the limits of the task",
    Topic.CONVENTIONS: "likely misspellings, missing apostrophes and capitals, run-on sentences",
    Topic.GRAMMAR: "certain slips of word form, sentence boundaries",
    Topic.SENTENCES: "how long sentences are and how that varies, run-ons, fragments",
    Topic.VOCABULARY: "lexical diversity, less common words, words that come back close together",
    Topic.WORDING: "vague and conversational words, repeated phrases, words that leave no exception, turns to “you”",
    Topic.ORGANISATION: "number and size of paragraphs, one-sentence paragraphs, an ending that closes",
    Topic.COHESION: "different linking words, paragraphs that begin without a link or fall apart, turns to “you”",
    Topic.OPENING: "a position in the first paragraph, how the text begins",
    Topic.CLOSING: "a last paragraph that concludes",
    Topic.THESIS: "sentences worded as a position, and where the first one stands",
    Topic.OTHER_VIEWS: "sentences that bring in another view, and whether a “but” near them answers",
    Topic.REASONING: "“because”, “therefore” and their like, paragraphs without any",
    Topic.EVIDENCE: "examples, figures, quotations and sources, paragraphs without any; figures and tables",
    Topic.SOURCES: "citations in the text against the list, both ways and in one style; quotations",
    Topic.TASK: "which main words of the task the draft takes up, paragraphs that leave it",
    Topic.CODE_COMMENTS: "lines with comments, long stretches without, functions without documentation",
    Topic.CODE_NAMES: "names that say little, names written two ways, numbers without a name",
    Topic.CODE_FUNCTIONS: "how long functions are, and how deep loops and conditions stand",
    Topic.CODE_REPEATS: "lines that come again, code commented out, lines that are never reached",
}


@dataclass(frozen=True, slots=True)
class CriterionLooks:
    """One criterion on the page: what its words name, what is looked at now, and what its form shows as ticked."""

    criterion: Criterion
    signs: tuple[Sign, ...]
    signals: Signals
    by_words: bool
    ticked: tuple[str, ...]


def looks_of(
    rubric: Rubric, chosen: Mapping[str, tuple[Topic, ...]], *, among: Sequence[Topic]
) -> tuple[CriterionLooks, ...]:  # fmt: skip
    """Every criterion as it stands; `chosen` by criterion key, `among` the topics of its kind of work."""
    found = []
    for criterion in rubric.criteria:
        signals = signals_of(criterion, chosen.get(criterion.key), among=among)
        found.append(
            CriterionLooks(criterion, signs_of(criterion, among=among), signals, not signals.chosen, signals.topics)
        )
    return tuple(found)


def level_in_words(looks: CriterionLooks) -> str:
    """Whether the built-in reader gives a level here, and why not."""
    signals = looks.signals
    if not signals.topics and signals.chosen:
        return "It stays silent here, because nothing is ticked."
    if not signals.topics:
        beyond = _quoted(words_beyond_facts(looks.criterion))
        why = f"{beyond} ask{'s' if beyond.count('“') == 1 else ''} for meaning" if beyond else (
            "none of its words names anything that can be measured"
        )  # fmt: skip
        return f"It stays silent here: {why}. Readers that are language models, and you, judge it."
    if signals.judged:
        return "It comments, and gives a cautious level where the draft is in English and has 100 words or more."
    beyond_level = [topic for topic in signals.topics if topic not in JUDGED]
    if beyond_level:
        return f"It comments and gives no level: {_listed(beyond_level)} can be pointed at, and not judged."
    return f"It comments and gives no level: {_quoted(words_beyond_facts(looks.criterion))} needs meaning as well."


def _quoted(words: Sequence[str]) -> str:
    return " and ".join(f"“{word}”" for word in words[:3])


def _listed(topics: Sequence[Topic]) -> str:
    names = [str(topic) for topic in topics]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def field_of(criterion: Criterion, part: str) -> str:
    """The name of a criterion's field: `signals.12.topics`."""
    return f"signals.{criterion.key}.{part}"


def looks_typed(
    sent: Mapping[str, Sequence[str]], rubric: Rubric, *, among: Sequence[Topic]
) -> tuple[CriterionLooks, ...]:  # fmt: skip
    """The form as it came back, for the criteria that were shown; one that did not come back is as its words say."""
    found = []
    for criterion in rubric.criteria:
        by_words = list(sent.get(field_of(criterion, "by"), ["words"])) != ["choice"]
        ticked = tuple(sent.get(field_of(criterion, "topics"), ()))
        known = tuple(topic for topic in Topic if topic in ticked)
        signals = signals_of(criterion, None if by_words else known, among=among)
        found.append(CriterionLooks(criterion, signs_of(criterion, among=among), signals, by_words, ticked))
    return tuple(found)


def choices_of(looks: Sequence[CriterionLooks]) -> dict[str, tuple[Topic, ...]]:
    """What is to be kept: by folded criterion name, the topics a person chose."""
    return {fold(each.criterion.name): each.signals.topics for each in looks if each.signals.chosen}
