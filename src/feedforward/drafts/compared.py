"""Two drafts opened and compared: what the page of changes is drawn from."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from feedforward.assignments.queries import task_for_work
from feedforward.assignments.rules import Task
from feedforward.drafts.content import read_content
from feedforward.drafts.differences import Change, ChangeKind, differences, sentence_spans, too_long
from feedforward.drafts.queries import DraftView, draft_for_staff, draft_for_student, optional_draft_before
from feedforward.storage.content import ContentStore


@dataclass(frozen=True, slots=True)
class TwoDrafts:
    """A draft that was handed in and the one before it, None where it is the first."""

    task: Task
    draft: DraftView
    before: DraftView | None


@dataclass(frozen=True, slots=True)
class Compared:
    """`changes` None: the texts are too long to compare, or one of them is None, as it was erased.
    `is_code`: the newer draft is program code, so that lines are compared."""

    old: str | None
    new: str | None
    changes: tuple[Change, ...] | None
    is_code: bool = False

    @property
    def counts(self) -> Mapping[ChangeKind, int]:
        return Counter(each.kind for each in self.changes or ())


def two_drafts_for_student(connection: Connection, student_id: int, draft_id: int) -> TwoDrafts:
    """The student's own; NotFound for anybody else's."""
    return _two(connection, draft_for_student(connection, student_id, draft_id))


def two_drafts_for_staff(connection: Connection, user_id: int, draft_id: int) -> TwoDrafts:
    """Of a student in a course this person teaches; NotFound otherwise."""
    return _two(connection, draft_for_staff(connection, user_id, draft_id))


def compared(store: ContentStore, two: TwoDrafts) -> Compared:
    """Reads keys, unseals and compares, some 50 ms for 3,000 words, up to a second: call it in a thread."""
    store = store.for_one_page()
    new = read_content(store, two.draft)
    old = read_content(store, two.before) if two.before is not None else None
    if old is None or new is None:
        return Compared(old.text if old else None, new.text if new else None, None)
    spans = sentence_spans(old.text, old.blocks), sentence_spans(new.text, new.blocks)
    changes = None if too_long(*spans) else differences(old.text, new.text, *spans)
    return Compared(old.text, new.text, changes, new.document.is_code)


def _two(connection: Connection, draft: DraftView) -> TwoDrafts:
    task = task_for_work(connection, draft.assignment_id)
    return TwoDrafts(task, draft, optional_draft_before(connection, draft))
