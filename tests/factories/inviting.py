"""Inviting through the pages, handing over links and joining by them."""

from typing import Any

from sqlalchemy import select

from feedforward import urls
from feedforward.courses.tables import Invitation
from feedforward.web.access import Role
from tests.factories.site import Site, Visitor
from tests.factories.teaching import make_course

NEW = "a lamp beside the garden door"


def rows_of(site: Site, statement: Any) -> list[Any]:
    return site.wiring.database.read_now(lambda connection: list(connection.execute(statement).all()))


def invite(who: Visitor, course_id: int, *emails: str) -> None:
    who.get(urls.add_people(course_id))
    who.submit(urls.check_people(course_id), emails="\n".join(emails))
    who.submit(urls.add_people(course_id))
    assert who.status == 200, who.page.text


def opened(site: Site, name: str = "Iris Instructor", code: str = "ENG 101") -> tuple[Visitor, int]:
    instructor = site.person(name, Role.INSTRUCTOR)
    return instructor, make_course(instructor, code=code)


def the_invitation(site: Site) -> int:
    return int(rows_of(site, select(Invitation.id))[0].id)


def status(site: Site) -> str:
    return str(rows_of(site, select(Invitation.status))[0].status)


def hand_over(who: Visitor, site: Site, course_id: int) -> str:
    """The path of a link made on the page."""
    who.get(urls.course_invitations(course_id))
    page = who.submit(urls.invitation_link(course_id, the_invitation(site)))
    words = next(word for word in page.text.split() if "/join?token=" in word)
    return words[words.index("/join") :]


def join(site: Site, path: str, name: str = "Nora Newman", password: str = NEW) -> Visitor:
    visitor = site.visitor()
    visitor.get(path)
    visitor.submit(urls.join(), name=name, password=password, accepted="yes")
    return visitor
