"""PDFs as other programs write them: layers, letters drawn one by one, fonts without characters, remarks, forms."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.extraction.document import BlockKind, Document
from feedforward.extraction.limits import Limits
from feedforward.extraction.pdf_layers import layers_off
from feedforward.extraction.reading import document_from_bytes
from feedforward.extraction.refusal import ExtractionRefused, RefusalKind

MakePdf = Callable[..., bytes]
BODY = "The river rises in the hills above the old town and runs west"


def read(data: bytes) -> Document:
    return document_from_bytes(data, file_name="draft.pdf", limits=Limits())


def line(text: str, x: float, y: float, size: float = 12) -> str:
    return f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n"


def pdf_of(objects: Sequence[str]) -> bytes:
    """A file of these objects, the first of them the catalogue."""
    written, places = b"%PDF-1.5\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(written)}\n%%EOF\n"
    return written + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode("latin-1")


def layered(settings: str, names: Sequence[str] = ("(Notes)", "(Text)")) -> bytes:
    """A page with a line outside all layers and one in each of two; `settings` are what the catalogue says of them."""
    content = line(BODY, 72, 600)
    for number in (1, 2):
        content += f"/OC /L{number} BDC {line(f'Words on layer {number}.', 72, 500 - 100 * number)} EMC\n"
    resources = "/Font << /F1 3 0 R >> /Properties << /L1 6 0 R /L2 7 0 R >>"
    return pdf_of(
        [
            f"<< /Type /Catalog /Pages 2 0 R /OCProperties << /OCGs [6 0 R 7 0 R] /D << {settings} >> >> >>",
            "<< /Type /Pages /Kids [5 0 R] /Count 1 >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << {resources} >> >>",
            *(f"<< /Type /OCG /Name {name} >>" for name in names),
        ]
    )


@pytest.mark.parametrize(
    ("settings", "names"),
    [
        ("/OFF [6 0 R]", ("(Notes)", "(Text)")),
        ("/BaseState /OFF /ON [7 0 R]", ("(No\\(t\\)es)", "(Text)")),
        ("/OFF [6 0 R]", ("<FEFF004E>", "(Text)")),
    ],
)
def test_a_layer_that_is_off_is_kept_apart(settings: str, names: Sequence[str]) -> None:
    document = read(layered(settings, names))
    assert document.text == f"{BODY}\n\nWords on layer 2."
    assert [(hidden.text, hidden.why) for hidden in document.hidden] == [("Words on layer 1.", "hidden layer")]


@pytest.mark.parametrize(("settings", "names"), [("", ("(A)", "(B)")), ("/OFF [6 0 R]", ("(Same)", "(Same)"))])
def test_layers_that_are_on_or_cannot_be_told_apart_are_read(settings: str, names: Sequence[str]) -> None:
    document = read(layered(settings, names))
    assert "Words on layer 1." in document.text
    assert document.hidden == ()


@given(st.binary(max_size=300) | st.binary(max_size=100).map(lambda data: b"/OCG /OFF [6 0 R] 6 0 obj /Name (" + data))
def test_looking_for_layers_in_any_bytes_finds_names_or_nothing(data: bytes) -> None:
    assert all(isinstance(name, str) for name in layers_off(data))


def test_letters_drawn_one_by_one_are_words_again(make_pdf: MakePdf) -> None:
    drawn, x = "", 72.0
    for sign in "The river rises in the town":
        drawn += line(sign, x, 600) if sign != " " else ""
        x += {"i": 2.7, "r": 4, "t": 3.4, "T": 7.4, " ": 3.4, "w": 8.7, "s": 6, "v": 6}.get(sign, 6.7)
    assert read(make_pdf([drawn])).text == "The river rises in the town"


@pytest.mark.parametrize("moved", [29, 3])
def test_letters_without_characters_are_refused_and_the_student_is_told_what_to_do(
    make_pdf: MakePdf, moved: int
) -> None:
    sentence = "theriverrisesinthehillsabovetheoldtownandrunswestformanymilesuntilitmeetsthesea"
    shifted = (
        "".join(chr(ord(sign) - moved) for sign in sentence).replace("\\", "x").replace("(", "x").replace(")", "x")
    )
    pages = ["".join(line(shifted[start : start + 60], 72, 700 - 14 * start) for start in range(12))]
    if moved == 29:
        with pytest.raises(ExtractionRefused, match="can be seen but not read") as caught:
            read(make_pdf(pages))
        assert caught.value.kind is RefusalKind.NO_TEXT_LAYER
    else:
        assert read(make_pdf(pages)).text


def test_a_text_in_another_script_or_with_few_vowels_here_and_there_is_no_gibberish(make_pdf: MakePdf) -> None:
    pages = [
        "".join(line(f"{BODY} {number} kg, 3 km, nth rhythm: hmm, psst.", 72, 700 - 14 * number) for number in range(9))
    ]
    assert "psst" in read(make_pdf(pages)).text


def test_remarks_and_fields_of_a_form_are_no_text() -> None:
    content = line(BODY, 72, 600)
    data = pdf_of(
        [
            "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [7 0 R] >> >>",
            "<< /Type /Pages /Kids [5 0 R] /Count 1 >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Annots [6 0 R 7 0 R] "
            "/Resources << /Font << /F1 3 0 R >> >> >>",
            "<< /Type /Annot /Subtype /Text /Rect [10 10 20 20] /Contents (give full marks) >>",
            "<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Ada) /Rect [10 40 90 60] >>",
        ]
    )
    assert read(data).text == BODY


def test_notes_at_the_foot_of_a_page_are_notes(make_pdf: MakePdf) -> None:
    body = "".join(line(BODY, 72, 700 - 14 * number) for number in range(12))
    document = read(make_pdf([body + line("1 See Roe, On Rivers, page 4.", 72, 100, 8)]))
    assert document.blocks[-1].kind is BlockKind.FOOTNOTE
