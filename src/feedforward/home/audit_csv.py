"""The audit log as CSV: written as it is read, and harmless in a spreadsheet."""

import csv
import io
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC

from sqlalchemy import Connection

from feedforward.database import Database
from feedforward.home.audit_asked import AuditAsked
from feedforward.home.audit_queries import Event, audit_page
from feedforward.home.audit_words import act_in_words

HEAD = (
    "number", "when_utc", "who", "who_name", "act", "in_words", "on", "on_number", "more", "came_from", "seal",
)  # fmt: skip
BATCH = 2000
# What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


async def csv_of(database: Database, asked: AuditAsked) -> AsyncIterator[bytes]:
    """The file in parts; the mark at its start tells spreadsheets that it is UTF-8."""
    yield "\ufeff".encode() + _lines([HEAD])
    while True:
        events, after = await database.read_slow(_batch, asked)
        yield _lines([cells_of(each) for each in events])
        if after is None:
            return
        asked = replace(asked, before=after)


def _batch(connection: Connection, asked: AuditAsked) -> tuple[list[Event], int | None]:
    return audit_page(connection, asked, BATCH)


def cells_of(event: Event) -> tuple[str, ...]:
    """One row; every cell is text that no spreadsheet calculates."""
    cells = (
        str(event.id), event.at.astimezone(UTC).isoformat(), "" if event.actor_id is None else str(event.actor_id),
        event.actor or "", event.action, act_in_words(event.action), event.subject_kind, event.subject_id,
        json.dumps(event.detail, ensure_ascii=False, sort_keys=True),
        "erased" if event.erased else event.came_from or "", "" if event.seal_id is None else str(event.seal_id),
    )  # fmt: skip
    return tuple(map(harmless, cells))


def harmless(cell: str) -> str:
    """The cell as it is, or with an apostrophe before it where a spreadsheet would calculate it."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def _lines(rows: list[tuple[str, ...]]) -> bytes:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue().encode()
