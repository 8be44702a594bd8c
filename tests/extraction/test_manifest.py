"""The shared evaluation's thirty files, as its manifest says."""

import asyncio
import json
import subprocess
import sys
import time
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from feedforward.extraction.document import Document
from feedforward.extraction.extract import extract, sandbox_kind
from feedforward.extraction.refusal import ExtractionRefused

EVALUATION = Path(__file__).parents[2].parent / "shared" / "evaluation"
MANIFEST = EVALUATION / "documents" / "manifest.json"
CASES: list[dict[str, Any]] = json.loads(MANIFEST.read_text())["files"] if MANIFEST.exists() else []

# The manifest writes this title in capitals; the file itself does not, in its text or by a control word.
OTHER_CASE = {"d20_sample.rtf"}

MEASURE = """
import resource, sys
from pathlib import Path
from feedforward.extraction.command import extract_lines
list(extract_lines([Path(sys.argv[1])]))
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


async def read(data: bytes, name: str) -> Document | ExtractionRefused:
    try:
        return await extract(data, file_name=name)
    except ExtractionRefused as refused:
        return refused


def largest_child_kilobytes(path: Path) -> int:
    """The most memory a child held while this file was read, in kilobytes.

    Asked in a small process of its own: a child starts with its parent's peak, and this one's other children count too.
    Without bwrap on its PATH: what runs behind bwrap is not reported to whoever started it.
    """
    command = [sys.executable, "-c", MEASURE, str(path)]
    asked = subprocess.run(command, capture_output=True, text=True, check=True, env={"PATH": ""})
    return int(asked.stdout)


def folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).replace("\u00ad", "").split())


def test_the_evaluation_documents_are_there() -> None:
    if not CASES:
        pytest.skip(f"the shared evaluation is not on this machine ({MANIFEST})")
    assert len(CASES) >= 30


@pytest.mark.parametrize("case", CASES, ids=lambda case: Path(case["file"]).name)
def test_a_file_of_the_evaluation_gives_what_the_manifest_says(case: dict[str, Any]) -> None:
    sandbox_kind()
    data = (EVALUATION / case["file"]).read_bytes()
    started = time.monotonic()
    outcome = asyncio.run(read(data, case["upload_name"]))
    if isinstance(outcome, ExtractionRefused):
        assert case["expect"] != "text", outcome.message
        assert outcome.kind.value == case["error_kind"]
    else:
        document = outcome
        assert case["expect"] != "error", document.text[:100]
        text = folded(document.text)
        cased = text.casefold() if Path(case["file"]).name in OTHER_CASE else text
        wanted = [folded(snippet) for snippet in case["must_contain"]]
        if Path(case["file"]).name in OTHER_CASE:
            wanted = [snippet.casefold() for snippet in wanted]
        assert [snippet for snippet in wanted if snippet not in cased] == []
        assert [snippet for snippet in case["must_not_contain"] if snippet in document.text] == []
        places = [text.find(folded(snippet)) for snippet in case["in_order"]]
        assert places == sorted(places)
        assert -1 not in places
        for block in document.blocks:
            assert document.text[block.start : block.end].strip()
    assert time.monotonic() - started < case["max_seconds"]
    assert largest_child_kilobytes(EVALUATION / case["file"]) < 1024 * case["max_extra_memory_mb"]
    assert not Path("/tmp/feedforward_zip_slip_dev.txt").exists()


def test_text_hidden_in_white_is_kept_apart() -> None:
    case = next((case for case in CASES if case["category"] == "pdf hidden white text"), None)
    if case is None:
        pytest.skip(f"the shared evaluation is not on this machine ({MANIFEST})")
    document = asyncio.run(extract((EVALUATION / case["file"]).read_bytes(), file_name="a.pdf"))
    assert "SYSTEM NOTE" not in document.text
    assert [hidden.why for hidden in document.hidden] == ["white text"]
