"""Slips of sentences that are certain from the words alone: comma splices, fragments, run-ons."""

import re
from collections.abc import Iterator

from feedforward.facts.fact import Fact, Place, counted
from feedforward.facts.lexicon import COMMON_VERB_FORMS, SUBORDINATORS, listed
from feedforward.facts.prose import Prose
from feedforward.facts.word_forms import word_form_slips
from feedforward.facts.words import Sentence

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
    yield word_form_slips(prose)
    own = [sentence for sentence in prose.sentences if not prose.paragraphs[sentence.paragraph].is_quotation]
    yield counted("comma_splices", [(place, "") for sentence in own if (place := _splice(prose.text, sentence))])
    yield counted("fragments", list(_fragments(prose.text, own)))
    yield counted("run_ons", [(Place(each.start, each.end), "") for each in own if _runs_on(prose.text, each)])


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
        if not 3 <= len(forms) <= 12 or text[sentence.end - 1] != "." or "," in text[sentence.start : sentence.end]:
            continue
        follows_question = position > 0 and text[sentences[position - 1].end - 1] in "?:"
        if forms[:2] == ["such", "as"] or (forms[:2] == ["for", "example"] and not _has_verb(set(forms))):
            yield Place(sentence.start, sentence.end), " ".join(forms[:2])
        elif not follows_question and _is_clause_alone(forms):
            yield Place(sentence.start, sentence.end), forms[0]


def _is_clause_alone(forms: list[str]) -> bool:
    """Whether this is one subordinate clause and nothing else: "Because it was fun"."""
    verbs = sum(form in COMMON_VERB_FORMS or form.endswith("ed") for form in forms)
    subjects = sum(form in _SUBJECTS for form in forms)
    return forms[0] in {"because", "although", "whereas"} and forms[1] != "of" and verbs <= 1 and subjects <= 1


def _runs_on(text: str, sentence: Sentence) -> bool:
    count = len(sentence.words)
    if count <= LONGEST_WITHOUT_MARKS:
        return False
    marks = len(_MARKS.findall(text, sentence.start, sentence.end))
    joiners = sum(word.form in _JOINERS for word in sentence.words)
    return marks <= count / 35 or joiners >= count / 11
