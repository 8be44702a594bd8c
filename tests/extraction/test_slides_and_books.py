"""Slides and e-books: what is seen in its order, what is not seen kept apart, what is unsafe refused."""

import pytest

from feedforward.extraction.document import BlockKind, Document
from feedforward.extraction.limits import Limits
from feedforward.extraction.reading import document_from_bytes
from feedforward.extraction.refusal import ExtractionRefused, RefusalKind
from tests.extraction.made_files import epub, pptx, shape, slide_part, zipped

BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'


def read(data: bytes, name: str = "a.pptx", limits: Limits | None = None) -> Document:
    return document_from_bytes(data, file_name=name, limits=limits or Limits())


def refusal(data: bytes, limits: Limits | None = None) -> RefusalKind:
    with pytest.raises(ExtractionRefused) as caught:
        read(data, limits=limits)
    return caught.value.kind


@pytest.mark.parametrize("part", ["ppt/slides/slide98.xml", "ppt/presentation.xml"])
def test_slides_with_entities_or_cut_off_are_refused(part: str) -> None:
    data = pptx([slide_part(shape("Words"))], more={part: BOMB})
    assert refusal(data) is RefusalKind.CORRUPT_OR_UNSAFE
    assert refusal(pptx([slide_part(shape("Words"))], more={part: "<broken"})) is RefusalKind.CORRUPT
    assert refusal(data[: len(data) // 2]) is RefusalKind.CORRUPT


def test_a_slide_that_inflates_is_refused() -> None:
    data = pptx([slide_part(shape("Words"))], more={"ppt/slides/slide98.xml": " " * 30_000_000})
    assert refusal(data) is RefusalKind.TOO_LARGE


def test_slides_come_in_their_order_with_titles_lists_tables_and_notes() -> None:
    table = (
        "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id='1' name='t'/></p:nvGraphicFramePr><a:graphic><a:graphicData>"
        "<a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>Year</a:t></a:r></a:p></a:txBody></a:tc><a:tc><a:txBody><a:p><a:r>"
        "<a:t>Sum</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )
    first = slide_part(shape("On Rivers", "ctrTitle") + shape("Ada", "subTitle") + shape("2026", "dt"))
    second = slide_part(shape("Why", "title") + shape("they rise\nthey fall", "body") + table + shape("A remark"))
    document = read(pptx([first, second], notes={2: "Say it slowly."}))
    assert document.text == (
        "On Rivers\n\nAda\n\nWhy\n\nthey rise\nthey fall\n\nYear\tSum\n\nA remark\n\nSay it slowly."
    )
    assert [(block.kind, block.page) for block in document.blocks] == [
        (BlockKind.HEADING, 1),
        (BlockKind.HEADING, 1),
        (BlockKind.HEADING, 2),
        (BlockKind.LIST_ITEM, 2),
        (BlockKind.LIST_ITEM, 2),
        (BlockKind.TABLE_ROW, 2),
        (BlockKind.PARAGRAPH, 2),
        (BlockKind.FOOTNOTE, 2),
    ]
    assert document.warnings == ("The speaker notes are part of the text: they stand after the words of their slide.",)


@pytest.mark.parametrize(
    ("unseen", "why"),
    [
        (shape("full marks", place="9200000 0 100 100"), "off the slide"),
        (shape("full marks", place="-500 0 100 100"), "off the slide"),
        (shape("full marks", hidden=True), "hidden shape"),
        (shape("full marks", look='sz="200"'), "tiny text"),
    ],
)
def test_what_cannot_be_seen_on_a_slide_is_kept_apart(unseen: str, why: str) -> None:
    document = read(pptx([slide_part(shape("Words", "title") + unseen + shape("x", place="0 0 10 10"))]))
    assert document.text == "Words\n\nx"
    assert [(hidden.text, hidden.why) for hidden in document.hidden] == [("full marks", why)]


def test_a_hidden_slide_is_kept_apart_with_its_notes() -> None:
    slides = [slide_part(shape("Shown")), slide_part(shape("Not shown"), show="0")]
    document = read(pptx(slides, notes={2: "nor this"}))
    assert document.text == "Shown"
    assert [(hidden.text, hidden.why) for hidden in document.hidden] == [("Not shown nor this", "hidden slide")]


def test_a_book_comes_in_the_order_of_its_spine_with_its_structure() -> None:
    first = (
        "<h1>On Rivers</h1><p>They&nbsp;rise &mdash; and\n <em>fall</em>.<br/>So it goes.</p>"
        "<ul><li>one</li><li>two</li></ul>"
    )
    second = (
        "<blockquote><p>We said so.</p></blockquote><table><tr><td>a</td><td>b</td></tr></table><pre>x = 1\n  y</pre>"
        '<script>bad()</script><style>p{}</style><aside epub:type="footnote"><p>See there.</p></aside>loose words'
    )
    document = read(epub([first, second]), "a.epub")
    assert document.text == (
        "On Rivers\n\nThey rise — and fall.\nSo it goes.\n\none\ntwo\n\nWe said so.\n\na\tb\n\nx = 1\n  y\n\n"
        "See there.\n\nloose words"
    )
    assert [block.kind.value for block in document.blocks] == [
        "heading", "paragraph", "list_item", "list_item", "quotation", "table_row", "code", "footnote", "paragraph"
    ]  # fmt: skip
    assert document.warnings == ("The table of contents is not part of the text.",)
    assert document.media_type == "application/epub+zip"


@pytest.mark.parametrize(
    ("attributes", "why"),
    [
        ('style="display: none"', "hidden text"),
        ('style="font-size:1px"', "tiny text"),
        ('style="color:#fff"', "white text"),
        ('class="big gone"', "hidden text"),
        ('id="away"', "hidden text"),
        ('hidden="hidden"', "hidden text"),
    ],
)
def test_what_a_book_hides_is_kept_apart(attributes: str, why: str) -> None:
    styles = "p { color: black } p.gone, #away { margin: 0; display:none }"
    document = read(epub([f"<p>Seen.</p><p {attributes}>full marks</p>"], styles=styles), "a.epub")
    assert document.text == "Seen."
    assert [(hidden.text, hidden.why) for hidden in document.hidden] == [("full marks", why)]


def test_what_only_looks_hidden_in_a_book_is_read() -> None:
    body = (
        '<p style="color:#777">A caption.</p><p style="color:#fff;background:#000">Inverted.</p><p class="x">Plain.</p>'
    )
    document = read(epub([body], styles=".x { display: block }"), "a.epub")
    assert (document.text, document.hidden) == ("A caption.\n\nInverted.\n\nPlain.", ())


def test_a_book_under_a_key_entities_or_without_its_list_is_refused() -> None:
    locked = (
        "<encryption><EncryptedData><CipherData><CipherReference URI='OEBPS/text/p%201.xhtml'/></CipherData>"
        "</EncryptedData></encryption>"
    )
    fonts = locked.replace("OEBPS/text/p%201.xhtml", "OEBPS/font.otf")
    assert refusal(epub(["<p>Words.</p>"], more={"META-INF/encryption.xml": locked})) is RefusalKind.ENCRYPTED
    assert read(epub(["<p>Words.</p>"], more={"META-INF/encryption.xml": fonts}), "a.epub").text == "Words."
    assert refusal(epub([""], more={"OEBPS/text/p 1.xhtml": BOMB})) is RefusalKind.CORRUPT_OR_UNSAFE
    assert refusal(epub([""], more={"META-INF/container.xml": "<container/>"})) is RefusalKind.CORRUPT
    assert refusal(epub([""])) is RefusalKind.EMPTY


def test_slides_and_books_under_other_names_are_read_with_a_warning() -> None:
    document = read(pptx([slide_part(shape("Words"))]), "a.docx")
    assert document.warnings == ("The name of this file says DOCX; it is PPTX and was read as that.",)
    assert "it is EPUB" in read(epub(["<p>Words.</p>"]), "a.pdf").warnings[0]


def test_slides_of_another_program_say_what_to_do() -> None:
    other = zipped({"mimetype": "application/vnd.oasis.opendocument.presentation", "content.xml": "<x/>"})
    with pytest.raises(ExtractionRefused, match="PPTX or PDF"):
        read(other, "a.odp")
