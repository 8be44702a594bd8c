"""Word files as other programs write them: fields, symbols, boxes written twice, strict names, quotations set in."""

from collections.abc import Callable

import pytest

from feedforward.extraction.document import BlockKind, Document
from feedforward.extraction.limits import Limits
from feedforward.extraction.reading import document_from_bytes
from tests.extraction import made_files

MakeDocx = Callable[..., bytes]
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def read(data: bytes) -> Document:
    return document_from_bytes(data, file_name="draft.docx", limits=Limits())


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_the_code_of_a_field_is_no_text_and_its_result_is(make_docx: MakeDocx) -> None:
    field = (
        '<w:p><w:r><w:t xml:space="preserve">As </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        "<w:r><w:instrText> ADDIN ZOTERO_ITEM CSL_CITATION {} </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>(Roe, 2020)</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t> says.</w:t></w:r></w:fldSimple></w:p>'
    )
    assert read(make_docx(field)).text == "As (Roe, 2020) says."


def test_symbols_hyphens_and_smart_tags_are_read_as_they_look(make_docx: MakeDocx) -> None:
    body = (
        '<w:p><w:smartTag><w:r><w:t>self</w:t><w:noBreakHyphen/><w:t>made, hy</w:t><w:softHyphen/>'
        '<w:t>phen </w:t></w:r></w:smartTag>'
        '<w:r><w:sym w:font="Symbol" w:char="F061"/><w:t> </w:t><w:sym w:font="Wingdings" w:char="F0E0"/>'
        '<w:sym w:font="Webdings" w:char="F043"/><w:sym w:font="Symbol" w:char="nothing"/></w:r></w:p>'
    )  # fmt: skip
    assert read(make_docx(body)).text == "self-made, hyphen α →"


def test_a_box_written_for_two_readers_is_read_once(make_docx: MakeDocx) -> None:
    box = f"<w:txbxContent>{p('In a box')}</w:txbxContent>"
    body = (
        '<w:p xmlns:mc="urn:mc"><mc:AlternateContent><mc:Choice><w:r><w:drawing>'
        f"{box}</w:drawing></w:r></mc:Choice><mc:Fallback><w:r><w:pict>{box}</w:pict></w:r></mc:Fallback>"
        "</mc:AlternateContent></w:p>"
    )
    assert read(make_docx(body + p("After."))).text == "In a box\n\nAfter."


def test_formulas_are_read_without_what_was_deleted_in_them(make_docx: MakeDocx) -> None:
    formula = (
        '<w:p><m:oMath xmlns:m="urn:m"><m:r><m:t>E=m</m:t></m:r><w:del><m:r><m:t>x</m:t></m:r></w:del>'
        "<m:r><m:t>c²</m:t></m:r></m:oMath></w:p>"
    )
    assert read(make_docx(formula)).text == "E=mc²"


def test_comments_and_their_marks_are_no_text(make_docx: MakeDocx) -> None:
    body = (
        '<w:p><w:commentRangeStart w:id="1"/><w:r><w:t>Claim.</w:t></w:r><w:commentRangeEnd w:id="1"/>'
        '<w:r><w:commentReference w:id="1"/></w:r></w:p>'
    )
    comments = {
        "word/comments.xml": f"<w:comments xmlns:w='{STRICT}'><w:comment>{p('Really?')}</w:comment></w:comments>"
    }
    document = read(make_docx(body, comments))
    assert (document.text, document.hidden) == ("Claim.", ())


def test_strict_names_and_parts_under_other_names_are_followed() -> None:
    relations = made_files.RELATIONS
    kind = "http://purl.oclc.org/ooxml/officeDocument/relationships"

    def pointing(to: str, where: str) -> str:
        one = f'<Relationship Id="a" Type="{kind}/{to}" Target="{where}"/>'
        return f'<Relationships xmlns="{relations}">{one}</Relationships>'

    data = made_files.zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": pointing("officeDocument", "/word/main2.xml"),
            "word/_rels/main2.xml.rels": pointing("endnotes", "sub/e.xml"),
            "word/main2.xml": f'<w:document xmlns:w="{STRICT}"><w:body><w:p><w:r><w:t>Claim.</w:t></w:r><w:r>'
            '<w:endnoteReference w:id="2"/></w:r></w:p></w:body></w:document>',
            "word/sub/e.xml": f'<w:endnotes xmlns:w="{STRICT}"><w:endnote w:id="2">{p("Source.")}</w:endnote>'
            "</w:endnotes>",
        }
    )
    assert read(data).text == "Claim.¹\n\n¹ Source."


def test_a_part_of_another_format_is_not_read_and_said_so(make_docx: MakeDocx) -> None:
    document = read(make_docx(p("Words.") + '<w:altChunk r:id="x" xmlns:r="urn:r"/>'))
    assert document.text == "Words."
    assert document.warnings == ("A file embedded in your document was not read.",)


def test_a_paragraph_set_in_is_a_quotation_where_few_are(make_docx: MakeDocx) -> None:
    quoted = '<w:ind w:left="720" w:right="720"/>'
    body = p("They say it so:") + p("The river is ours.", quoted) + p("And so do we.") + p("Again.")
    entries = p("References") + p("Roe, A. (2020).", '<w:ind w:left="720" w:hanging="720"/>')
    kinds = [block.kind for block in read(make_docx(body + entries)).blocks]
    assert kinds[:4] == [BlockKind.PARAGRAPH, BlockKind.QUOTATION, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]
    assert kinds[-1] is BlockKind.REFERENCE
    everywhere = read(make_docx(p("One.", quoted) + p("Two.", quoted) + p("Three.", quoted)))
    assert {block.kind for block in everywhere.blocks} == {BlockKind.PARAGRAPH}


def test_a_quotation_is_known_by_an_inherited_indent_and_lists_are_lists(make_docx: MakeDocx) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="In"><w:name w:val="Mine"/><w:pPr><w:ind w:start="720"/></w:pPr>'
        "</w:style>"
        '<w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Sub"/><w:basedOn w:val="In"/></w:style>'
    )
    listed = '<w:numPr><w:numId w:val="1"/></w:numPr><w:ind w:left="720"/>'
    body = p("Words.") + p("Said.", '<w:pStyle w:val="Sub"/>') + p("item", listed) + p("More.") + p("Most.")
    kinds = [block.kind for block in read(make_docx(body, styles=styles)).blocks]
    assert kinds[1:3] == [BlockKind.QUOTATION, BlockKind.LIST_ITEM]


def test_right_to_left_words_stay_in_their_order(make_docx: MakeDocx) -> None:
    body = "<w:p><w:pPr><w:bidi/></w:pPr><w:r><w:rPr><w:rtl/></w:rPr><w:t>שלום עולם, 2020.</w:t></w:r></w:p>"
    document = read(make_docx(body))
    assert (document.text, document.hidden) == ("שלום עולם, 2020.", ())


@pytest.mark.parametrize("breaks", ["<w:br/>", "<w:cr/>", '<w:br w:type="column"/>'])
def test_breaks_within_a_paragraph_part_its_words(make_docx: MakeDocx, breaks: str) -> None:
    assert read(make_docx(f"<w:p><w:r><w:t>one</w:t>{breaks}<w:t>two</w:t></w:r></w:p>")).text == "one\ntwo"
