"""Bringing in confirmed archives in the worker: one file at a time, each settled together with its draft."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass

from feedforward.assignments.queries import task_for_work
from feedforward.clock import Clock
from feedforward.database import Database
from feedforward.drafts.behalf_actions import OnBehalf
from feedforward.drafts.intake import SAFE, Refused, keep_content, read_hand_in
from feedforward.drafts.lms_actions import bring_in_file, finish_archive, hold_archive, let_go, settle_file
from feedforward.drafts.lms_archive import file_in
from feedforward.drafts.lms_intake import most_bytes, read_files
from feedforward.drafts.lms_matching import LmsFile
from feedforward.drafts.lms_queries import ArchiveView, FileLine, archive_for_work, files_of, optional_archive_to_bring
from feedforward.errors import FeedForwardError, TemporarilyUnavailable
from feedforward.logs import without_text
from feedforward.settings import Settings
from feedforward.storage.content import ContentErased, ContentStore
from feedforward.web.forms import Upload
from feedforward.web.services import StartFeedback

log = logging.getLogger("feedforward.lms")

LOOK_EVERY = 2.0
GONE = "The archive is gone, so the file could not be brought in. Upload the archive again."
BROKEN = "The file could not be brought in because of a fault on our side. Upload the archive again."


@dataclass(frozen=True, slots=True)
class ArchiveDesk:
    """What bringing in needs."""

    database: Database
    content: ContentStore
    settings: Settings
    clock: Clock
    start_feedback: StartFeedback


async def bring_in_until(stop: asyncio.Event, desk: ArchiveDesk, every: float = LOOK_EVERY) -> None:
    """Bring in what is confirmed until `stop`; the file in hand then is finished first."""
    while not stop.is_set():
        try:
            worked = await bring_in_next(desk, stop.is_set)
        except TemporarilyUnavailable:
            log.warning("bringing in an archive: the database is busy or away; trying again")
            worked = False
        except Exception as error:
            log.error("bringing in an archive failed: %s", without_text(error))
            worked = False
        if not worked:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), every)


async def bring_in_next(desk: ArchiveDesk, stopping: Callable[[], bool] = lambda: False) -> bool:
    """Bring in the oldest archive that waits, or what is left of it; whether there was one. With nothing to do it only
    reads: it takes nobody the database's one writer."""
    archive_id = await desk.database.read(optional_archive_to_bring, desk.clock.now())
    if archive_id is None or not await desk.database.write(hold_archive, archive_id, desk.clock.now()):
        return False
    try:
        archive = await desk.database.read(archive_for_work, archive_id)
        waiting = [each for each in await desk.database.read(files_of, archive_id) if each.status == "waiting"]
        files, data = await asyncio.to_thread(_opened, desk.content, archive)
        for line in waiting:
            if stopping():
                return True
            await _settle(desk, archive, line, files[line.position] if files else None, data)
        await desk.database.write(finish_archive, archive_id, desk.clock.now())
        await asyncio.to_thread(desk.content.erase, archive.content_id)
        return True
    finally:
        await desk.database.write(let_go, archive_id)


def _opened(store: ContentStore, archive: ArchiveView) -> tuple[tuple[LmsFile, ...], bytes]:
    try:
        return read_files(store, archive) or (), store.get_file(archive.content_id)
    except ContentErased:
        return (), b""


async def _settle(
    desk: ArchiveDesk, archive: ArchiveView, line: FileLine, file: LmsFile | None, data: bytes
) -> None:  # fmt: skip
    """One file; whatever goes wrong with it is written down, and the next one follows."""
    problem = GONE
    if file is not None and line.student_id is not None:
        try:
            problem = await _bring_in(desk, archive, line, line.student_id, file, data)
        except TemporarilyUnavailable:
            raise
        except FeedForwardError as error:
            problem = error.message
        except Exception as error:
            log.error("a file of archive %s failed: %s", archive.id, without_text(error))
            problem = BROKEN
    if problem:
        await desk.database.write(
            settle_file, archive.id, line.position, status="refused", problem=problem, now=desk.clock.now()
        )


async def _bring_in(
    desk: ArchiveDesk, archive: ArchiveView, line: FileLine, student_id: int, file: LmsFile, data: bytes
) -> str:
    """Why the file was not brought in; "" where its draft is there now."""
    task = await desk.database.read(task_for_work, archive.assignment_id)
    unpacked = await asyncio.to_thread(file_in, data, file.named.path, most_bytes=most_bytes(desk.settings))
    upload = Upload(file.named.file_name, unpacked)
    content = await read_hand_in(desk.settings, task=task, text="", file=upload)
    if isinstance(content, Refused):
        return " ".join(content.problems.values()).removesuffix(SAFE).strip()
    kept = await keep_content(desk.content, desk.settings, content=content, file=upload, once=file.mark)
    fresh = False
    try:
        made = await desk.database.write(
            bring_in_file, archive_id=archive.id, position=line.position, student_id=student_id,
            assignment_id=archive.assignment_id, upload=kept,
            behalf=OnBehalf(archive.created_by, archive.reason if line.excused else "", line.late, archive.id),
            now=desk.clock.now(), start_feedback=desk.start_feedback,
        )  # fmt: skip
        fresh = made.fresh
    finally:
        if not fresh:
            await asyncio.to_thread(desk.content.erase, kept.content_id)
    return ""
