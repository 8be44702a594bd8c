"""Text, quotes, pages and lines agree in every view: stored, previewed, beside the comments, in the terminal's JSON."""

import asyncio
import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from feedforward.drafts.document_parts import document_parts, marked_document
from feedforward.drafts.rules import DraftContent
from feedforward.extraction.document import BlockKind, Document
from feedforward.extraction.extract import extract
from feedforward.extraction.limits import Limits
from feedforward.extraction.places import Places, place_of
from feedforward.extraction.reading import document_from_bytes
from feedforward.extraction.refusal import ExtractionRefused
from feedforward.ui.draft_text import Mark
from feedforward.ui.elements import render
from tests.extraction import made_files

DOCUMENTS = Path(__file__).parents[2].parent / "shared" / "evaluation" / "documents"
FILES = sorted(DOCUMENTS.glob("d*")) if DOCUMENTS.exists() else []

OWN = {
    "a.py": b"import os\n\n\ndef rise():\n    return os\n",
    "a.ipynb": made_files.notebook(("markdown", "# Rivers\n\nThey rise."), ("code", "x = 1\n\nprint(x)")),
    "a.md": b"# Rivers\n\nThey rise\nand fall.\n\n- one\n- two\n\n|a|b|\n|-|-|\n|c|d|\n",
    "a.txt": b"Rivers\n\nThey rise.\n\n1. one\n2. two\n",
    "a.pptx": made_files.pptx([made_files.slide_part(made_files.shape("Rivers\nrise", "body"))] * 2),
}


def check(document: Document) -> None:
    stored = json.loads(json.dumps(DraftContent.of(document, "a").to_json()))
    content = DraftContent.from_json(stored)
    assert content.document == document
    quotes = [(block.start, min(block.end, block.start + 40)) for block in document.blocks]
    marks = [Mark(n, start, end, "general", f"q{n}") for n, (start, end) in enumerate(quotes, 1)]
    views = [render(document_parts(content), "n"), render(marked_document(content.document, marks), "n")]
    for html in views:
        assert words_of(html) == "".join(document.text.split())
        assert pages_shown(html) == pages_told(document)
        assert lines_shown(html) == lines_told(document)
    places = Places(document)
    for mark, (start, end) in zip(marks, quotes, strict=True):
        shown = "".join(re.findall(rf'<mark [^>]*data-comments="{mark.comment_id}">(.*?)</mark>', views[1], re.DOTALL))
        assert "".join(unescape(shown).split()) == "".join(document.text[start:end].split())
        assert places.of(start) == place_of(content.document, start) != ""


def words_of(html: str) -> str:
    without_numbers = re.sub(r"<a [^>]*>\d+</a>", "", html)
    return "".join(unescape(re.sub(r"<[^>]+>", "", without_numbers)).split())


def pages_shown(html: str) -> list[str]:
    return [each.lower() for each in re.findall(r'data-page="([^"]+)"', html)]


def pages_told(document: Document) -> list[str]:
    """The pages, slides or cells as the places of all characters tell them, each once as it begins."""
    told: list[str] = []
    places = Places(document)
    for block in document.blocks:
        for at in (block.start, *(turn.at for turn in block.turns)):
            first = places.of(at).partition(",")[0]
            if re.fullmatch(r"(page|slide|cell) \d+", first) and told[-1:] != [first]:
                told.append(first)
    return told


def lines_shown(html: str) -> list[int]:
    return [int(each) for each in re.findall(r'data-line="(\d+)"', html)]


def lines_told(document: Document) -> list[int]:
    """The line of each line of code, by the place of its first character."""
    told: list[int] = []
    for block in document.blocks:
        if block.kind is BlockKind.CODE and block.line is not None:
            place = block.start
            for line in document.text[block.start : block.end].split("\n"):
                told.append(int(place_of(document, place).rpartition("line ")[2]))
                place += len(line) + 1
    return told


@pytest.mark.parametrize("name", OWN)
def test_views_agree_on_files_with_pages_and_lines(name: str) -> None:
    document = document_from_bytes(OWN[name], file_name=name, limits=Limits())
    check(document)
    assert pages_told(document) or lines_told(document) or document.media_type in ("text/plain", "text/markdown")


def test_views_agree_on_pages_that_begin_within_a_paragraph(make_paged: Callable[[], Document]) -> None:
    document = make_paged()
    assert pages_told(document) == ["page 1", "page 2"]
    check(document)


@pytest.fixture
def make_paged() -> Callable[[], Document]:
    body = "<text:p>First page. It goes <text:soft-page-break/>on here.</text:p>"
    return lambda: document_from_bytes(made_files.odt(body), file_name="a.odt", limits=Limits())


def test_the_evaluation_documents_are_there() -> None:
    if not FILES:
        pytest.skip(f"the shared evaluation is not on this machine ({DOCUMENTS})")
    assert len(FILES) >= 30


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_views_agree_on_every_file_of_the_evaluation(file: Path) -> None:
    try:
        document = asyncio.run(extract(file.read_bytes(), file_name=file.name))
    except ExtractionRefused:
        return  # It has no view: what it must say instead is the manifest's test.
    check(document)
