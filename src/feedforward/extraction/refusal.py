"""Why a file is refused, in a word for programs and in a sentence for the student."""

from enum import StrEnum

from feedforward.errors import RuleBroken


class RefusalKind(StrEnum):
    """Every reason for which a file gives no text; the words are stable and may be stored."""

    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    CORRUPT = "corrupt"
    CORRUPT_OR_UNSAFE = "corrupt_or_unsafe"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    NO_TEXT_LAYER = "no_text_layer"
    NOT_TEXT = "not_text"
    TYPE_MISMATCH = "type_mismatch"
    UNSUPPORTED_TYPE = "unsupported_type"
    NOT_FOUND = "not_found"
    READING_FAILED = "reading_failed"


MESSAGES: dict[RefusalKind, str] = {
    RefusalKind.EMPTY: (
        "There are no words in this file. Check that you chose the right one and that your work is saved in it."
    ),
    RefusalKind.ENCRYPTED: (
        "This file is protected by a password, so it cannot be read. Save a copy without the password and submit that."
    ),
    RefusalKind.CORRUPT: (
        "This file is damaged or incomplete. Open it in the program you wrote it with, save it again and submit the "
        "new file; if it does not open there either, use an earlier copy or paste your text."
    ),
    RefusalKind.CORRUPT_OR_UNSAFE: (
        "This file is damaged or built in a way that is not safe to open. Save your work as a new DOCX or PDF and "
        "submit that, or paste your text."
    ),
    RefusalKind.TOO_LARGE: (
        "This file is larger than FeedForward reads. Submit only your own work, without attachments and large "
        "pictures, or paste your text."
    ),
    RefusalKind.TOO_SLOW: (
        "Reading this file took too long, so it was stopped. Save your work as a new DOCX or as a simpler PDF and "
        "submit that, or paste your text."
    ),
    RefusalKind.NO_TEXT_LAYER: (
        "No text could be extracted from this PDF: its pages are pictures (a scan or photographs?). Submit the "
        "file you wrote it in, export it again as a PDF with text, or paste your text."
    ),
    RefusalKind.NOT_TEXT: (
        "This file does not contain readable text. Check that you chose the right file, or submit your work as DOCX "
        "or PDF."
    ),
    RefusalKind.TYPE_MISMATCH: (
        "The name of this file says one type and its content is another. Open it, save it again as DOCX or PDF and "
        "submit that."
    ),
    RefusalKind.UNSUPPORTED_TYPE: (
        "Files of this type cannot be read. Save your work as DOCX, PDF, ODT, RTF, TXT or MD, or paste your text."
    ),
    RefusalKind.NOT_FOUND: "This file cannot be opened. Check the path and whether you may read it.",
    RefusalKind.READING_FAILED: (
        "The file could not be read because of a fault on our side. Please try again in a minute, or paste your text."
    ),
}


class ExtractionRefused(RuleBroken):
    """No text comes out of this file: `kind` is the reason, `message` tells the student what to do."""

    def __init__(self, kind: RefusalKind, message: str | None = None) -> None:
        super().__init__(message or MESSAGES[kind], field="file")
        self.kind = kind
