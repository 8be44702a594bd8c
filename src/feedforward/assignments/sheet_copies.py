"""Task sheets that come along into a copy: the same bytes and words under a key of their own."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from feedforward.assignments.settings_tables import AssignmentSettings, TaskSheet
from feedforward.assignments.sheet_intake import PLACE, KeptSheet
from feedforward.assignments.tables import Assignment
from feedforward.storage.content import ContentErased, ContentStore


@dataclass(frozen=True, slots=True)
class SheetToCopy:
    """The sheet of an assignment as it is kept; `content` is sealed, `size` in bytes."""

    assignment_id: int
    content_id: str
    content: bytes
    media_type: str
    size: int
    word_count: int


def sheets_to_copy(connection: Connection, course_id: int, assignments: frozenset[int]) -> list[SheetToCopy]:
    """The sheets that stand of these assignments of the course. For callers that know who may have them."""
    rows = connection.execute(
        select(
            TaskSheet.assignment_id, TaskSheet.content_id, TaskSheet.content, TaskSheet.media_type, TaskSheet.size,
            TaskSheet.word_count,
        )
        .join(AssignmentSettings, AssignmentSettings.sheet_id == TaskSheet.id)
        .join(Assignment, Assignment.id == TaskSheet.assignment_id)
        .where(
            Assignment.course_id == course_id, Assignment.id.in_(assignments), Assignment.status != "deleted",
            TaskSheet.removed_at.is_(None), TaskSheet.content.is_not(None),
        )
    ).all()  # fmt: skip
    found: Sequence[tuple[Any, ...]] = [tuple(row) for row in rows]
    return [SheetToCopy(*values) for values in found]


async def copied_sheets(store: ContentStore, sheets: Sequence[SheetToCopy]) -> dict[int, KeptSheet]:
    """Assignment → its sheet sealed anew, file and all, without a row yet; what was erased meanwhile is left out."""
    copies: dict[int, KeptSheet] = {}
    for each in sheets:
        copy = await asyncio.to_thread(_copied, store, each)
        if copy is not None:
            copies[each.assignment_id] = copy
    return copies


async def erase_copies(store: ContentStore, copies: Mapping[int, KeptSheet]) -> None:
    """Copies that no row came to stand for."""
    for copy in copies.values():
        await asyncio.to_thread(store.erase, copy.content_id)


def _copied(store: ContentStore, sheet: SheetToCopy) -> KeptSheet | None:
    try:
        told = store.unseal(sheet.content_id, sheet.content, PLACE)
        data = store.get_file(sheet.content_id)
    except ContentErased:
        return None
    content_id = store.new()
    store.put_file(content_id, data)
    return KeptSheet(
        content_id, store.seal(content_id, told, PLACE), sheet.media_type, sheet.size, sheet.word_count
    )  # fmt: skip
