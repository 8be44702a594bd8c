"""The list of accounts, for administrators."""

from starlette.responses import Response

from feedforward.accounts.people_pages import people_body
from feedforward.accounts.people_queries import people
from feedforward.accounts.people_rules import AccountStatus, PeopleAsked
from feedforward.web.access import Admin, Role
from feedforward.web.context import Web
from feedforward.web.routing import Routes

routes = Routes()


@routes.get("/admin/people")
async def show_people(who: Admin, web: Web) -> Response:
    asked = _asked(web)
    lines, after = await web.database.read_slow(people, asked)
    return web.page(title="People", body=people_body(lines=lines, asked=asked, after=after), wide=True)


def _asked(web: Web) -> PeopleAsked:
    """What the address asks for; what is none of our words is left out."""
    role, status, before = web.query("role"), web.query("status"), web.query("before")
    return PeopleAsked(
        words=web.query("q")[:200],
        role=Role(role) if role in set(Role) else None,
        status=AccountStatus(status) if status in set(AccountStatus) else None,
        before=int(before) if before.isascii() and before.isdigit() and len(before) <= 18 else None,
    )
