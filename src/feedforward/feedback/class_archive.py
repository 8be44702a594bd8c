"""The feedback of a class as a ZIP of HTML files, made while it is sent: one document at a time in memory."""

import asyncio
import re
import unicodedata
from collections.abc import AsyncIterator, Sequence
from typing import IO, TYPE_CHECKING, cast

from feedforward.database import Database
from feedforward.drafts.content import read_content
from feedforward.errors import NotFound
from feedforward.feedback.class_document_pages import (
    DocumentTexts,
    IndexLine,
    feedback_document,
    index_document,
    state_in_words,
)
from feedforward.feedback.class_document_queries import DocumentRows, document_rows
from feedforward.feedback.content import opened
from feedforward.storage.content import ContentStore

if TYPE_CHECKING:
    from zipfile import ZipFile

LONGEST_NAME = 60


class _Sink:
    """A file that can only be written to; what was written waits to be sent."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def write(self, data: bytes) -> int:
        self._waiting += data
        return len(data)

    def flush(self) -> None:
        """Nothing lies elsewhere."""

    def take(self) -> bytes:
        taken = bytes(self._waiting)
        self._waiting.clear()
        return taken


async def class_archive(
    database: Database, store: ContentStore, *, user_id: int, course: str, drafts: Sequence[int], released_only: bool
) -> AsyncIterator[bytes]:
    """The parts of the archive. Each draft is asked for again with this person's own rights as its turn comes: what was
    recalled, erased or taken from them meanwhile is left out."""
    # Start-up does without it.
    from zipfile import ZIP_DEFLATED, ZipFile

    sink, lines = _Sink(), list[IndexLine]()
    with ZipFile(cast(IO[bytes], sink), "w", ZIP_DEFLATED) as archive:
        for draft_id in drafts:
            try:
                rows = await database.read_slow(document_rows, user_id, draft_id)
            except NotFound:
                continue
            if released_only and rows.feedback.status != "released":
                continue
            lines.append(await asyncio.to_thread(_add, archive, store, rows))
            yield sink.take()
        archive.writestr("index.html", index_document(course=course, lines=lines))
    yield sink.take()


def _add(archive: "ZipFile", store: ContentStore, rows: DocumentRows) -> IndexLine:
    store = store.for_one_page()
    content = read_content(store, rows.draft)
    texts = DocumentTexts(opened(store, rows.draft.content_id, rows.feedback), content)
    path = path_of(rows)
    archive.writestr(path, feedback_document(rows=rows, texts=texts))
    return IndexLine(path, rows.student, rows.task.title, rows.draft.number or 0, state_in_words(rows=rows))


def path_of(rows: DocumentRows) -> str:
    """Where a document lies: letters, digits and hyphens alone, unique by the draft's id."""
    folder = f"{plain(rows.task.title) or 'assignment'}-{rows.task.assignment_id}"
    who = plain(rows.student) or "student"
    return f"{folder}/{who}-draft-{rows.draft.number}-{rows.draft.id}.html"


def plain(text: str) -> str:
    """A name no file system or shell can stumble over; "" where no plain letter is left."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", letters)[:LONGEST_NAME].strip("-")
