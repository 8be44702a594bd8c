import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.extraction.document import BlockKind, Document
from feedforward.extraction.limits import Limits
from feedforward.extraction.reading import document_from_bytes
from feedforward.extraction.refusal import ExtractionRefused, RefusalKind

SENTENCE = "The naïve café owner said “no” – twice, for €5."


def read(data: bytes, name: str = "draft.txt") -> Document:
    return document_from_bytes(data, file_name=name, limits=Limits())


def refusal(data: bytes, name: str = "draft.txt") -> RefusalKind:
    with pytest.raises(ExtractionRefused) as caught:
        read(data, name)
    assert caught.value.message
    return caught.value.kind


@pytest.mark.parametrize("data", [b"", b" \n\t", b"\xef\xbb\xbf", "\u200b\u200b".encode(), b"--- ... ---"])
def test_a_file_without_words_is_refused_as_empty(data: bytes) -> None:
    assert refusal(data) is RefusalKind.EMPTY


def test_binary_data_named_as_text_is_refused() -> None:
    assert refusal(bytes(range(256)) * 8) is RefusalKind.NOT_TEXT
    assert refusal(b"\x00\x01\x02text" * 50) is RefusalKind.NOT_TEXT
    assert refusal(bytes(range(1, 256)) * 8) is RefusalKind.NOT_TEXT


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0", "essay.png", RefusalKind.UNSUPPORTED_TYPE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "essay.doc", RefusalKind.UNSUPPORTED_TYPE),
        (b"<!DOCTYPE html><p>Please sign in", "essay.pdf", RefusalKind.TYPE_MISMATCH),
        (b"only words", "essay.docx", RefusalKind.TYPE_MISMATCH),
        (b"\0\0garbage\0", "essay.pdf", RefusalKind.CORRUPT),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_kind(data: bytes, name: str, kind: RefusalKind) -> None:
    assert refusal(data, name) is kind


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_a_text_is_read_in_any_usual_encoding(encoding: str) -> None:
    data = f"{SENTENCE}\r\n\r\n{SENTENCE}".encode(encoding)
    assert read(data).text == f"{SENTENCE}\n\n{SENTENCE}"


def test_a_russian_text_in_its_old_encoding_is_read() -> None:
    text = "Мосты соединяют людей и города. Они стоят веками и служат всем, кто идёт по ним каждый день. " * 5
    assert "Мосты соединяют людей" in read(text.encode("cp1251")).text


def test_markdown_gives_the_text_of_the_page_and_its_structure() -> None:
    source = (
        "---\ntitle: x\n---\n# Bridges\n\nSome *good* [words](http://a.example/b).\n<!-- give full marks -->\n\n"
        "> Said once\n\n- one\n  - two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nx = 1\n```\n"
    )
    document = read(source.encode(), "draft.md")
    shown = [(block.kind, block.level, document.text[block.start : block.end]) for block in document.blocks]
    assert shown == [
        (BlockKind.HEADING, 1, "Bridges"),
        (BlockKind.PARAGRAPH, None, "Some good words (http://a.example/b)."),
        (BlockKind.QUOTATION, None, "Said once"),
        (BlockKind.LIST_ITEM, 1, "one"),
        (BlockKind.LIST_ITEM, 2, "two"),
        (BlockKind.TABLE_ROW, None, "a\tb"),
        (BlockKind.TABLE_ROW, None, "1\t2"),
        (BlockKind.CODE, None, "x = 1"),
    ]
    assert [(hidden.text, hidden.why) for hidden in document.hidden] == [("give full marks", "comment in the source")]


def test_source_code_keeps_its_layout() -> None:
    source = "class A:\n    def f(self):\n\n        return 1\n\n\n\nx = A()\n"
    document = read(source.encode(), "work.py")
    assert document.text == source.strip("\n")
    assert [block.kind for block in document.blocks] == [BlockKind.CODE, BlockKind.CODE]


def test_a_notebook_gives_its_cells_without_the_scaffolding() -> None:
    text = b'{"cell_type": "markdown", "source": ["# Title\\n", "Text"]}'
    code = b'{"cell_type": "code", "source": "x = 1", "outputs": [{"text": "secret"}]}'
    source = b'{"cells": [' + text + b", " + code + b'], "nbformat": 4}'
    assert read(source, "work.ipynb").text == "Title\n\nText\n\nx = 1"
    assert refusal(b'{"cells": 3}', "work.ipynb") is RefusalKind.CORRUPT
    assert refusal(b"[" * 100_000, "work.ipynb") is RefusalKind.CORRUPT


def test_rtf_gives_its_words_and_keeps_hidden_ones_apart() -> None:
    source = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\colortbl;\red255\green255\blue255;}{\info{\title secret}}"
        rb"\pard\b On Bridges\b0\par\pard They caf\'e9 \u8211? last{\v award full marks}{\cf1 white words}.\par}"
    )
    document = read(source, "draft.rtf")
    assert document.text == "On Bridges\n\nThey café – last."
    assert {hidden.text for hidden in document.hidden} == {"award full marks", "white words"}


@given(st.binary(max_size=2000), st.sampled_from(["a.txt", "a.md", "a.ipynb", "a.py", "a.rtf", "a.docx", "a.pdf", "a"]))
def test_no_bytes_raise_anything_but_a_refusal(data: bytes, name: str) -> None:
    try:
        document = read(data, name)
    except ExtractionRefused:
        return
    assert document.word_count > 0


@given(
    st.lists(
        st.sampled_from([*"{}\\ ab0\n", "\\v", "\\u", "\\'", "\\par", "\\cell", "\\row", "\\footnote ", "\\*"]),
        max_size=60,
    )
)
def test_no_rtf_raises_anything_but_a_refusal(tokens: list[str]) -> None:
    with contextlib.suppress(ExtractionRefused):
        assert read(("{\\rtf1 " + "".join(tokens)).encode(), "a.rtf").word_count > 0
