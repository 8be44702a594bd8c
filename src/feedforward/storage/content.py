"""The one seam through which a draft's content goes: sealed under the draft's key, gone when the key is destroyed."""

import errno
import fcntl
import json
import os
import re
import secrets
from collections.abc import Iterator
from copy import copy
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from feedforward.encryption import CannotDecrypt, KeyRing, new_content_key, seal, unseal, unseal_with
from feedforward.errors import TemporarilyUnavailable

PART = ".part"
# Bytes; a wrapped key has 140.
LONGEST_KEY = 4096
FULL = "FeedForward cannot keep anything: its disk is full. Tell the people who run it, and send this again later."
_NAME = re.compile(r"[0-9a-f]{32}")


class ContentErased(Exception):
    """The key was destroyed: this content is gone for good, as promised."""


class ContentStore(Protocol):
    """Keys and files of drafts. A `content_id` is a name made by us, 32 hexadecimal digits, one per draft."""

    def for_one_page(self) -> "ContentStore":
        """The same store for answering one request: it reads each key once and forgets them all with itself."""

    def new(self) -> str:
        """Make a key, on disk before this returns; its id."""

    def seal(self, content_id: str, content: Any, place: str) -> bytes:
        """A JSON-ready value, sealed for a database column."""

    def unseal(self, content_id: str, sealed: bytes, place: str) -> Any:
        """The value again; ContentErased where the key was destroyed."""

    def put_file(self, content_id: str, data: bytes) -> None:
        """Keep the uploaded file, sealed."""

    def get_file(self, content_id: str) -> bytes:
        """The uploaded file again; ContentErased where it is gone."""

    def erase(self, content_id: str) -> None:
        """Destroy the key, then the file. Doing it twice is the same as once."""

    def is_erased(self, content_id: str) -> bool: ...

    def content_ids(self, before: datetime) -> Iterator[str]:
        """Every id with a key or a file last written before this moment, each once, in any order."""


class LocalContentStore:
    """Keys and files in two folders; both names are made by the server, neither folder is ever served."""

    def __init__(self, folder: Path, key_ring: KeyRing) -> None:
        self._keys = folder / "keys"
        self._files = folder / "uploads"
        self._ring = key_ring
        for place in (self._keys, self._files):
            place.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._held: dict[str, AESGCM] | None = None

    def for_one_page(self) -> "LocalContentStore":
        once = copy(self)
        once._held = {}
        return once

    def new(self) -> str:
        content_id = secrets.token_hex(16)
        _write_durably(self._path(self._keys, content_id), self._ring.wrap(new_content_key()))
        return content_id

    def seal(self, content_id: str, content: Any, place: str) -> bytes:
        return seal(self._key(content_id), json.dumps(content, ensure_ascii=False).encode(), place)

    def unseal(self, content_id: str, sealed: bytes, place: str) -> Any:
        held = self._held
        if held is None:
            return json.loads(unseal(self._key(content_id), sealed, place))
        ready = held.get(content_id)
        if ready is None:
            ready = held[content_id] = AESGCM(self._key(content_id))
        return json.loads(unseal_with(ready, sealed, place).decode())

    def put_file(self, content_id: str, data: bytes) -> None:
        _write_durably(self._path(self._files, content_id), seal(self._key(content_id), data, "file"))

    def get_file(self, content_id: str) -> bytes:
        key = self._key(content_id)
        try:
            return unseal(key, self._path(self._files, content_id).read_bytes(), "file")
        except FileNotFoundError:
            raise ContentErased from None

    def erase(self, content_id: str) -> None:
        whole = (self._path(self._keys, content_id), self._path(self._files, content_id))
        for path in (*whole, *map(_part_of, whole)):
            try:
                size = path.stat().st_size
                with path.open("r+b") as file:
                    fcntl.flock(file, fcntl.LOCK_EX)
                    file.write(b"\0" * size)
                    file.flush()
                    os.fsync(file.fileno())
                    path.unlink()
                _sync_folder(path.parent)
            except FileNotFoundError:
                continue

    def is_erased(self, content_id: str) -> bool:
        return not self._path(self._keys, content_id).exists()

    def content_ids(self, before: datetime) -> Iterator[str]:
        oldest_kept = before.timestamp()
        told: set[str] = set()
        for folder in (self._keys, self._files):
            # What a crash left half-written (a .part) belongs to its id as well.
            for path in folder.glob("??/*"):
                name = path.name.removesuffix(PART)
                if not _NAME.fullmatch(name) or name in told:
                    continue
                try:
                    if path.stat().st_mtime < oldest_kept:
                        told.add(name)
                        yield name
                except FileNotFoundError:
                    continue

    def rewrap(self, content_id: str) -> bool:
        """Wrap its key under the newest secret; False where it is already, or gone. CannotDecrypt under another one.

        The file is written over in place and never made: who erases the key meanwhile finds it gone for good. A wrapped
        key has always the same length, and fits into one sector of a disk, which is written whole or not at all.
        """
        path = self._path(self._keys, content_id)
        try:
            wrapped = _read(str(path))
            anew = self._ring.rewrapped(wrapped)
            if anew is None:
                return False
            handle = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            return False
        try:
            # Erasing holds it too: what was erased meanwhile is zeros, and must stay that.
            fcntl.flock(handle, fcntl.LOCK_EX)
            if os.pread(handle, LONGEST_KEY, 0) != wrapped or len(anew) != len(wrapped):
                return False
            age = os.fstat(handle)
            os.pwrite(handle, anew, 0)
            os.fsync(handle)
            # How old it is decides whether it is an orphan.
            os.utime(handle, ns=(age.st_atime_ns, age.st_mtime_ns))
        finally:
            os.close(handle)
        return True

    def _key(self, content_id: str) -> bytes:
        path = f"{self._keys}/{_checked(content_id)[:2]}/{content_id}"
        try:
            try:
                return self._ring.unwrap(_read(path))
            except CannotDecrypt:
                # It may have been written over at this very moment, see `rewrap`.
                return self._ring.unwrap(_read(path))
        except FileNotFoundError:
            raise ContentErased from None

    def _path(self, folder: Path, content_id: str) -> Path:
        return folder / _checked(content_id)[:2] / content_id


def _checked(content_id: str) -> str:
    if not _NAME.fullmatch(content_id):
        raise ValueError("a content id is 32 hexadecimal digits")
    return content_id


def _read(path: str) -> bytes:
    """A key's file, whole: it is a few hundred bytes, and Python's own file objects take four times as long."""
    handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        return os.read(handle, LONGEST_KEY)
    finally:
        os.close(handle)


def _part_of(path: Path) -> Path:
    return path.with_name(path.name + PART)


def _write_durably(path: Path, data: bytes) -> None:
    """Written, synced and renamed into place: after a crash the file is whole or not there."""
    part = _part_of(path)
    try:
        _make_folder(path.parent)
        with open(part, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        part.unlink(missing_ok=True)
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise TemporarilyUnavailable(FULL, retry_after=60) from None
        raise


def _make_folder(folder: Path) -> None:
    """The folder, in its own parent for good: a synced file in a folder that a crash forgets would be gone."""
    if not folder.exists():
        folder.mkdir(exist_ok=True, mode=0o700)
        _sync_folder(folder.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
