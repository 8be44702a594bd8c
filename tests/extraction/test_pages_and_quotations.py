"""Pages and quotations of OpenDocument and RTF texts."""

import pytest

from feedforward.extraction.document import BlockKind, Document
from feedforward.extraction.limits import Limits
from feedforward.extraction.pdf_lines import Line
from feedforward.extraction.pdf_quotations import set_in
from feedforward.extraction.places import place_of
from feedforward.extraction.reading import document_from_bytes
from tests.extraction.conftest import MakePdf
from tests.extraction.made_files import odt

PAGED = (
    "<text:p>First page. It goes <text:soft-page-break/>on here.</text:p>"
    "<text:soft-page-break/><text:p>Third page.</text:p>"
)
QUOTE = (
    '<style:style style:name="Q">'
    '<style:paragraph-properties fo:margin-left="{left}" fo:text-indent="{first}"/></style:style>'
)


def read(data: bytes, name: str) -> Document:
    return document_from_bytes(data, file_name=name, limits=Limits())


@pytest.mark.parametrize("pages", [None, 3])
def test_pages_of_an_opendocument_text_are_those_its_program_noted(pages: int | None) -> None:
    document = read(odt(PAGED, pages=pages), "a.odt")
    assert document.text == "First page. It goes on here.\n\nThird page."
    places = [place_of(document, document.text.index(word)) for word in ("First", "on here", "Third")]
    assert places == ["page 1, paragraph 1", "page 2, paragraph 1", "page 3, paragraph 2"]


def test_no_page_is_told_where_an_opendocument_text_notes_only_some() -> None:
    document = read(odt(PAGED, pages=7), "a.odt")
    assert place_of(document, document.text.index("Third")) == "paragraph 2"


@pytest.mark.parametrize(
    ("left", "first", "kind"),
    [
        ("1.27cm", "0cm", BlockKind.QUOTATION),
        ("0.5in", "0in", BlockKind.QUOTATION),
        ("1.27cm", "-1.27cm", BlockKind.PARAGRAPH),
        ("0.2cm", "0cm", BlockKind.PARAGRAPH),
    ],
)
def test_a_paragraph_set_in_is_a_quotation_in_an_opendocument_text(left: str, first: str, kind: BlockKind) -> None:
    body = '<text:p>They say:</text:p><text:p text:style-name="Q">Ours.</text:p>' + "<text:p>So it is.</text:p>" * 2
    document = read(odt(body, QUOTE.format(left=left, first=first)), "a.odt")
    assert document.blocks[1].kind is kind


def test_a_paragraph_set_in_is_a_quotation_in_rtf_where_few_are() -> None:
    def rtf(*paragraphs: str) -> bytes:
        return ("{\\rtf1\\ansi " + "".join(f"\\pard{each}\\par\n" for each in paragraphs) + "}").encode()

    document = read(rtf(" They say:", "\\li720 Ours.", "\\li720\\fi-720 Roe (2020).", " So it is."), "a.rtf")
    assert [block.kind for block in document.blocks] == [
        BlockKind.PARAGRAPH,
        BlockKind.QUOTATION,
        BlockKind.PARAGRAPH,
        BlockKind.PARAGRAPH,
    ]
    everywhere = read(rtf("\\li720 One.", "\\li720 Two.", "\\li720 Three."), "a.rtf")
    assert {block.kind for block in everywhere.blocks} == {BlockKind.PARAGRAPH}


@pytest.mark.parametrize(("told", "places"), [(3, ["page 1", "page 2", "page 3"]), (5, ["", "", ""]), (None, [""] * 3)])
def test_pages_of_rtf_are_told_where_its_breaks_are_those_of_the_pages_it_says_it_has(
    told: int | None, places: list[str]
) -> None:
    info = f"{{\\info{{\\nofpages{told}}}}}" if told else ""
    source = f"{{\\rtf1\\ansi {info}\\pard First here.\\par\\page\\pard Second goes \\softpage on here.\\par}}"
    document = read(source.encode(), "a.rtf")
    assert document.text == "First here.\n\nSecond goes on here."
    found = [place_of(document, document.text.index(word)) for word in ("First", "Second", "on here")]
    numbers = ["paragraph 1", "paragraph 2", "paragraph 2"]
    assert found == [", ".join(filter(None, pair)) for pair in zip(places, numbers, strict=True)]


def test_a_paragraph_of_a_pdf_set_in_as_a_block_is_a_quotation(make_pdf: MakePdf) -> None:
    def lines(x: float, top: float, *texts: str) -> str:
        return "".join(f"BT /F1 12 Tf {x} {top - 14 * at} Td ({text}) Tj ET\n" for at, text in enumerate(texts))

    own = ("The first law spoke of schools and said what they were for, in words that", "everybody in the town knew.")
    said = ("Each child of the land shall learn to read and to", "write, and nobody shall keep it from doing so.")
    after = ("That was new, and for many years nothing more was heard of it in any of the", "villages on the coast.")
    entry = ("Roe, A. (2020). The law of schools and what became of it in the villages of", "the coast. Press.")
    page = lines(72, 700, *own) + lines(120, 650, *said) + lines(72, 600, *after)
    page += lines(72, 550, entry[0]) + lines(108, 536, entry[1])
    document = read(make_pdf([page]), "a.pdf")
    kinds = [block.kind for block in document.blocks]
    assert kinds == [BlockKind.PARAGRAPH, BlockKind.QUOTATION, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]


def test_a_layout_that_sets_much_in_is_no_run_of_quotations() -> None:
    def paragraph(left: float, page: int) -> list[Line]:
        return [Line(f"line {at}", left, 500, 600 - at, 12, bold=False, page=page) for at in range(3)]

    assert set_in([paragraph(72, 1), paragraph(108, 1), paragraph(72, 1), paragraph(72, 1)]) == {1}
    assert not set_in([paragraph(72, 1), paragraph(108, 1), paragraph(72, 1)])
    assert not set_in([paragraph(72, 1), paragraph(330, 1), paragraph(72, 1), paragraph(72, 1)])
