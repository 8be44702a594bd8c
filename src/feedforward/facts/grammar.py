"""Slips of grammar that are certain from the words alone: word forms, comma splices, fragments, run-ons."""

import re
from collections.abc import Iterator

from feedforward.facts.fact import Fact, Place, counted
from feedforward.facts.lexicon import COMMON_VERB_FORMS, SUBORDINATORS, listed
from feedforward.facts.prose import Prose
from feedforward.facts.words import Sentence

_PAST = (
    "went|saw|came|took|made|got|had|knew|thought|said|gave|ate|wrote|bought|told|found|became|began|brought|ran|felt"
)
_ASKING = listed("""
    does did do will would should could can may might must had let lets make makes made help helps helped have has
    see saw hear heard that if than if suggest suggests demand demands insist recommend recommends or and nor what
    how where why when
    """)
_SLIPS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), note)
    for pattern, note in (
        (r"\b(?:[Cc]ould|[Ww]ould|[Ss]hould|[Mm]ust|[Mm]ight) of\b(?! course)", "“have” after this verb, not “of”"),
        (rf"\b(?:[Dd]id|[Dd]oes|[Dd]o)(?:n['’]t| not) (?:{_PAST})\b", "the plain form after “did” or “do”"),
        (r"\bto (?:went|took|gave|knew|ate|wrote|became|began|came)\b", "the plain form after “to”"),
        (
            r"\b(?:a|A) (?!one\b|once\b|eu|ewe|is\b|in\b|on\b|at\b|as\b|or\b|if\b|it\b|of\b|an?\b|are\b|and\b|all\b|"
            r"any\b|i\b|oui)"
            r"[aeio][a-z]{2,}\b",
            "“an” before a vowel sound",
        ),
        (r"\b(?:an|An) (?:[bcdfgjkmnpqrstvwz][aeiour][a-z]+)\b", "“a” before a consonant sound"),
        (
            r"\bmore (?:better|easier|bigger|faster|harder|happier|stronger|smarter|worse|cheaper|safer|healthier)\b",
            "one comparison is enough",
        ),
        (r"\b[Ii]t don['’]t\b|\b(?:[Hh]e|[Ss]he) (?:don['’]t|have|are|do)\b", "the form that goes with he, she or it"),
        (r"\b(?:[Tt]hey|[Ww]e) (?:was|is|has|doesn['’]t)\b", "the form that goes with we or they"),
        (
            r"(?:(?<=[.!?] )|(?<=\n))(?:Some|Many|Most|These|Those) (?:people|students|children|kids|teachers|parents) "
            r"(?:is|was|has)\b",
            "the form that goes with several people",
        ),
        (
            r"\b(?:informations|advices|homeworks|knowledges|furnitures|equipments|softwares|childrens|"
            r"womens)\b(?!['’])",
            "a word that takes no plural s",
        ),
        (
            r"\bmuch (?:people|students|friends|things|kids|places|problems|teachers)\b",
            "“many” before things one can count",
        ),
        (
            r"\bthis (?:things|people|kids|problems|students|reasons|activities|places|examples|children)\b",
            "“these” before several",
        ),
        (r"\b(?:am|is|are) (?:agree|disagree)\b", "“agree” is the verb already"),
        (r"\b(?:must|should) to\b", "no “to” after this verb"),
        (r"\bthere is (?:many|several|few|two|three)\b", "“there are” before several"),
        (r"\b[Tt]heir (?:is|are|was|were|will)\b", "“there”, not “their”"),
        (r"\b[Tt]here own\b", "“their”, not “there”"),
        (r"\b[Yy]our going to\b", "“you're”, not “your”"),
        (r"\b(?:rather|other|more|less|easier|harder|bigger) then (?=[a-z])", "“than” when comparing"),
    )
)
_SUBJECTS = frozenset(["i", "he", "she", "we", "they", "it", "you", "there"])
_OPENING_SUBJECTS = _SUBJECTS | frozenset(["this", "that", "these", "those", "my", "our", "his", "her", "their", "the"])
_REPORTING = listed("""
    say says said think thinks thought believe know guess mean hope suppose feel told replied asked
    """)
