"""Thousands of spoilt files: each gives a text or a refusal, in time, and none brings its reader down.

The usual suite takes a share of a few seconds, each time the same files; `FUZZ_SECONDS=600` makes it as long as wanted,
`FUZZ_SEED` other files, and `FUZZ_KEEP` is a folder for those that went wrong.
"""

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.extraction import made_files
from tests.extraction.fuzz_reading import Reading
from tests.extraction.fuzzing import Sample, Spoiler

MakeDocx = Callable[..., bytes]
MakePdf = Callable[..., bytes]

DOCUMENTS = Path(__file__).parents[2].parent / "shared" / "evaluation" / "documents"
SHARE_FILES = 400
LARGEST = 200_000


@pytest.fixture(scope="module")
def corpus(make_docx: MakeDocx, make_pdf: MakePdf) -> list[Sample]:
    return [*_own(make_docx, make_pdf), *_evaluation()]


def _own(make_docx: MakeDocx, make_pdf: MakePdf) -> list[Sample]:
    paragraph = (
        '<w:p><w:pPr><w:ind w:left="720"/></w:pPr><w:r><w:lastRenderedPageBreak/><w:t>Words of it.</w:t></w:r></w:p>'
    )
    row = f"<w:tbl><w:tr><w:tc>{paragraph}</w:tc><w:tc>{paragraph}</w:tc></w:tr></w:tbl>"
    page = "BT /F1 12 Tf 72 600 Td (The river rises in the hills above the town.) Tj 0 -14 Td (It runs west.) Tj ET"
    slide = made_files.slide_part(made_files.shape("Rivers", "title") + made_files.shape("one\ntwo", "body"))
    chapter = (
        "<h1>Rivers</h1><p>They rise &mdash; and <em>fall</em>.</p><ul><li>one</li></ul><blockquote>said</blockquote>"
    )
    odt = '<text:h text:outline-level="1">Rivers</text:h><text:p>They<text:s text:c="3"/>rise.</text:p>'
    rtf = rb"{\rtf1\ansi{\fonttbl{\f0 Times;}}\pard\li720 Rivers \b rise\b0  {\footnote note}\par\u8212? and fall.\par}"
    return [
        Sample("a.docx", make_docx(paragraph * 3 + row)),
        Sample("a.pdf", make_pdf([page, page])),
        Sample("a.pptx", made_files.pptx([slide, slide], notes={1: "Say it slowly."})),
        Sample("a.epub", made_files.epub([chapter, chapter], styles=".x{display:none}")),
        Sample("a.odt", made_files.odt(odt)),
        Sample("a.rtf", rtf),
        Sample("a.ipynb", made_files.notebook(("markdown", "# Rivers\n\nrise"), ("code", "x = 1\nprint(x)"))),
        Sample("a.md", b"---\na: b\n---\n# Rivers\n\n- one\n- two\n\n> said\n\n| a |\n|---|\n| c |\n\n```\nx\n```\n"),
        Sample("a.txt", "Rivers\n\nThey rise – and fall.\n\n1. one\n2. two\n".encode("cp1252")),
        Sample("a.py", b"import os\n\n\ndef rise():\n    return os\n"),
    ]  # fmt: skip


def _evaluation() -> list[Sample]:
    files = sorted(DOCUMENTS.glob("d*")) if DOCUMENTS.exists() else []
    return [Sample(file.name, file.read_bytes()) for file in files if 0 < file.stat().st_size < LARGEST]


def fuzzed(corpus: Sequence[Sample], seed: int, go_on: Callable[[Reading], bool]) -> Reading:
    spoiler, reading = Spoiler(corpus, seed), Reading()
    try:
        while go_on(reading):
            reading.read(spoiler.next())
    finally:
        reading.close()
    return reading


@pytest.mark.slow
def test_a_share_of_spoilt_files_gives_texts_and_refusals_and_nothing_else(corpus: list[Sample]) -> None:
    judge(fuzzed(corpus, 1, lambda reading: reading.outcome.tried < SHARE_FILES))


def test_spoilt_files_for_as_long_as_asked_give_texts_and_refusals_and_nothing_else(corpus: list[Sample]) -> None:
    seconds = float(os.environ.get("FUZZ_SECONDS", "0"))
    if not seconds:
        pytest.skip("set FUZZ_SECONDS (600, say) to spoil and read files for that long")
    until = time.monotonic() + seconds
    judge(fuzzed(corpus, int(os.environ.get("FUZZ_SEED", "2")), lambda _: time.monotonic() < until))


def judge(reading: Reading) -> None:
    found = reading.outcome
    print(f"{found.tried} files: {found.documents} texts, {dict(found.refused)}, slowest {found.slowest:.1f} s")
    if keep := os.environ.get("FUZZ_KEEP"):
        for why, samples in (("died", found.died), ("hung", found.hung), ("nonsense", found.nonsense)):
            for number, sample in enumerate(samples):
                (Path(keep) / f"{why}-{number}-{sample.name}").write_bytes(sample.data)
    assert (found.hung, found.nonsense, found.died) == ([], [], [])
    assert found.documents > 0.1 * found.tried
