"""One person's account, and what administrators do with it."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection
from starlette.responses import Response

from feedforward import urls
from feedforward.accounts.people_pages import PEOPLE_LINK
from feedforward.accounts.people_queries import PersonView, person_for_admin
from feedforward.accounts.proving import means_of, proved
from feedforward.accounts.reauthentication import Refusal
from feedforward.accounts.second_factor_actions import remove_second_factor
from feedforward.accounts.status_actions import (
    CHANGED,
    change_role,
    end_sessions_of,
    make_reset_link,
    move_account,
)
from feedforward.accounts.status_pages import act_body, owner_body, person_body, reset_link_body, seen
from feedforward.accounts.status_rules import NEEDS_PASSWORD, NEW_ROLES, Act, acts_for
from feedforward.accounts.status_words import DONE
from feedforward.courses.person_actions import CourseOfPerson, courses_of_person, owned_courses
from feedforward.errors import NotFound, RuleBroken
from feedforward.home.person_actions import delete_person
from feedforward.retention.person_erasure import finish_person_erasure, kept_of_person
from feedforward.ui.navigation import Link
from feedforward.web.access import Admin
from feedforward.web.context import Web
from feedforward.web.routing import Routes

routes = Routes()


@dataclass(frozen=True, slots=True)
class ActForm:
    seen: str
    confirmation: str
    present_password: str
    confirm_with: str


@routes.get("/admin/people/{user_id}")
async def show_person(who: Admin, web: Web, user_id: int) -> Response:
    person = await _person(web, user_id)
    courses = [_course(each, user_id) for each in await web.database.read(courses_of_person, user_id)]
    body = person_body(
        person=person, courses=courses, acts=_acts(who, person), own=person.user_id == who.user_id, now=web.clock.now()
    )  # fmt: skip
    return web.page(title=person.name, body=body, breadcrumbs=[PEOPLE_LINK])


@routes.get("/admin/people/{user_id}/{act}")
async def show_act(who: Admin, web: Web, user_id: int, act: str) -> Response:
    person, what = await _person(web, user_id), _act(act)
    if what not in _acts(who, person):
        return web.see(urls.person(user_id), said="That cannot be done with this account now.")
    means = await means_of(web, who, urls.act_on_person(user_id, what))
    return await _act_page(web, who, person, what, means.typed.get("confirmation", ""), {}, 200)


@routes.post("/admin/people/{user_id}/{act}")
async def take_act(who: Admin, web: Web, user_id: int, act: str, form: ActForm) -> Response:
    person, what = await _person(web, user_id), _act(act)
    if what not in _acts(who, person) or form.seen != seen(person):
        raise RuleBroken(CHANGED)
    if what in NEEDS_PASSWORD:
        own = urls.act_on_person(user_id, what)
        account = await proved(
            web, who, action=own, page=own, password=form.present_password, confirm_with=form.confirm_with,
            typed={"confirmation": form.confirmation},
        )  # fmt: skip
        if isinstance(account, Response):
            return account
        if isinstance(account, Refusal):
            errors = dict(account.errors("present_password"))
            return account.dressed(await _act_page(web, who, person, what, form.confirmation, errors, account.status))
    if what is Act.DELETE:
        return await _delete(who, web, person, form)
    if what is Act.RESET_LINK:
        token = await web.database.write(
            make_reset_link, admin_id=who.user_id, user_id=user_id, now=web.clock.now()
        )  # fmt: skip
        body = reset_link_body(person=person, link=f"{web.services.settings.site}{urls.reset_password(token)}")
        return web.page(title="A reset link", body=body, breadcrumbs=_way(person))
    await web.database.write(_do, who.user_id, person, what, web)
    return web.see(urls.person(user_id), said=DONE[what])


def _do(connection: Connection, admin_id: int, person: PersonView, act: Act, web: Web) -> None:
    """The acts that are done within one transaction."""
    now, user_id = web.clock.now(), person.user_id
    if act in NEW_ROLES:
        change_role(
            connection, admin_id=admin_id, user_id=user_id, come_from=person.role, go_to=NEW_ROLES[act], now=now
        )
    elif act is Act.END_SESSIONS:
        end_sessions_of(connection, admin_id=admin_id, user_id=user_id, now=now)
    elif act is Act.REMOVE_SECOND_FACTOR:
        remove_second_factor(connection, user_id=user_id, by=admin_id, now=now)
    else:
        move_account(connection, admin_id=admin_id, user_id=user_id, act=act, come_from=person.status, now=now)


async def _delete(who: Admin, web: Web, person: PersonView, form: ActForm) -> Response:
    owned = await web.database.read(owned_courses, person.user_id)
    if owned:
        body = owner_body(person=person, owned=owned)
        return web.page(title="Courses need an owner", body=body, breadcrumbs=_way(person), status=422)
    now = web.clock.now()
    try:
        decided = await web.database.write(
            delete_person, admin_id=who.user_id, user_id=person.user_id, confirmation=form.confirmation, now=now
        )
    except RuleBroken as broken:
        errors = {broken.field or "": broken.message}
        return await _act_page(web, who, person, Act.DELETE, form.confirmation, errors, 422)
    # What is interrupted here is finished by the hourly clean-up.
    await asyncio.to_thread(finish_person_erasure, web.database, web.content, decided, now=now)
    return web.see(urls.person(person.user_id), said=DONE[Act.DELETE])


async def _act_page(
    web: Web, who: Admin, person: PersonView, act: Act, typed: str, errors: dict[str, str], status: int
) -> Response:  # fmt: skip
    more: list[str] = []
    if act is Act.DELETE:
        owned = await web.database.read(owned_courses, person.user_id)
        if owned:
            body = owner_body(person=person, owned=owned)
            return web.page(title="Courses need an owner", body=body, breadcrumbs=_way(person), status=status)
        kept = await web.database.read(kept_of_person, person.user_id)
        more = _erased(kept.drafts, kept.preserved)
    means = await means_of(web, who, urls.act_on_person(person.user_id, act))
    body = act_body(person=person, act=act, more=more, typed=typed, means=means, errors=errors)
    return web.page(title=person.name, body=body, breadcrumbs=_way(person), status=status)


def _erased(drafts: int, preserved: int) -> list[str]:
    if not drafts:
        return []
    many = "The text of 1 draft is" if drafts == 1 else f"The texts of {drafts} drafts are"
    kept = f" That holds for {preserved} that somebody keeps longer for a reason, too." if preserved else ""
    return [f"{many} erased at once: file, text and every passage quoted from it.{kept}"]


def _act(raw: str) -> Act:
    if raw not in set(Act):
        raise NotFound
    return Act(raw)


def _acts(who: Admin, person: PersonView) -> tuple[Act, ...]:
    return acts_for(
        role=person.role, status=person.status, sessions=person.sessions, second_factor=person.second_factor,
        own=person.user_id == who.user_id, takes_reset=person.has_password,
    )  # fmt: skip


def _way(person: PersonView) -> list[Link]:
    return [PEOPLE_LINK, Link(person.name, urls.person(person.user_id))]


def _course(course: CourseOfPerson, user_id: int) -> tuple[str, str, str]:
    role = "studies here" if course.role is None else course.role.replace("_", "-")
    work = urls.work_of_student(course.course_id, user_id) if course.role is None else ""
    return f"{course.code}, {course.title}", f"{course.term} · {role} · {course.status}", work


async def _person(web: Web, user_id: int) -> PersonView:
    now = web.clock.now()
    return await web.database.read(
        person_for_admin, user_id, now=now, idle_since=now - timedelta(minutes=web.services.settings.idle_minutes)
    )
