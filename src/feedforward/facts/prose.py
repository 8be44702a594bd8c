"""A text taken apart: its body paragraphs, headings, reference list, sentences and words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from feedforward.extraction.document import Block, BlockKind
from feedforward.facts.fact import Place
from feedforward.facts.language import language_of
from feedforward.facts.lexicon import FUNCTION_WORDS
from feedforward.facts.words import SIGNS, Sentence, Word, sentence_places, words_in

_LINE_END = re.compile(r"\n")
_BLANK_LINES = re.compile(r"\n\s*\n")
_LIST_HEADING = re.compile(
    r"^[#*\s\d.]*(?:references?|works cited|bibliography|reference list|literature(?: cited)?|sources|references cited|"
    r"refer[êe]ncias(?: bibliogr[áa]ficas)?|bibliograf[ií]a|bibliographie|r[ée]f[ée]rences(?: bibliographiques)?|"
    r"literatur(?:verzeichnis)?|quellen(?:verzeichnis)?|literatuur(?:lijst)?|riferimenti(?: bibliografici)?|"
    r"参考文献|參考文獻|список литературы|литература)[*:：\s]*$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://|www\.|\w\.(?:com|org|net|edu|gov)/")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SIGN = re.compile(rf"[{SIGNS}]")
_BODY = {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTATION}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the body with its sentences; `is_list_item` and `is_quotation` as its block said."""

    start: int
    end: int
    sentences: tuple[Sentence, ...]
    is_list_item: bool = False
    is_quotation: bool = False

    @property
    def place(self) -> Place:
        return Place(self.start, self.end)

    @property
    def word_count(self) -> int:
        return sum(len(sentence.words) for sentence in self.sentences)


@dataclass(frozen=True)
class Prose:
    """The parts of `text`. Tables, code, footnotes, headings and the reference list are not in the body."""

    text: str
    paragraphs: tuple[Paragraph, ...]
    headings: tuple[Place, ...]
    references: tuple[Place, ...]
    reference_heading: Place | None
    code_words: int
    footnotes: tuple[Place, ...] = ()

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(sentence for paragraph in self.paragraphs for sentence in paragraph.sentences)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return tuple(word for sentence in self.sentences for word in sentence.words)

    @cached_property
    def forms(self) -> tuple[str, ...]:
        return tuple(word.form for word in self.words)

    @cached_property
    def content_words(self) -> tuple[Word, ...]:
        """Words of three or more letters that carry matter."""
        return tuple(word for word in self.words if is_content(word.form))

    @cached_property
    def language(self) -> str:
        return language_of(self.text, self.forms)

    @property
    def is_english(self) -> bool:
        return self.language == "English"

    @cached_property
    def counts_signs(self) -> bool:
        """Whether most words are Chinese or Japanese signs, each counted as one word."""
        return 2 * sum(bool(_SIGN.match(form)) for form in self.forms) > len(self.forms)

    @property
    def is_code(self) -> bool:
        """Whether most of what stands here is program code."""
        return self.code_words > len(self.words)

    def body_matches(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """The matches of a pattern inside the body's paragraphs."""
        for paragraph in self.paragraphs:
            yield from pattern.finditer(self.text, paragraph.start, paragraph.end)

    def sentence_at(self, place: Place) -> Sentence | None:
        """The sentence in which a place begins."""
        low, high = 0, len(self.sentences)
        while low < high:
            middle = (low + high) // 2
            if self.sentences[middle].end <= place.start:
                low = middle + 1
            else:
                high = middle
        if low < len(self.sentences) and self.sentences[low].start <= place.start:
            return self.sentences[low]
        return None


def is_content(form: str) -> bool:
    """Whether a word carries matter of its own (letters, three or more, no function word)."""
    return len(form) > 2 and form[0].isalpha() and form not in FUNCTION_WORDS


def prose_of(text: str, blocks: Sequence[Block] = ()) -> Prose:
    """The parts of a text; without blocks, paragraphs are what blank lines part."""
    pieces = [(block.kind, block.start, block.end) for block in blocks] or list(_pieces_of(text))
    paragraphs: list[Paragraph] = []
    headings: list[Place] = []
    references: list[Place] = []
    footnotes: list[Place] = []
    list_heading: Place | None = None
    code_words = 0
    for kind, start, end in pieces:
        stretch = text[start:end]
        if not stretch.strip():
            continue
        if len(stretch) < 60 and _LIST_HEADING.match(stretch):
            list_heading = Place(start, end)
        elif kind is BlockKind.REFERENCE or (list_heading is not None and kind in _BODY):
            references.extend(_entries(text, start, end))
        elif kind is BlockKind.HEADING:
            headings.append(Place(start, end))
        elif kind is BlockKind.FOOTNOTE:
            footnotes.append(Place(start, end))
        elif kind is BlockKind.CODE:
            code_words += len(words_in(text, start, end))
        elif kind in _BODY:
            paragraphs.append(_paragraph(text, start, end, kind, len(paragraphs)))
    while list_heading is None and len(paragraphs) > 1 and _looks_like_an_entry(text, paragraphs[-1]):
        references.insert(0, paragraphs.pop().place)
    return Prose(
        text, tuple(paragraphs), tuple(headings), tuple(references), list_heading, code_words, tuple(footnotes)
    )


def _paragraph(text: str, start: int, end: int, kind: BlockKind, position: int) -> Paragraph:
    sentences = tuple(
        Sentence(first, last, words_in(text, first, last), position)
        for first, last in sentence_places(text, start, end)
    )
    return Paragraph(start, end, sentences, kind is BlockKind.LIST_ITEM, kind is BlockKind.QUOTATION)


def _looks_like_an_entry(text: str, paragraph: Paragraph) -> bool:
    """Whether a closing paragraph is a source without a heading above it: short, with a year and an address."""
    stretch = text[paragraph.start : paragraph.end]
    return paragraph.word_count < 45 and bool(_ADDRESS.search(stretch) and _YEAR.search(stretch))


def _pieces_of(text: str) -> Iterator[tuple[BlockKind, int, int]]:
    """What blank lines part; in Chinese and Japanese without any, each line."""
    gaps = list(_BLANK_LINES.finditer(text))
    if not gaps and 2 * len(_SIGN.findall(text)) > len(text):
        gaps = list(_LINE_END.finditer(text))
    begin = 0
    for gap in [*gaps, None]:
        end = gap.start() if gap else len(text)
        start = begin
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if end > start:
            yield BlockKind.PARAGRAPH, start, end
        begin = gap.end() if gap else end


def _entries(text: str, start: int, end: int) -> Iterator[Place]:
    """The lines of a stretch of the reference list, one entry each."""
    begin = start
    for line in text[start:end].split("\n"):
        if line.strip():
            yield Place(begin, begin + len(line))
        begin += len(line) + 1
