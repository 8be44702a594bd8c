"""How the parts are linked: linking words by what they do, links between paragraphs, and an end that closes."""

import re
from collections.abc import Iterator
from itertools import pairwise

from feedforward.facts.fact import Fact, Place, counted, measured
from feedforward.facts.prose import Paragraph, Prose, is_content

_START = r"(?:(?<=^)|(?<=[.!?;,]\s)|(?<=\n))"


def _phrases(*phrases: str) -> str:
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in sorted(phrases, key=len, reverse=True))


LINKS: dict[str, tuple[str, ...]] = {
    "adding": (
        "also",
        "moreover",
        "furthermore",
        "in addition",
        "additionally",
        "besides",
        "as well as",
        "not only",
        "another reason",
        "similarly",
        "likewise",
        "another example",
        "another way",
        "what is more",
    ),
    "contrasting": (
        "however",
        "although",
        "even though",
        "though",
        "on the other hand",
        "whereas",
        "nevertheless",
        "nonetheless",
        "despite",
        "in spite of",
        "in contrast",
        "on the contrary",
        "conversely",
        "instead",
        "unlike",
        "even so",
        "while it is true",
    ),
    "causing": (
        "because",
        "therefore",
        "as a result",
        "thus",
        "consequently",
        "hence",
        "due to",
        "since",
        "so that",
        "for this reason",
        "this means",
        "which means",
        "leads to",
        "that is why",
        "in order to",
        "accordingly",
        "if",
    ),
    "sequencing": (
        "first",
        "firstly",
        "first of all",
        "second",
        "secondly",
        "third",
        "thirdly",
        "next",
        "then",
        "after that",
        "finally",
        "lastly",
        "to begin with",
        "to start with",
        "afterwards",
        "meanwhile",
        "one reason",
        "the last reason",
        "eventually",
    ),
    "concluding": (
        "in conclusion",
        "to conclude",
        "in summary",
        "to sum up",
        "overall",
        "in short",
        "all in all",
        "ultimately",
        "to summarise",
        "to summarize",
        "in the end",
        "in closing",
        "taken together",
        "conclusion",
    ),
    "exemplifying": (
        "for example",
        "for instance",
        "such as",
        "e.g.",
        "in particular",
        "specifically",
        "to illustrate",
        "namely",
    ),
}
_PATTERNS = {
    kind: re.compile(rf"(?<![\w-])(?:{_phrases(*phrases)})(?![\w-])", re.IGNORECASE) for kind, phrases in LINKS.items()
}
_OPENING_LENGTH = 30
_SHORTEST_ENDING = 9
_CLOSING_PHRASES = _phrases(*LINKS["concluding"], "therefore", "these reasons", "as i have", "as we have seen")
_CLOSING = re.compile(rf"(?<![\w-])(?:{_CLOSING_PHRASES})(?![\w-])", re.IGNORECASE)
_REFERRING_START = re.compile(r"(?:This|These|Those|Such|That|Another|Both|The same|The other|It|They|Here)\b")


def cohesion_facts(prose: Prose) -> Iterator[Fact]:
    """Linking words by function, unlinked paragraphs, and whether the end closes."""
    total, forms = 0, set[str]()
    for kind, pattern in _PATTERNS.items():
        found = [
            (Place(*match.span()), re.sub(r"\s+", " ", match.group().lower())) for match in prose.body_matches(pattern)
        ]
        total += len(found)
        forms |= {form for _, form in found}
        yield counted(f"links_{kind}", found)
    words = len(prose.words)
    yield measured("links", 100 * total / words if words else 0)
    yield measured("link_kinds", len(forms))
    own = [each for each in prose.paragraphs if not each.is_list_item and not each.is_quotation and each.sentences]
    unlinked = [each for before, each in pairwise(own) if not _is_linked(prose, before, each)]
    yield counted("unlinked_paragraphs", [(each.place, "") for each in unlinked])
    yield _closing(prose, own)


def opens_with_link(text: str, start: int, end: int) -> bool:
    """Whether a linking word stands among the first few words of a passage."""
    return any(pattern.search(text, start, min(end, start + _OPENING_LENGTH)) for pattern in _PATTERNS.values())


def _is_linked(prose: Prose, before: Paragraph, after: Paragraph) -> bool:
    opening = " ".join(prose.text[each.start : each.end] for each in after.sentences[:2])
    if any(pattern.search(opening) for pattern in _PATTERNS.values()) or _REFERRING_START.match(opening):
        return True
    earlier = {word.form for each in before.sentences for word in each.words if is_content(word.form)}
    here = {word.form for each in after.sentences[:2] for word in each.words if is_content(word.form)}
    return len(earlier & here) >= 2


def _closing(prose: Prose, own: list[Paragraph]) -> Fact:
    while len(own) > 2 and own[-1].word_count < _SHORTEST_ENDING:
        own = own[:-1]  # a signature, a greeting at the end of a letter
    if len(own) < 2:
        return measured("concluding_paragraph", 0)
    first, last = own[0], own[-1]
    opening = {word.form for each in first.sentences for word in each.words if is_content(word.form)}
    closing = {word.form for each in last.sentences for word in each.words if is_content(word.form)}
    closes = bool(_CLOSING.search(prose.text, last.start, last.end))
    echoes = len(opening & closing) >= 4 and len(own) > 2
    return measured(
        "concluding_paragraph",
        float(closes or echoes),
        [last.place],
        ["phrase" if closes else "echo" if echoes else "none"],
    )
