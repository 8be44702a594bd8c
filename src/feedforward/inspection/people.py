"""Where a text names people of a roster, and where it means somebody else of the same name."""
# ruff: noqa: E501

import re
from collections.abc import Sequence
from typing import NamedTuple

from feedforward.inspection.names import Form, Person, folded_name, forms_of, needs_capital

_WORD = re.compile(
    r"[^\W\d_](?:[^\W\d_]|['\u2019\u02bc\u2010\u2011-](?=[^\W\d_])|[-\u2010]\n(?=[a-z\u00df-\u00ff])|[\u0300-\u036f])*",
    re.UNICODE,
)
_BETWEEN = re.compile(r"(?:\.?,?[ \t]{0,3}\n?[ \t]{0,8}|[-\u2010\u2011]|\.)")
_POSSESSIVE = re.compile(r"['\u2019\u02bc].*$|['\u2019\u02bc]$", re.DOTALL)
_CITED_AFTER = re.compile(
    r"\s*(?:['\u2019]s?)?\s*(?:,?\s*(?:et al\.?|u\. ?a\.|and colleagues)|(?:(?:,|&|\band\b|\bund\b|\bet\b|\by\b|\be\b)\s*[^\W\d_][\w'\u2019-]+\s*){0,3},?\s*\(?(?:n\.d\.|(?:1[5-9]|20)\d\d[a-z]?)\b"
    r"|\s*,\s*(?:[A-Z]\.[ -]?){1,3}(?:,|&|\(|\s|$)|\s+\(?(?:p|pp|S)\.\s?\d|\s+\d{1,3}\)|\s*\(\s*(?:cited|zit|qtd))"
)
_CITED_BEFORE = re.compile(
    r"(?:\b(?:see|cf\.|vgl\.|qtd\. in|cited in|according to|(?:&|and|und)\s[^\W\d_][\w-]+\s\()\s*|\b(?:[A-Z]\.[ -]?){1,3})$"
)
_NEXT_NAME = re.compile(r"[ ](?:[A-Z]\.\s)?([^\W\d_a-z][^\W\d_A-Z\s][\w'\u2019-]*)")
_LAST_NAME = re.compile(r"([^\W\d_a-z][^\W\d_A-Z\s][\w'\u2019-]*|[A-Z]\.)[ ]$")
_ACTS = re.compile(
    r"['\u2019]s\b| (?:and|or|said|says|told|asked|has|had|was|is|did|does|thinks?|thought|agreed|agrees|disagreed|disagrees|went|came|helped|wanted|wants)\b"
)
_NO_NAMES = frozenset(
    """
    the a an and or but if when while after before because since as so then there here this that these those my
    our your his her its their i we you he she it they in on at by for from to of with without dear hello hi hey
    mr mrs ms miss dr prof professor sir madam uncle aunt aunty cousin grandma grandpa mom mum dad mother father
    brother sister friend teacher coach captain student classmate neighbour neighbor principal monday tuesday
    wednesday thursday friday saturday sunday january february march april may june july august september october
    november december yesterday today tomorrow later once finally however moreover although also even only just
    perhaps maybe yes no not with like did does do is was are were has have had can could will would shall should
    may might must said says asked told thinks thought and what who why how where which der die das ein eine und
    oder aber als wenn weil mit von zu bei nach herr frau lieber liebe mein meine unser le la les un une et ou
    mais avec cher chere monsieur madame el los las y o pero con querido querida senor senora don dona o os as um
    uma e mas com il lo gli ma caro cara
    """.split()  # noqa: SIM905 many quoted words are no easier to read
)


class Span(NamedTuple):
    """A stretch of text that names somebody: `who` is the number on the roster from 1, "" for nobody's address."""

    start: int
    end: int
    who: str


