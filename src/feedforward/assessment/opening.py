"""Opening a draft for its readers: the text, the rubric, and all that they are told."""

from dataclasses import dataclass

from sqlalchemy import Connection

from feedforward.assessment.assignment_brief import Brief, EarlierComment
from feedforward.assessment.calibration_queries import InUse, calibrations_in_use
from feedforward.assessment.queries import RoundReading, comments_released_before, readings_of_round
from feedforward.assessment.signal_queries import chosen_topics
from feedforward.assignments.queries import task_for_work
from feedforward.assignments.rules import Task
from feedforward.assignments.settings_queries import snapshot_for_work
from feedforward.assignments.sheet_intake import READ_BY_READERS, opened_sheet
from feedforward.assignments.sheet_queries import optional_sheet
from feedforward.assignments.versions import as_of
from feedforward.drafts.content import read_content
from feedforward.drafts.queries import DraftView, draft_for_work
from feedforward.drafts.rules import DraftContent
from feedforward.extraction.document import Document
from feedforward.feedback.content import COMMENT
from feedforward.feedback.rules import CommentKind
from feedforward.rubrics.queries import rubric_by_id
from feedforward.rubrics.rules import Rubric
from feedforward.storage.content import ContentErased, ContentStore
from feedforward.storage.passages import fill_passages


@dataclass(frozen=True, slots=True)
class Opened:
    """A draft with all that its readers are told."""

    draft: DraftView
    task: Task
    rubric: Rubric
    content: DraftContent
    brief: Brief

    @property
    def document(self) -> Document:
        return self.content.document


def open_draft(connection: Connection, store: ContentStore, draft_id: int) -> Opened:
    """The draft, unsealed; ContentErased where its text is gone."""
    draft = draft_for_work(connection, draft_id)
    content = read_content(store, draft)
    if content is None:
        raise ContentErased
    task = task_for_work(connection, draft.assignment_id)
    if draft.settings_version is not None:
        task = as_of(task, snapshot_for_work(connection, draft.assignment_id, draft.settings_version))
    settings = task.settings
    rubric = rubric_by_id(connection, draft.rubric_id)
    brief = Brief(
        title=task.title, instructions=task.instructions, rubric=rubric, guidelines=task.guidelines, kind=task.kind,
        word_min=task.word_min, word_max=task.word_max, previous=_earlier(connection, store, draft),
        tone=settings.tone, language=settings.language, detail=settings.detail, focus=settings.focus,
        shape=settings.shape, task_sheet=_task_sheet(connection, store, settings.sheet_id),
        chosen_topics=chosen_topics(connection, draft.assignment_id, rubric),
    )  # fmt: skip
    return Opened(draft, task, rubric, content, brief)


@dataclass(frozen=True, slots=True)
class ReadRound:
    """A draft with all its readings of this round, and what merging them takes."""

    opened: Opened
    readings: list[RoundReading]
    in_use: tuple[InUse, ...]
    before: Document | None


def round_to_merge(connection: Connection, store: ContentStore, draft_id: int) -> ReadRound:
    """The draft and its readings in one look; ContentErased where its text is gone."""
    opened = open_draft(connection, store, draft_id)
    return ReadRound(
        opened, readings_of_round(connection, draft_id), calibrations_in_use(connection, opened.task.assignment_id),
        document_before(connection, store, draft_id),
    )  # fmt: skip


def document_before(connection: Connection, store: ContentStore, draft_id: int) -> Document | None:
    """The draft whose released comments this one's readers are told; None where there is none, or it was erased."""
    comments = comments_released_before(connection, draft_id)
    content = read_content(store, draft_for_work(connection, comments[0].draft_id)) if comments else None
    return content.document if content else None


def _task_sheet(connection: Connection, store: ContentStore, sheet_id: int | None) -> str:
    """The text of the file that tells the task, as far as readers are given it; "" where it is gone by now."""
    sheet = optional_sheet(connection, sheet_id)
    told = opened_sheet(store, sheet.content_id, sheet.content) if sheet else None
    return told.text[:READ_BY_READERS] if told else ""


def _earlier(connection: Connection, store: ContentStore, draft: DraftView) -> tuple[EarlierComment, ...]:
    earlier = []
    for each in comments_released_before(connection, draft.id):
        try:
            sealed = store.unseal(each.content_id, each.passages, COMMENT) if each.passages else {}
        except ContentErased:
            sealed = {}
        quote = sealed.get("quote")
        earlier.append(
            EarlierComment(
                ref=str(each.comment_id),
                criterion_key=str(each.criterion_id)
                if each.criterion_id and each.rubric_id == draft.rubric_id
                else None,
                kind=CommentKind(each.kind),
                text=fill_passages(each.text, tuple(sealed["text"]) if "text" in sealed else None),
                quote=quote["text"] if quote else "",
                next_step=fill_passages(each.next_step, tuple(sealed["next_step"]) if "next_step" in sealed else None),
            )
        )
    return tuple(earlier)
