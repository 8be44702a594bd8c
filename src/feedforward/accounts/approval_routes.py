"""Administrators decide who becomes an instructor: one by one, and by domain."""

from dataclasses import dataclass

from starlette.responses import Response

from feedforward import urls
from feedforward.accounts.approval_actions import approve, reject
from feedforward.accounts.approval_pages import (
    NO_MAIL,
    REGISTRATIONS_LINK,
    domains_body,
    registration_body,
    registrations_body,
)
from feedforward.accounts.domain_actions import add_domain, remove_domain
from feedforward.accounts.domain_queries import domains
from feedforward.accounts.domain_rules import Decision, DomainRule, folded_domain, problem_with_domain
from feedforward.accounts.people_pages import PEOPLE_LINK
from feedforward.accounts.registration_queries import open_registration, open_registrations
from feedforward.accounts.registration_rules import problem_with_message
from feedforward.errors import RuleBroken
from feedforward.web.access import Admin
from feedforward.web.context import Web
from feedforward.web.routing import Routes

routes = Routes()


@dataclass(frozen=True, slots=True)
class ApproveForm:
    address_is_sure: bool


@dataclass(frozen=True, slots=True)
class RejectForm:
    message: str


@dataclass(frozen=True, slots=True)
class DomainForm:
    domain: str
    with_subdomains: bool
    decision: str


@routes.get("/admin/registrations")
async def show_registrations(who: Admin, web: Web) -> Response:
    body = registrations_body(
        found=await web.database.read(open_registrations), open_to_all=web.services.settings.self_registration,
        sends_mail=web.services.mail.sends, now=web.clock.now(),
    )  # fmt: skip
    return web.page(title="Who asks for an account", body=body, breadcrumbs=[PEOPLE_LINK])


@routes.get("/admin/registrations/{registration_id}")
async def show_registration(who: Admin, web: Web, registration_id: int) -> Response:
    return await _registration(web, registration_id, "", {}, 200)


@routes.post("/admin/registrations/{registration_id}/approve")
async def approve_registration(who: Admin, web: Web, registration_id: int, form: ApproveForm) -> Response:
    try:
        await web.database.write(
            approve, admin_id=who.user_id, registration_id=registration_id, address_is_sure=form.address_is_sure,
            now=web.clock.now(),
        )  # fmt: skip
    except RuleBroken as broken:
        return await _registration(web, registration_id, "", {broken.field or "": broken.message}, 422)
    told = "They are told by mail." if web.services.mail.sends else NO_MAIL
    return web.see(urls.registrations(), said=f"The account is made. {told}")


@routes.post("/admin/registrations/{registration_id}/reject")
async def reject_registration(who: Admin, web: Web, registration_id: int, form: RejectForm) -> Response:
    found = await web.database.read(open_registration, registration_id)
    problem = problem_with_message(form.message)
    if problem is not None:
        return await _registration(web, registration_id, form.message, {"message": problem}, 422)
    address = web.services.mail.addresses.sealed(found.email, found.name)
    await web.database.write(
        reject, admin_id=who.user_id, registration_id=registration_id, message=form.message, address=address,
        now=web.clock.now(),
    )  # fmt: skip
    told = "Your words are sent to them." if web.services.mail.sends else NO_MAIL
    return web.see(urls.registrations(), said=f"The registration is rejected. {told}")


@routes.get("/admin/domains")
async def show_domains(who: Admin, web: Web) -> Response:
    return await _domains(web, DomainForm("", False, Decision.APPROVE), {}, 200)


@routes.post("/admin/domains")
async def take_domain(who: Admin, web: Web, form: DomainForm) -> Response:
    domain = folded_domain(form.domain)
    problem = problem_with_domain(domain)
    errors = {"domain": problem} if problem else {}
    if form.decision not in set(Decision):
        errors["decision"] = "Choose what becomes of them."
    if errors:
        return await _domains(web, form, errors, 422)
    rule = DomainRule(domain, form.with_subdomains, Decision(form.decision))
    try:
        await web.database.write(add_domain, admin_id=who.user_id, rule=rule, now=web.clock.now())
    except RuleBroken as broken:
        return await _domains(web, form, {broken.field or "": broken.message}, 422)
    return web.see(urls.domains(), said="The domain is in the list.")


@routes.post("/admin/domains/{domain_id}/remove")
async def take_domain_out(who: Admin, web: Web, domain_id: int) -> Response:
    await web.database.write(remove_domain, admin_id=who.user_id, domain_id=domain_id, now=web.clock.now())
    return web.see(urls.domains(), said="The domain is removed. Accounts that came in by it stay.")


async def _registration(
    web: Web, registration_id: int, message: str, errors: dict[str, str], status: int
) -> Response:  # fmt: skip
    found = await web.database.read(open_registration, registration_id)
    body = registration_body(
        found=found, message=message, errors=errors, sends_mail=web.services.mail.sends, now=web.clock.now()
    )
    return web.page(title=found.name, body=body, breadcrumbs=[PEOPLE_LINK, REGISTRATIONS_LINK], status=status)


async def _domains(web: Web, form: DomainForm, errors: dict[str, str], status: int) -> Response:
    body = domains_body(
        lines=await web.database.read(domains), domain=form.domain, with_subdomains=form.with_subdomains,
        decision=form.decision, errors=errors,
    )  # fmt: skip
    return web.page(title="Domains", body=body, breadcrumbs=[PEOPLE_LINK, REGISTRATIONS_LINK], status=status)