class People:
    """The names of a roster, ready to be looked for."""

    def __init__(self, people: Sequence[Person]) -> None:
        self._forms: dict[str, list[Form]] = {}
        seen: set[tuple[str, ...]] = set()
        for place, person in enumerate(people):
            for form in forms_of(person, place):
                if form.words not in seen:
                    seen.add(form.words)
                    self._forms.setdefault(form.words[0], []).append(form)
        for forms in self._forms.values():
            forms.sort(key=lambda form: -len(form.words))

    def spans(self, text: str) -> list[Span]:
        """Where people are named, in order, the longest name first; whom the text cites is left alone."""
        if not self._forms:
            return []
        words = [(found.start(), found.end(), found.group()) for found in _WORD.finditer(text)]
        folded = [folded_name(word) for _, _, word in words]
        cited = self._cited(text, words, folded)
        spans: list[Span] = []
        at = 0
        while at < len(words):
            match = self._match(text, words, folded, at)
            if match is None:
                at += 1
                continue
            form, last, end = match
            if self._somebody_else(text, words, form, at, last, cited):
                at = last + 1
                continue
            spans.append(Span(words[at][0], end, str(form.person + 1)))
            at = last + 1
        return spans

    def _match(
        self, text: str, words: list[tuple[int, int, str]], folded: list[str], at: int
    ) -> tuple[Form, int, int] | None:
        """The longest name that begins with word `at`: the form, its last word, and where it ends."""
        for first in _stems(words[at][2], folded[at]):
            for form in self._forms.get(first, ()):
                if len(form.words) == 1:
                    if form.lone and needs_capital(first) and not _is_named(text, words[at]):
                        continue
                    return form, at, words[at][0] + _length(words[at][2], first)
                last = self._rest(text, words, folded, at, form)
                if last is not None:
                    end = words[last][0] + _length(words[last][2], form.words[-1])
                    return form, last, end
        return None

    @staticmethod
    def _rest(text: str, words: list[tuple[int, int, str]], folded: list[str], at: int, form: Form) -> int | None:
        last = at
        for wanted in form.words[1:]:
            if last + 1 >= len(words) or not _BETWEEN.fullmatch(text, words[last][1], words[last + 1][0]):
                return None
            last += 1
            is_end = last - at == len(form.words) - 1
            if wanted not in (_stems(words[last][2], folded[last]) if is_end else (folded[last],)):
                return None
            if len(wanted) == 1 and not words[last][2][:1].isupper():
                return None
        initials = [offset for offset, word in enumerate(form.words) if len(word) == 1]
        return None if any(not words[at + offset][2][:1].isupper() for offset in initials) else last

    def _cited(self, text: str, words: list[tuple[int, int, str]], folded: list[str]) -> set[str]:
        """Family names of the roster that the text cites somewhere: alone, they mean the author everywhere in it."""
        cited = set()
        for (start, end, word), plain in zip(words, folded, strict=True):
            for stem in _stems(word, plain):
                forms = self._forms.get(stem)
                if forms and any(form.family for form in forms) and _is_cited(text, start, end):
                    cited.add(stem)
        return cited

    def _somebody_else(
        self, text: str, words: list[tuple[int, int, str]], form: Form, at: int, last: int, cited: set[str]
    ) -> bool:
        start, end, word = words[at][0], words[last][1], words[at][2]
        if not form.lone:
            return any(len(part) == 1 for part in form.words) and _CITED_AFTER.match(text, end) is not None
        if form.family:
            if form.words[0] in cited or form.words[-1] in cited:
                return True
            before = _LAST_NAME.search(text, max(0, start - 30), start)
            return before is not None and not self._ordinary(before.group(1), text, before.start(1), form)
        after = _NEXT_NAME.match(text, end)
        if after is None or word.isupper() or not word[:1].isupper():
            return False
        plain = folded_name(after.group(1))
        return plain not in _NO_NAMES and not any(stem in self._forms for stem in _stems(after.group(1), plain))

    def _ordinary(self, before: str, text: str, at: int, form: Form) -> bool:
        """Whether the capital word before a family name is no given name of somebody else."""
        plain = folded_name(before)
        if plain in form.given or plain in self._forms or plain in _NO_NAMES:
            return True
        return not before.endswith(".") and _begins_sentence(text, at) and not before.isupper()


def _is_cited(text: str, start: int, end: int) -> bool:
    return (
        _CITED_AFTER.match(text, end) is not None or _CITED_BEFORE.search(text, max(0, start - 30), start) is not None
    )


def _begins_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 4) : at].rstrip(" \"'“‘«(")
    return not before.strip() or before[-1] in ".!?\n:。！？"


def _is_named(text: str, word: tuple[int, int, str]) -> bool:
    """Whether an everyday word can be a name here: with a capital that no sentence asks for, or before what people do."""
    start, end, written = word
    if not written[:1].isupper():
        return False
    return not _begins_sentence(text, start) or (len(written) > 2 and _ACTS.match(text, end) is not None)


def _stems(word: str, folded: str) -> tuple[str, ...]:
    """The folded word, without what a possessive or a suffix adds to it."""
    stems = [folded]
    if bare := _POSSESSIVE.sub("", word):
        stems.append(folded_name(bare))
    if len(folded) > 4 and folded.endswith("s"):
        stems.append(folded[:-1])
    return tuple(dict.fromkeys(stems))


def _length(word: str, stem: str) -> int:
    """How many characters of a word its stem takes; the rest (a possessive) stays in the text."""
    if folded_name(word) == stem:
        return len(word)
    for length in range(len(word) - 1, 0, -1):
        if folded_name(word[:length]) == stem and word[length - 1] not in "'\u2019\u02bc":
            return length
    return len(word)
