"""A person's own account: its name, and the browsers that are signed in to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from starlette.responses import Response

from feedforward import urls
from feedforward.accounts.account_actions import rename
from feedforward.accounts.account_pages import account_body
from feedforward.accounts.account_queries import own_account
from feedforward.accounts.rules import problem_with_name
from feedforward.accounts.session_actions import end_one_session, sign_out_everywhere
from feedforward.accounts.sso_account_routes import institutions_part
from feedforward.web.access import SignedIn
from feedforward.web.context import Web
from feedforward.web.routing import Routes
from feedforward.web.sessions import clear_session

routes = Routes()


@dataclass(frozen=True, slots=True)
class NameForm:
    name: str


@routes.get("/account")
async def show_account(who: SignedIn, web: Web) -> Response:
    return await _account_page(web, who, name=who.person.name, errors={})


@routes.post("/account/name")
async def save_name(who: SignedIn, web: Web, form: NameForm) -> Response:
    problem = problem_with_name(form.name)
    if problem is not None:
        return await _account_page(web, who, name=form.name, errors={"name": problem})
    await web.database.write(rename, user_id=who.user_id, name=form.name, now=web.clock.now())
    return web.see(urls.account(), said="Your name is saved.")


@routes.post("/account/sessions/{handle}/end")
async def end_session_elsewhere(who: SignedIn, web: Web, handle: str) -> Response:
    await web.database.write(end_one_session, user_id=who.user_id, handle=handle, now=web.clock.now())
    return web.see(urls.account(), said="That browser is signed out.")


@routes.post("/account/sessions/end-all")
async def end_all_sessions(who: SignedIn, web: Web) -> Response:
    await web.database.write(sign_out_everywhere, user_id=who.user_id, now=web.clock.now())
    response = web.see(urls.sign_in(), said="You are signed out everywhere.")
    clear_session(response, web.services.settings)
    return response


async def _account_page(web: Web, who: SignedIn, *, name: str, errors: Mapping[str, str]) -> Response:
    now = web.clock.now()
    account = await web.database.read(
        own_account, user_id=who.user_id, token_hash=who.person.token_hash, now=now,
        idle_since=now - timedelta(minutes=web.services.settings.idle_minutes),
    )  # fmt: skip
    institutions = await institutions_part(web, who)
    body = account_body(account=account, name=name, now=now, errors=errors, institutions=institutions)
    return web.page(title="Your account", body=body, status=422 if errors else 200)
