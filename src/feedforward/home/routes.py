"""The page everybody starts on, by what they are here."""

import asyncio
from datetime import timedelta

from starlette.responses import Response

from feedforward.accounts.mail_pages import undelivered_notice
from feedforward.courses.queries import newest_courses
from feedforward.courses.rules import may_create_course
from feedforward.extraction.sandbox import sandbox_kind
from feedforward.home.admin_pages import admin_home_body
from feedforward.home.admin_queries import admin_home
from feedforward.home.queries import student_home
from feedforward.home.staff_pages import MOST_COURSES, staff_home_body
from feedforward.home.staff_queries import to_review
from feedforward.home.student_pages import student_home_body
from feedforward.ui.elements import Child
from feedforward.ui.layout import page_head
from feedforward.web.access import Role, SignedIn
from feedforward.web.context import Web
from feedforward.web.routing import Routes

routes = Routes()

WORKER_ALIVE = timedelta(minutes=2)


@routes.get("/")
async def home(who: SignedIn, web: Web) -> Response:
    person = who.person
    body: list[Child] = [page_head(title=f"Good to see you, {person.name}")]
    if person.undelivered:
        body.append(undelivered_notice(person.undelivered))
    if person.role is Role.ADMIN:
        body.append(await _admin(web))
    if person.role is Role.INSTRUCTOR or person.teaches:
        body.append(await _staff(web, who))
    if person.role is Role.STUDENT or person.studies:
        body.append(await _student(web, who))
    return web.page(title="Home", body=body)


async def _student(web: Web, who: SignedIn) -> Child:
    now, settings = web.clock.now(), web.services.settings
    found = await web.database.read(student_home, who.user_id, now)
    return student_home_body(
        home=found, now=now, notice_days=settings.notice_days, unreleased_days=settings.unreleased_days
    )


async def _staff(web: Web, who: SignedIn) -> Child:
    reviews = await web.database.read(to_review, who.user_id)
    courses = await web.database.read(newest_courses, who.user_id, MOST_COURSES + 1)
    return staff_home_body(
        reviews=reviews, courses=courses, now=web.clock.now(), may_create=may_create_course(who.person.role)
    )


async def _admin(web: Web) -> Child:
    now = web.clock.now()
    found = await web.database.read_slow(admin_home, now - WORKER_ALIVE)
    sandbox = await asyncio.to_thread(sandbox_kind)
    kind = "SQLite" if web.database.is_sqlite else "PostgreSQL"
    return admin_home_body(
        home=found, now=now, database_kind=kind, readers=web.services.readers, sandbox=sandbox,
        sends_mail=web.services.mail.sends,
    )  # fmt: skip
