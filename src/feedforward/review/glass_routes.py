"""Student work for administrators who say why: it lives here because here is all there is to read of a draft."""

from dataclasses import dataclass
from datetime import timedelta

from starlette.responses import Response

from feedforward import urls
from feedforward.courses.glass_actions import close_glass, open_glass, read_under_glass
from feedforward.courses.glass_queries import all_openings, optional_opening
from feedforward.courses.glass_rules import Opening
from feedforward.drafts.content import read_content
from feedforward.errors import NotFound, RuleBroken
from feedforward.review.decision_routes import safe_file_name
from feedforward.review.glass_pages import WHAT, address_of, list_body, openings_body, reason_body
from feedforward.review.glass_queries import (
    Named,
    draft_and_review,
    work_lines,
    work_of_course,
    work_of_draft,
    work_of_student,
)
from feedforward.review.glass_reading import draft_body
from feedforward.review.opening import opened_review
from feedforward.storage.content import ContentErased
from feedforward.ui.navigation import Link
from feedforward.web.access import Admin
from feedforward.web.context import Web
from feedforward.web.routing import Routes

routes = Routes()

WORK = Link("Student work", urls.student_work())


@dataclass(frozen=True, slots=True)
class ReasonForm:
    reason: str


@routes.get("/admin/student-work")
async def show_openings(who: Admin, web: Web) -> Response:
    what, number = web.query("what"), web.query("number").strip()
    errors: dict[str, str] = {}
    if what in WHAT:
        if number.isascii() and number.isdigit() and len(number) <= 18:
            return web.see((urls.work_of_draft if what == "draft" else urls.work_of_course)(int(number)))
        errors = {"number": "Give the number alone: it stands at the end of the address."}
    return await _openings(who, web, errors)


@routes.post("/admin/student-work/{opening_id}/close")
async def close_opening(who: Admin, web: Web, opening_id: int) -> Response:
    try:
        await web.database.write(close_glass, admin_id=who.user_id, opening_id=opening_id, now=web.clock.now())
    except RuleBroken as broken:
        return await _openings(who, web, {"": broken.message})
    return web.see(urls.student_work(), said="Closed. You cannot read there any more.")


@routes.get("/admin/student-work/drafts/{draft_id}/open")
async def ask_for_draft(who: Admin, web: Web, draft_id: int) -> Response:
    return await _ask(who, web, await web.database.read(work_of_draft, draft_id))


@routes.post("/admin/student-work/drafts/{draft_id}/open")
async def open_draft(who: Admin, web: Web, draft_id: int, form: ReasonForm) -> Response:
    return await _open(who, web, await web.database.read(work_of_draft, draft_id), form)


@routes.get("/admin/student-work/courses/{course_id}/students/{student_id}/open")
async def ask_for_student(who: Admin, web: Web, course_id: int, student_id: int) -> Response:
    return await _ask(who, web, await web.database.read(work_of_student, course_id, student_id))


@routes.post("/admin/student-work/courses/{course_id}/students/{student_id}/open")
async def open_student(who: Admin, web: Web, course_id: int, student_id: int, form: ReasonForm) -> Response:
    return await _open(who, web, await web.database.read(work_of_student, course_id, student_id), form)


@routes.get("/admin/student-work/courses/{course_id}/open")
async def ask_for_course(who: Admin, web: Web, course_id: int) -> Response:
    return await _ask(who, web, await web.database.read(work_of_course, course_id))


@routes.post("/admin/student-work/courses/{course_id}/open")
async def open_course(who: Admin, web: Web, course_id: int, form: ReasonForm) -> Response:
    return await _open(who, web, await web.database.read(work_of_course, course_id), form)


@routes.get("/admin/student-work/courses/{course_id}")
async def show_course_work(who: Admin, web: Web, course_id: int) -> Response:
    return await _list(who, web, await web.database.read(work_of_course, course_id))


