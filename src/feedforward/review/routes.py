"""Reviewing one draft: reading it, saving, releasing, setting a time."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from feedforward import urls
from feedforward.errors import RuleBroken
from feedforward.review.actions import READ_ONLY, WITH_THE_READERS, StaleEdit, save, schedule, unschedule
from feedforward.review.changes import FormError, changes_from
from feedforward.review.desk import Opened, open_for, refused_notice, review_page, stale_page
from feedforward.review.form_values import NEW, comment_field, new_comment_fields, typed_values
from feedforward.review.releasing import release, require_releasable
from feedforward.review.rules import may_edit, release_moment
from feedforward.review.sealing import sealed_changes, sealed_document
from feedforward.ui.comments import comment_anchor
from feedforward.ui.dates import moment_text
from feedforward.web.access import Staff
from feedforward.web.context import Web
from feedforward.web.forms import Rest
from feedforward.web.routing import Routes

routes = Routes()


@dataclass(frozen=True, slots=True)
class ReviewForm:
    """The whole document: `edit` and `base` say what the form showed, `then` and `move` which button was pressed."""

    edit: str
    base: str
    within: str
    then: str
    move: str
    release_at: str
    undo: str
    fields: Rest


class NotSavedError(Exception):
    """The form could not be saved; `response` shows it again with everything typed."""

    def __init__(self, response: Response) -> None:
        super().__init__("answered")
        self.response = response


@routes.get("/review/{draft_id}")
async def show_review(who: Staff, web: Web, draft_id: int) -> Response:
    return review_page(web, await open_for(who, web, draft_id, web.query("assignment")))


@routes.post("/review/{draft_id}/save")
async def save_review(who: Staff, web: Web, draft_id: int, form: ReviewForm) -> Response:
    try:
        opened, added = await _saved(who, web, draft_id, form)
    except NotSavedError as answered:
        return answered.response
    here = urls.review(draft_id, opened.within)
    if form.move:
        return web.see(f"{here}#{comment_anchor(form.move.partition('.')[0])}", said="Saved in the new order.")
    if form.then == "next" and opened.neighbours.next is not None:
        return web.see(urls.review(opened.neighbours.next, opened.within), said="Saved. This is the next draft.")
    return web.see(f"{here}#{comment_anchor(str(added))}" if added else here, said="Saved.")


@routes.post("/review/{draft_id}/comments")
async def add_comment(who: Staff, web: Web, draft_id: int, form: ReviewForm) -> Response:
    text = comment_field(NEW, "text")
    if not form.fields.get(text, "").strip():
        opened = await open_for(who, web, draft_id, form.within)
        problem = {text: "Your comment: write what you want to say."}
        return review_page(web, opened, values=typed_values(form.base, form.fields), errors=problem, status=422)
    return await save_review(who, web, draft_id, form)


@routes.post("/review/{draft_id}/release")
async def release_review(who: Staff, web: Web, draft_id: int, form: ReviewForm) -> Response:
    try:
        await _saved(who, web, draft_id, form)
    except NotSavedError as answered:
        return answered.response
    # Saved first, and its new state read again: the version that is sealed is the one that is released.
    opened = await open_for(who, web, draft_id, form.within)
    try:
        require_releasable(opened.review)
        await web.database.write(
            release, head=opened.review.head, document=sealed_document(web.content, opened.review),
            user_id=who.user_id, retention_days=web.services.settings.retention_days, now=web.clock.now(),
        )  # fmt: skip
    except StaleEdit:
        return stale_page(web, await open_for(who, web, draft_id, form.within), typed={}, base="")
    except RuleBroken as broken:
        return review_page(web, opened, errors={"": broken.message}, status=422)
    onward = opened.neighbours.next
    again = " again, as a new version" if opened.review.head.version else ""
    if onward is None:
        return web.see(urls.review(draft_id, opened.within), said=f"Released{again}.")
    return web.see(urls.review(onward, opened.within), said=f"Released{again}. This is the next draft.")


@routes.post("/review/{draft_id}/schedule")
async def schedule_review(who: Staff, web: Web, draft_id: int, form: ReviewForm) -> Response:
    now = web.clock.now()
    if form.undo:
        await web.database.write(
            unschedule, user_id=who.user_id, draft_id=draft_id, edit=number_from(form.edit), now=now
        )
        return web.see(urls.review(draft_id), said="It will not go out by itself.")
    opened = await open_for(who, web, draft_id, form.within)
    typed = typed_values(form.base, form.fields)
    try:
        moment = release_moment(form.release_at, opened.review.head.time_zone, now)
    except RuleBroken as broken:
        return review_page(
            web, opened, values=typed, errors={"release_at": broken.message}, typed={"release_at": form.release_at},
            status=422,
        )  # fmt: skip
    try:
        await _saved(who, web, draft_id, form)
    except NotSavedError as answered:
        return answered.response
    opened = await open_for(who, web, draft_id, form.within)
    try:
        require_releasable(opened.review)
    except RuleBroken as broken:
        return review_page(web, opened, errors={"": broken.message}, status=422)
    head = opened.review.head
    await web.database.write(
        schedule, user_id=who.user_id, draft_id=draft_id, edit=head.edit, release_at=moment, now=now
    )
    return web.see(
        urls.review(draft_id, opened.within), said=f"Saved. It goes out {moment_text(moment, head.time_zone)}."
    )


async def _saved(who: Staff, web: Web, draft_id: int, form: ReviewForm) -> tuple[Opened, int | None]:
    """Write the changes; the review as it stood before, and an added comment's id. NotSavedError otherwise."""
    opened = await open_for(who, web, draft_id, form.within)
    typed = typed_values(form.base, form.fields)
    head = opened.review.head
    if head.is_read_only or head.is_being_read or not may_edit(head.status):
        raise NotSavedError(_too_late(web, opened, typed))
    if number_from(form.edit) != head.edit:
        raise NotSavedError(stale_page(web, opened, typed=typed, base=form.base))
    try:
        changes = changes_from(opened.review, typed, move=form.move)
    except FormError as found:
        raise NotSavedError(review_page(web, opened, values=typed, errors=found.problems, status=422)) from None
    sealed = sealed_changes(web.content, opened.review, changes, user_id=who.user_id)
    try:
        added = await web.database.write(
            save, user_id=who.user_id, draft_id=draft_id, edit=head.edit, changes=sealed, now=web.clock.now()
        )
    except StaleEdit:
        newer = await open_for(who, web, draft_id, form.within)
        raise NotSavedError(stale_page(web, newer, typed=typed, base=form.base)) from None
    return opened, added


def _too_late(web: Web, opened: Opened, typed: Mapping[str, str]) -> Response:
    """Released or read again meanwhile: the page says so, and shows what was typed so that it can be copied."""
    head = opened.review.head
    message = READ_ONLY if head.is_read_only else WITH_THE_READERS if head.is_being_read else (
        "This feedback was released meanwhile, so it cannot be changed. Recall it below to amend it."
    )  # fmt: skip
    standing = opened.review.values() | new_comment_fields()
    lost = [
        value for name, value in typed.items() if len(value) > 5 and value.strip() != standing.get(name, "").strip()
    ]
    return review_page(web, opened, notices=(refused_notice(message, lost),), status=409)


def number_from(raw: str) -> int:
    """The number of an edit; -1, which fits no row, for anything else."""
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) <= 9 else -1
