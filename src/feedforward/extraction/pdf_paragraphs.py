"""Lines of a PDF become paragraphs, headings, list items and notes; running headers and page numbers are dropped."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from feedforward.extraction.assembly import Piece
from feedforward.extraction.document import BlockKind, Turn
from feedforward.extraction.pdf_hyphens import HYPHENS, join
from feedforward.extraction.pdf_lines import Line
from feedforward.extraction.pdf_quotations import set_in

_MARGIN = 0.12
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|p\.|seite|página)\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:of|/|von|de)\s*\d{1,4})?\W*", re.I
)
_LIST_START = re.compile(r"\s*(?:[•‣◦▪●–]\s*|[-*]\s+|\(?(?:\d{1,2}|[a-z]|[ivx]{2,4})[.)]\s+)\S")
_NOTE_START = re.compile(r"\s*(?:\d{1,3}|[*†‡§¹²³⁴-⁹])\s*\S")
_ENDS_SENTENCE = re.compile(r"[.!?:][\"”’')\]]*\s*\d{0,3}$")


@dataclass(slots=True)
class _Paragraph:
    lines: list[Line]
    kind: BlockKind = BlockKind.PARAGRAPH


def pieces_of_pages(pages: Sequence[list[Line]]) -> list[Piece]:
    """The blocks of a document given as the lines of its pages."""
    pages = without_running_lines(pages)
    lines = [line for page in pages for line in page if line.text.strip()]
    if not lines:
        return []
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    body = sizes.most_common(1)[0][0]
    paragraphs = _paragraphs(pages, body)
    vocabulary = " ".join(line.text for line in lines).lower()
    heading_sizes = sorted({p.lines[0].size for p in paragraphs if p.lines[0].size > 1.12 * body}, reverse=True)
    quoted = set_in([paragraph.lines for paragraph in paragraphs])
    for number in quoted:
        if paragraphs[number].kind is BlockKind.PARAGRAPH and not _follows_a_list(paragraphs, number):
            paragraphs[number].kind = BlockKind.QUOTATION
    return [_piece(paragraph, body, heading_sizes, vocabulary) for paragraph in paragraphs]


def _follows_a_list(paragraphs: Sequence[_Paragraph], number: int) -> bool:
    """A paragraph set in under an item belongs to the item."""
    return number > 0 and paragraphs[number - 1].kind is BlockKind.LIST_ITEM


def without_running_lines(pages: Sequence[list[Line]]) -> list[list[Line]]:
    """The pages without what repeats at their upper and lower edges, and without bare page numbers there."""
    edges: Counter[str] = Counter()
    for page in pages:
        edges.update({_pattern(line) for line in page if _at_edge(line)})
    needed = max(2, len(pages) // 2)
    kept: list[list[Line]] = []
    for page in pages:
        ends = {id(line) for line in (*page[:2], *page[-2:])}
        kept.append(
            [
                line
                for line in page
                if not _at_edge(line)
                or not (
                    edges[_pattern(line)] >= needed
                    or (len(page) > 1 and id(line) in ends and _PAGE_NUMBER.fullmatch(line.text.strip()))
                )
            ]
        )
    return kept


def _at_edge(line: Line) -> bool:
    return not _MARGIN < line.height_on_page < 1 - _MARGIN and len(line.text.split()) <= 14


def _pattern(line: Line) -> str:
    """What a running line has in common on all pages: its words but for numbers, and the size of its letters."""
    return f"{line.size:.0f} {re.sub(r'[0-9]+', '#', ' '.join(line.text.lower().split()))}"


def _paragraphs(pages: Sequence[list[Line]], body: float) -> list[_Paragraph]:
    paragraphs: list[_Paragraph] = []
    pitch = _usual_pitch(pages)
    for page in pages:
        for stretch in _stretches(page):
            left = min(line.left for line in stretch)
            for number, line in enumerate(stretch):
                following = stretch[number + 1] if number + 1 < len(stretch) else None
                if number == 0:
                    last = _continued(paragraphs, line, left)
                else:
                    last = paragraphs[-1]
                    if _breaks(last, line, following, left=left, right=_right_margin(stretch, number), pitch=pitch):
                        last = None
                if last is None:
                    paragraphs.append(_Paragraph([line], _kind(line, body)))
                else:
                    last.lines.append(line)
    return paragraphs


def _usual_pitch(pages: Sequence[list[Line]]) -> float:
    """The usual distance of two lines, as a multiple of the size of their letters."""
    steps = [
        (before.baseline - after.baseline) / before.size
        for page in pages
        for before, after in pairwise(page)
        if before.size == after.size and 0.8 < (before.baseline - after.baseline) / before.size < 3.5
    ]
    return median(steps) if steps else 1.3


def _stretches(page: list[Line]) -> list[list[Line]]:
    """The lines cut where they jump up: the columns of a page."""
    stretches: list[list[Line]] = []
    for line in page:
        if not line.text.strip():
            continue
        if stretches and line.baseline <= stretches[-1][-1].baseline + 0.5 * line.size:
            stretches[-1].append(line)
        else:
            stretches.append([line])
    return stretches


def _right_margin(stretch: list[Line], number: int) -> float:
    """How far the lines around this one reach; those of other sizes (a title over two columns), those set in and a
    single one that runs over (a long address) are left aside."""
    line = stretch[number]
    near = [
        other
        for other in stretch[max(0, number - 8) : number + 9]
        if abs(other.size - line.size) <= 0.1 * line.size and abs(other.left - line.left) <= 3 * line.size
    ]
    reaches = sorted(other.right for other in near)
    return reaches[-2] if len(reaches) > 4 else reaches[-1]


def _continued(paragraphs: list[_Paragraph], line: Line, left: float) -> _Paragraph | None:
    """The paragraph that goes on at the top of this column or page."""
    last = next((each for each in reversed(paragraphs) if each.kind is not BlockKind.FOOTNOTE), None)
    if last is None or _kind(line, last.lines[-1].size) is not BlockKind.PARAGRAPH:
        return None
    before = last.lines[-1]
    text = before.text.rstrip()
    if abs(before.size - line.size) > 0.1 * before.size or before.bold != line.bold or _ENDS_SENTENCE.search(text):
        return None
    goes_on = text.endswith(HYPHENS) or line.text.lstrip()[:1].islower() or text.endswith((",", ";"))
    return last if goes_on or (len(last.lines) > 1 and line.left <= left + 0.8 * line.size) else None


def _breaks(last: _Paragraph, line: Line, following: Line | None, *, left: float, right: float, pitch: float) -> bool:
    """Whether `line` opens a paragraph under the last one in the same column."""
    before, size = last.lines[-1], line.size
    if abs(before.size - size) > 0.1 * before.size or before.bold != line.bold:
        return True
    if (before.baseline - line.baseline) / size > 1.28 * pitch:
        return True
    if before.text.rstrip().endswith(HYPHENS) or last.kind is BlockKind.HEADING:
        return False
    letter = (line.right - line.left) / max(1, len(line.text))
    first_word = len(line.text.split()[0]) * letter
    short = before.right + 1.2 * letter + first_word < right - size
    if _LIST_START.match(line.text) and (short or _ENDS_SENTENCE.search(before.text)):
        return True
    step = line.left - before.left
    if step > 0.8 * size:
        back = following is not None and following.left < line.left - 0.8 * size
        # The second line of an entry in a list of works hangs back; a third line set in is a quotation.
        return short or ((back or len(last.lines) > 1) and bool(_ENDS_SENTENCE.search(before.text)))
    if step < -0.8 * size and len(last.lines) > 1:
        hangs = abs(last.lines[0].left - line.left) < 0.8 * size
        is_set_in = abs(last.lines[0].left - before.left) < 0.8 * size
        return hangs or (is_set_in and bool(_ENDS_SENTENCE.search(before.text)))
    return short and (line.left <= left + 4 * size)


def _kind(line: Line, body: float) -> BlockKind:
    if line.size <= 0.92 * body and line.height_on_page < 0.4 and _NOTE_START.match(line.text):
        return BlockKind.FOOTNOTE
    if _LIST_START.match(line.text) and line.size <= 1.12 * body and not line.bold:
        return BlockKind.LIST_ITEM
    if line.size > 1.12 * body or (line.bold and line.size >= 0.95 * body):
        return BlockKind.HEADING
    return BlockKind.PARAGRAPH


def _piece(paragraph: _Paragraph, body: float, heading_sizes: list[float], vocabulary: str) -> Piece:
    first = paragraph.lines[0]
    text, starts = join([line.text for line in paragraph.lines], vocabulary)
    turns = tuple(
        Turn(start, page=line.page)
        for start, (before, line) in zip(starts[1:], pairwise(paragraph.lines), strict=True)
        if line.page != before.page
    )
    kind = paragraph.kind
    if kind is BlockKind.HEADING and len(text.split()) > 25:
        kind = BlockKind.PARAGRAPH
    if kind is BlockKind.PARAGRAPH and "\t" in text and all("\t" in line.text for line in paragraph.lines):
        kind = BlockKind.TABLE_ROW
    level = heading_sizes.index(first.size) + 1 if kind is BlockKind.HEADING and first.size in heading_sizes else None
    text = text if kind is BlockKind.TABLE_ROW else text.replace("\t", " ")
    return Piece(kind, text, level=level, page=first.page, turns=turns)
