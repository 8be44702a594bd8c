"""The terms of service: reading them, accepting them, and editing them together with the privacy policy."""

from dataclasses import dataclass

from starlette.responses import Response

from feedforward import urls
from feedforward.accounts.terms_actions import accept, publish_terms
from feedforward.accounts.terms_pages import Editing, accept_body, edit_terms_body, terms_body
from feedforward.accounts.terms_queries import current_terms, editions
from feedforward.accounts.terms_rules import filled, problem_with_terms
from feedforward.accounts.terms_words import placeholder_values
from feedforward.errors import RuleBroken
from feedforward.web.access import Admin, Public, Settling
from feedforward.web.context import Web
from feedforward.web.held import local_path
from feedforward.web.routing import Routes

routes = Routes()


@dataclass(frozen=True, slots=True)
class AcceptForm:
    version: str
    accepted: bool
    next: str


@dataclass(frozen=True, slots=True)
class TermsForm:
    version: str
    terms: str
    privacy: str
    needs_acceptance: bool
    do: str


@routes.get("/terms")
async def show_terms(who: Public, web: Web) -> Response:
    terms = await web.database.read(current_terms)
    body = terms_body(version=terms.version, terms=filled(terms.terms, _values(web)))
    return web.page(title="Terms of service", body=body)


@routes.get("/terms/accept")
async def show_accept(who: Settling, web: Web) -> Response:
    return await _accept_page(web, local_path(web.query("next"), urls.home()), {}, 200)


@routes.post("/terms/accept")
async def take_accept(who: Settling, web: Web, form: AcceptForm) -> Response:
    back_to = local_path(form.next, urls.home())
    if not form.accepted:
        return await _accept_page(web, back_to, {"accepted": "Tick that you accept the terms, or sign out."}, 422)
    try:
        await web.database.write(accept, user_id=who.user_id, version=_number(form.version), now=web.clock.now())
    except RuleBroken as broken:
        return await _accept_page(web, back_to, {broken.field or "": broken.message}, 422)
    return web.see(back_to)


@routes.get("/admin/terms")
async def show_edit_terms(who: Admin, web: Web) -> Response:
    terms = await web.database.read(current_terms)
    return await _edit_page(web, Editing(terms.version, terms.terms, terms.privacy, False), {}, 200, preview=False)


@routes.post("/admin/terms")
async def take_edit_terms(who: Admin, web: Web, form: TermsForm) -> Response:
    editing = Editing(_number(form.version), form.terms, form.privacy, form.needs_acceptance)
    problems = {"terms": problem_with_terms(form.terms), "privacy": problem_with_terms(form.privacy)}
    errors = {field: problem for field, problem in problems.items() if problem}
    if errors:
        return await _edit_page(web, editing, errors, 422, preview=False)
    if form.do != "publish":
        return await _edit_page(web, editing, {}, 200, preview=True)
    try:
        version = await web.database.write(
            publish_terms, admin_id=who.user_id, seen=editing.version, terms=form.terms, privacy=form.privacy,
            needs_acceptance=form.needs_acceptance, now=web.clock.now(),
        )  # fmt: skip
    except RuleBroken as broken:
        return await _edit_page(web, editing, {"": broken.message}, 422, preview=False)
    return web.see(urls.edit_terms(), said=f"Edition {version} is published and in force.")


def _values(web: Web) -> dict[str, str]:
    return dict(placeholder_values(web.services.settings, web.services.readers))


def _number(raw: str) -> int:
    """-1 for what is no version of ours."""
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) <= 9 else -1


async def _accept_page(web: Web, back_to: str, errors: dict[str, str], status: int) -> Response:
    terms, values = await web.database.read(current_terms), _values(web)
    body = accept_body(
        version=terms.version, terms=filled(terms.terms, values), privacy=filled(terms.privacy, values),
        back_to=back_to, errors=errors,
    )  # fmt: skip
    return web.page(title="The terms have changed", body=body, status=status)


async def _edit_page(
    web: Web, editing: Editing, errors: dict[str, str], status: int, *, preview: bool
) -> Response:  # fmt: skip
    values = _values(web)
    body = edit_terms_body(
        editing=editing, preview=(filled(editing.terms, values), filled(editing.privacy, values)) if preview else None,
        editions=await web.database.read(editions), values=values, errors=errors,
    )  # fmt: skip
    return web.page(title="Terms and privacy policy", body=body, status=status)
