"""Feedback with the draft's own words filled in again, or with “[passage erased]” in their place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from feedforward.feedback.rules import Quote
from feedforward.storage.content import ContentErased, ContentStore
from feedforward.storage.passages import ERASED, OPENING, fill_passages

if TYPE_CHECKING:
    from feedforward.feedback.queries import FeedbackView

COMMENT, SUMMARY, UPTAKE, VERSION = "comment", "summary", "uptake", "version"
"""The places that sealed columns of this room are bound to."""


@dataclass(frozen=True, slots=True)
class OpenedComment:
    """The texts of one comment; `erased` says that it had words of the draft which are gone."""

    text: str
    next_step: str
    quote: Quote | None
    erased: bool


@dataclass(frozen=True, slots=True)
class OpenedFeedback:
    """The texts of one feedback, its comments by their id."""

    summary: str
    note: str
    comments: Mapping[int, OpenedComment]


def opened(store: ContentStore, content_id: str, feedback: "FeedbackView") -> OpenedFeedback:
    """The feedback's texts as people read them. Reads the draft's key: call it outside the transaction."""
    return OpenedFeedback(
        summary=filled(store, content_id, feedback.summary, feedback.summary_passages, SUMMARY),
        # Summary and note share one sealed list: the note's passages follow the summary's.
        note=filled(store, content_id, feedback.note, feedback.summary_passages, SUMMARY),
        comments={
            each.id: opened_comment(
                store, content_id, each.text, each.next_step, each.passages, has_quote=each.has_quote
            )
            for each in feedback.comments
        },
    )


def opened_comment(
    store: ContentStore, content_id: str, text: str, next_step: str, sealed: bytes | None, *, has_quote: bool
) -> OpenedComment:
    """One comment's texts from its templates and its sealed passages."""
    kept = _unsealed(store, content_id, sealed, COMMENT)
    if kept is None:
        words, steps = fill_passages(text, None), fill_passages(next_step, None)
        return OpenedComment(words, steps, None, erased=has_quote or ERASED in words or ERASED in steps)
    quote = kept.get("quote")
    return OpenedComment(
        text=fill_passages(text, tuple(kept.get("text", ()))),
        next_step=fill_passages(next_step, tuple(kept.get("next_step", ()))),
        quote=Quote(quote["text"], quote["start"], quote["end"]) if quote else None,
        erased=False,
    )


def filled(store: ContentStore, content_id: str, template: str, sealed: bytes | None, place: str) -> str:
    """A template with its sealed list of passages filled in; the erased ones say so."""
    if OPENING not in template:
        return template
    kept = _unsealed(store, content_id, sealed, place)
    return fill_passages(template, None if kept is None else tuple(kept))


def _unsealed(store: ContentStore, content_id: str, sealed: bytes | None, place: str) -> Any:
    if sealed is None:
        return None
    try:
        return store.unseal(content_id, sealed, place)
    except ContentErased:
        return None
