"""Jupyter notebooks: what the student wrote in the cells, without the scaffolding and the results."""

import json
from dataclasses import replace
from typing import Any

from feedforward.extraction.assembly import Piece
from feedforward.extraction.document import BlockKind, HiddenText
from feedforward.extraction.markdown import pieces_of_markdown
from feedforward.extraction.refusal import ExtractionRefused, RefusalKind


def pieces_of_notebook(text: str) -> tuple[list[Piece], list[HiddenText], list[str]]:
    """The cells in order. Raises ExtractionRefused (corrupt) where the text is no notebook."""
    pieces: list[Piece] = []
    hidden: list[HiddenText] = []
    for number, cell in enumerate(_cells(text), start=1):
        source = _source(cell)
        match cell.get("cell_type"):
            case "markdown":
                found, unseen, _ = pieces_of_markdown(source)
                pieces.extend(replace(piece, page=number) for piece in found)
                hidden.extend(unseen)
            case "code":
                pieces.append(Piece(BlockKind.CODE, source, page=number, line=1))
            case _:
                pieces.append(Piece(BlockKind.PARAGRAPH, source, page=number, line=1))
    return pieces, hidden, ["The results of the cells are not part of the text: only what you wrote in them is read."]


def _cells(text: str) -> list[dict[str, Any]]:
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError):
        raise ExtractionRefused(RefusalKind.CORRUPT) from None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if cells is None and isinstance(notebook, dict) and isinstance(notebook.get("worksheets"), list):
        cells = [
            cell for sheet in notebook["worksheets"] if isinstance(sheet, dict) for cell in sheet.get("cells") or []
        ]
    if not isinstance(cells, list):
        raise ExtractionRefused(RefusalKind.CORRUPT)
    return [cell for cell in cells if isinstance(cell, dict)]


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        return "".join(line for line in source if isinstance(line, str))
    return source if isinstance(source, str) else ""
