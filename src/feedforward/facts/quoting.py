"""Quotations: how much of the text they are, how they are set, whether they have a source and are led up to."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from feedforward.facts.fact import Fact, Place, counted, measured
from feedforward.facts.prose import Prose
from feedforward.facts.words import words_in

_QUOTED = re.compile(
    r"“[^“”\n]{3,1200}”|(?<!\w)\"[^\"\n]{3,1200}\"(?!\w)|«[^«»\n]{3,1200}»|„[^„“”\n]{3,1200}[“”]|「[^「」\n]{3,1200}」"
)
_LED_UP_TO = re.compile(r"[,:：，—–-]\s*$|\b(?:that|as|the|a|of|is|was|word|words|phrase)\s+$", re.IGNORECASE)
_SAID = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|wrote|writes|asked?|asks|states?|stated|question|quote|statement|following|put it)\b"
    r"[^.!?\n]{0,25}[.,:]?\s*$",
    re.IGNORECASE,
)
_VERBS = (
    r"(?:says?|said|wrote|writes|argue[sd]?|note[sd]|state[sd]?|explain(?:s|ed)|claim(?:s|ed)|told|report(?:s|ed)"
    r"|quoted?)"
)
_NO_NAME = r"(?!(?:He|She|It|They|We|I|You|My|Our|The|This|That|Some|People|One|Others?|In|As|And|But|A|An)\b)"
_SAID_BEFORE = re.compile(rf"\b{_NO_NAME}[A-ZÀ-Þ][\w'’.-]+[^.!?“”\"]{{0,70}}\b{_VERBS}\b[^.!?“”\"]{{0,50}}$")
_SAID_AFTER = re.compile(
    rf"[,\s]*(?:{_VERBS} (?:\w+ ){{0,3}}{_NO_NAME}[A-ZÀ-Þ]|(?:{_NO_NAME}[A-ZÀ-Þ][\w'’.-]+ ){{1,3}}{_VERBS}\b)"
)
_LONG_QUOTATION = 40
_LONG_QUOTATION_OF_SIGNS = 80
_WORTH_A_SOURCE = 6
_WORTH_A_SOURCE_IN_SIGNS = 15


def quotation_facts(prose: Prose, sources: Sequence[Place]) -> Iterator[Fact]:
    """`sources`: the places of citations, notes among them. In any language."""
    text = prose.text
    worth = _WORTH_A_SOURCE_IN_SIGNS if prose.counts_signs else _WORTH_A_SOURCE
    longest = _LONG_QUOTATION_OF_SIGNS if prose.counts_signs else _LONG_QUOTATION
    blocks = [paragraph.place for paragraph in prose.paragraphs if paragraph.is_quotation]
    inline = [
        Place(*match.span())
        for match in prose.body_matches(_QUOTED)
        if not any(start <= match.start() < end for start, end in blocks)
    ]
    sizes = {place: len(words_in(text, place.start, place.end)) for place in (*inline, *blocks)}
    yield counted("quotations", [(place, "") for place in sizes])
    total = len(prose.words)
    yield measured("quotation_share", min(1.0, sum(sizes.values()) / total) if total else 0, sorted(sizes))
    yield counted("block_quotations", [(place, f"{sizes[place]} words") for place in blocks])
    yield counted(
        "long_inline_quotations", [(place, f"{sizes[place]} words") for place in inline if sizes[place] > longest]
    )
    bare = [
        place
        for place, size in sizes.items()
        if size >= worth and not _has_source(sources, place) and not _names_its_speaker(prose, place)
    ]
    yield counted("quotations_without_citation", [(place, "") for place in bare])
    dropped = [place for place in inline if sizes[place] >= worth and _stands_alone(prose, place)]
    yield counted("quotations_unintroduced", [(place, "") for place in dropped])


def _has_source(sources: Sequence[Place], place: Place) -> bool:
    """Whether a citation begins within 160 characters before or 120 after; `sources` in the order of the text."""
    near = bisect_left(sources, place.start - 160, key=lambda each: each.start)
    return near < len(sources) and sources[near].start <= place.end + 120


def _names_its_speaker(prose: Prose, place: Place) -> bool:
    """Whether a name and a word of saying stand right before or after: Ann Lee says …, “…”, said Lee."""
    before, after = prose.text[max(0, place.start - 110) : place.start], prose.text[place.end : place.end + 60]
    return bool(_SAID_BEFORE.search(before) or _SAID_AFTER.match(after))


def _stands_alone(prose: Prose, place: Place) -> bool:
    """Whether nothing of the writer's own stands in the quotation's sentence, and nothing leads up to it.

    A motto at the head of the text is none: it is set there on purpose, and the text that follows takes it up.
    """
    text = prose.text
    first = prose.sentence_at(place)
    if first is None or not words_in(text, 0, place.start) or any(a <= place.start < b for a, b in prose.references):
        return False
    before = text[max(0, place.start - 60) : place.start]
    if words_in(text, first.start, place.start) or _LED_UP_TO.search(before) or _SAID.search(before):
        return False
    last = prose.sentence_at(Place(place.end - 1, place.end)) or first
    own = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", text[place.end : last.end])
    return not words_in(own, 0, len(own))
