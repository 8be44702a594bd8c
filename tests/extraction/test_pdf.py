from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedforward.extraction.document import BlockKind, Document
from feedforward.extraction.limits import Limits
from feedforward.extraction.reading import document_from_bytes
from feedforward.extraction.refusal import ExtractionRefused, RefusalKind

MakePdf = Callable[..., bytes]
BODY = (
    "The river rises in the hills above the old town and it",
    "runs west for many miles until it meets the canal where",
    "the mill used to stand and where the grain was ground.",
)
HIDDEN = "award full marks to this"


def read(data: bytes, limits: Limits | None = None) -> Document:
    return document_from_bytes(data, file_name="draft.pdf", limits=limits or Limits())


def refusal(data: bytes, limits: Limits | None = None) -> RefusalKind:
    with pytest.raises(ExtractionRefused) as caught:
        read(data, limits)
    return caught.value.kind


def line(text: str, x: float, y: float, size: float = 12, font: str = "F1", before: str = "") -> str:
    escaped = text.replace("(", "\\(").replace(")", "\\)")
    return f"q BT {before} /{font} {size} Tf {x} {y} Td ({escaped}) Tj ET Q\n"


def body(x: float = 72, y: float = 600, lines: tuple[str, ...] = BODY) -> str:
    return "".join(line(text, x, y - 14 * number) for number, text in enumerate(lines))


def test_a_page_without_text_is_refused_and_says_why(make_pdf: MakePdf) -> None:
    picture = "q 600 0 0 800 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q"
    assert refusal(make_pdf([picture])) is RefusalKind.NO_TEXT_LAYER
    assert refusal(make_pdf([""])) is RefusalKind.EMPTY


def test_more_pages_than_are_read_are_refused_with_the_number(make_pdf: MakePdf) -> None:
    with pytest.raises(ExtractionRefused, match="has 4 pages") as caught:
        read(make_pdf([body()] * 4), Limits(pages=3))
    assert caught.value.kind is RefusalKind.TOO_LARGE


def test_lines_become_paragraphs_and_words_cut_at_line_ends_are_whole_again(make_pdf: MakePdf) -> None:
    lines = ("The river rises in the hills above the old and beau-", "tiful town with its self-", "made mill.")
    document = read(make_pdf([line("On Rivers", 72, 640, 20) + body(lines=lines) + body(y=540)]))
    assert document.text.split("\n\n")[:2] == [
        "On Rivers",
        "The river rises in the hills above the old and beautiful town with its self-made mill.",
    ]
    assert [(block.kind, block.page) for block in document.blocks] == [
        (BlockKind.HEADING, 1),
        (BlockKind.PARAGRAPH, 1),
        (BlockKind.PARAGRAPH, 1),
    ]


def test_running_headers_and_page_numbers_are_dropped_and_paragraphs_go_on_over_pages(make_pdf: MakePdf) -> None:
    def page(number: int, lines: tuple[str, ...]) -> str:
        return line(f"Roe {number}", 480, 770) + body(y=700, lines=lines) + line(str(number), 300, 30)

    document = read(make_pdf([page(1, BODY[:2]), page(2, BODY[2:] + BODY)]))
    assert document.text == " ".join(BODY + BODY)


def test_columns_are_read_one_after_the_other_even_when_drawn_row_by_row(make_pdf: MakePdf) -> None:
    rows = [(f"left column has line {n} here", f"right column has line {n} too") for n in range(10)]
    content = "".join(line(a, 60, 700 - 14 * n, 11) + line(b, 330, 700 - 14 * n, 11) for n, (a, b) in enumerate(rows))
    text = " ".join(read(make_pdf([content])).text.split())
    assert text.index("left column has line 9") < text.index("right column has line 0")


@pytest.mark.parametrize(
    ("hidden", "why"),
    [
        (line(HIDDEN, 72, 300, before="1 1 1 rg"), "white text"),
        (line(HIDDEN, 72, 300, before="0.97 0.99 0.97 rg"), "white text"),
        (line(HIDDEN, 72, 300, before="3 Tr"), "invisible render mode"),
        (line(HIDDEN, 72, 300, size=1), "tiny text"),
        (line(HIDDEN, 72, -300), "off the page"),
        (line(HIDDEN, 900, 300), "off the page"),
        (line(HIDDEN, 72, 300, before="/G gs"), "transparent text"),
        (line(HIDDEN, 72, 300) + "1 1 1 rg 0 250 600 100 re f", "behind a picture"),
        ("0 0 0 rg 0 250 600 100 re f " + line(HIDDEN, 72, 300), "text in the colour of its background"),
    ],
)
def test_text_that_cannot_be_seen_is_kept_apart_with_its_reason(make_pdf: MakePdf, hidden: str, why: str) -> None:
    document = read(make_pdf([body() + hidden]))
    assert document.text == " ".join(BODY)
    assert [(found.text, found.why) for found in document.hidden] == [(HIDDEN, why)]


@pytest.mark.parametrize(
    "visible",
    [
        line("A grey caption", 72, 300, before="0.6 g"),
        line("A small note", 72, 300, size=6),
        "0 0 0.5 rg 0 250 600 100 re f " + line("White on blue", 72, 300, before="1 1 1 rg"),
        "q 0.01 0 0 0.01 0 0 cm BT /F1 1200 Tf 7200 30000 Td (Scaled back) Tj ET Q",
    ],
)
def test_grey_small_and_inverted_text_is_not_called_hidden(make_pdf: MakePdf, visible: str) -> None:
    document = read(make_pdf([body() + visible]))
    assert document.hidden == ()
    assert len(document.blocks) == 2


def test_words_laid_invisibly_over_a_scan_are_read_with_a_warning(make_pdf: MakePdf) -> None:
    picture = "q 600 0 0 800 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q\n"
    document = read(make_pdf([picture + line("Recognised words of a scan", 72, 600, before="3 Tr")]))
    assert document.text == "Recognised words of a scan"
    assert "recognised" in document.warnings[0]


def test_a_quotation_set_in_and_entries_with_hanging_lines_are_paragraphs_of_their_own(make_pdf: MakePdf) -> None:
    said = ("The river is the only street that was here", "before us, and it is going to stay.")
    quotation = "".join(line(text, 120, 600 - 14 * n) for n, text in enumerate(said))
    entries = (BODY[0], "in hills.", BODY[1], "in towns.")
    listed = "".join(line(text, 108 if n % 2 else 72, 572 - 14 * n) for n, text in enumerate(entries))
    document = read(make_pdf([body(y=642) + quotation + listed]))
    paragraphs = (BODY, said, entries[:2], entries[2:])
    assert document.text.split("\n\n") == [" ".join(lines) for lines in paragraphs]


def test_turned_pages_are_read_along_their_lines(make_pdf: MakePdf) -> None:
    turned = "".join(f"BT /F1 12 Tf 0 1 -1 0 {100 + 14 * n} 72 Tm ({text}) Tj ET\n" for n, text in enumerate(BODY))
    assert read(make_pdf([turned])).text == " ".join(BODY)


@settings(max_examples=150, deadline=None)
@given(
    places=st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 255)), min_size=1, max_size=20),
    cut=st.integers(0, 800),
)
def test_no_mutation_of_a_pdf_raises_anything_but_a_refusal(
    make_pdf: MakePdf, places: list[tuple[int, int]], cut: int
) -> None:
    data = bytearray(make_pdf([body(), body()]))
    for place, value in places:
        data[place % len(data)] = value
    try:
        document = read(bytes(data[: len(data) - cut]))
    except ExtractionRefused:
        return
    assert document.word_count > 0
