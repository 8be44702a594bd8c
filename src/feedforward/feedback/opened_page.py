"""A student's feedback with every sealed text opened, ready to be drawn: numbers, marks and what was erased."""

from dataclasses import dataclass

from feedforward.drafts.content import PLACE as DRAFT_CONTENT
from feedforward.extraction.document import Document
from feedforward.extraction.places import Places
from feedforward.feedback.addressed_queries import Addressed, Correction
from feedforward.feedback.content import SUMMARY, UPTAKE, OpenedComment, filled, opened_comment
from feedforward.feedback.queries import CommentView
from feedforward.feedback.student_queries import StudentFeedback
from feedforward.storage.content import ContentErased, ContentStore

MOST_PRIORITIES = 5


@dataclass(frozen=True, slots=True)
class ShownComment:
    """A comment the student sees; `number` is its mark in the text, None where it quotes nothing; `place` says where
    the mark stands ("page 3, paragraph 12"; "" where it has none)."""

    view: CommentView
    opened: OpenedComment
    number: int | None
    place: str


@dataclass(frozen=True, slots=True)
class ShownCorrection:
    """What a person says became of an earlier comment."""

    row: Correction
    note: str


@dataclass(frozen=True, slots=True)
class ShownAddressed:
    """An earlier comment, what this draft's readings say became of it, and what people say; `passage` is the text
    where its passage stands now, "" where it is gone or erased."""

    row: Addressed
    opened: OpenedComment
    note: str
    passage: str
    corrections: tuple[ShownCorrection, ...]


@dataclass(frozen=True, slots=True)
class OpenedPage:
    """`document` and `text` are None where the draft was erased; `priorities` and `others` keep the order that the
    instructor gave them."""

    data: StudentFeedback
    document: Document | None
    summary: str
    note: str
    priorities: tuple[ShownComment, ...]
    others: tuple[ShownComment, ...]
    addressed: tuple[ShownAddressed, ...]

    @property
    def text(self) -> str | None:
        return None if self.document is None else self.document.text

    @property
    def comments(self) -> tuple[ShownComment, ...]:
        return (*self.priorities, *self.others)


def opened_page(store: ContentStore, data: StudentFeedback) -> OpenedPage:
    """Reads keys and unseals: half a millisecond for an essay; call it in a thread for what is long."""
    store = store.for_one_page()
    head = data.head
    seen = [each for each in data.comments if each.for_student]
    first = [each for each in seen if each.priority][:MOST_PRIORITIES]
    in_front = {each.id for each in first}
    ordered = [*first, *(each for each in seen if each.id not in in_front)]
    document = _document(store, data)
    places = None if document is None else Places(document)
    shown: list[ShownComment] = []
    number = 0
    for view in ordered:
        words = opened_comment(
            store, head.content_id, view.text, view.next_step, view.passages, has_quote=view.has_quote
        )
        number += words.quote is not None
        place = places.of(words.quote.start) if places is not None and words.quote is not None else ""
        shown.append(ShownComment(view, words, number if words.quote is not None else None, place))
    text = None if document is None else document.text
    return OpenedPage(
        data=data,
        document=document,
        summary=filled(store, head.content_id, head.summary, head.summary_passages, SUMMARY),
        note=filled(store, head.content_id, head.note, head.summary_passages, SUMMARY),
        priorities=tuple(shown[: len(first)]),
        others=tuple(shown[len(first) :]),
        addressed=tuple(opened_addressed(store, head.content_id, each, text) for each in data.addressed),
    )


def _document(store: ContentStore, data: StudentFeedback) -> Document | None:
    if data.head.content is None:
        return None
    try:
        return Document.from_json(store.unseal(data.head.content_id, data.head.content, DRAFT_CONTENT))
    except ContentErased:
        return None


def opened_addressed(store: ContentStore, content_id: str, row: Addressed, text: str | None) -> ShownAddressed:
    """An earlier comment in its own words; `content_id` and `text` are of the draft whose readings speak of it."""
    words = opened_comment(store, row.content_id, row.text, row.next_step, row.passages, has_quote=row.has_quote)
    return ShownAddressed(
        row=row,
        opened=words,
        note=filled(store, content_id, row.note, row.note_passages, UPTAKE),
        passage=(text or "")[row.place_start or 0 : row.place_end or 0],
        corrections=tuple(
            ShownCorrection(each, filled(store, content_id, each.note, each.note_passages, UPTAKE))
            for each in row.corrections
        ),
    )
