"""Joining a course: whoever holds an invitation’s link makes an account of its address, or confirms with theirs."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from feedforward import urls
from feedforward.accounts.actions import forget_try
from feedforward.accounts.password_routes import judged
from feedforward.accounts.passwords import hash_password_aside
from feedforward.accounts.reauthentication import paused
from feedforward.accounts.rules import folded_email, problem_with_name
from feedforward.accounts.signing_in import Onward, after_first_step
from feedforward.accounts.sso_desk import desk_of
from feedforward.accounts.sso_flow import Waiting, carried_identity, drop
from feedforward.accounts.sso_pages import elsewhere_body
from feedforward.accounts.sso_signing_in import choice_of, choices_of, sign_in_as
from feedforward.accounts.tries import Counted, Pause, counted_try
from feedforward.courses.invitation_joining import join_as_known, join_as_new, join_by_sign_on
from feedforward.courses.invitation_queries import Offered, optional_offer
from feedforward.courses.invitation_rules import JOINS, InvitedAs, Offer
from feedforward.courses.join_pages import (
    cannot_join_body,
    confirm_join_body,
    join_body,
    join_by_sign_on_body,
    pause_body,
    sign_in_first_body,
    somebody_else_body,
)
from feedforward.errors import RuleBroken
from feedforward.web.access import Public, SignedIn
from feedforward.web.context import Web
from feedforward.web.routing import Routes
from feedforward.web.sessions import hash_of
from feedforward.web.typed_text import version_typed

routes = Routes()

NOT_ACCEPTED = "An account takes that you accept the terms."


@dataclass(frozen=True, slots=True)
class JoinForm:
    token: str
    name: str
    password: str
    accepted: bool
    terms_version: str


@dataclass(frozen=True, slots=True)
class SignOnJoinForm:
    token: str
    name: str
    accepted: bool
    terms_version: str


@dataclass(frozen=True, slots=True)
class ConfirmForm:
    token: str


@routes.get("/join")
async def show_join(who: Public, web: Web) -> Response:
    token, waiting = web.query("token"), carried_identity(web)
    offered = await _offered(web, token)
    if offered is not None and offered.known and waiting is not None and waiting.identity.email == offered.email:
        # Their account is here already: they connect it, and come back to this page.
        return web.see(urls.connect_sign_on())
    return _page(who, web, token, offered, name=offered.name if offered is not None else "", errors={})


@routes.post("/join")
async def join(who: Public, web: Web, form: JoinForm) -> Response:
    counted = await _counted(web, form.token)
    if isinstance(counted, Pause):
        return _paused(web, counted)
    offered = await _offered(web, form.token)
    if offered is None or offered.offer is not Offer.GOOD:
        return _page(who, web, form.token, offered, name=form.name, errors={})
    if who.person is not None or offered.known or desk_of(web).elsewhere(offered.email) is not None:
        await web.database.write(forget_try, counted.try_id)
        return _page(who, web, form.token, offered, name=form.name, errors={}, status=422)
    problems = {
        "name": problem_with_name(form.name),
        "password": await judged(web, form.password, email=offered.email, name=form.name),
        "accepted": None if form.accepted else NOT_ACCEPTED,
    }
    errors = {field: problem for field, problem in problems.items() if problem}
    if errors:
        await web.database.write(forget_try, counted.try_id)
        return _page(who, web, form.token, offered, name=form.name, errors=errors, status=422)
    password_hash = await hash_password_aside(form.password)
    try:
        joined = await web.database.write(
            join_as_new, token=form.token, name=form.name.strip(), password_hash=password_hash,
            terms_version=version_typed(form.terms_version), now=web.clock.now(),
        )  # fmt: skip
    except RuleBroken as broken:
        # The same link was used at the same moment, or the address got an account: then the page says that instead.
        again, errors = await _offered(web, form.token), {broken.field or "": broken.message}
        return _page(who, web, form.token, again, name=form.name, errors=errors, status=422)
    to = urls.course(joined.course_id) if offered.role is InvitedAs.TUTOR else urls.home()
    return await after_first_step(web, who, user_id=joined.user_id, to=Onward(to), try_id=counted.try_id)


@routes.post("/join/sign-on")
async def join_with_institution(who: Public, web: Web, form: SignOnJoinForm) -> Response:
    waiting = carried_identity(web)
    counted = await _counted(web, form.token)
    if isinstance(counted, Pause):
        return _paused(web, counted)
    offered = await _offered(web, form.token)
    problems = {"name": problem_with_name(form.name), "accepted": None if form.accepted else NOT_ACCEPTED}
    errors = {field: problem for field, problem in problems.items() if problem}
    good = offered is not None and offered.offer is Offer.GOOD and not offered.known
    if offered is None or not good or waiting is None or who.person is not None or errors:
        if good:
            await web.database.write(forget_try, counted.try_id)
        return _page(who, web, form.token, offered, name=form.name, errors=errors, status=422)
    try:
        joined = await web.database.write(
            join_by_sign_on, token=form.token, name=form.name.strip(), identity=waiting.identity,
            terms_version=version_typed(form.terms_version), now=web.clock.now(),
        )  # fmt: skip
    except RuleBroken as broken:
        again = await _offered(web, form.token)
        errors = {broken.field or "": broken.message}
        return _page(who, web, form.token, again, name=form.name, errors=errors, status=422)
    to = urls.course(joined.course_id) if offered.role is InvitedAs.TUTOR else urls.home()
    response = await sign_in_as(
        web, who, user_id=joined.user_id, identity=waiting.identity, to=Onward(to), try_id=counted.try_id
    )
    drop(response, web, Waiting)
    return response


@routes.post("/join/confirm")
async def confirm_join(who: SignedIn, web: Web, form: ConfirmForm) -> Response:
    counted = await _counted(web, form.token)
    if isinstance(counted, Pause):
        return _paused(web, counted)
    offered = await _offered(web, form.token)
    if offered is None or offered.offer is not Offer.GOOD or offered.email != folded_email(who.person.email):
        return _page(Public(who.person), web, form.token, offered, name="", errors={}, status=422)
    joined = await web.database.write(join_as_known, token=form.token, user_id=who.user_id, now=web.clock.now())
    await web.database.write(forget_try, counted.try_id)
    to = urls.course(joined.course_id) if offered.role is InvitedAs.TUTOR else urls.home()
    return web.see(to, said=f"You have joined {offered.course_code}.")


async def _offered(web: Web, token: str) -> Offered | None:
    return await web.database.read(optional_offer, token, web.clock.now())


async def _counted(web: Web, token: str) -> Counted | Pause:
    return await counted_try(web, JOINS, hash_of(token))


def _paused(web: Web, pause: Pause) -> Response:
    refusal = paused(pause, "tries to join")
    return refusal.dressed(
        web.page(title="Join a course", body=pause_body(message=refusal.message), status=refusal.status)
    )


def _page(
    who: Public, web: Web, token: str, offered: Offered | None, *, name: str, errors: Mapping[str, str],
    status: int = 200,
) -> Response:  # fmt: skip
    """What this link means for whoever opens it."""
    if offered is None or offered.offer is not Offer.GOOD:
        body = cannot_join_body(offered=offered, signed_in=who.person is not None)
        return web.page(title="Join a course", body=body, status=404)
    if who.person is not None and folded_email(who.person.email) == offered.email:
        body = confirm_join_body(offered=offered, token=token)
    elif who.person is not None:
        body = somebody_else_body(offered=offered, present=who.person.email)
    elif offered.known:
        body = sign_in_first_body(offered=offered, token=token)
    elif (waiting := carried_identity(web)) is not None:
        body = join_by_sign_on_body(
            offered=offered, token=token, name=name or waiting.identity.name, errors=errors,
            label=desk_of(web).client(waiting.identity.institution).institution.label,
        )  # fmt: skip
    elif (elsewhere := desk_of(web).elsewhere(offered.email)) is not None:
        body = elsewhere_body(choice=choice_of(elsewhere, urls.join(token)), held_to="", held={})
    else:
        choices = choices_of(web, urls.join(token))
        body = join_body(offered=offered, token=token, name=name, errors=errors, institutions=choices)
    return web.page(title="Join a course", body=body, status=status)
