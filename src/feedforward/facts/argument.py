"""Marks of argument: sentences worded as a position, reasons, evidence, other views and answers to them."""

import re
from collections.abc import Iterator

from feedforward.facts.fact import Fact, Place, counted
from feedforward.facts.prose import Paragraph, Prose
from feedforward.facts.words import Sentence

_THESIS = re.compile(
    r"\bI (?:strongly |firmly |also |really |do |completely |totally )?(?:believe|think|agree|disagree|argue|contend"
    r"|maintain|support"
    r"|oppose|would argue|will argue)\b|\b[Ii]n my (?:opinion|view)\b|\b[Tt]his (?:essay|paper|report) (?:will "
    r")?(?:argues?|shows?|claims?|"
    r"examines?|contends?)\b|\b[Mm]y (?:position|opinion|view|thesis|argument) is\b|\b"
    r"(?:should|must(?! have been| be (?:the|able|in|on))|ought to)(?: not|n['’]t)? (?:be|have|"
    r"adopt|ban|allow|require|stop|start|make|keep|not)\b|\bI am (?:for|against|in favou?r of)\b|\bfrom my point of "
    r"view\b|\bI (?:personally )?(?:find|feel) (?:that|the)\b|\boutweighs?\b"
    r"|\b[Ii]t (?:is|would be) (?:a )?(?:good|bad|better|best|wrong|right|important|necessary)(?: idea)? "
    r"(?:for|to|that|if)\b|\bis (?:wrong|right) (?:to|for|in|about)\b"
    r"|\b(?:is|are|will(?: always)? be) the best\b|\b(?:case|argument|evidence) (?:for|against)\b"
    r"|\b(?:eclipses?|exceeds?|overshadows?) (?:the|its|their|any|all)\b",
)
_OTHER_VIEW = re.compile(
    r"\b(?:[Ss]ome|[Mm]any|[Oo]ther|[Mm]ost|[Cc]ertain) (?:people|students|critics|opponents|experts|would|may|might"
    r"|will|argue|say|believe"
    r"|others)\b(?: \w+){0,3}? ?(?:say|think|believe|argue|claim|disagree|feel|suggest|object|worry|point out)\b"
    r"|\b[Oo]thers (?:may |might |would |"
    r"will )?(?:say|think|believe|argue|claim|disagree|feel|object)\b|\b[Cc]ritics\b|\b[Oo]pponents\b|\b[Oo]n the "
    r"other hand\b|\b[Ii]t (?:could|can|"
    r"may|might) be argued\b|\b[Oo]ne (?:could|might|may) (?:argue|object|say)\b|\b[Cc]ounter-?argument\b|\b[Tt]he "
    r"(?:other|opposing) side\b"
    r"|\b[Ss]keptics\b|\b[Ss]ceptics\b|\b[Aa]dmittedly\b",
)
_ANSWER = re.compile(
    r"\b(?:[Hh]owever|[Bb]ut|[Yy]et|[Nn]evertheless|[Nn]onetheless|[Ss]till|[Ii]n fact|[Tt]his (?:view|argument"
    r"|claim|concern) (?:overlooks|ignores|"
    r"misses|fails))\b"
)
_REASON = re.compile(
    r"\b(?:because|therefore|as a result|consequently|thus|hence|due to|for this reason|which means|this means|that "
    r"is why|lead(?:s|ing)? to|so that|resulting in|(?:the|one|another|main) reason|means that|(?<=, )so|"
    r""
    r"(?<=, )as (?:the|their|its|it|they|we|he|she|i|you|this|these|there|people|many)"
    r"|that['’]?s why|since (?:the|it|they|we|he|she|i|you|this|people|many))\b",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(r"\b(?:for example|for instance|such as|an example|to illustrate|in one case)\b", re.IGNORECASE)
_RESEARCH = re.compile(
    r"\b(?:according to|stud(?:y|ies) (?:show|shows|found|by|in|has|have|suggest)|research(?:ers)? (?:show|shows"
    r"|found|has|have|suggests?|at|by|from)|"
    r"survey|statistics|experiment|data (?:show|from|suggest)|per ?cent|%|report(?:ed)? by|percentage)\b|\d%",
    re.IGNORECASE,
)
_EXPERIENCE = re.compile(
    r"\b(?:when i was|one time|last (?:year|summer|week|month)|my (?:own )?experience|i remember)\b", re.IGNORECASE
)


def argument_facts(prose: Prose, sourced: frozenset[Place], figures: frozenset[Place]) -> Iterator[Fact]:
    """`sourced`: the places of citations and quotations, `figures` those of numbers; both count as evidence. English
    only.
    """
    text = prose.text
    own = [each for each in prose.sentences if not prose.paragraphs[each.paragraph].is_quotation and each.words]
    thesis = [each for each in own if _THESIS.search(text, each.start, each.end) and text[each.end - 1] != "?"]
    yield counted(
        "thesis_candidates", [(Place(each.start, each.end), f"paragraph {each.paragraph + 1}") for each in thesis]
    )
    views, answered = [], []
    for at, sentence in enumerate(own):
        if _OTHER_VIEW.search(text, sentence.start, sentence.end):
            views.append((Place(sentence.start, sentence.end), ""))
            reply = own[at : at + 3]
            if any(_ANSWER.search(text, each.start, each.end) for each in reply[1:]) or re.search(
                r", (?:but|yet|however)\b", text[sentence.start : sentence.end]
            ):
                answered.append((Place(sentence.start, sentence.end), ""))
    yield counted("other_views", views)
    yield counted("answers_to_other_views", answered)
    reasons = [each for each in own if _REASON.search(text, each.start, each.end)]
    yield counted("reasons", [(Place(each.start, each.end), _first(_REASON, text, each)) for each in reasons])
    evidence = [
        (Place(each.start, each.end), kind)
        for each in own
        if (kind := _evidence_kind(text, each, sorted(sourced), sorted(figures)))
    ]
    yield counted("evidence", evidence)
    proved = {place.start for place, _ in evidence} | {each.start for each in reasons}
    yield counted("claims_without_support", list(_bare_claims(prose, own, thesis, proved)))
    yield counted(
        "paragraphs_without_support", list(_bare_paragraphs(prose, reasons, [place for place, _ in evidence]))
    )


def _first(pattern: re.Pattern[str], text: str, sentence: Sentence) -> str:
    match = pattern.search(text, sentence.start, sentence.end)
    return match.group().lower() if match else ""


def _evidence_kind(text: str, sentence: Sentence, sourced: list[Place], figures: list[Place]) -> str:
    """ "source", "research", "example", "experience", "figure", or "" for a sentence without a mark of evidence."""
    if any(sentence.start <= place.start < sentence.end for place in sourced):
        return "source"
    for kind, pattern in (("research", _RESEARCH), ("example", _EXAMPLE), ("experience", _EXPERIENCE)):
        if pattern.search(text, sentence.start, sentence.end):
            return kind
    return "figure" if any(sentence.start <= place.start < sentence.end for place in figures) else ""


def _bare_claims(
    prose: Prose, own: list[Sentence], claims: list[Sentence], proved: set[int]
) -> Iterator[tuple[Place, str]]:
    """Positions of the middle paragraphs with no reason or evidence in them or in the next two sentences."""
    positions = {each.start: at for at, each in enumerate(own)}
    for claim in claims:
        at = positions[claim.start]
        near = [each for each in own[at : at + 3] if each.paragraph == claim.paragraph]
        if 0 < claim.paragraph < len(prose.paragraphs) - 1 and not any(each.start in proved for each in near):
            yield Place(claim.start, claim.end), f"paragraph {claim.paragraph + 1}"


def _bare_paragraphs(prose: Prose, reasons: list[Sentence], evidence: list[Place]) -> Iterator[tuple[Place, str]]:
    """Middle paragraphs of 40 words or more in which no sentence gives a reason, an example, a figure or a source."""
    supported = {each.paragraph for each in reasons}
    supported |= {sentence.paragraph for place in evidence if (sentence := prose.sentence_at(place))}
    middle: tuple[Paragraph, ...] = prose.paragraphs[1:-1]
    for position, paragraph in enumerate(middle, start=1):
        if (
            position not in supported
            and paragraph.word_count >= 40
            and not paragraph.is_list_item
            and not paragraph.is_quotation
        ):
            yield paragraph.place, f"paragraph {position + 1}"
