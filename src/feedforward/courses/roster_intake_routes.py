"""Adding people to a course: show the form, show what will happen, and write exactly that."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection
from starlette.responses import Response

from feedforward import urls
from feedforward.accounts.limits import UPLOADS
from feedforward.courses.pauses import LISTS, must_wait
from feedforward.courses.queries import CourseView, course_for_staff, require_may_change
from feedforward.courses.roster_actions import PlanChanged, add_people, plan_of
from feedforward.courses.roster_file import read_roster_file, read_roster_text
from feedforward.courses.roster_intake_pages import add_people_body, dry_run_body
from feedforward.courses.roster_plan import Planned, Step, fingerprint
from feedforward.courses.roster_rows import Roster, rows_carried
from feedforward.errors import RuleBroken
from feedforward.mail.addresses import SealedAddress
from feedforward.ui.navigation import Link
from feedforward.web.access import Staff
from feedforward.web.context import Web
from feedforward.web.forms import Upload
from feedforward.web.routing import Routes

routes = Routes()

COURSES = Link("Courses", urls.courses())


@dataclass(frozen=True, slots=True)
class ListForm:
    emails: str
    file: Upload | None


@dataclass(frozen=True, slots=True)
class ConfirmForm:
    rows: str
    shown: str


@routes.get("/courses/{course_id}/people/add")
async def show_add_people(who: Staff, web: Web, course_id: int) -> Response:
    return _form_page(web, await web.database.read(_course_to_change, who.user_id, course_id), "", {})


@routes.post("/courses/{course_id}/people/check")
async def check_people(who: Staff, web: Web, course_id: int, form: ListForm) -> Response:
    course = await web.database.read(_course_to_change, who.user_id, course_id)
    if form.file is not None and form.emails.strip():
        told = {"file": "Take either the list or the file, not both: it could not be told which line is whose."}
        return _form_page(web, course, form.emails, told)
    pause = await must_wait(web, UPLOADS, str(who.user_id), "uploads")
    if pause is not None:
        return pause
    try:
        # Aside: two megabytes take a second.
        roster: Roster = (
            await asyncio.to_thread(read_roster_file, form.file.data)
            if form.file is not None
            else await asyncio.to_thread(read_roster_text, form.emails)
        )
    except RuleBroken as broken:
        return _form_page(web, course, form.emails, {broken.field or "": broken.message})
    plan = await web.database.read_slow(plan_of, who.user_id, course_id, roster.rows, web.clock.now())
    return _dry_run(web, course, plan, roster, 200)


@routes.post("/courses/{course_id}/people/add")
async def write_people(who: Staff, web: Web, course_id: int, form: ConfirmForm) -> Response:
    course = await web.database.read(_course_to_change, who.user_id, course_id)
    rows, now = rows_carried(form.rows), web.clock.now()
    plan = await web.database.read_slow(plan_of, who.user_id, course_id, rows, now)
    if fingerprint(plan) != form.shown:
        return _dry_run(web, course, plan, Roster(rows), 409)
    pause = await must_wait(web, LISTS, str(who.user_id), "lists")
    if pause is not None:
        return pause
    addresses = await asyncio.to_thread(_sealed, web, plan)
    try:
        done = await web.database.write(
            add_people, staff_id=who.user_id, course_id=course_id, rows=rows, shown=form.shown, addresses=addresses,
            now=now,
        )  # fmt: skip
    except PlanChanged:
        plan = await web.database.read_slow(plan_of, who.user_id, course_id, rows, now)
        return _dry_run(web, course, plan, Roster(rows), 409)
    only_invited = done[Step.INVITE] and not done[Step.ENROL]
    return web.see(
        urls.course_invitations(course_id) if only_invited else urls.course_people(course_id), said=_said(done)
    )


def _sealed(web: Web, plan: Sequence[Planned]) -> dict[str, SealedAddress]:
    """The addresses of those who are invited: sealing takes 50 µs each, which does not belong in a transaction."""
    return {
        each.row.email: web.services.mail.addresses.sealed(
            each.row.email, "".join(mark for mark in each.row.name if mark.isprintable())
        )
        for each in plan
        if each.step is Step.INVITE
    }


def _said(done: dict[Step, int]) -> str:
    told = [
        f"{done[step]} {word}"
        for step, word in ((Step.ENROL, "enrolled"), (Step.INVITE, "invited"), (Step.CHANGE, "brought up to date"))
        if done[step]
    ]
    return f"Done: {', '.join(told)}."


def _course_to_change(connection: Connection, user_id: int, course_id: int) -> CourseView:
    require_may_change(connection, user_id, course_id)
    return course_for_staff(connection, user_id, course_id)


def _crumbs(course: CourseView) -> tuple[Link, ...]:
    return (COURSES, Link(course.code, urls.course(course.id)), Link("People", urls.course_people(course.id)))


def _form_page(web: Web, course: CourseView, typed: str, errors: dict[str, str]) -> Response:
    body = add_people_body(course=course, typed=typed, errors=errors, sends_mail=web.services.mail.sends)
    return web.page(
        title=f"Add students to {course.code}", body=body, breadcrumbs=_crumbs(course), status=422 if errors else 200
    )


def _dry_run(web: Web, course: CourseView, plan: Sequence[Planned], roster: Roster, status: int) -> Response:
    body = dry_run_body(
        course=course, plan=plan, refused=roster.refused, twice=roster.twice, changed=status == 409
    )  # fmt: skip
    return web.page(
        title="What will happen", body=body, breadcrumbs=_crumbs(course), status=status, wide=True
    )  # fmt: skip
