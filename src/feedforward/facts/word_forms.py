"""Slips of word form that are certain from a few words side by side; each with what to write instead.

Every pattern was tried on 1,848 essays of learners and kept where at least four in five of its findings were faults
with the right advice (docs/adr/0031-grammar-checker.md).
"""

import re
from collections.abc import Iterator

from feedforward.facts.fact import Fact, Place, counted
from feedforward.facts.lexicon import listed
from feedforward.facts.prose import Prose

_PAST = (
    "went|saw|came|took|made|got|had|knew|thought|said|gave|ate|wrote|bought|told|found|became|began|brought|ran|felt"
)
_THIRD = "has|does|goes|gets|makes|takes|wants|helps|learns|knows|gives|finds|keeps|needs|likes|thinks|says|feels"
_ASKING = listed("""
    does did do will would should could can may might must had let lets make makes made help helps helped have has
    see saw hear heard that if than if suggest suggests demand demands insist recommend recommends or and nor what
    how where why when to don't didn't doesn't won't wouldn't can't couldn't shouldn't not never
    """)
_THEIRS = (
    "goals?|lives|parents|dreams?|famil(?:y|ies)|homework|futures?|friends|kids|children|jobs|educations?|minds?|"
    "attention|opinions?|ideas|classes|phones?|careers?|houses|grades|skills|child|money|mistakes|decisions?|"
    "best|assignments|bod(?:y|ies)|brains?|lifes?|feelings|talents?|work|life style|self[- ]esteem|happiness|studies"
)
_COUNTED = "people|students|children|kids|teachers|parents|friends|reasons|things|problems|schools"
_GROUPS = "students|people|kids|children|teachers|parents|friends|schools|teenagers|teens|adults|classes|jobs|companies"
_DONE = (
    "prepared|decided|learned|studied|worked|helped|finished|improved|graduated|passed|played|talked|wanted|needed|"
    "changed|tried|solved|focused|achieved|accomplished|lived|stayed|started|succeeded|failed|asked|liked|showed|"
    "shared|joined|believed"
)
_NOT_HE = "the form that goes with he, she or it"

