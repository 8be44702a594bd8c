"""What `feedforward extract` prints: one JSON-ready dict per file, whatever the file is."""

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from feedforward.extraction.document import Document
from feedforward.extraction.extract import extract
from feedforward.extraction.limits import Limits
from feedforward.extraction.refusal import ExtractionRefused, RefusalKind


def extract_lines(paths: Sequence[Path]) -> Iterator[tuple[dict[str, Any], bool]]:
    """Per file, what to print and whether the file was refused.

    `{"file", "text", "word_count", "media_type", "hidden": [{"text", "why"}], "warnings": []}`, or for a refused file
    `{"file", "error": {"kind", "message"}}`; a path that cannot be opened is refused too (not_found).
    """
    for path, read in documents_of(paths):
        if isinstance(read, ExtractionRefused):
            yield {"file": str(path), "error": {"kind": read.kind.value, "message": read.message}}, True
        else:
            yield _line(path, read), False


def documents_of(paths: Sequence[Path]) -> Iterator[tuple[Path, Document | ExtractionRefused]]:
    """Each file as readers see it, or why it was refused; a path that cannot be opened is refused too (not_found)."""
    limits = Limits()
    for path in paths:
        try:
            yield path, asyncio.run(extract(_bytes_of(path, limits), file_name=path.name, limits=limits))
        except ExtractionRefused as refused:
            yield path, refused


def _bytes_of(path: Path, limits: Limits) -> bytes:
    try:
        with path.open("rb") as opened:
            return opened.read(limits.input_bytes + 1)
    except (OSError, ValueError):
        raise ExtractionRefused(RefusalKind.NOT_FOUND) from None


def _line(path: Path, document: Document) -> dict[str, Any]:
    told = document.to_json()
    return {
        "file": str(path),
        "text": document.text,
        "word_count": document.word_count,
        "media_type": document.media_type,
        "hidden": told["hidden"],
        "warnings": told["warnings"],
    }
