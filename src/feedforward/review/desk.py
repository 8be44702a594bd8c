"""What every review handler does first and last: open the review for this person, and draw its page again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection
from starlette.responses import Response

from feedforward import urls
from feedforward.feedback.addressed_parts import CorrectionAttempt
from feedforward.feedback.addressed_queries import Addressed, addressed_comments
from feedforward.feedback.opened_page import ShownAddressed, opened_addressed
from feedforward.review.form_values import Reconciled, new_comment_fields, reconcile
from feedforward.review.neighbour_queries import Neighbours, neighbours
from feedforward.review.opening import opened_review
from feedforward.review.pages import review_body
from feedforward.review.queries import ReviewRows, erasure_notice_at, review_for_staff
from feedforward.review.sheet import Sheet
from feedforward.review.views import Review
from feedforward.ui.elements import Child, Li, P, Ul
from feedforward.ui.navigation import Link
from feedforward.ui.notices import Notice, NoticeKind, notice
from feedforward.web.access import Staff
from feedforward.web.context import Web


@dataclass(frozen=True, slots=True)
class Opened:
    """A review opened for one person, with the ways to its neighbours."""

    review: Review
    neighbours: Neighbours
    within: int | None
    addressed: tuple[ShownAddressed, ...]


def within_from(raw: str) -> int | None:
    """The assignment the queue is narrowed to; None for anything that is not an id."""
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) <= 18 else None


async def open_for(who: Staff, web: Web, draft_id: int, within: str) -> Opened:
    """NotFound unless this person teaches the course and the draft has feedback."""
    narrowed = within_from(within)

    def all_of_it(connection: Connection) -> tuple[ReviewRows, Neighbours, tuple[Addressed, ...]]:
        rows = review_for_staff(connection, who.user_id, draft_id)
        inside = narrowed == rows.head.assignment_id
        ways = neighbours(connection, who.user_id, rows.head, within=inside)
        return rows, ways, addressed_comments(connection, draft_id) if rows.head.number > 1 else ()

    rows, ways, earlier = await web.database.read(all_of_it)
    review = opened_review(web.content, rows)
    addressed = tuple(opened_addressed(web.content, review.head.content_id, each, review.text) for each in earlier)
    return Opened(review, ways, narrowed if narrowed == review.head.assignment_id else None, addressed)


def review_page(
    web: Web, opened: Opened, *, values: Mapping[str, str] | None = None, errors: Mapping[str, str] | None = None,
    clashes: Mapping[str, str] | None = None, notices: Sequence[Child] = (), typed: Mapping[str, str] | None = None,
    correcting: CorrectionAttempt | None = None, status: int = 200,
) -> Response:  # fmt: skip
    """The page with these values in its fields, or as the feedback stands."""
    head = opened.review.head
    sheet = Sheet(
        review=opened.review, neighbours=opened.neighbours, within=opened.within, now=web.clock.now(),
        values=opened.review.values() | new_comment_fields() | dict(values or {}),
        goes_at=erasure_notice_at(head, web.services.settings.unreleased_days),
        errors=errors or {}, clashes=clashes or {}, notices=notices, typed=typed or {},
        addressed=opened.addressed, correcting=correcting,
    )  # fmt: skip
    return web.page(
        title=f"{head.student}, draft {head.number}", body=review_body(sheet), wide=True, status=status,
        breadcrumbs=(
            Link("Review", urls.review_queue()),
            Link(head.assignment, urls.review_queue(head.assignment_id)),
        ),
    )  # fmt: skip


def stale_page(web: Web, opened: Opened, *, typed: Mapping[str, str], base: str) -> Response:
    """Somebody was quicker: what was typed and what they changed stand on one page, nothing was written."""
    current = opened.review.values() | new_comment_fields()
    merged = reconcile(typed=typed, base=base, current=current)
    return review_page(
        web, opened, values=merged.values, clashes=merged.clashes, status=409, notices=(_told(opened.review, merged),)
    )


def _told(review: Review, merged: Reconciled) -> Child:
    who = review.head.reviewer or "Somebody else"
    told = [f"{who} changed this feedback while you were writing, so nothing was saved yet."]
    names = names_of(review, [*merged.theirs, *merged.clashes])
    if names:
        told.append(f"They changed: {', '.join(names)}.")
    if merged.clashes:
        told.append("Where you both wrote, your words are in the field and theirs below it.")
    told.append("What you typed is all here: look it over and save again.")
    return notice(Notice(" ".join(told), NoticeKind.PERSON, title="Not saved yet."))


def refused_notice(message: str, typed: Sequence[str]) -> Child:
    """Why nothing can be saved, and the words that were typed, so that they can be copied."""
    kept = (
        (P("What you typed is kept here, so that you can copy it:"), Ul(*(Li(each) for each in typed)))
        if typed
        else None
    )
    return notice(Notice((message, kept), NoticeKind.FAILED, title="Not saved."))


def names_of(review: Review, fields: Sequence[str]) -> list[str]:
    """The fields as people call them, each once."""
    criteria = {str(each.criterion_id): each.criterion.name for each in review.criteria}
    places = {str(each.id): number for number, each in enumerate(review.comments, 1)}
    found = []
    for name in fields:
        kind, _, rest = name.partition(".")
        key = rest.partition(".")[0]
        if kind == "criterion":
            found.append(f"the level of {criteria.get(key, 'a criterion')}")
        elif kind == "comment":
            found.append(f"comment {places[key]}" if key in places else "a comment")
        else:
            found.append({"summary": "the summary", "note": "the note to the student"}.get(name, name))
    return list(dict.fromkeys(found))
