from collections.abc import Callable, Mapping

import pytest

from feedforward.extraction.document import BlockKind, Document
from feedforward.extraction.limits import Limits
from feedforward.extraction.reading import document_from_bytes
from feedforward.extraction.refusal import ExtractionRefused, RefusalKind

Zipped = Callable[[Mapping[str, str | bytes]], bytes]
NAMES = 'xmlns:office="o" xmlns:text="t" xmlns:table="tb" xmlns:style="s" xmlns:fo="f"'


def odt(zipped: Zipped, body: str, styles: str = "", manifest: str = "<m/>") -> bytes:
    content = (
        f"<office:document-content {NAMES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    media_type = "application/vnd.oasis.opendocument.text"
    return zipped({"mimetype": media_type, "content.xml": content, "META-INF/manifest.xml": manifest})


def read(data: bytes) -> Document:
    return document_from_bytes(data, file_name="draft.odt", limits=Limits())


def test_an_encrypted_text_is_refused(zipped: Zipped) -> None:
    with pytest.raises(ExtractionRefused) as caught:
        read(odt(zipped, "<text:p>x</text:p>", manifest="<m><encryption-data/></m>"))
    assert caught.value.kind is RefusalKind.ENCRYPTED


def test_structure_notes_tables_and_changes_are_read_as_their_reader_sees_them(zipped: Zipped) -> None:
    body = (
        "<text:tracked-changes><text:deletion><text:p>never</text:p></text:deletion></text:tracked-changes>"
        '<text:h text:outline-level="2">Bridges</text:h>'
        "<text:p>They<text:s/>last.<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>A source.</text:p></text:note-body></text:note></text:p>"
        "<text:list><text:list-item><text:p>one</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>"
    )
    document = read(odt(zipped, body))
    assert document.text == "Bridges\n\nThey last.¹\n\none\n\na\tb\n\n¹ A source."
    assert [(block.kind, block.level) for block in document.blocks] == [
        (BlockKind.HEADING, 2),
        (BlockKind.PARAGRAPH, None),
        (BlockKind.LIST_ITEM, 1),
        (BlockKind.TABLE_ROW, None),
        (BlockKind.FOOTNOTE, None),
    ]


def test_white_and_hidden_text_is_kept_apart(zipped: Zipped) -> None:
    styles = (
        '<style:style style:name="W"><style:text-properties fo:color="#ffffff"/></style:style>'
        '<style:style style:name="N"><style:text-properties text:display="none"/></style:style>'
    )
    white = '<text:span text:style-name="W">white</text:span>'
    body = f'<text:p>Seen.{white}<text:span text:style-name="N">gone</text:span></text:p>'
    document = read(odt(zipped, body, styles))
    assert document.text == "Seen."
    assert [(hidden.text, hidden.why) for hidden in document.hidden] == [
        ("white", "white text"),
        ("gone", "hidden text"),
    ]
