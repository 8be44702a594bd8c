"""What a criterion is about, told from its own words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from feedforward.rubrics.rules import Criterion
from feedforward.submission_types.topics import OF_CODE, OF_PROSE
from feedforward.submission_types.topics import Topic as Topic

JUDGED = {
    Topic.LENGTH,
    Topic.CONVENTIONS,
    Topic.SENTENCES,
    Topic.VOCABULARY,
    Topic.ORGANISATION,
    Topic.COHESION,
}
"""Topics with documented thresholds; for every other one facts can point, and not judge."""

_SIGNS: dict[Topic, re.Pattern[str]] = {
    topic: re.compile(pattern, re.IGNORECASE)
    for topic, pattern in {
        Topic.LENGTH: r"\blength\b|word (?:count|limit)|\bformat(?:ting)?\b",
        Topic.CONVENTIONS: r"\bconventions\b(?! of)|spelling|punctuation|capitali[sz]ation|\bmechanics\b|standard "
        r"english",
        Topic.GRAMMAR: r"\bgramm\w+|word forms?|\busage\b|verb tenses?|agreement",
        Topic.SENTENCES: r"sentence|\bsyntax\b|syntactic|\bfluency\b",
        Topic.VOCABULARY: r"vocabular\w+|lexical|word choice|choice of words|range of words|\bdiction\b",
        Topic.WORDING: r"\bprecis\w+|\bformal\b|\bregister\b|\btone\b|\bconcise\w*|wording|\bstyle\b|phraseolog\w+",
        Topic.ORGANISATION: r"organi[sz]\w+|(?<!sentence )\bstructured?\b|paragraph|\bsequenc\w+|\bintro\b|"
        r"well-ordered",
        Topic.COHESION: r"\bcohes\w+|\bcoheren\w+|transition|\blinks?\b|\blinked\b|\bflow\b|cohesive|connect\w+",
        Topic.OPENING: r"\blead\b|\bhook\b|\bopening\b|\bintroduction\b|draws the reader in",
        Topic.CLOSING: r"\bconclu\w+|closing|summary|\bending\b",
        Topic.THESIS: r"\bthesis\b|\bposition\b|\bopinion\b|\bclaims?\b|central idea|main idea|point of view|"
        r"\bfocus\b|\bargument\b",
        Topic.OTHER_VIEWS: r"rebut\w*|counter-?(?:claims?|arguments?)|opposing|other (?:views|side|perspectives)|"
        r"alternative view",
        Topic.REASONING: r"reasoning|\breasons?\b|\banalys\w+|\banalyz\w+|explains? how|\blogic\w*|justif\w+",
        Topic.EVIDENCE: r"evidence|\bsupport(?:ed|ing|s)?\b|\bexamples?\b|\bdetails?\b|\bfacts\b|\bdata\b|\bdevelop\w+",
        Topic.SOURCES: r"\bsources?\b|citations?|\bcit(?:e|es|ed|ing)\b|referenc(?:es|ing|e list)|bibliograph\w+|"
        r"plagiar\w+",
        Topic.TASK: r"\btask\b|\bprompt\b|\bassignment\b|\bquestion\b|\brelevan\w+|on[- ]topic|\brequirements?\b|"
        r"\brespon[sd]\w*",
        Topic.CODE_COMMENTS: r"\bcomment(?:s|ed|ing)?\b|\bdocument(?:ed|ation)\b|docstrings?|readab\w+|\bstyle\b",
        Topic.CODE_NAMES: r"\bnaming\b|\bnames?\b|identifiers?|readab\w+|\bstyle\b|conventions?",
        Topic.CODE_FUNCTIONS: r"\bfunctions?\b(?!al)|\bmethods?\b|modular\w*|decompos\w+|\bnest(?:ed|ing)\b|complexity|"
        r"\bstructured?\b|organi[sz]\w+|maintainab\w+|readab\w+|\bdesign\b|code quality",
        Topic.CODE_REPEATS: r"duplicat\w+|repetiti\w+|\bDRY\b|\breus\w+|maintainab\w+|modular\w*|code quality|"
        r"elegan\w+",
    }.items()
}
_BEYOND_FACTS = re.compile(
    r"\bpurpose\b|\baudience\b|\bideas?\b|\bcontent\b|\bcontext\b|\binsight\w*|\bcreativ\w+|\boriginal\w*|\bstyle\b"
    r"|\bholistic\b|"
    r"\bdisciplin\w+|\bcritical\b|\bvoice\b|\bclear(?:-headed)? thinking|\bcorrectness\b|\bgenre\b|\bunderstanding\b",
    re.IGNORECASE,
)


class Where(StrEnum):
    """The part of a criterion a word stands in, the clearest first."""

    NAME = "name"
    DESCRIPTION = "description"
    LEVELS = "level texts"


@dataclass(frozen=True, slots=True)
class Sign:
    """Why a topic is told from a criterion: the words that name it in the clearest part that does."""

    topic: Topic
    words: tuple[str, ...]
    where: Where


@dataclass(frozen=True, slots=True)
class Signals:
    """What the built-in reader looks at for a criterion: `chosen` by a person or told from its words.

    No topics: it stays silent. `judged`: facts support a level, where the draft is long enough.
    """

    topics: tuple[Topic, ...]
    chosen: bool
    judged: bool


def signs_of(criterion: Criterion, *, among: Sequence[Topic] = OF_PROSE) -> tuple[Sign, ...]:
    """What a criterion's words name, the clearest first: by its name, then its description, then its level texts.

    Level texts only count when name and description say nothing, or for a topic the description names as well; for
    topics of code never alone, because levels of every criterion speak of names, comments and tests in passing.
    """
    parts = {
        Where.NAME: criterion.name,
        Where.DESCRIPTION: criterion.description,
        Where.LEVELS: " ".join(level.description for level in criterion.levels),
    }
    weights, found = {Where.NAME: 4, Where.DESCRIPTION: 2, Where.LEVELS: 1}, []
    for topic in among:
        pattern = _SIGNS[topic]
        words = {part: _words(pattern, text) for part, text in parts.items()}
        named = [part for part in Where if words[part]]
        if named and (topic not in OF_CODE or named[0] is not Where.LEVELS):
            weight = sum(weights[part] for part in named)
            found.append((weight, Sign(topic, tuple(dict.fromkeys(words[named[0]])), named[0])))
    if any(weight >= weights[Where.DESCRIPTION] for weight, _ in found):
        found = [(weight, sign) for weight, sign in found if weight >= weights[Where.DESCRIPTION]]
    return tuple(sign for _, sign in sorted(found, key=lambda pair: -pair[0]))


def _words(pattern: re.Pattern[str], text: str) -> list[str]:
    return [found.group().strip().casefold() for found in pattern.finditer(text)]


def topics_of(criterion: Criterion, *, among: Sequence[Topic] = OF_PROSE) -> tuple[Topic, ...]:
    """The topics a criterion's words name, the clearest first."""
    return tuple(sign.topic for sign in signs_of(criterion, among=among))


