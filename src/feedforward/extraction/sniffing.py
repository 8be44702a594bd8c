"""What a file really is: told by its content, with its name as a hint among the kinds of text."""

import re
from enum import StrEnum
from pathlib import PurePosixPath

from feedforward.extraction.refusal import MESSAGES, ExtractionRefused, RefusalKind
from feedforward.extraction.source_code import LANGUAGES


class FileType(StrEnum):
    """The kinds of file that are read."""

    DOCX = "DOCX"
    PPTX = "PPTX"
    ODT = "ODT"
    EPUB = "EPUB"
    PDF = "PDF"
    RTF = "RTF"
    MARKDOWN = "MD"
    NOTEBOOK = "IPYNB"
    SOURCE = "source code"
    TEXT = "TXT"


_BY_ENDING = {
    "docx": FileType.DOCX, "docm": FileType.DOCX, "dotx": FileType.DOCX, "odt": FileType.ODT,
    "pptx": FileType.PPTX, "pptm": FileType.PPTX, "ppsx": FileType.PPTX, "epub": FileType.EPUB, "pdf": FileType.PDF,
    "rtf": FileType.RTF, "md": FileType.MARKDOWN, "markdown": FileType.MARKDOWN, "mdown": FileType.MARKDOWN,
    "rmd": FileType.MARKDOWN, "qmd": FileType.MARKDOWN, "ipynb": FileType.NOTEBOOK,
}  # fmt: skip
_BY_MEDIA = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": FileType.DOCX,
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": FileType.PPTX,
    "application/vnd.oasis.opendocument.text": FileType.ODT, "application/epub+zip": FileType.EPUB,
    "application/pdf": FileType.PDF, "application/rtf": FileType.RTF, "text/markdown": FileType.MARKDOWN,
    "application/x-ipynb+json": FileType.NOTEBOOK,
}  # fmt: skip
_PACKAGED = (FileType.DOCX, FileType.PPTX, FileType.ODT, FileType.EPUB, FileType.PDF, FileType.RTF)
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_OTHER_BINARY = (b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x7fELF", b"MZ", b"OggS", b"ID3", b"fLaC")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"\s*(?:<!doctype html|<html)", re.IGNORECASE)
_ENDING = re.compile(r"[a-z0-9]{1,10}")

_OLD_WORD = (
    "This is an old Word file (DOC), which cannot be read. Open it, choose “Save as”, pick Word document (DOCX) and "
    "submit the new file."
)
_PICTURE = "This is a picture, so there is no text to read. Submit the file you wrote your work in, or paste your text."


def ending(file_name: str) -> str:
    """The end of a file's name in lower case without the dot; "" where there is none that means anything."""
    found = PurePosixPath(file_name.replace("\\", "/")).suffix.removeprefix(".").lower()
    return found if _ENDING.fullmatch(found) else ""


def type_of_ending(name: str) -> FileType:
    """What a file with this ending (`docx`, without its dot) claims to be."""
    return _BY_ENDING.get(name) or (FileType.SOURCE if name in LANGUAGES else FileType.TEXT)


def type_of_media(media_type: str) -> FileType:
    """The type of file a document was read from, by the document's media type."""
    found = _BY_MEDIA.get(media_type)
    return found or (FileType.SOURCE if media_type.startswith("text/x-") else FileType.TEXT)


def file_type(data: bytes, file_name: str) -> FileType:
    """The real type of `data`. Raises ExtractionRefused: empty, encrypted, unsupported_type or type_mismatch.

    A zip file is taken for DOCX here; `extraction.reading` looks inside.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise ExtractionRefused(RefusalKind.EMPTY)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return FileType.DOCX
    if b"%PDF-" in data[:1024]:
        return FileType.PDF
    if data[:64].lstrip().startswith(b"{\\rtf"):
        return FileType.RTF
    _refuse_known_binary(data)
    claimed = _BY_ENDING.get(ending(file_name))
    if claimed in _PACKAGED:
        raise ExtractionRefused(_missing(data), _mismatch_message(file_name, data))
    if claimed:
        return claimed
    return FileType.SOURCE if ending(file_name) in LANGUAGES else FileType.TEXT


def _refuse_known_binary(data: bytes) -> None:
    if data.startswith(_OLD_OFFICE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise ExtractionRefused(RefusalKind.ENCRYPTED)
        is_word = "WordDocument".encode("utf-16-le") in data
        raise ExtractionRefused(RefusalKind.UNSUPPORTED_TYPE, _OLD_WORD if is_word else None)
    if data.startswith(_PICTURES) or data[4:12] in (b"ftypheic", b"ftypmif1", b"ftypheix"):
        raise ExtractionRefused(RefusalKind.UNSUPPORTED_TYPE, _PICTURE)
    if (data.startswith(_OTHER_BINARY) and b"\0" in data[:4096]) or data[4:8] == b"ftyp":
        raise ExtractionRefused(RefusalKind.UNSUPPORTED_TYPE)


def _missing(data: bytes) -> RefusalKind:
    """A document whose beginning is gone is damaged; one that holds another text is mislabelled."""
    return RefusalKind.CORRUPT if b"\0" in data[:4096] else RefusalKind.TYPE_MISMATCH


def _mismatch_message(file_name: str, data: bytes) -> str | None:
    if _missing(data) is RefusalKind.CORRUPT:
        return None
    name = ending(file_name).upper()
    if _HTML.match(data):
        return (
            f"The name of this file says {name}, but it is a web page: perhaps the download went wrong. Download or "
            "save your work again and submit the new file."
        )
    return f"The name of this file says {name}, but it is something else. {MESSAGES[RefusalKind.TYPE_MISMATCH]}"


def mismatch_warning(real: FileType, file_name: str) -> str | None:
    """A sentence for the student whose file has the wrong ending but could be read all the same."""
    name = ending(file_name)
    claimed = _BY_ENDING.get(name)
    if name and claimed is not real and (claimed is not None or real in _PACKAGED) and real in _PACKAGED:
        return f"The name of this file says {name.upper()}; it is {real.value} and was read as that."
    return None
