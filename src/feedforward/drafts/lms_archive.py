"""Opening an archive of submissions: checked before anything in it is read, each file read within bounds, none unpacked
to disk."""

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from feedforward.drafts.lms_names import is_noise
from feedforward.errors import RuleBroken

if TYPE_CHECKING:
    import zipfile

MOST_FILES = 1000
MOST_ENTRIES = 4000
MOST_UNPACKED = 1024 * 1024 * 1024
LONGEST_PATH = 400
_SLICE = 256 * 1024
_ENCRYPTED = 0x1
_STORED, _DEFLATED = 0, 8
_SAFE = "Nothing was brought in."


@dataclass(frozen=True, slots=True)
class PackedFile:
    """One file of an archive: its bytes unpacked, and the SHA-256 of them. "" as mark: too large to be read, or broken,
    as `problem` says."""

    path: str
    size: int
    mark: str
    problem: str = ""


def packed_files(data: bytes, *, most_bytes: int) -> tuple[PackedFile, ...]:
    """What the archive holds, noise aside, in its order; each file up to `most_bytes` is read once for its mark.

    RuleBroken on `file` where it is no archive, or not one that is safe to open.
    """
    with opened(data) as archive:
        entries = _checked(archive)
        return tuple(_looked_at(archive, each, most_bytes) for each in entries)


def file_in(data: bytes, path: str, *, most_bytes: int) -> bytes:
    """The bytes of one file; RuleBroken where it is larger than `most_bytes` or broken."""
    with opened(data) as archive:
        for each in _checked(archive):
            if each.filename == path:
                return b"".join(_slices(archive, each, most_bytes))
    raise RuleBroken("The file is not in the archive any more.")


@contextmanager
def opened(data: bytes) -> Iterator["zipfile.ZipFile"]:
    """RuleBroken on `file` where this is no ZIP archive."""
    # Imported where an archive is opened: no page needs it to start.
    import zipfile

    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except Exception:  # zipfile lets through what struct and its decoders raise
        raise RuleBroken(f"This is not a ZIP archive, or it is damaged. {_SAFE}", field="file") from None
    with archive:
        yield archive


def _checked(archive: "zipfile.ZipFile") -> list["zipfile.ZipInfo"]:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(each.file_size for each in entries) > MOST_UNPACKED:
        raise RuleBroken(
            f"This archive holds more than is opened: at most {MOST_ENTRIES:,} entries and 1 GB unpacked. {_SAFE}",
            field="file",
        )
    names = {each.filename for each in entries}
    if len(names) != len(entries) or any(_escapes(name) for name in names):
        raise RuleBroken(
            f"This archive is not safe to open: it holds names that lead elsewhere, or twice the same. {_SAFE}",
            field="file",
        )
    if any(each.flag_bits & _ENCRYPTED for each in entries):
        raise RuleBroken(f"This archive is protected by a password. {_SAFE}", field="file")
    files = [each for each in entries if not is_noise(each.filename)]
    if not files:
        raise RuleBroken(f"This archive is empty. {_SAFE}", field="file")
    if len(files) > MOST_FILES:
        raise RuleBroken(f"This archive holds more than {MOST_FILES:,} files. Divide it. {_SAFE}", field="file")
    return files


def _escapes(name: str) -> bool:
    """Whether a name leads out of the archive, or is one that cannot be shown on a line."""
    parts = name.replace("\\", "/").split("/")
    return (
        name.startswith(("/", "\\")) or ".." in parts or ":" in parts[0] or len(name) > LONGEST_PATH
        or not name.isprintable()
    )  # fmt: skip


def _looked_at(archive: "zipfile.ZipFile", entry: "zipfile.ZipInfo", most_bytes: int) -> PackedFile:
    mark = hashlib.sha256()
    try:
        for part in _slices(archive, entry, most_bytes):
            mark.update(part)
    except RuleBroken as broken:
        return PackedFile(entry.filename, entry.file_size, "", broken.message)
    return PackedFile(entry.filename, entry.file_size, mark.hexdigest())


def _slices(archive: "zipfile.ZipFile", entry: "zipfile.ZipInfo", most_bytes: int) -> Iterator[bytes]:
    if entry.file_size > most_bytes:
        raise RuleBroken(f"The file is larger than {most_bytes / 1024 / 1024:g} MB.")
    if entry.compress_type not in (_STORED, _DEFLATED):
        raise RuleBroken("The file is packed in a way that is not taken. Pack the archive again.")
    left = most_bytes
    try:
        with archive.open(entry) as file:
            while part := file.read(_SLICE):
                left -= len(part)
                if left < 0:
                    break
                yield part
    except Exception:  # zipfile lets through what its decompressors and struct raise
        raise RuleBroken("The file is damaged in the archive. Download the archive again.") from None
    if left < 0:
        raise RuleBroken(f"The file is larger than {most_bytes / 1024 / 1024:g} MB.")
