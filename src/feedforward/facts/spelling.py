"""Words that look misspelt: few, but surely; each with the common word it is close to."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache, lru_cache

from feedforward.facts.fact import Fact, Place, counted
from feedforward.facts.lexicon import listed
from feedforward.facts.mechanics import APOSTROPHES
from feedforward.facts.prose import Prose

_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_VOWELS = frozenset("aeiouy")
_SUFFIXES = listed("""
    s es ed d ing er ers or r est ly ness less ful fully al ally ment ments able ably ability ibility ise ised
    ising ize ized izing isation ization ity ive ively ous ously ism ist ists ish hood like wise ward wards y ier
    iest ies ied ily ship ships ful th en ens ened ening ation ations tion ion ions ic ical ically age ages ery
    ary 's
    """)
_PREFIXES = listed("""
    un re in im ir il dis mis non over under pre anti inter sub super semi multi co de out up self counter hyper
    micro mini post pro trans ultra extra fore en em bio eco geo neo auto cyber tele psycho socio
    """)
_VARIANTS = (
    ("our", "or"),
    ("or", "our"),
    ("ise", "ize"),
    ("isi", "izi"),
    ("isa", "iza"),
    ("ize", "ise"),
    ("yse", "yze"),
    ("tre", "ter"),
    ("ogue", "og"),
    ("ence", "ense"),
    ("ense", "ence"),
    ("lled", "led"),
    ("lling", "ling"),
    ("ller", "ler"),
    ("ae", "e"),
    ("oe", "e"),
    ("mme", "m"),
    ("que", "k"),
    ("ll", "l"),
    ("l", "ll"),
    ("ey", "y"),
)
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
_KNOWN_HERE = listed("""
    wisp swerve swerved swerving ensue ensued ensues ensuing gripe gripes busses straggling online email website
    internet smartphone smartphones app apps blog blogs selfie chatbot chatbots covid google youtube tiktok
    instagram facebook counterargument counterarguments autopilot driverless robotaxi webcam homeschooled
    homeschooling screentime fanfiction preteen preteens mindset mindsets workload extracurricular
    extracurriculars rewatch reread
    """)


_LONGEST = 30


@cache
def frequencies() -> Mapping[str, float]:
    """The small English list of wordfreq (words of one in a million and more), loaded when first asked for."""
    from wordfreq import get_frequency_dict

    loaded: Mapping[str, float] = get_frequency_dict("en", wordlist="small")
    return loaded


@cache
def _everyday() -> frozenset[str]:
    return frozenset(word for word, frequency in frequencies().items() if frequency >= 6e-6)


@lru_cache(maxsize=20_000)
def suggestion_for(form: str) -> str | None:
    """The common word a lower-case word is surely meant to be; None where it may well be a word."""
    slip = COMMON_SLIPS.get(form)
    if slip:
        return slip.replace("_", " ")
    if (
        not 5 <= len(form) <= _LONGEST
        or not form.isascii()
        or not form.isalpha()
        or form in _KNOWN_HERE
        or _may_be_a_word(form)
    ):
        return None
    best: tuple[float, str] | None = None
    everyday = frequencies()
    for candidate, is_typical in _one_edit_away(form):
        frequency = 0.0 if candidate in APOSTROPHES else everyday.get(candidate, 0.0)
        if frequency < (6e-6 if is_typical else 2e-5) or (len(form) < 8 and not is_typical):
            continue
        weighed = frequency * (20 if is_typical else 1)
        if best is None or weighed > best[0]:
            best = (weighed, candidate)
    return best[1] if best else None


def _may_be_a_word(form: str) -> bool:
    known = frequencies()
    if form in known:
        return True
    if any(form.replace(here, there) in known for here, there in _VARIANTS if here in form):
        return True
    stems = {form[: -len(suffix)] for suffix in _SUFFIXES if form.endswith(suffix) and len(form) - len(suffix) >= 3}
    stems |= {stem + "e" for stem in stems} | {stem + "y" for stem in stems}
    stems |= {stem[:-1] for stem in stems if len(stem) > 4 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS}
    if any(stem in known and not _is_bad_join(form, stem) for stem in stems):
        return True
    if any(
        form.startswith(prefix) and form[len(prefix) :] in known for prefix in _PREFIXES if len(form) - len(prefix) > 3
    ):
        return True
    return any(form[:cut] in _everyday() and form[cut:] in _everyday() for cut in range(3, len(form) - 2))


def _is_bad_join(form: str, stem: str) -> bool:
    """ "stoped", "runing", "writting": a regular ending on a known stem, joined as English does not."""
    rest = form[len(stem) :] if form.startswith(stem) else ""
    if rest in {"ed", "ing", "er"} and len(stem) <= 4 and len(stem) >= 3:
        doubles = stem[-1] not in "aeiouwxy" and stem[-2] in "aeiou" and stem[-3] not in "aeiou"
        return doubles and stem + stem[-1] + rest in frequencies()
    return False


def _one_edit_away(form: str) -> list[tuple[str, bool]]:
    """Every string one edit away that keeps the first letter; True where the edit is one that writers typically "
    "make."""
    found: list[tuple[str, bool]] = []
    for at in range(1, len(form)):
        letter, before = form[at], form[at - 1]
        if at + 1 < len(form) and letter != form[at + 1]:
            found.append((form[:at] + form[at + 1] + letter + form[at + 2 :], True))
        doubled = letter == before or (at + 1 < len(form) and letter == form[at + 1])
        found.append((form[:at] + form[at + 1 :], doubled or letter in "eh"))
        for other in _ALPHABET:
            if other != letter:
                typical = (letter in _VOWELS and other in _VOWELS) or {letter, other} in (
                    {"s", "c"},
                    {"c", "k"},
                    {"s", "z"},
                )
                found.append((form[:at] + other + form[at + 1 :], typical and at + 1 < len(form)))
    for at in range(1, len(form) + 1):
        for other in _ALPHABET:
            doubled = other == form[at - 1] or (at < len(form) and other == form[at])
            typical = at < len(form) and (doubled or other in "aeiouhnrtl")
            found.append((form[:at] + other + form[at:], typical))
    return found


def misspellings(prose: Prose, task_forms: frozenset[str]) -> Fact:
    """Lower-case words of the body that look misspelt. Names, words of the task and words in other scripts are left "
    "out."""
    written_large = {word.form for word in prose.words if prose.text[word.start].isupper()}
    counts = Counter(prose.forms)
    found = []
    for word in prose.words:
        if not prose.text[word.start : word.end].islower() or word.form in task_forms or word.form in written_large:
            continue
        if _stands_in_an_address(prose.text, word.start, word.end):
            continue
        suggestion = suggestion_for(word.form)
        if suggestion and (counts[word.form] < 4 or word.form in COMMON_SLIPS or len(word.form) >= 7):
            found.append((Place(word.start, word.end), suggestion))
    return counted("misspellings", found)


def _stands_in_an_address(text: str, start: int, end: int) -> bool:
    return bool(
        re.search(r"[@/\\_#]$", text[max(0, start - 1) : start]) or re.match(r"[@/\\_]|\.\w", text[end : end + 2])
    )
