"""Where a passage stands: pages, slides, cells, lines and paragraphs, kept from the file to the words for them."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.extraction.assembly import Piece, assembled
from feedforward.extraction.document import Block, BlockKind, Document, Turn
from feedforward.extraction.limits import Limits
from feedforward.extraction.places import place_of
from feedforward.extraction.reading import document_from_bytes, document_from_text
from tests.extraction import made_files

MakeDocx = Callable[..., bytes]
MakePdf = Callable[..., bytes]


def read(data: bytes, name: str) -> Document:
    return document_from_bytes(data, file_name=name, limits=Limits())


def place(document: Document, words: str) -> str:
    return place_of(document, document.text.index(words))


def app(pages: int) -> dict[str, str]:
    return {"docProps/app.xml": f'<Properties xmlns="x"><Pages>{pages}</Pages></Properties>'}


RENDERED = (
    "<w:p><w:r><w:t>First page. It goes </w:t></w:r><w:r><w:lastRenderedPageBreak/><w:t>on here.</w:t></w:r></w:p>"
    '<w:p><w:r><w:br w:type="page"/></w:r></w:p><w:p><w:r><w:lastRenderedPageBreak/><w:t>Third page.</w:t></w:r></w:p>'
)
WRITTEN = (
    '<w:p><w:r><w:t>Title page.</w:t><w:br w:type="page"/></w:r></w:p><w:p><w:r><w:t>Second page.</w:t></w:r></w:p>'
    "<w:p><w:pPr><w:pageBreakBefore/></w:pPr><w:r><w:t>Third page.</w:t></w:r></w:p>"
)


def test_a_document_stored_before_lines_were_kept_still_opens() -> None:
    stored = {
        "text": "Words.",
        "media_type": "text/plain",
        "blocks": [{"kind": "paragraph", "start": 0, "end": 6, "level": None, "page": None}],
        "hidden": [],
        "warnings": [],
    }
    document = Document.from_json(stored)
    assert document.blocks == (Block(BlockKind.PARAGRAPH, 0, 6),)
    assert document.to_json() == stored
    assert place_of(document, 3) == "paragraph 1"
    del stored["blocks"][0]["page"]  # type: ignore[attr-defined]
    assert Document.from_json(stored) == document


def test_a_document_without_blocks_has_no_places() -> None:
    assert place_of(Document("Words.", "text/plain"), 2) == ""


def test_source_code_is_found_by_its_lines_as_an_editor_shows_them() -> None:
    code = "\n\nimport os\n\n\ndef rise():\n    top = 1\n\n    return top\n"
    document = read(code.encode(), "a.py")
    assert [place(document, word) for word in ("import", "def", "top = 1", "return")] == [
        "line 3",
        "line 6",
        "line 7",
        "line 9",
    ]


def test_a_notebook_is_found_by_cell_and_line() -> None:
    cells = (("markdown", "# Rivers\n\nThey rise\nand fall."), ("code", ""), ("code", "x = 1\n\nprint(x)"))
    document = read(made_files.notebook(*cells), "a.ipynb")
    assert [place(document, word) for word in ("Rivers", "and fall", "x = 1", "print")] == [
        "cell 1, line 1",
        "cell 1, line 4",
        "cell 3, line 1",
        "cell 3, line 3",
    ]


def test_a_text_file_is_found_by_paragraph_and_line_and_a_pasted_text_by_paragraph_alone() -> None:
    wrapped = (
        "The river rises in the hills above the town and runs west\n"
        "until it meets the canal, where the old mill used to stand\nand grain was ground."
    )
    text = f"On Rivers\n\n\n{wrapped}\n\n- one\n- two\n"
    document = read(text.encode(), "a.txt")
    assert place(document, "On Rivers") == "heading 1, line 1"
    assert place(document, "The river") == "paragraph 1, line 4"
    assert place(document, "the old mill") == "paragraph 1, line 5"
    assert place(document, "grain") == "paragraph 1, line 6"
    assert place(document, "two") == "list 1, item 2, line 9"
    assert place(document_from_text(text), "grain") == "paragraph 1"


def test_markdown_is_found_by_the_lines_of_its_source() -> None:
    source = "---\na: b\n---\n# Rivers\n\nThey rise\nand fall.\n\n```\nx = 1\ny = 2\n```\n\n|a|b|\n|-|-|\n|c|d|\n"
    document = read(source.encode(), "a.md")
    found = [place(document, word) for word in ("Rivers", "They", "and fall", "y = 2", "c\td")]
    assert found == [
        "heading 1, line 4",
        "paragraph 1, line 6",
        "paragraph 1, line 7",
        "line 11",
        "table 1, row 2, line 16",
    ]


def test_pages_of_a_pdf_are_told_within_a_paragraph_that_crosses_them(make_pdf: MakePdf) -> None:
    def page(*lines: str) -> str:
        return "".join(f"BT /F1 12 Tf 72 {600 - 14 * n} Td ({line}) Tj ET\n" for n, line in enumerate(lines))

    first = page(
        "The river rises in the hills above the old town and it", "runs west for many miles until it meets the beau-"
    )
    document = read(make_pdf([first, page("tiful canal where the mill used to stand in those days.")]), "a.pdf")
    assert len(document.blocks) == 1
    assert place(document, "beau") == "page 1, paragraph 1"
    assert place(document, "canal") == "page 2, paragraph 1"
    assert Document.from_json(document.to_json()) == document


def test_the_one_page_of_a_letter_is_not_named(make_pdf: MakePdf) -> None:
    document = read(make_pdf(["BT /F1 12 Tf 72 600 Td (Dear all, the river rises.) Tj ET"]), "a.pdf")
    assert place(document, "river") == "paragraph 1"


@pytest.mark.parametrize("more", [{}, app(3)])
def test_pages_of_a_word_file_are_those_where_it_was_last_drawn(make_docx: MakeDocx, more: dict[str, str]) -> None:
    document = read(make_docx(RENDERED, more), "a.docx")
    assert document.text == "First page. It goes on here.\n\nThird page."
    assert [place(document, word) for word in ("First", "on here", "Third")] == [
        "page 1, paragraph 1",
        "page 2, paragraph 1",
        "page 3, paragraph 2",
    ]


def test_breaks_a_writer_set_are_pages_where_the_file_says_that_these_are_all(make_docx: MakeDocx) -> None:
    document = read(make_docx(WRITTEN, app(3)), "a.docx")
    assert [place(document, word) for word in ("Title", "Second", "Third")] == [
        "page 1, paragraph 1",
        "page 2, paragraph 2",
        "page 3, paragraph 3",
    ]


@pytest.mark.parametrize(
    ("body", "more"), [(WRITTEN, {}), (WRITTEN, app(7)), (RENDERED, app(9)), (WRITTEN, {"docProps/app.xml": "<broken"})]
)
def test_no_page_is_told_where_the_file_does_not_say_them_all(
    make_docx: MakeDocx, body: str, more: dict[str, str]
) -> None:
    assert place(read(make_docx(body, more), "a.docx"), "Third").startswith("paragraph ")


def test_slides_are_told_by_number() -> None:
    slides = [made_files.slide_part(made_files.shape(f"Words {n}", "title")) for n in (1, 2)]
    assert place(read(made_files.pptx(slides), "a.pptx"), "Words 2") == "slide 2"


def test_notes_tables_references_and_quotations_have_names_of_their_own() -> None:
    kinds = [
        Piece(BlockKind.TABLE_ROW, "a\tb"),
        Piece(BlockKind.TABLE_ROW, "c\td"),
        Piece(BlockKind.PARAGRAPH, "one"),
        Piece(BlockKind.QUOTATION, "said"),
        Piece(BlockKind.TABLE_ROW, "e\tf"),
        Piece(BlockKind.HEADING, "References"),
        Piece(BlockKind.PARAGRAPH, "Roe (2020)"),
        Piece(BlockKind.FOOTNOTE, "See there"),
    ]
    document = assembled(kinds, media_type="text/plain")
    assert [place_of(document, block.start) for block in document.blocks] == [
        "table 1, row 1",
        "table 1, row 2",
        "paragraph 1",
        "paragraph 2",
        "table 2, row 1",
        "heading 1",
        "reference 1",
        "footnote 1",
    ]


words = st.text("ab \u200b\u00ad\ufb01\u0301é\t\n", min_size=0, max_size=30)


@given(st.lists(words, min_size=1, max_size=5), st.sampled_from([BlockKind.PARAGRAPH, BlockKind.CODE]))
def test_turns_stay_before_the_word_they_stood_before(parts: list[str], kind: BlockKind) -> None:
    """Each part ends in a word of its own (W1, W2 …); its page must be told of it."""
    marked = [f"{part}W{number}" for number, part in enumerate(parts)]
    text, turns = "", []
    for number, part in enumerate(marked):
        if number:
            turns.append(Turn(len(text), page=number + 1))
        text += part
    document = assembled([Piece(kind, text, page=1, turns=tuple(turns))], media_type="application/pdf")
    assert Document.from_json(document.to_json()) == document
    for number in range(len(parts)):
        at = document.text.index(f"W{number}")
        assert len(parts) == 1 or place_of(document, at).partition(",")[0] == f"page {number + 1}"


@given(st.text("abc\n \t", max_size=60).filter(lambda text: text.strip("\n \t") != ""))
def test_every_line_of_source_code_is_told_as_it_is_in_the_file(text: str) -> None:
    document = read(text.encode(), "a.py")
    lines = text.split("\n")
    for at, sign in enumerate(document.text):
        if sign.isalpha():
            line = int(place_of(document, at).removeprefix("line "))
            assert sign in lines[line - 1]
