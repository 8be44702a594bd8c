"""E-books: the chapters in the order of the book's spine; what a page would not show is left out or kept apart."""

import html
import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from feedforward.extraction.archives import Package, local
from feedforward.extraction.assembly import Piece
from feedforward.extraction.document import HiddenText
from feedforward.extraction.docx_styles import attribute
from feedforward.extraction.epub_chapters import Chapters
from feedforward.extraction.refusal import ExtractionRefused, RefusalKind

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_CONTENTS = "The table of contents is not part of the text."
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_KEPT_NAMES = (b"amp", b"lt", b"gt", b"quot", b"apos")
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")


def read_epub(package: Package) -> tuple[list[Piece], list[HiddenText], list[str]]:
    """The pieces of an e-book, its hidden text, and warnings. Raises ExtractionRefused."""
    container = package.xml("META-INF/container.xml")
    path = next((attribute(each, "full-path") or "" for each in _all(container, "rootfile")), "")
    book = package.xml(path)
    if book is None:
        raise ExtractionRefused(RefusalKind.CORRUPT)
    folder = posixpath.dirname(path)
    items = {
        attribute(each, "id") or "": (_path(folder, attribute(each, "href") or ""), each) for each in _all(book, "item")
    }
    _refuse_locked(package, {name for name, each in items.values() if attribute(each, "media-type") in _PAGES})
    styles = [package.part(name) or b"" for name, each in items.values() if attribute(each, "media-type") == "text/css"]
    chapters = Chapters(b"\n".join(styles).decode("utf-8", "replace"))
    warnings = []
    for each in _all(book, "itemref"):
        name, item = items.get(attribute(each, "idref") or "", ("", None))
        if "nav" in (attribute(item, "properties") or "").split():
            warnings.append(_CONTENTS)
        elif attribute(item, "media-type") in _PAGES and (data := package.part(name)) is not None:
            page = package.xml_of(_NAMED.sub(_spelt_out, data), may_name_its_type=True)
            chapters.read(page)
    return chapters.pieces, chapters.hidden, [*warnings, *chapters.warnings]


def _refuse_locked(package: Package, pages: set[str]) -> None:
    """Fonts are often scrambled in a book that anybody may read; pages only in one that needs a key."""
    for each in _all(package.xml("META-INF/encryption.xml"), "CipherReference"):
        if _path("", attribute(each, "URI") or "") in pages:
            raise ExtractionRefused(RefusalKind.ENCRYPTED)


def _all(root: "Element | None", name: str) -> "list[Element]":
    return [each for each in root.iter() if local(each.tag) == name] if root is not None else []


def _path(folder: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(address.partition("#")[0])))


def _spelt_out(found: re.Match[bytes]) -> bytes:
    """HTML's names of signs as numbers: XML knows only five of them."""
    name = found.group(1)
    if name in _KEPT_NAMES:
        return found.group()
    signs = html.unescape(f"&{name.decode('ascii')};")
    return b"".join(b"&#%d;" % ord(sign) for sign in signs) if not signs.startswith("&") else b""
