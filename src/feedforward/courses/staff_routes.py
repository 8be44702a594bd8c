"""The staff of a course: adding, roles, removing, a tutor's part of the roster, and another owner."""

import asyncio
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from sqlalchemy import Connection
from starlette.responses import Response

from feedforward import urls
from feedforward.courses.part_rules import students_numbered
from feedforward.courses.queries import CourseView, course_for_staff, require_owner
from feedforward.courses.roster_routes import crumbs
from feedforward.courses.staff_actions import add_staff, change_role, give_part, remove_staff, transfer_course
from feedforward.courses.staff_pages import part_body, staff_body
from feedforward.courses.staff_queries import Teacher, TutorPart, staff_of_course, tutor_part
from feedforward.errors import RuleBroken
from feedforward.mail.addresses import SealedAddress
from feedforward.ui.navigation import Link
from feedforward.web.access import Staff
from feedforward.web.context import Web
from feedforward.web.routing import Routes

routes = Routes()


@dataclass(frozen=True, slots=True)
class AddForm:
    email: str
    role: str


@dataclass(frozen=True, slots=True)
class RoleForm:
    come_from: str
    go_to: str


@dataclass(frozen=True, slots=True)
class PartForm:
    who: str
    sections: tuple[str, ...]
    students: tuple[str, ...]
    numbers: str


@dataclass(frozen=True, slots=True)
class TransferForm:
    to: str
    confirmation: str


@routes.get("/courses/{course_id}/staff")
async def show_staff(who: Staff, web: Web, course_id: int) -> Response:
    return await _staff_page(who, web, course_id, {}, {})


@routes.post("/courses/{course_id}/staff/add")
async def add(who: Staff, web: Web, course_id: int, form: AddForm) -> Response:
    await web.database.read(require_owner, who.user_id, course_id)
    try:
        at_once = await web.database.write(
            add_staff, owner_id=who.user_id, course_id=course_id, email=form.email, role=form.role,
            address=await asyncio.to_thread(_sealed, web, form.email), now=web.clock.now(),
        )  # fmt: skip
    except RuleBroken as broken:
        return await _refused(who, web, course_id, {"form": "add", **asdict(form)}, broken)
    if at_once:
        return web.see(urls.course_staff(course_id), said="They teach this course now.")
    said = "An invitation as a tutor is on its way. Under “Invitations” you can also make a link to hand over."
    return web.see(urls.course_staff(course_id), said=said)


@routes.post("/courses/{course_id}/staff/{user_id}/role")
async def take_role(who: Staff, web: Web, course_id: int, user_id: int, form: RoleForm) -> Response:
    await web.database.write(
        change_role, owner_id=who.user_id, course_id=course_id, user_id=user_id, come_from=form.come_from,
        go_to=form.go_to, now=web.clock.now(),
    )  # fmt: skip
    return web.see(urls.course_staff(course_id), said="The role is changed.")


@routes.post("/courses/{course_id}/staff/{user_id}/remove")
async def remove(who: Staff, web: Web, course_id: int, user_id: int) -> Response:
    await web.database.write(
        remove_staff, owner_id=who.user_id, course_id=course_id, user_id=user_id, now=web.clock.now()
    )
    return web.see(urls.course_staff(course_id), said="They no longer teach this course. What they wrote stays.")


@routes.get("/courses/{course_id}/staff/{user_id}/part")
async def show_part(who: Staff, web: Web, course_id: int, user_id: int) -> Response:
    def both(connection: Connection) -> tuple[CourseView, TutorPart]:
        part = tutor_part(connection, who.user_id, course_id, user_id)
        return course_for_staff(connection, who.user_id, course_id), part

    course, part = await web.database.read(both)
    crumb = Link("Staff", urls.course_staff(course_id))
    return web.page(
        title="Part of the roster", body=part_body(course=course, part=part), breadcrumbs=(*crumbs(course), crumb)
    )


@routes.post("/courses/{course_id}/staff/{user_id}/part")
async def save_part(who: Staff, web: Web, course_id: int, user_id: int, form: PartForm) -> Response:
    part = await web.database.read(tutor_part, who.user_id, course_id, user_id)
    sections, students = set(form.sections) & set(part.all_sections), _ids(form.students)
    numbered, problem = students_numbered(form.numbers, part.numbers, everybody=form.who == "all")
    if problem is not None:
        course = await web.database.read(course_for_staff, who.user_id, course_id)
        typed = replace(
            part, tutor=replace(part.tutor, sees_all=form.who == "all"), sections=frozenset(sections),
            students=frozenset(students),
        )  # fmt: skip
        body = part_body(course=course, part=typed, numbers=form.numbers, error=problem)
        crumb = Link("Staff", urls.course_staff(course_id))
        return web.page(title="Part of the roster", body=body, breadcrumbs=(*crumbs(course), crumb), status=422)
    await web.database.write(
        give_part, staff_id=who.user_id, course_id=course_id, tutor_id=user_id, everybody=form.who == "all",
        sections=sections, students=students | numbered, now=web.clock.now(),
    )  # fmt: skip
    return web.see(urls.course_staff(course_id), said="Saved. They see the drafts of these students from now on.")


@routes.post("/courses/{course_id}/transfer")
async def transfer(who: Staff, web: Web, course_id: int, form: TransferForm) -> Response:
    await web.database.read(require_owner, who.user_id, course_id)
    try:
        await web.database.write(
            transfer_course, owner_id=who.user_id, course_id=course_id, to=next(iter(_ids((form.to,))), 0),
            confirmation=form.confirmation, now=web.clock.now(),
        )  # fmt: skip
    except RuleBroken as broken:
        return await _refused(who, web, course_id, {"form": "transfer", **asdict(form)}, broken)
    return web.see(urls.course_staff(course_id), said="The course has a new owner, and you are a co-instructor of it.")


def _sealed(web: Web, email: str) -> SealedAddress | None:
    """The address as an invitation needs it; None where it is no address."""
    try:
        return web.services.mail.addresses.sealed(email)
    except RuleBroken:
        return None


def _ids(raw: tuple[str, ...]) -> set[int]:
    return {int(each) for each in raw if each.isascii() and each.isdigit() and len(each) <= 18}


async def _refused(who: Staff, web: Web, course_id: int, typed: Mapping[str, str], broken: RuleBroken) -> Response:
    return await _staff_page(who, web, course_id, typed, {broken.field or "": broken.message})


async def _staff_page(
    who: Staff, web: Web, course_id: int, typed: Mapping[str, str], errors: Mapping[str, str]
) -> Response:
    def both(connection: Connection) -> tuple[CourseView, list[Teacher]]:
        course = course_for_staff(connection, who.user_id, course_id)
        return course, staff_of_course(connection, who.user_id, course_id)

    course, staff = await web.database.read(both)
    return web.page(
        title=f"Staff of {course.code}", body=staff_body(course=course, staff=staff, typed=typed, errors=errors),
        breadcrumbs=crumbs(course), status=422 if errors else 200, wide=True,
    )  # fmt: skip
