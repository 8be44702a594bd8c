"""Signs of trouble with grammar, counted by kind: too unsure one by one for a comment, telling in numbers.

Every sign looks at words side by side within a sentence. One sign alone is often wrong ("he let her go"); its rate over
a whole text is what calibration learns from, and nothing here is ever shown as a fault at a place.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from feedforward.facts.dictionary import frequencies
from feedforward.facts.lexicon import listed
from feedforward.facts.prose import Prose
from feedforward.facts.words import Sentence

_BASE = listed("""
    be have do go get make take come say see know think want give use find tell ask work seem feel try leave call keep
    let begin help show mean become need like love believe learn live play run write read study teach understand speak
    talk listen eat drink sleep buy sell pay spend choose decide finish start stop grow build bring carry change follow
    lead meet move open close put send set sit stand stay turn wait walk watch win lose break fall fail happen hold
    improve join remember forget agree disagree depend develop explain express focus hope imagine include increase
    support allow encourage enjoy achieve accomplish create share solve succeed travel visit worry graduate
    """)
_PAST = listed("""
    was were had did went got made took came said saw knew thought gave found told felt tried left kept began became
    wrote ran spoke ate drank bought sold paid spent chose grew built brought led met sent sat stood won lost broke fell
    held forgot understood taught
    """)
_NOT_AFTER_HAVE = listed("""
    went took came saw knew gave wrote ran spoke ate drank chose grew began became broke fell did go do be know take
    give see
    """)
_MODALS = listed("""
    can could will would shall should may might must can't cannot couldn't won't wouldn't shouldn't i'll you'll he'll
    she'll we'll they'll it'll
    """)
_PLAIN_MODALS = listed("could would shall should might must can't cannot couldn't won't wouldn't shouldn't")
_DENIED_DO = listed("don't doesn't didn't")
_DO = _DENIED_DO | {"do", "does", "did"}
_BEFORE_PLAIN = listed("let make makes made help to and or")
_BEFORE_TO_ING = listed("forward used addition due")
_NO_ING = listed("something anything everything nothing thing bring spring string during morning evening")
_PRESENT = listed("is are am don't has can will")
_NEGATIVES = listed("not never no nothing nobody")
_ALSO_NOUNS = listed("like love work help change support focus set hope play study")
_UNCOUNTED = listed("time money information homework work")
_DETERMINERS = listed("a an the my your our their his")
_BE = listed("is are was were am isn't aren't wasn't weren't i'm you're he's she's we're they're")
_HAVE = listed("have has had haven't hasn't hadn't i've you've we've they've")
_SHE = listed("he she it this that everyone everybody someone nobody")
_THEY = listed("they we you i these those people students kids children teachers parents friends others")
_SUBJECTS = listed("i he she we they")
_OBJECTS = listed("me him us them")
_PREPOSITIONS = listed("in on at for with by from into without between")
_ONE = listed("a an this every each another")
_MANY = listed("many these those several few two three four five six ten various different both all some most")
_OPENERS = listed("because if when and but so since although while where then")
_SINGULAR_IN_S = listed("""
    always his this is was as us plus yes less class across business process success stress address access news series
    perhaps besides sometimes physics mathematics focus campus bus gas lens bias basis crisis thesis illness kindness
    happiness progress princess boss loss mess dress guess pass glass grass press cross gross
    """)
_CONFUSED = {
    ("to", "much"), ("to", "many"), ("its", "a"), ("its", "not"), ("its", "the"), ("there", "own"), ("their", "is"),
    ("their", "are"), ("your", "going"), ("your", "not"), ("your", "a"), ("they", "where"), ("we", "where"),
    ("an", "other"), ("are", "self"), ("them", "self"), ("him", "self"), ("my", "self"), ("your", "self"),
    ("our", "self"), ("every", "things"), ("more", "then"), ("better", "then"), ("rather", "then"), ("other", "then"),
    ("less", "then"), ("must", "of"), ("could", "of"), ("would", "of"), ("should", "of"), ("right", "know"),
    ("loose", "the"),
}  # fmt: skip

SIGNS = {
    "she base": "He, she, it with a plain verb: she want.",
    "they s": "They, we, I, people with an -s verb: they wants.",
    "modal inflected": "A modal, do or to before an inflected verb: can helped, to went.",
    "to ing": "To or a modal before an -ing form: can going.",
    "be base": "A form of be before a plain verb: is help.",
    "have past": "A form of have before a past or plain form: have went.",
    "one plural": "A word for one before a plural: a students.",
    "many singular": "A word for several before a noun without -s whose plural is common: many student.",
    "subject after preposition": "I, he, she, we, they after a preposition: with he.",
    "no subject": "A linking word straight before is, are or was: because is.",
    "for base": "For before a plain verb: for learn.",
    "double negative": "Two negatives within four words.",
    "confused": "Word pairs that writers mix up: to much, better then.",
    "tense mix": "A sentence with a common past verb and a common present one.",
    "much plural": "Much before a plural, many before a word that has none.",
    "ing after subject": "A subject pronoun straight before an -ing form: he going.",
    "article verb": "An article or possessive before a pronoun, a form of be or a modal: the is.",
    "two articles": "Two determiners side by side: the my.",
}
"""What each sign is."""


def grammar_signs(prose: Prose) -> Counter[str]:
    """How often each sign of `SIGNS` was seen; English only."""
    return Counter(sign for sentence in prose.sentences for sign in signs_in(prose, sentence))


def signs_in(prose: Prose, sentence: Sentence) -> Iterator[str]:
    """The signs of one sentence, each as often as it comes."""
    forms = [word.form for word in sentence.words]
    yield from _signs_of_sentence(forms)
    for at in range(1, len(forms)):
        if prose.text[sentence.words[at - 1].end : sentence.words[at].start].isspace():
            earlier = forms[at - 2] if at > 1 else ""
            yield from _signs_of_pair(earlier, forms[at - 1], forms[at], "".join(forms[at + 1 : at + 2]))


def _signs_of_sentence(forms: Sequence[str]) -> Iterator[str]:
    if any(form in _PAST for form in forms) and any(form in _PRESENT for form in forms):
        yield "tense mix"
    denied = [at for at, form in enumerate(forms) if form in _NEGATIVES or form.endswith("n't")]
    yield from ("double negative" for one, other in pairwise(denied) if other - one <= 4)


def _signs_of_pair(earlier: str, first: str, second: str, following: str) -> Iterator[str]:
    yield from _signs_of_verbs(earlier, first, second)
    yield from _signs_of_nouns(first, second, following)
    if (first, second) in _CONFUSED:
        yield "confused"
    if first in _OPENERS and second in {"is", "are", "was", "were", "have", "has"}:
        yield "no subject"


def _signs_of_verbs(earlier: str, first: str, second: str) -> Iterator[str]:
    plain = second in _BASE
    verb_with_s = second[:-1] in _BASE and _is_plural(second)
    asked = earlier in _DO or earlier in _MODALS or earlier in _BEFORE_PLAIN
    if plain and first in _SHE and not asked:
        yield "she base"
    if first in _THEY and (verb_with_s or second in {"is", "has", "was", "does", "doesn't"}):
        yield "they s"
    past = second in _PAST or (second.endswith("ed") and len(second) > 4)
    if (first in _MODALS or first in _DENIED_DO or first == "to") and (
        past or verb_with_s or second in {"has", "does", "goes"}
    ):
        yield "modal inflected"
    is_ing = second.endswith("ing") and len(second) > 4 and second not in _NO_ING
    if is_ing and (first in _MODALS or first == "to") and earlier not in _BEFORE_TO_ING:
        yield "to ing"
    if is_ing and first in _SUBJECTS:
        yield "ing after subject"
    if plain and first in _BE and second not in _ALSO_NOUNS:
        yield "be base"
    if first in _HAVE and second in _NOT_AFTER_HAVE:
        yield "have past"
    if plain and first == "for" and second not in _ALSO_NOUNS:
        yield "for base"


def _signs_of_nouns(first: str, second: str, following: str) -> Iterator[str]:
    if first in _ONE and _is_plural(second):
        yield "one plural"
    if first in _MANY and _may_take_s(second) and not _may_take_s(following):
        yield "many singular"
    if first in _PREPOSITIONS and second in _SUBJECTS:
        yield "subject after preposition"
    if (first == "much" and _is_plural(second)) or (first == "many" and second in _UNCOUNTED):
        yield "much plural"
    if first in _DETERMINERS:
        if second in _SUBJECTS or second in _OBJECTS or second in _BE or second in _PLAIN_MODALS:
            yield "article verb"
        if second in _DETERMINERS or second in {"this", "that", "these"}:
            yield "two articles"


def _is_plural(form: str) -> bool:
    """Whether this looks like a plural or an -s verb: what stands before the s is a known word."""
    if len(form) < 4 or not form.endswith("s") or form.endswith("ss") or form in _SINGULAR_IN_S:
        return False
    return form[:-1] in frequencies()


def _may_take_s(form: str) -> bool:
    """Whether this is likely a noun in the singular: its plural is a common word, and it is no verb of the list."""
    if len(form) < 4 or form in _BASE or form.endswith("s"):
        return False
    return frequencies().get(form + "s", 0.0) > 5e-6
