"""PDF: its pages are read one after the other until all are, or until the file turns out to be none for us."""

from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from feedforward.extraction.assembly import Piece
from feedforward.extraction.document import HiddenText, count_words
from feedforward.extraction.limits import Limits
from feedforward.extraction.pdf_layers import layers_off
from feedforward.extraction.pdf_lines import Line, lines_of_page
from feedforward.extraction.pdf_objects import INVISIBLE_MODE, PageContent, PageReader
from feedforward.extraction.pdf_paragraphs import pieces_of_pages
from feedforward.extraction.refusal import ExtractionRefused, RefusalKind

_MOST_UNKNOWN = 0.2
_PASSWORD = 4
_RECOGNISED = "The text of this PDF was recognised from a scan by a program: please check that it says what you wrote."
_CUT_OFF = "This file seems to be cut off: please check that your text is complete."
_NO_CHARACTERS = (
    "The letters of this PDF can be seen but not read: its fonts do not say which characters they stand for. Submit "
    "the file you wrote it in, export it again with another program or as “PDF/A”, or paste your text."
)
_FEWEST_LETTERS = 200
_FEWEST_VOWELS = 0.2
_MOST_CONTROLS = 0.03
_SCANNED_PAGES = "Some pages are pictures without text and could not be read: "


def read_pdf(data: bytes, limits: Limits) -> tuple[list[Piece], list[HiddenText], list[str]]:
    """The pieces of a PDF, its hidden text, and warnings.

    Raises ExtractionRefused: encrypted, corrupt, too_large (more than `limits.pages`), no_text_layer.
    """
    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        encrypted = pdfium.FPDF_GetLastError() == _PASSWORD
        raise ExtractionRefused(RefusalKind.ENCRYPTED if encrypted else RefusalKind.CORRUPT)
    count = pdfium.FPDF_GetPageCount(document)
    if count > limits.pages:
        raise ExtractionRefused(RefusalKind.TOO_LARGE, _too_many_pages(count, limits.pages))
    contents = list(_contents(document, count, layers_off(data)))
    warnings = [] if b"%%EOF" in data[-2048:] else [_CUT_OFF]
    return _read(contents, warnings)


def _too_many_pages(count: int, most: int) -> str:
    advice = "Submit only the pages that are your own work, or paste your text."
    return f"This PDF has {count} pages; up to {most} are read. {advice}"


def _contents(document: Any, count: int, layers: frozenset[str]) -> Iterator[PageContent]:
    reader = PageReader(layers)
    for index in range(count):
        page = pdfium.FPDF_LoadPage(document, index)
        if not page:
            yield PageContent((0.0, 0.0, 0.0, 0.0), (), (), has_picture=False)
            continue
        try:
            yield reader.read(page)
        finally:
            pdfium.FPDF_ClosePage(page)


def _read(contents: list[PageContent], warnings: list[str]) -> tuple[list[Piece], list[HiddenText], list[str]]:
    if not contents:
        raise ExtractionRefused(RefusalKind.CORRUPT)
    recognised = [_is_recognised_scan(content) for content in contents]
    pages: list[list[Line]] = []
    hidden: list[HiddenText] = []
    for number, (content, scan) in enumerate(zip(contents, recognised, strict=True), start=1):
        seen = tuple(run for run, why in content.unseen if why == INVISIBLE_MODE) if scan else content.runs
        hidden += [found for found in content.hidden if not (scan and found.why == INVISIBLE_MODE)]
        pages.append(lines_of_page(seen, number, content.box))
    pieces = pieces_of_pages(pages)
    text = " ".join(piece.text for piece in pieces)
    has_pictures = any(content.has_picture for content in contents)
    if _is_gibberish(text):
        raise ExtractionRefused(RefusalKind.NO_TEXT_LAYER, _NO_CHARACTERS)
    if not count_words(text):
        raise ExtractionRefused(RefusalKind.NO_TEXT_LAYER if has_pictures or text or hidden else RefusalKind.EMPTY)
    if any(recognised):
        warnings.append(_RECOGNISED)
    scanned = [str(n) for n, content in enumerate(contents, start=1) if content.has_picture and not pages[n - 1]]
    if scanned:
        warnings.append(f"{_SCANNED_PAGES}{', '.join(scanned[:20])}{' …' if len(scanned) > 20 else ''}.")
    return pieces, hidden, warnings


def _is_recognised_scan(content: PageContent) -> bool:
    """Whether a page is a picture with the words a program read from it laid invisibly over it."""
    unseen = sum(len(run.text) for run, why in content.unseen if why == INVISIBLE_MODE)
    return content.has_picture and unseen > 5 * sum(len(run.text) for run in content.runs)


def _is_gibberish(text: str) -> bool:
    """Whether the letters' meaning is lost: fonts without a table from glyphs to characters.

    Then the characters are private ones, or glyphs' numbers: control characters where words are parted, or letters
    moved along the alphabet, among which vowels are rare.
    """
    unknown = sum("\ue000" <= sign <= "\uf8ff" or sign == "\ufffd" or sign < "\t" for sign in text)
    controls = sum("\x02" < sign < "\t" or "\x0e" <= sign < " " for sign in text)
    if unknown > _MOST_UNKNOWN * len(text) or controls > _MOST_CONTROLS * len(text):
        return True
    letters = [sign for sign in text.lower() if sign.isalpha()]
    plain = [sign for sign in letters if sign.isascii()]
    if len(plain) < max(_FEWEST_LETTERS, 0.8 * len(letters)):
        return False
    return sum(sign in "aeiou" for sign in plain) < _FEWEST_VOWELS * len(plain)