_SLIPS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), note)
    for pattern, note in (
        (r"\b(?:[Cc]ould|[Ww]ould|[Ss]hould|[Mm]ight)(?:n['’]?t)? of\b(?! course)", "“have” after this verb, not “of”"),
        (rf"\b(?:[Dd]id|[Dd]oes|[Dd]o)(?:n['’]t| not) (?:{_PAST}|{_THIRD})\b", "the plain form after “did” or “do”"),
        (r"\bto (?:went|took|gave|knew|ate|wrote|became|began|came)\b", "the plain form after “to”"),
        (r"\bto (?:has|goes|gets|makes|takes|helps|learns|gives|finds|keeps|becomes)\b", "the plain form after “to”"),
        (
            r"\b(?:could|would|should|might|must|can't|won't|couldn't|wouldn't|shouldn't|can) "
            r"(?:has|went|took|gave|saw|came|knew|became|gets|helps|makes|takes|goes)\b",
            "the plain form after this verb",
        ),
        (
            rf"\b(?:can|could|would|should|will|might|must|can't|won't|couldn't|wouldn't|shouldn't) (?:{_DONE})\b",
            "the plain form after this verb",
        ),
        (
            r"\b(?<!used )(?<!according )(?<!due )(?<!addition )(?<!forward )(?<!related )(?<!compared )(?<!similar )"
            rf"(?<!get )(?<!lead )(?<!leads )(?<!led )to (?:{_DONE})\b",
            "the plain form after “to”",
        ),
        (
            r"(?<!of )(?<!of the )(?<!of my )(?<!of your )(?<!of their )(?<!of these )(?<!of those )(?<!of our )"
            rf"(?<!with )(?<!for )(?<!in )(?<!to )(?<!and )(?<!or )\b(?:{_GROUPS}) "
            r"(?:doesn['’]t|hasn['’]t|isn['’]t|wasn['’]t|does not|has to|has not)\b",
            "the form that goes with several people",
        ),
        (
            r"\b(?:a|A) (?!one\b|once\b|eu|ewe|is\b|in\b|on\b|at\b|as\b|or\b|if\b|it\b|of\b|an?\b|are\b|and\b|all\b|"
            r"any\b|i\b|oui)[aeio][a-z]{2,}\b",
            "“an” before a vowel sound",
        ),
        (r"\b(?:an|An) (?:[bcdfgjkmnpqrstvwz][aeiour][a-z]+)\b", "“a” before a consonant sound"),
        (
            r"\bmore (?:better|easier|bigger|faster|harder|happier|stronger|smarter|worse|cheaper|safer|healthier)\b",
            "one comparison is enough",
        ),
        (r"\b[Ii]t don['’]t\b|\b(?:[Hh]e|[Ss]he) (?:don['’]t|have|are|do)\b", _NOT_HE),
        (
            r"\b(?:[Hh]e|[Ss]he) (?:want|need|like|go|know|think|say|work|study|play|learn|try|start|make|take|feel|"
            r"decide|pass|live|love|get|give|tell|ask|talk|see|keep|become)\b",
            _NOT_HE,
        ),
        (r"\b(?:[Tt]hey|[Ww]e) (?:was|is|has|doesn['’]t)\b", "the form that goes with we or they"),
        (
            rf"(?:(?<=[.!?,] )|(?<=\n))(?:[Ss]ome|[Mm]any|[Mm]ost|[Tt]hese|[Tt]hose|[Ss]everal) (?:{_COUNTED}) "
            r"(?:is|was|has|does|doesn['’]t|wants|needs|thinks|likes|says|knows)\b",
            "the form that goes with several people",
        ),
        (
            r"\b(?:[Ee]very|[Ee]ach|[Aa]nother) (?:students|people|things|kids|days|years|classes|teachers|persons|"
            r"reasons|decisions|problems)\b(?!['’])",
            "one after “every”, “each” or “another”",
        ),
        (r"\b(?:many|some|most|other|all|these|those) peoples\b(?!['’])", "“people” is several already"),
        (
            r"\b[Oo]ne of the (?:most important |main |best |biggest )?"
            r"(?:reason|benefit|thing|advantage|example|problem)\b(?! \w{3,}s\b)",
            "several after “one of the”",
        ),
        (
            r"\b(?:informations|advices|homeworks|knowledges|furnitures|equipments|softwares|childrens|"
            r"womens)\b(?!['’])",
            "a word that takes no plural s",
        ),
        (rf"\bmuch (?:{_COUNTED}|places)\b", "“many” before things one can count"),
        (
            r"(?<!to )\bthis (?:things|kids|problems|students|reasons|activities|places|examples|children)\b"
            r"|(?<=of )this people\b",
            "“these” before several",
        ),
        (r"\b(?:am|is|are) (?:agree|disagree|depends?|belongs?|happens?)\b", "no form of “be” before this verb"),
        (r"\b(?:must|should) to\b", "no “to” after this verb"),
        (r"\bthere is (?:many|several|few|two|three|a lot of (?:people|students|things|ways|reasons))\b",
         "“there are” before several"),
        (
            r"\b(?:have|has|had|['’]ve|haven['’]t|hasn['’]t|hadn['’]t) "
            r"(?:went|took|gave|saw|wrote|ate|began|broke|chose|drove|forgot|knew|spoke|fell)\b",
            "the participle after “have”: gone, taken, given …",
        ),
        (r"\b[Tt]heir (?:is|are|was|were|will)\b(?! own)", "“there” or “they”, not “their”"),
        (rf"(?<!out )(?<!over )(?<!been )(?<!in )(?<!from )\b[Tt]here (?:own|{_THEIRS})\b(?! (?:is|are|was|were)\b)",
         "“their”, not “there”"),
        (r"\b[Yy]our (?:going to|gonna|not|welcome)\b(?! only)", "“you're”, not “your”"),
        (r"\b[Ii]ts (?:a|an|not|going to|been|just|called|because|hard to|good to|important to|better to)\b(?!-)",
         "“it's”, not “its”"),
        (r"\b[Ii]t['’]s own\b", "“its own”: no apostrophe"),
        (
            r"\b(?:rather|other|more|less|easier|harder|bigger|worse|higher|older|younger|faster|stronger|smarter) "
            r"then (?=[a-z])",
            "“than” when comparing",
        ),
        (r"\b(?:[Ii]t|[Hh]e|[Ss]he|that) dose\b|\bdose(?:n['’]t| not)\b", "“does”, not “dose”"),
        (
            r"\b(?:[Mm]y|[Yy]our|[Hh]im|[Hh]er|[Tt]hem|[Tt]heir|[Oo]ur) (?:self|selfs|selves)\b"
            r"(?!-| (?:esteem|confidence|worth|image|respect|reliance|control|discipline|driving|growth))"
            r"|\btheirsel(?:f|ves)\b",
            "one word: myself, yourself, themselves …",
        ),
        (r"\b[Ss]ome (?:where|one|thing|body)\b(?! of\b)|\b[Ee]very (?:body|where|thing)\b", "one word"),
        (r"\beveryday(?=[.,;!?]|$| (?:and|because|to|in|at|for|so|but|when|that|i|we|they|you|he|she)\b)",
         "two words: every day"),
        (r"\ba lots of\b", "“a lot of” or “lots of”"),
    )
)  # fmt: skip


def word_form_slips(prose: Prose) -> Fact:
    """Each place once, with what to write instead."""
    slips: dict[Place, str] = {}
    for pattern, note in _SLIPS:
        for match in prose.body_matches(pattern):
            if note is _NOT_HE and _is_asked(prose.text, match.start()):
                continue
            slips.setdefault(Place(match.start(), match.end()), note)
    return counted("word_form_slips", list(_apart(slips)))


def _apart(slips: dict[Place, str]) -> Iterator[tuple[Place, str]]:
    """Of places that overlap, the first."""
    end = -1
    for place in sorted(slips):
        if place.start >= end:
            yield place, slips[place]
            end = place.end


def _is_asked(text: str, at: int) -> bool:
    """Whether the word before takes a plain form after "he": "does he have", "let him or she go"."""
    match = re.search(r"([^\W\d_]+(?:['’]t)?)\W*$", text[max(0, at - 25) : at])
    return match is not None and match.group(1).lower().replace("’", "'") in _ASKING
