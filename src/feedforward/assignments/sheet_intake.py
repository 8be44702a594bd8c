"""Taking in a task sheet: its text out of the file in a confined child, and both sealed before there is a row."""

import asyncio
from dataclasses import dataclass

from feedforward.extraction.extract import extract
from feedforward.extraction.limits import Limits
from feedforward.extraction.refusal import ExtractionRefused, RefusalKind
from feedforward.extraction.sniffing import FileType, type_of_media
from feedforward.settings import Settings
from feedforward.storage.content import ContentErased, ContentStore
from feedforward.web.forms import Upload

PLACE = "task sheet"
FILE_TYPES = (
    FileType.DOCX, FileType.PDF, FileType.ODT, FileType.PPTX, FileType.RTF, FileType.MARKDOWN, FileType.TEXT,
)  # fmt: skip
ENDINGS = ("docx", "pdf", "odt", "pptx", "rtf", "md", "txt")
READ_BY_READERS = 24_000
"""Characters of a sheet that readers are given: a longer one is not what was asked for, and each draft pays for it."""
SAFE = "The assignment is as it was."
_WHY = {
    RefusalKind.EMPTY: "There are no words in this file.",
    RefusalKind.ENCRYPTED: "This file is protected by a password. Save a copy without it and choose that.",
    RefusalKind.CORRUPT: "This file is damaged or incomplete. Save it again in the program it was written with.",
    RefusalKind.CORRUPT_OR_UNSAFE: "This file is damaged or not safe to open. Save it as a new DOCX or PDF.",
    RefusalKind.TOO_LARGE: "This file is larger than FeedForward reads. Leave out attachments and large pictures.",
    RefusalKind.TOO_SLOW: "Reading this file took too long. Save it as a simpler PDF or as DOCX.",
    RefusalKind.NO_TEXT_LAYER: "The pages of this PDF are pictures, so readers could not be given its words.",
    RefusalKind.READING_FAILED: "The file could not be read because of a fault on our side. Try again in a minute.",
}


@dataclass(frozen=True, slots=True)
class SheetText:
    """What a sheet says; `text` is what readers are given of it, as far as READ_BY_READERS."""

    text: str
    file_name: str
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeptSheet:
    """A sheet that was read and sealed, ready to become a row; `size` in bytes."""

    content_id: str
    content: bytes
    media_type: str
    size: int
    word_count: int


async def kept_sheet(store: ContentStore, settings: Settings, file: Upload) -> KeptSheet | str:
    """The sheet with its key and file on disk, or why there is none."""
    limits = Limits(input_bytes=int(settings.upload_megabytes * 1024 * 1024), at_once=settings.extractions_at_once)
    try:
        document = await extract(file.data, file_name=file.file_name, limits=limits)
    except ExtractionRefused as refused:
        return f"{_WHY.get(refused.kind, 'Choose a DOCX, PDF, ODT, PPTX, RTF, MD or TXT file.')} {SAFE}"
    if type_of_media(document.media_type) not in FILE_TYPES:
        return f"Choose a DOCX, PDF, ODT, PPTX, RTF, MD or TXT file. {SAFE}"
    hidden = ("The file holds words that nobody sees; readers are not given them.",) if document.hidden else ()
    told = {"text": document.text, "file_name": file.file_name, "warnings": [*document.warnings, *hidden]}

    def keep() -> KeptSheet:
        content_id = store.new()
        store.put_file(content_id, file.data)
        return KeptSheet(
            content_id, store.seal(content_id, told, PLACE), document.media_type, len(file.data), document.word_count
        )

    return await asyncio.to_thread(keep)


def opened_sheet(store: ContentStore, content_id: str, content: bytes | None) -> SheetText | None:
    """What the sheet says; None where it was removed meanwhile."""
    if content is None:
        return None
    try:
        told = store.unseal(content_id, content, PLACE)
    except ContentErased:
        return None
    return SheetText(told["text"], told["file_name"], tuple(told["warnings"]))