@routes.get("/admin/student-work/courses/{course_id}/students/{student_id}")
async def show_student_work(who: Admin, web: Web, course_id: int, student_id: int) -> Response:
    return await _list(who, web, await web.database.read(work_of_student, course_id, student_id))


@routes.get("/admin/student-work/drafts/{draft_id}")
async def show_draft_work(who: Admin, web: Web, draft_id: int) -> Response:
    named = await web.database.read(work_of_draft, draft_id)
    opening = await _reading(who, web, named, "draft")
    if opening is None:
        return web.see(urls.say_why(address_of(named.place)))
    draft, rows = await web.database.read(draft_and_review, draft_id)
    body = draft_body(
        named=named, opening=opening, draft=draft, content=read_content(web.content, draft),
        review=None if rows is None else opened_review(web.content, rows), now=web.clock.now(),
    )  # fmt: skip
    return web.page(title=f"Draft {draft_id}", body=body, breadcrumbs=(WORK,))


@routes.get("/admin/student-work/drafts/{draft_id}/file")
async def show_file_work(who: Admin, web: Web, draft_id: int) -> Response:
    named = await web.database.read(work_of_draft, draft_id)
    if await _reading(who, web, named, "file") is None:
        return web.see(urls.say_why(address_of(named.place)))
    draft, _ = await web.database.read(draft_and_review, draft_id)
    content = read_content(web.content, draft)
    if content is None or not draft.has_file:
        raise NotFound("The file of this draft was erased, or the text was pasted.")
    try:
        data = web.content.get_file(draft.content_id)
    except ContentErased:
        raise NotFound("The file of this draft was erased.") from None
    name = safe_file_name(content.file_name, draft_id)
    return Response(
        data,
        media_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


async def _reading(who: Admin, web: Web, named: Named, page: str) -> Opening | None:
    """Recorded before anything is shown; None where nothing open takes the place in."""
    return await web.database.write(
        read_under_glass, admin_id=who.user_id, place=named.place, page=page, now=web.clock.now()
    )


async def _list(who: Admin, web: Web, named: Named) -> Response:
    opening = await _reading(who, web, named, "list")
    if opening is None:
        return web.see(urls.say_why(address_of(named.place)))
    before = web.query("before")
    start = int(before) if before.isascii() and before.isdigit() and len(before) <= 18 else None
    lines, after = await web.database.read_slow(work_lines, named.place, start)
    body = list_body(named=named, opening=opening, lines=lines, after=after, now=web.clock.now())
    return web.page(title=named.student or named.course, body=body, breadcrumbs=(WORK,), wide=True)


async def _ask(who: Admin, web: Web, named: Named) -> Response:
    if await web.database.read(optional_opening, who.user_id, named.place, web.clock.now()) is not None:
        return web.see(address_of(named.place))
    return _reason_page(web, named, "", {}, 200)


async def _open(who: Admin, web: Web, named: Named, form: ReasonForm) -> Response:
    lasts = timedelta(minutes=web.services.settings.break_glass_minutes)
    try:
        await web.database.write(
            open_glass, admin_id=who.user_id, place=named.place, reason=form.reason, lasts=lasts, now=web.clock.now()
        )
    except RuleBroken as broken:
        return _reason_page(web, named, form.reason, {broken.field or "": broken.message}, 422)
    return web.see(address_of(named.place))


def _reason_page(web: Web, named: Named, typed: str, errors: dict[str, str], status: int) -> Response:
    minutes = web.services.settings.break_glass_minutes
    body = reason_body(named=named, minutes=minutes, typed=typed, errors=errors)
    return web.page(title="This is student work", body=body, breadcrumbs=(WORK,), status=status)


async def _openings(who: Admin, web: Web, errors: dict[str, str]) -> Response:
    openings = await web.database.read(all_openings)
    body = openings_body(openings=openings, me=who.user_id, now=web.clock.now(), errors=errors)
    return web.page(title="Student work", body=body, wide=True, status=422 if errors else 200)
