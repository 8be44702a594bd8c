"""Words that look misspelt: those the kept dictionary does not know, each with the common word it is near to."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from feedforward.facts.dictionary import LONGEST, may_be_a_word
from feedforward.facts.fact import Fact, Place, counted
from feedforward.facts.lexicon import FUNCTION_WORDS, OTHER_LANGUAGES, listed
from feedforward.facts.likely_words import likely_word
from feedforward.facts.mechanics import APOSTROPHES
from feedforward.facts.prose import Prose
from feedforward.facts.words import Sentence

COMMON_SLIPS = dict(
    pair.split(":")
    for pair in listed("""
    thier:their eassy:essay peole:people peaple:people pepole:people thire:their dosent:doesn't dosnt:doesn't
    wich:which teh:the adn:and becuase:because becouse:because beacuse:because becasue:because becaus:because
    untill:until recieve:receive definately:definitely definatly:definitely seperate:separate alot:a_lot
    beleive:believe belive:believe wierd:weird freind:friend freinds:friends tommorow:tomorrow tommorrow:tomorrow
    occured:occurred enviroment:environment goverment:government arguement:argument neccessary:necessary
    necesary:necessary begining:beginning writting:writing diffrent:different diferent:different
    intresting:interesting truely:truly realy:really finaly:finally usefull:useful helpfull:helpful
    succesful:successful sucessful:successful successfull:successful sucess:success acheive:achieve achive:achieve
    suprise:surprise probaly:probably probally:probably basicly:basically whith:with wheather:whether
    awnser:answer oppinion:opinion opinon:opinion shoud:should woud:would peolpe:people poeple:people
    pepole:people studen:student studens:students eachother:each_other atleast:at_least infact:in_fact
    aswell:as_well highschool:high_school everytime:every_time noone:no_one familys:families countrys:countries
    activitys:activities partys:parties
    """)
)
"""Slips seen so often that length and frequency need not be asked; `_` stands for a space."""
_FOREIGN = frozenset().union(*OTHER_LANGUAGES.values()) - FUNCTION_WORDS
_SHORTEST, _A_TERM = 4, 4
_CAREFUL_RATE, _FEWEST_SURE = 0.01, 3
_MOST = 300
"""Different suspects looked at in one text: each takes up to 1 ms, and a text with more is no English."""
_SHORTEST_IN_CAREFUL, _A_TERM_IN_CAREFUL = 5, 3


@dataclass(frozen=True, slots=True)
class Suspect:
    """A word nobody knows: what it is likely meant to be ("" where that is not clear), and whether only a slip lies
    between."""

    suggestion: str
    is_near: bool


def suspect_of(form: str) -> Suspect | None:
    """What is wrong with a word in small letters; None where it may well be right."""
    slip = COMMON_SLIPS.get(form)
    if slip:
        return Suspect(slip.replace("_", " "), True)
    if not _SHORTEST <= len(form) <= LONGEST or not form.isascii() or not form.isalpha() or form in APOSTROPHES:
        return None
    if may_be_a_word(form):
        return None
    likely = likely_word(form)
    return Suspect(likely.word if likely and likely.is_clear else "", likely is not None and likely.is_near)


def misspellings(prose: Prose, task_forms: frozenset[str]) -> Fact:
    """Lower-case words of the body that look misspelt. Names, words of the task and of other languages are left out.

    In a text where few words are near misses, the others are likely terms of its subject: only near misses count there
    that are no short word and come once or twice.
    """
    counts = Counter(prose.forms)
    found = list(_suspects(prose, task_forms))
    sure = [each for each in found if each[1].is_near]
    if len(sure) >= max(_FEWEST_SURE, _CAREFUL_RATE * len(prose.words)):
        kept = [each for each in found if each[1].is_near or counts[each[2]] < _A_TERM]
    else:
        kept = [each for each in sure if each[2] in COMMON_SLIPS or _stands_out(each[2], counts[each[2]])]
    return counted("misspellings", [(place, suspect.suggestion) for place, suspect, _ in kept])


def _stands_out(form: str, count: int) -> bool:
    return len(form) >= _SHORTEST_IN_CAREFUL and count < _A_TERM_IN_CAREFUL


def _suspects(prose: Prose, task_forms: frozenset[str]) -> Iterator[tuple[Place, Suspect, str]]:
    looked_up: set[str] = set()
    written_large = {word.form for word in prose.words if prose.text[word.start].isupper()}
    for sentence in prose.sentences:
        if _is_foreign(sentence):
            continue
        for word in sentence.words:
            form = word.form
            if not prose.text[word.start : word.end].islower() or form in task_forms or form in written_large:
                continue
            if len(looked_up) >= _MOST and form not in looked_up:
                continue
            suspect = suspect_of(form)
            if suspect:
                looked_up.add(form)
            if suspect and not _stands_in_an_address(prose.text, word.start, word.end):
                yield Place(word.start, word.end), suspect, form


def _is_foreign(sentence: Sentence) -> bool:
    """Whether a sentence brings in another language: a saying, a title."""
    return sum(word.form in _FOREIGN for word in sentence.words) >= max(3, len(sentence.words) / 6)


def _stands_in_an_address(text: str, start: int, end: int) -> bool:
    return bool(
        re.search(r"[@/\\_#.]$", text[max(0, start - 1) : start]) or re.match(r"[@/\\_]|\.\w", text[end : end + 2])
    )
