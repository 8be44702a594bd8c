"""The invitations of a course: their list, and what instructors do with one."""

import asyncio

from sqlalchemy import Connection
from starlette.responses import Response

from feedforward import urls
from feedforward.courses.invitation_actions import make_link, remove_invitation, revoke_invitation, send_again
from feedforward.courses.invitation_pages import SHOWN_WORDS, invitations_body, link_made_body
from feedforward.courses.invitation_queries import InvitationPage, address_of_invitation, invitations_of_course
from feedforward.courses.pauses import LETTERS, must_wait
from feedforward.courses.queries import CourseView, course_for_staff
from feedforward.courses.roster_routes import crumbs, page_asked
from feedforward.ui.navigation import Link
from feedforward.web.access import Staff
from feedforward.web.context import Web
from feedforward.web.routing import Routes

routes = Routes()


@routes.get("/courses/{course_id}/invitations")
async def show_invitations(who: Staff, web: Web, course_id: int) -> Response:
    shown = web.query("show") if web.query("show") in SHOWN_WORDS else "open"
    search, page = web.query("q").strip()[:100], page_asked(web)

    def both(connection: Connection) -> tuple[CourseView, InvitationPage]:
        found = invitations_of_course(
            connection, who.user_id, course_id, shown=shown, search=search, page=page, now=web.clock.now()
        )
        return course_for_staff(connection, who.user_id, course_id), found

    course, found = await web.database.read(both)
    body = invitations_body(
        course=course, found=found, shown=shown, search=search, page=page, sends_mail=web.services.mail.sends
    )
    return web.page(title=f"Invitations to {course.code}", body=body, breadcrumbs=crumbs(course), wide=True)


@routes.post("/courses/{course_id}/invitations/{invitation_id}/send")
async def send(who: Staff, web: Web, course_id: int, invitation_id: int) -> Response:
    email, name = await web.database.read(address_of_invitation, who.user_id, course_id, invitation_id)
    pause = await must_wait(web, LETTERS, str(invitation_id), "letters about this invitation")
    if pause is not None:
        return pause
    plain = "".join(mark for mark in name if mark.isprintable())
    address = await asyncio.to_thread(web.services.mail.addresses.sealed, email, plain)
    await web.database.write(
        send_again, staff_id=who.user_id, course_id=course_id, invitation_id=invitation_id, address=address,
        now=web.clock.now(),
    )  # fmt: skip
    said = "A new letter is on its way; its link is good for 30 days, and those of earlier letters are not any more."
    return web.see(urls.course_invitations(course_id), said=said)


@routes.post("/courses/{course_id}/invitations/{invitation_id}/link")
async def hand_over(who: Staff, web: Web, course_id: int, invitation_id: int) -> Response:
    email, _ = await web.database.read(address_of_invitation, who.user_id, course_id, invitation_id)
    token = await web.database.write(
        make_link, staff_id=who.user_id, course_id=course_id, invitation_id=invitation_id, now=web.clock.now()
    )
    course = await web.database.read(course_for_staff, who.user_id, course_id)
    # The answer itself, not a redirect: the token must not wait in a cookie or an address.
    body = link_made_body(course=course, email=email, link=f"{web.services.settings.site}{urls.join(token)}")
    crumb = Link("Invitations", urls.course_invitations(course_id))
    return web.page(title="A link to hand over", body=body, breadcrumbs=(*crumbs(course), crumb))


@routes.post("/courses/{course_id}/invitations/{invitation_id}/revoke")
async def revoke(who: Staff, web: Web, course_id: int, invitation_id: int) -> Response:
    await web.database.read(address_of_invitation, who.user_id, course_id, invitation_id)
    await web.database.write(
        revoke_invitation, staff_id=who.user_id, course_id=course_id, invitation_id=invitation_id, now=web.clock.now()
    )
    said = "The invitation is taken back, and its links work no more. To undo, send it again."
    return web.see(urls.course_invitations(course_id), said=said)


@routes.post("/courses/{course_id}/invitations/{invitation_id}/remove")
async def remove(who: Staff, web: Web, course_id: int, invitation_id: int) -> Response:
    await web.database.write(
        remove_invitation, staff_id=who.user_id, course_id=course_id, invitation_id=invitation_id, now=web.clock.now()
    )
    said = "The invitation is removed and its links work no more. Who has joined already stays in the course."
    return web.see(urls.course_invitations(course_id), said=said)
