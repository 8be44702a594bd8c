"""Pages and quotations of OpenDocument and RTF texts."""

import pytest

from feedforward.extraction.document import BlockKind, Document
from feedforward.extraction.limits import Limits
from feedforward.extraction.places import place_of
from feedforward.extraction.reading import document_from_bytes
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