def signals_of(
    criterion: Criterion, chosen: tuple[Topic, ...] | None, *, among: Sequence[Topic] = OF_PROSE
) -> Signals:  # fmt: skip
    """What to look at: the topics a person chose (none of them: stay silent), or with None those of the kind of work
    (`among`) that the words name."""
    if chosen is None:
        topics = topics_of(criterion, among=among)
        return Signals(topics, False, may_judge(criterion, topics))
    judged = any(topic in JUDGED for topic in chosen) and all(topic in JUDGED | _SIDE_TOPICS for topic in chosen)
    return Signals(chosen, True, judged and not _BEYOND_FACTS.search(criterion.name))


def words_beyond_facts(criterion: Criterion) -> tuple[str, ...]:
    """The words of name and description that ask for meaning, which no fact can see; each once."""
    return tuple(dict.fromkeys(_words(_BEYOND_FACTS, f"{criterion.name}. {criterion.description}")))


def may_judge(criterion: Criterion, topics: tuple[Topic, ...]) -> bool:
    """Whether a score rests on facts: name and description speak of judged topics only."""
    head = f"{criterion.name}. {criterion.description}"
    by_name = [topic for topic in topics if _SIGNS[topic].search(criterion.name)]
    if by_name and all(topic in JUDGED for topic in by_name) and not _BEYOND_FACTS.search(criterion.name):
        return all(topic in JUDGED or topic in _SIDE_TOPICS for topic in topics)
    named = [topic for topic in topics if _SIGNS[topic].search(head)]
    return bool(named) and all(topic in JUDGED for topic in named) and not _BEYOND_FACTS.search(head)


_SIDE_TOPICS = {Topic.OPENING, Topic.CLOSING, Topic.WORDING, Topic.GRAMMAR}
"""Topics that may stand beside a judged one in a description without making it something else."""
