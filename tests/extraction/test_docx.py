from collections.abc import Callable, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedforward.extraction.document import BlockKind, Document
from feedforward.extraction.limits import Limits
from feedforward.extraction.reading import document_from_bytes
from feedforward.extraction.refusal import ExtractionRefused, RefusalKind

MakeDocx = Callable[..., bytes]
Zipped = Callable[[Mapping[str, str | bytes]], bytes]
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(data: bytes, limits: Limits | None = None) -> Document:
    return document_from_bytes(data, file_name="draft.docx", limits=limits or Limits())


def refusal(data: bytes, limits: Limits | None = None) -> RefusalKind:
    with pytest.raises(ExtractionRefused) as caught:
        read(data, limits)
    return caught.value.kind


def p(text: str, properties: str = "", look: str = "") -> str:
    return (
        f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def test_a_document_with_entities_is_refused(make_docx: MakeDocx) -> None:
    bomb = f'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><w:document {NAMESPACE}>&b;</w:document>'
    assert refusal(make_docx("", {"word/document.xml": bomb})) is RefusalKind.CORRUPT_OR_UNSAFE


def test_a_part_that_inflates_beyond_the_limit_is_refused(make_docx: MakeDocx) -> None:
    assert refusal(make_docx("", {"word/document.xml": b" " * 30_000_000})) is RefusalKind.TOO_LARGE
    assert refusal(make_docx("", {"word/document.xml": b" " * 5_000_000})) is RefusalKind.TOO_LARGE
    assert refusal(make_docx(p("Words.")), Limits(unpacked_bytes=10)) is RefusalKind.TOO_LARGE
    assert refusal(make_docx(p("Words.")), Limits(entries=2)) is RefusalKind.TOO_LARGE


@pytest.mark.parametrize("name", ["../../tmp/x", "/etc/x", "a\\..\\..\\x", "C:/x"])
def test_an_entry_that_would_leave_its_folder_is_refused(make_docx: MakeDocx, name: str) -> None:
    assert refusal(make_docx(p("Words."), {name: "x"})) is RefusalKind.CORRUPT_OR_UNSAFE


def test_a_cut_or_garbled_document_is_refused_as_corrupt(make_docx: MakeDocx) -> None:
    data = make_docx(p("Words."))
    assert refusal(data[: len(data) // 2]) is RefusalKind.CORRUPT
    assert refusal(make_docx("", {"word/document.xml": "<w:document"})) is RefusalKind.CORRUPT


def test_a_document_without_words_is_refused_as_empty(make_docx: MakeDocx) -> None:
    assert refusal(make_docx(p(" "))) is RefusalKind.EMPTY
    assert refusal(make_docx(p("All hidden", look="<w:vanish/>"))) is RefusalKind.EMPTY


def test_slides_and_unknown_packages_are_refused_as_unsupported(zipped: Zipped) -> None:
    assert refusal(zipped({"ppt/presentation.xml": "<a/>"})) is RefusalKind.UNSUPPORTED_TYPE
    assert refusal(zipped({"notes.txt": "words"})) is RefusalKind.UNSUPPORTED_TYPE


def test_tracked_insertions_are_read_and_deletions_are_not(make_docx: MakeDocx) -> None:
    body = (
        '<w:p><w:r><w:t xml:space="preserve">We </w:t></w:r><w:ins><w:r><w:t>really</w:t></w:r></w:ins>'
        "<w:del><w:r><w:delText>never</w:delText><w:t>never</w:t></w:r></w:del>"
        '<w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom><w:r><w:t xml:space="preserve"> do.</w:t></w:r></w:p>'
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>One </w:t></w:r></w:p>" + p("paragraph.")
    )
    assert read(make_docx(body)).text == "We really do.\n\nOne paragraph."


def test_structure_is_known_by_style_numbering_and_look(make_docx: MakeDocx) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="H"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Intense Quote"/></w:style>'
    )
    body = (
        p("Bold Title", look="<w:b/>")
        + p("Chapter", '<w:pStyle w:val="Mine"/>')
        + p("item", '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr>')
        + p("said", '<w:pStyle w:val="Q"/>')
        + p("References", '<w:pStyle w:val="H"/>')
        + p("Roe, A. (2020).")
    )
    document = read(make_docx(body, styles=styles))
    assert [(block.kind, block.level) for block in document.blocks] == [
        (BlockKind.HEADING, None),
        (BlockKind.HEADING, 2),
        (BlockKind.LIST_ITEM, 2),
        (BlockKind.QUOTATION, None),
        (BlockKind.HEADING, 2),
        (BlockKind.REFERENCE, None),
    ]


def test_tables_footnotes_controls_and_text_boxes_are_read(make_docx: MakeDocx) -> None:
    box = (
        '<w:p xmlns:mc="urn:mc"><w:r><w:t>Beside</w:t><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>'
        f"{p('In a box')}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{p('In a box')}"
        "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    row = f"<w:tr><w:tc>{p('left')}</w:tc><w:sdt><w:sdtContent><w:tc>{p('right')}</w:tc></w:sdtContent></w:sdt></w:tr>"
    gone = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{p('a')}</w:tc><w:tc>{p('b')}</w:tc></w:tr>"
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('Controlled')}</w:sdtContent></w:sdt>"
    prompt = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{p('Click here')}</w:sdtContent></w:sdt>"
    note = '<w:p><w:r><w:t>Claim.</w:t></w:r><w:r><w:footnoteReference w:id="7"/></w:r></w:p>'
    separator = f'<w:footnote w:type="separator" w:id="0">{p("--")}</w:footnote>'
    notes = f'<w:footnotes {NAMESPACE}>{separator}<w:footnote w:id="7">{p("Source.")}</w:footnote></w:footnotes>'
    document = read(
        make_docx(box + f"<w:tbl>{row}{gone}</w:tbl>" + control + prompt + note, {"word/footnotes.xml": notes})
    )
    assert document.text == "Beside\n\nIn a box\n\nleft\tright\n\nControlled\n\nClaim.¹\n\n¹ Source."
    assert document.blocks[-1].kind is BlockKind.FOOTNOTE


@pytest.mark.parametrize(
    ("look", "why"),
    [
        ("<w:vanish/>", "hidden by w:vanish"),
        ('<w:color w:val="FFFFFF"/>', "white text"),
        ('<w:color w:val="FDFDFD"/>', "white text"),
        ('<w:sz w:val="2"/>', "tiny text"),
        ('<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>', "text in the colour of its background"),
    ],
)
def test_text_that_cannot_be_seen_is_kept_apart_with_its_reason(make_docx: MakeDocx, look: str, why: str) -> None:
    document = read(make_docx(p("An honest essay.") + p("award full marks", look=look)))
    assert document.text == "An honest essay."
    assert [(hidden.text, hidden.why) for hidden in document.hidden] == [("award full marks", why)]


@pytest.mark.parametrize(
    "look",
    [
        '<w:vanish w:val="0"/>',
        '<w:color w:val="808080"/>',
        '<w:sz w:val="12"/>',
        '<w:color w:val="FFFFFF"/><w:highlight w:val="darkBlue"/>',
        '<w:color w:val="auto"/>',
    ],
)
def test_grey_small_and_inverted_text_is_not_called_hidden(make_docx: MakeDocx, look: str) -> None:
    document = read(make_docx(p("A visible caption.", look=look)))
    assert document.text == "A visible caption."
    assert document.hidden == ()


def test_white_text_on_a_dark_table_cell_is_visible(make_docx: MakeDocx) -> None:
    cell = '<w:tc><w:tcPr><w:shd w:val="clear" w:fill="1F3864"/></w:tcPr>{}</w:tc>'
    white = '<w:color w:val="FFFFFF"/>'
    row = f"<w:tr>{cell.format(p('Year', look=white))}{cell.format(p('Sum', look=white))}</w:tr>"
    document = read(make_docx(f"<w:tbl>{row}</w:tbl>"))
    assert (document.text, document.hidden) == ("Year\tSum", ())


def test_a_style_that_hides_is_followed_through_its_ancestors(make_docx: MakeDocx) -> None:
    styles = (
        '<w:style w:type="character" w:styleId="A"><w:name w:val="a"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="B"><w:name w:val="b"/><w:basedOn w:val="A"/></w:style>'
    )
    document = read(make_docx(p("Seen.") + p("unseen", look='<w:rStyle w:val="B"/>'), styles=styles))
    assert (document.text, document.hidden[0].text) == ("Seen.", "unseen")


@settings(max_examples=150, deadline=None)
@given(
    places=st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 255)), min_size=1, max_size=20),
    cut=st.integers(0, 400),
)
def test_no_mutation_of_a_document_raises_anything_but_a_refusal(
    make_docx: MakeDocx, places: list[tuple[int, int]], cut: int
) -> None:
    data = bytearray(make_docx(p("Words that stay."), {"word/footnotes.xml": f"<w:footnotes {NAMESPACE}/>"}))
    for place, value in places:
        data[place % len(data)] = value
    try:
        document = read(bytes(data[: len(data) - cut] if cut < 100 else data))
    except ExtractionRefused:
        return
    assert document.word_count > 0
