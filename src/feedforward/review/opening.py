"""From sealed rows to what a person reads: content unsealed, passages filled in, erased ones said."""

from typing import Any

from sqlalchemy import Row

from feedforward.drafts.rules import DraftContent
from feedforward.extraction.places import Places
from feedforward.feedback.rules import CommentKind, Quote
from feedforward.review.queries import ReviewRows
from feedforward.review.views import CommentDetail, CriterionResult, Head, ReadingDetail, Review
from feedforward.storage.content import ContentErased, ContentStore
from feedforward.storage.passages import fill_passages

CONTENT_PLACE = "draft content"
COMMENT_PLACE = "comment"
SUMMARY_PLACE = "summary"
ANSWER_PLACE = "answer"
RECORD_PLACE = "record"
VERSION_PLACE = "version"


def opened_or_none(store: ContentStore, content_id: str, sealed: bytes | None, place: str) -> Any:
    """The value that was sealed at this place; None where there is none or it was erased."""
    if sealed is None:
        return None
    try:
        return store.unseal(content_id, sealed, place)
    except ContentErased:
        return None


def opened_content(store: ContentStore, head: Head) -> DraftContent | None:
    """What the student handed in; None where it was erased."""
    stored = opened_or_none(store, head.content_id, head.content, CONTENT_PLACE)
    return None if stored is None else DraftContent.from_json(stored)


def opened_review(store: ContentStore, rows: ReviewRows) -> Review:
    """The review as a person reads it."""
    store = store.for_one_page()
    head = rows.head
    content = opened_content(store, head)
    passages = opened_or_none(store, head.content_id, head.summary_passages, SUMMARY_PLACE)
    filled = None if passages is None else tuple(passages)
    document = content.document if content else None
    places = Places(document) if document else None
    return Review(
        head=head,
        rubric=rows.rubric,
        criteria=_criteria(rows),
        comments=tuple(_comment(store, head.content_id, row, places) for row in rows.comments),
        readings=_readings(store, rows),
        summary=fill_passages(head.summary_template, filled),
        note=fill_passages(head.note_template, filled),
        document=document,
        hidden=content.hidden if content else (),
        warnings=content.warnings if content else (),
    )


def _criteria(rows: ReviewRows) -> tuple[CriterionResult, ...]:
    """In the rubric's order; a criterion without a row yet stands unjudged."""
    by_id = {row.criterion_id: row for row in rows.criteria}
    found = []
    for criterion in rows.rubric.criteria:
        criterion_id = int(criterion.key)
        row = by_id.get(criterion_id)
        found.append(
            CriterionResult(
                criterion_id=criterion_id, criterion=criterion,
                merged_score=row.merged_score if row else None, merged_level=row.merged_level if row else None,
                disagreement=row.disagreement if row else None, scores=row.scores if row else 0,
                score=row.score if row else None, level=row.level if row else None,
                edited_by=row.edited_by if row else None,
            )
        )  # fmt: skip
    return tuple(found)


def _comment(store: ContentStore, content_id: str, row: Row[*tuple[Any, ...]], places: Places | None) -> CommentDetail:
    sealed = opened_or_none(store, content_id, row.passages, COMMENT_PLACE)
    quote = Quote(**sealed["quote"]) if sealed and sealed.get("quote") else None
    return CommentDetail(
        id=row.id, position=row.position, criterion_id=row.criterion_id, kind=CommentKind(row.kind),
        text=fill_passages(row.text, _passages(sealed, "text")),
        next_step=fill_passages(row.next_step, _passages(sealed, "next_step")),
        looked_in=fill_passages(row.looked_in, None), quote=quote,
        place=places.of(quote.start) if quote and places else "",
        quote_erased=row.has_quote and quote is None, supported=row.supported,
        kept=row.kept, dropped=row.dropped, priority=row.priority, support=row.support, of=row.of, readers=row.readers,
        by_person=row.origin == "person", edited_by=row.edited_by, merged=sealed.get("merged") if sealed else None,
        uptake=row.uptake, uptake_note=row.uptake_note or "",
    )  # fmt: skip


def _passages(sealed: Any, part: str) -> tuple[str, ...] | None:
    return None if sealed is None else tuple(sealed.get(part) or ())


def _readings(store: ContentStore, rows: ReviewRows) -> tuple[ReadingDetail, ...]:
    scores: dict[str, dict[int, tuple[float | None, int | None]]] = {}
    calibrated: dict[str, dict[int, tuple[float, int]]] = {}
    looked_at: dict[str, dict[int, tuple[tuple[str, ...], bool]]] = {}
    for row in rows.scores:
        scores.setdefault(row.reading_id, {})[row.criterion_id] = (row.score, row.level)
        if row.calibrated is not None:
            calibrated.setdefault(row.reading_id, {})[row.criterion_id] = (row.calibrated, row.calibrated_level)
        if row.topics is not None:
            topics = tuple(row.topics.split("\n")) if row.topics else ()
            looked_at.setdefault(row.reading_id, {})[row.criterion_id] = (topics, row.chosen)
    return tuple(
        ReadingDetail(
            id=row.id,
            round=row.round,
            reader=row.reader,
            run=row.run,
            status=row.status,
            seconds=row.seconds,
            tokens_in=row.tokens_in,
            tokens_out=row.tokens_out,
            cost_microdollars=row.cost_microdollars,
            error=row.error,
            fallback_for=row.fallback_for,
            prompt_version=row.prompt_version,
            has_record=row.has_record,
            answer=opened_or_none(store, rows.head.content_id, row.answer, ANSWER_PLACE),
            scores=scores.get(row.id, {}),
            calibrated=calibrated.get(row.id, {}),
            looked_at=looked_at.get(row.id, {}),
        )
        for row in rows.readings
    )
