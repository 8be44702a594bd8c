"""Packages (DOCX, PPTX, ODT, EPUB): a zip file is checked before anything in it is read, each part within bounds."""

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

import defusedxml.ElementTree as SafeElementTree
from defusedxml.common import DefusedXmlException

from feedforward.extraction.limits import Limits
from feedforward.extraction.refusal import ExtractionRefused, RefusalKind

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ENCRYPTED = 0x1
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ValueError,
    NotImplementedError,
    OSError,
    IndexError,
    OverflowError,
)
_HIGHEST_RATIO = 300
_RATIO_MATTERS_FROM = 4 * 1024 * 1024


class Package:
    """A zip file that passed the checks. Nothing is ever unpacked to disk."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        """Raises ExtractionRefused: corrupt, encrypted, too_large or corrupt_or_unsafe."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except (*_BROKEN, KeyError, UnicodeDecodeError):
            raise ExtractionRefused(RefusalKind.CORRUPT) from None
        except Exception as error:  # struct.error has no common parent with the others
            raise ExtractionRefused(RefusalKind.CORRUPT) from error
        self._limits = limits
        self._left = 2 * limits.part_bytes
        if len(entries) > limits.entries or sum(entry.file_size for entry in entries) > limits.unpacked_bytes:
            raise ExtractionRefused(RefusalKind.TOO_LARGE)
        self.names = frozenset(entry.filename for entry in entries)
        if len(self.names) != len(entries) or any(_escapes(name) for name in self.names):
            raise ExtractionRefused(RefusalKind.CORRUPT_OR_UNSAFE)
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise ExtractionRefused(RefusalKind.ENCRYPTED)

    def part(self, name: str) -> bytes | None:
        """The bytes of one part, None where there is none. Raises ExtractionRefused: too_large or corrupt."""
        if name not in self.names:
            return None
        entry = self._zip.getinfo(name)
        most = min(self._limits.part_bytes, self._left)
        if entry.file_size > most:
            raise ExtractionRefused(RefusalKind.TOO_LARGE)
        if entry.file_size > _RATIO_MATTERS_FROM and entry.file_size > _HIGHEST_RATIO * max(entry.compress_size, 1):
            raise ExtractionRefused(RefusalKind.TOO_LARGE)
        try:
            with self._zip.open(entry) as opened:
                data = opened.read(most + 1)
        except MemoryError:
            raise ExtractionRefused(RefusalKind.TOO_LARGE) from None
        except Exception as error:  # zipfile lets through what its decompressors and struct raise
            raise ExtractionRefused(RefusalKind.CORRUPT) from error
        if len(data) > most:
            raise ExtractionRefused(RefusalKind.TOO_LARGE)
        self._left -= len(data)
        return data

    def xml(self, name: str) -> "Element | None":
        """One part, parsed without entities. Raises ExtractionRefused: too_large, corrupt or corrupt_or_unsafe."""
        data = self.part(name)
        return None if data is None else self.xml_of(data)

    def xml_of(self, data: bytes, *, may_name_its_type: bool = False) -> "Element":
        """The bytes of a part, parsed; a page of a book may say by which document type it is written, and no more."""
        try:
            root: Element = SafeElementTree.fromstring(data, forbid_dtd=not may_name_its_type)
        except DefusedXmlException:
            raise ExtractionRefused(RefusalKind.CORRUPT_OR_UNSAFE) from None
        except (SafeElementTree.ParseError, ValueError, LookupError):
            raise ExtractionRefused(RefusalKind.CORRUPT) from None
        return root


def _escapes(name: str) -> bool:
    return name.startswith(("/", "\\")) or ":" in name.split("/")[0] or ".." in name.replace("\\", "/").split("/")


def local(tag: object) -> str:
    """The name of a tag or attribute without its namespace; "" for comments and processing instructions."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
