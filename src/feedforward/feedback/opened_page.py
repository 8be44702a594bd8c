"""A student's feedback with every sealed text opened, ready to be drawn: numbers, marks and what was erased."""

from dataclasses import dataclass

from feedforward.drafts.content import PLACE as DRAFT_CONTENT
from feedforward.feedback.content import SUMMARY, UPTAKE, OpenedComment, filled, opened_comment
from feedforward.feedback.queries import CommentView
from feedforward.feedback.student_queries import Addressed, StudentFeedback
from feedforward.storage.content import ContentErased, ContentStore

MOST_PRIORITIES = 5


@dataclass(frozen=True, slots=True)
class ShownComment:
    """A comment the student sees; `number` is its mark in the text, None where it quotes nothing."""

    view: CommentView
    opened: OpenedComment
    number: int | None


@dataclass(frozen=True, slots=True)
class ShownAddressed:
    """An earlier comment and what this draft's readings say became of it."""

    row: Addressed
    opened: OpenedComment
    note: str


@dataclass(frozen=True, slots=True)
class OpenedPage:
    """`text` is None where the draft was erased; `priorities` and `others` keep the instructor's order."""

    data: StudentFeedback
    text: str | None
    summary: str
    note: str
    priorities: tuple[ShownComment, ...]
    others: tuple[ShownComment, ...]
    addressed: tuple[ShownAddressed, ...]

    @property
    def comments(self) -> tuple[ShownComment, ...]:
        return (*self.priorities, *self.others)


def opened_page(store: ContentStore, data: StudentFeedback) -> OpenedPage:
    """Reads keys and unseals: call it in a thread."""
    store = store.for_one_page()
    head = data.head
    seen = [each for each in data.comments if each.for_student]
    first = [each for each in seen if each.priority][:MOST_PRIORITIES]
    in_front = {each.id for each in first}
    ordered = [*first, *(each for each in seen if each.id not in in_front)]
    shown: list[ShownComment] = []
    number = 0
    for view in ordered:
        words = opened_comment(
            store, head.content_id, view.text, view.next_step, view.passages, has_quote=view.has_quote
        )
        number += words.quote is not None
        shown.append(ShownComment(view, words, number if words.quote is not None else None))
    return OpenedPage(
        data=data,
        text=_text(store, data),
        summary=filled(store, head.content_id, head.summary, head.summary_passages, SUMMARY),
        note=filled(store, head.content_id, head.note, head.summary_passages, SUMMARY),
        priorities=tuple(shown[: len(first)]),
        others=tuple(shown[len(first) :]),
        addressed=tuple(opened_addressed(store, head.content_id, each) for each in data.addressed),
    )


def _text(store: ContentStore, data: StudentFeedback) -> str | None:
    if data.head.content is None:
        return None
    try:
        text: str = store.unseal(data.head.content_id, data.head.content, DRAFT_CONTENT)["text"]
    except ContentErased:
        return None
    return text


def opened_addressed(store: ContentStore, content_id: str, row: Addressed) -> ShownAddressed:
    """An earlier comment in its own words; `content_id` is that of the draft whose readings speak of it."""
    words = opened_comment(store, row.content_id, row.text, row.next_step, row.passages, has_quote=row.has_quote)
    return ShownAddressed(row, words, filled(store, content_id, row.note, row.note_passages, UPTAKE))
