"""From bytes to a document, by the file's real type: what runs in the child process."""

from dataclasses import replace
from typing import TYPE_CHECKING

from feedforward.extraction.assembly import assembled
from feedforward.extraction.document import Document
from feedforward.extraction.limits import Limits
from feedforward.extraction.plain_text import decoded, pieces_of_text
from feedforward.extraction.refusal import ExtractionRefused, RefusalKind
from feedforward.extraction.sniffing import FileType, ending, file_type, mismatch_warning
from feedforward.extraction.source_code import LANGUAGES, pieces_of_code

if TYPE_CHECKING:
    from feedforward.extraction.archives import Package

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument.text"
_SLIDES_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_BOOK = "application/epub+zip"
_SLIDES = "Slides of this kind cannot be read. Save them as PPTX or PDF and submit that, or paste your text."
_SHEET = "Spreadsheets cannot be read. Save your work as PDF and submit that, or paste your text."
_PAGES = "Pages documents cannot be read. Choose “Export to”, pick Word or PDF, and submit the new file."


def document_from_bytes(data: bytes, *, file_name: str, limits: Limits) -> Document:
    """The document in a file of any type. Raises ExtractionRefused, and nothing else that the file could cause."""
    try:
        if len(data) > limits.input_bytes:
            raise ExtractionRefused(RefusalKind.TOO_LARGE)
        return _document(data, file_name, limits)
    except ExtractionRefused:
        raise
    except MemoryError:
        raise ExtractionRefused(RefusalKind.TOO_LARGE) from None
    except Exception as error:  # a hostile file may break any parser; the student is told what the file is
        raise ExtractionRefused(RefusalKind.CORRUPT_OR_UNSAFE) from error


def _document(data: bytes, file_name: str, limits: Limits) -> Document:
    real = file_type(data, file_name)
    if real is FileType.DOCX:
        return _packaged(data, file_name, limits)
    warnings = [warning] if (warning := mismatch_warning(real, file_name)) else []
    match real:
        case FileType.PDF:
            from feedforward.extraction.pdf import read_pdf

            pieces, hidden, found = read_pdf(data, limits)
            return assembled(pieces, media_type="application/pdf", hidden=hidden, warnings=[*warnings, *found])
        case FileType.RTF:
            from feedforward.extraction.rtf import read_rtf

            pieces, hidden = read_rtf(data)
            return assembled(pieces, media_type="application/rtf", hidden=hidden, warnings=warnings)
        case FileType.MARKDOWN:
            from feedforward.extraction.markdown import pieces_of_markdown

            pieces, hidden, found = pieces_of_markdown(decoded(data))
            return assembled(pieces, media_type="text/markdown", hidden=hidden, warnings=found)
        case FileType.NOTEBOOK:
            from feedforward.extraction.notebook import pieces_of_notebook

            pieces, hidden, found = pieces_of_notebook(decoded(data))
            return assembled(pieces, media_type="application/x-ipynb+json", hidden=hidden, warnings=found)
        case FileType.SOURCE:
            media_type = f"text/x-{LANGUAGES[ending(file_name)]}"
            return assembled(pieces_of_code(decoded(data)), media_type=media_type)
    return assembled(pieces_of_text(decoded(data)), media_type="text/plain")


def document_from_text(text: str) -> Document:
    """The document that a pasted text is. Raises ExtractionRefused (empty) where it holds no word.

    It has no line numbers: where a form breaks its lines depends on the window.
    """
    pieces = (replace(piece, line=None, turns=()) for piece in pieces_of_text(text))
    return assembled(pieces, media_type="text/plain")


def document_from_code(text: str) -> Document:
    """The document that a pasted program is: its layout kept, its lines numbered. Raises ExtractionRefused (empty).

    Its language is told from what stands in it: a paste has no name.
    """
    return assembled(pieces_of_code(text), media_type="text/plain")


def _packaged(data: bytes, file_name: str, limits: Limits) -> Document:
    from feedforward.extraction.archives import Package

    package = Package(data, limits)
    if "[Content_Types].xml" in package.names and any(name.startswith("word/") for name in package.names):
        from feedforward.extraction.docx import read_docx

        pieces, hidden, found = read_docx(package)
        real, media_type = FileType.DOCX, _WORD
    elif "content.xml" in package.names and "opendocument.text" in _own_type(package):
        from feedforward.extraction.odt import read_odt

        pieces, hidden, found = read_odt(package)
        real, media_type = FileType.ODT, _OPEN_DOCUMENT
    elif "[Content_Types].xml" in package.names and any(name.startswith("ppt/") for name in package.names):
        from feedforward.extraction.pptx import read_pptx

        pieces, hidden, found = read_pptx(package)
        real, media_type = FileType.PPTX, _SLIDES_TYPE
    elif "META-INF/container.xml" in package.names and "epub" in _own_type(package):
        from feedforward.extraction.epub import read_epub

        pieces, hidden, found = read_epub(package)
        real, media_type = FileType.EPUB, _BOOK
    else:
        raise ExtractionRefused(RefusalKind.UNSUPPORTED_TYPE, _other_package(package))
    warnings = [warning] if (warning := mismatch_warning(real, file_name)) else []
    return assembled(pieces, media_type=media_type, hidden=hidden, warnings=[*warnings, *found])


def _own_type(package: "Package") -> str:
    """What the package says it is; "" where it does not."""
    return (package.part("mimetype") or b"")[:200].decode("ascii", "replace")


def _other_package(package: "Package") -> str | None:
    names, kind = package.names, _own_type(package)
    if any(name.startswith("ppt/") for name in names) or "presentation" in kind:
        return _SLIDES
    if any(name.startswith("xl/") for name in names) or "spreadsheet" in kind:
        return _SHEET
    return _PAGES if any(name.startswith("Index/") for name in names) else None
