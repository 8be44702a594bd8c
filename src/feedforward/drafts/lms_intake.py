"""Taking in an archive of submissions: looked through, then sealed before there is a row."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from feedforward.accounts.limits import keyed_hash
from feedforward.drafts.lms_archive import packed_files
from feedforward.drafts.lms_matching import LmsFile
from feedforward.drafts.lms_names import named_file
from feedforward.drafts.lms_queries import ArchiveView
from feedforward.settings import Settings
from feedforward.storage.content import ContentErased, ContentStore

PLACE = "names in an archive"


@dataclass(frozen=True, slots=True)
class KeptArchive:
    """An archive that was looked through and sealed, ready to become a row; `files` counts what is in it."""

    content_id: str
    names_id: str
    names: bytes
    files: int


async def keep_uploaded(store: ContentStore, settings: Settings, *, assignment_id: int, data: bytes) -> KeptArchive:
    """The archive with its key and file on disk. RuleBroken on `file` where it is none, or not safe to open."""

    def keep() -> KeptArchive:
        found = packed_files(data, most_bytes=most_bytes(settings))
        # A draft is known again by what is in its file, for one assignment: a mark nobody can make without the secret.
        told = [
            [each.path, keyed_hash(settings, "file of an archive", f"{assignment_id}:{each.mark}"), each.problem]
            for each in found
        ]
        content_id, names_id = store.new(), store.new()
        try:
            store.put_file(content_id, data)
            return KeptArchive(content_id, names_id, store.seal(names_id, told, PLACE), len(found))
        except BaseException:
            store.erase(content_id)
            store.erase(names_id)
            raise

    return await asyncio.to_thread(keep)


async def files_in(store: ContentStore, archive: ArchiveView) -> tuple[LmsFile, ...] | None:
    """Its files by name and mark, in their order; None once the names are erased."""
    return await asyncio.to_thread(read_files, store, archive)


def read_files(store: ContentStore, archive: ArchiveView) -> tuple[LmsFile, ...] | None:
    """The same, for a caller on a thread."""
    if archive.names is None:
        return None
    try:
        told: Sequence[tuple[str, str, str]] = store.unseal(archive.names_id, archive.names, PLACE)
    except ContentErased:
        return None
    return tuple(LmsFile(named_file(path), mark, problem) for path, mark, problem in told)


def most_bytes(settings: Settings) -> int:
    """The largest file that is taken out of an archive: what a student could hand in."""
    return int(settings.upload_megabytes * 1024 * 1024)