_LEADS_ON = listed("is are was were why then so and but or no what matter time else")
_MARKS = re.compile(r"[,;:–—()]")
_JOINERS = frozenset(["and", "so", "because", "but", "then"])
LONGEST_WITHOUT_MARKS = 55


def grammar_slips(prose: Prose) -> Iterator[Fact]:
    """Word forms, comma splices, fragments and run-ons; quotation blocks are left alone."""
    slips: dict[Place, str] = {}
    for pattern, note in _SLIPS:
        for match in prose.body_matches(pattern):
            if _previous_word(prose.text, match.start()) not in _ASKING or "he, she" not in note:
                slips.setdefault(Place(match.start(), match.end()), note)
    yield counted("word_form_slips", list(slips.items()))
    own = [sentence for sentence in prose.sentences if not prose.paragraphs[sentence.paragraph].is_quotation]
    yield counted("comma_splices", [(place, "") for sentence in own if (place := _splice(prose.text, sentence))])
    yield counted("fragments", list(_fragments(prose.text, own)))
    yield counted("run_ons", [(Place(each.start, each.end), "") for each in own if _runs_on(prose.text, each)])


def _previous_word(text: str, at: int) -> str:
    match = re.search(r"([^\W\d_]+)\W*$", text[max(0, at - 25) : at])
    return match.group(1).lower() if match else ""


def _splice(text: str, sentence: Sentence) -> Place | None:
    """The place of "…, it is …" where a full clause stands on both sides and nothing joins them."""
    words = sentence.words
    if (
        len(words) < 8
        or words[0].form not in _OPENING_SUBJECTS
        or any(mark in text[sentence.start : sentence.end] for mark in '"“”;')
    ):
        return None
    commas = [at for at in range(sentence.start, sentence.end) if text[at] == ","]
    if len(commas) != 1:
        return None
    left = [word for word in words if word.end <= commas[0]]
    right = [word for word in words if word.start >= commas[0]]
    if len(left) < 4 or len(right) < 4 or right[0].form not in _SUBJECTS or right[1].form not in COMMON_VERB_FORMS:
        return None
    if left[-1].form in _LEADS_ON:
        return None
    forms = {word.form for word in left}
    if (
        "matter" in forms
        or forms & SUBORDINATORS
        or forms & _REPORTING
        or not _has_verb(forms)
        or text[sentence.end - 1] == "?"
    ):
        return None
    return Place(left[-1].start, right[1].end)


def _has_verb(forms: set[str]) -> bool:
    return bool(forms & COMMON_VERB_FORMS) or any(form.endswith("ed") and len(form) > 4 for form in forms)


def _fragments(text: str, sentences: list[Sentence]) -> Iterator[tuple[Place, str]]:
    for position, sentence in enumerate(sentences):
        forms = [word.form for word in sentence.words]
        if not 3 <= len(forms) <= 10 or text[sentence.end - 1] != "." or "," in text[sentence.start : sentence.end]:
            continue
        follows_question = position > 0 and text[sentences[position - 1].end - 1] in "?:"
        verbs = sum(form in COMMON_VERB_FORMS or form.endswith("ed") for form in forms)
        opens_as_clause = forms[0] in {"because", "although", "whereas", "which"} and forms[1] != "of"
        if opens_as_clause and not follows_question and verbs <= 1:
            yield Place(sentence.start, sentence.end), forms[0]
        elif forms[:2] == ["such", "as"]:
            yield Place(sentence.start, sentence.end), "such as"


def _runs_on(text: str, sentence: Sentence) -> bool:
    count = len(sentence.words)
    if count <= LONGEST_WITHOUT_MARKS:
        return False
    marks = len(_MARKS.findall(text, sentence.start, sentence.end))
    joiners = sum(word.form in _JOINERS for word in sentence.words)
    return marks <= count / 35 or joiners >= count / 11
