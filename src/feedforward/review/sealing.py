"""What a person wrote, ready for its rows: words of the draft are taken out and sealed before the transaction."""

from dataclasses import dataclass
from typing import Any

from feedforward.feedback.rules import Quote
from feedforward.review.changes import Changes, CommentChange, NewComment
from feedforward.review.opening import COMMENT_PLACE, SUMMARY_PLACE, VERSION_PLACE
from feedforward.review.rules import Result
from feedforward.review.views import CommentDetail, Review
from feedforward.storage.content import ContentErased, ContentStore
from feedforward.storage.passages import MARKER, OPENING, Lifted, lift_passages


@dataclass(frozen=True, slots=True)
class SealedChanges:
    """Column values: of the feedback row, per criterion, per comment, of a new comment; `order` as in Changes."""

    feedback: dict[str, Any]
    criteria: dict[int, Result]
    comments: dict[int, dict[str, Any]]
    new: dict[str, Any] | None
    order: tuple[int, ...] | None
    count: int


def sealed_changes(store: ContentStore, review: Review, changes: Changes, *, user_id: int) -> SealedChanges:
    """The changes as rows; after the content was erased, texts are stored as they were typed, and nothing is sealed."""
    by_id = {comment.id: comment for comment in review.comments}
    return SealedChanges(
        feedback=_texts(store, review, changes),
        criteria=dict(changes.criteria),
        comments={each.id: _comment(store, review, by_id[each.id], each, user_id=user_id) for each in changes.comments},
        new=None if changes.new is None else _new(store, review, changes.new, user_id=user_id),
        order=changes.order,
        count=changes.count,
    )


def sealed_document(store: ContentStore, review: Review) -> bytes | None:
    """The feedback as the student will see it, sealed for its version; None where the key is gone."""
    head = review.head
    document = {
        "summary": review.summary,
        "note": review.note,
        "criteria": [
            {
                "name": each.criterion.name,
                "level": each.level,
                "score": each.score,
                "edited": each.edited_by is not None,
            }
            for each in review.criteria
        ],
        "comments": [
            {
                "kind": str(each.kind),
                "criterion_id": each.criterion_id,
                "text": each.text,
                "next_step": each.next_step,
                "quote": _quote(each.quote),
                "looked_in": each.looked_in,
                "priority": each.priority,
                "by_person": each.by_person,
                "edited": each.edited_by is not None,
                "support": each.support,
                "of": each.of,
            }
            for each in review.comments
            if each.for_the_student
        ],
    }
    return _seal(store, head.content_id, document, VERSION_PLACE)


def _texts(store: ContentStore, review: Review, changes: Changes) -> dict[str, Any]:
    """Summary and note share one sealed list: the note's passages follow the summary's."""
    if changes.summary is None and changes.note is None:
        return {}
    values: dict[str, Any] = {"summary_edited": True} if changes.summary is not None else {}
    summary = review.summary if changes.summary is None else changes.summary
    note = review.note if changes.note is None else changes.note
    lifted, noted = lift_passages(summary, review.text), lift_passages(note, review.text)
    passages = [*lifted.passages, *noted.passages]
    sealed = _seal(store, review.head.content_id, passages, SUMMARY_PLACE)
    if sealed is not None:
        return values | {
            "summary": lifted.template, "note": shifted(noted.template, len(lifted.passages)),
            "summary_passages": sealed,
        }  # fmt: skip
    # Erased: the unchanged one keeps its template, whose markers still say that a passage was erased.
    return values | {
        name: lift.template
        for name, lift, typed in (("summary", lifted, changes.summary), ("note", noted, changes.note))
        if typed is not None
    }


def shifted(template: str, by: int) -> str:
    """The template with every marker's number raised by `by`; doubled opening signs stay."""
    return MARKER.sub(lambda match: match[0] if match[2] is None else f"{OPENING}{int(match[2]) + by}⟧", template)


def _comment(
    store: ContentStore, review: Review, before: CommentDetail, change: CommentChange, *, user_id: int
) -> dict[str, Any]:
    values: dict[str, Any] = {"priority": change.priority, "kept": change.kept, "dropped": change.dropped}
    if not change.words_changed:
        return values
    text, step = lift_passages(change.text, review.text), lift_passages(change.next_step, review.text)
    merged = before.merged or _as_merged(before)
    sealed = _sealed_passages(store, review, before.quote, text, step, None if before.by_person else merged)
    values |= {"kind": str(change.kind), "criterion_id": change.criterion_id, "edited_by": user_id}
    if sealed is not None:
        return values | {"text": text.template, "next_step": step.template, "passages": sealed}
    if change.text != before.text:
        values["text"] = text.template
    if change.next_step != before.next_step:
        values["next_step"] = step.template
    return values


def _as_merged(comment: CommentDetail) -> dict[str, Any]:
    """What the readers said, kept sealed beside what a person makes of it."""
    return {
        "text": comment.text, "next_step": comment.next_step, "kind": str(comment.kind),
        "criterion_id": comment.criterion_id,
    }  # fmt: skip


def _new(store: ContentStore, review: Review, new: NewComment, *, user_id: int) -> dict[str, Any]:
    text, step = lift_passages(new.text, review.text), lift_passages(new.next_step, review.text)
    return {
        "criterion_id": new.criterion_id, "kind": str(new.kind), "text": text.template, "next_step": step.template,
        "looked_in": "", "passages": _sealed_passages(store, review, new.quote, text, step, None),
        "has_quote": new.quote is not None, "supported": True, "kept": False, "dropped": False, "priority": False,
        "support": 0, "of": 0, "readers": "", "origin": "person", "edited_by": user_id,
    }  # fmt: skip


def _sealed_passages(
    store: ContentStore, review: Review, quote: Quote | None, text: Lifted, step: Lifted, merged: Any
) -> bytes | None:
    content = {"quote": _quote(quote), "text": list(text.passages), "next_step": list(step.passages)}
    if merged is not None:
        content["merged"] = dict(merged)
    return _seal(store, review.head.content_id, content, COMMENT_PLACE)


def _quote(quote: Quote | None) -> dict[str, Any] | None:
    return None if quote is None else {"text": quote.text, "start": quote.start, "end": quote.end}


def _seal(store: ContentStore, content_id: str, content: Any, place: str) -> bytes | None:
    try:
        return store.seal(content_id, content, place)
    except ContentErased:
        return None
