"""Mail as people and administrators see it: what they are told, turning it off, and the outbox."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from feedforward import urls
from feedforward.accounts.account_pages import ACCOUNT_LINK
from feedforward.accounts.earlier_secrets import secrets_before
from feedforward.accounts.mail_actions import choose_mail, mark_undelivered_seen, send_again, unsubscribe
from feedforward.accounts.mail_outbox_pages import laid_out_body, outbox_body
from feedforward.accounts.mail_pages import mail_body, unsubscribe_body, unsubscribed_body
from feedforward.accounts.mail_queries import (
    MailRow,
    frequencies,
    laid_out_message,
    outbox_counts,
    outbox_page,
    undelivered_of,
)
from feedforward.accounts.mail_rules import parse_choices, topics_for
from feedforward.encryption import CannotDecrypt
from feedforward.errors import NotFound
from feedforward.mail.folder import laid_out_text
from feedforward.mail.rules import USUAL_FREQUENCY, MailStatus, Topic
from feedforward.web.access import Admin, Public, Role, SignedIn
from feedforward.web.context import Web
from feedforward.web.forms import Repeated, Rest
from feedforward.web.routing import Routes

routes = Routes()


@dataclass(frozen=True, slots=True)
class ChoicesForm:
    """A frequency by topic."""

    choices: Rest


@dataclass(frozen=True, slots=True)
class SeenForm:
    up_to: str


@dataclass(frozen=True, slots=True)
class OneClickForm:
    """Whatever a mail program sends along: the address alone says what is turned off."""

    rest: Repeated


@routes.get("/account/mail")
async def show_mail(who: SignedIn, web: Web) -> Response:
    chosen = await web.database.read(frequencies, who.user_id)
    now = {topic: str(chosen.get(topic, USUAL_FREQUENCY[topic])) for topic in Topic}
    return await _mail_page(who, web, now, {}, 200)


@routes.post("/account/mail")
async def save_mail(who: SignedIn, web: Web, form: ChoicesForm) -> Response:
    typed = {topic: form.choices.get(topic, "") for topic in Topic}
    chosen, problems = parse_choices(_topics(who), typed)
    if problems:
        return await _mail_page(who, web, typed, problems, 422)
    await web.database.write(choose_mail, user_id=who.user_id, chosen=chosen, now=web.clock.now())
    return web.see(urls.mail_settings(), said="What you are told by mail is saved.")


@routes.post("/account/mail/undelivered")
async def undelivered_seen(who: SignedIn, web: Web, form: SeenForm) -> Response:
    up_to = int(form.up_to) if form.up_to.isascii() and form.up_to.isdigit() and len(form.up_to) <= 18 else 0
    await web.database.write(mark_undelivered_seen, user_id=who.user_id, up_to=up_to, now=web.clock.now())
    return web.see(urls.mail_settings(), said="They are not shown any more.")


@routes.get("/mail/unsubscribe/{token}")
async def ask_to_unsubscribe(who: Public, web: Web, token: str) -> Response:
    _, what = await _unsubscribing(web, token)
    return web.page(title="No more mail of this kind", body=unsubscribe_body(token=token, what=what))


@routes.post("/mail/unsubscribe/{token}")
async def do_unsubscribe(who: Public, web: Web, token: str, form: OneClickForm) -> Response:
    """From our own page, or straight from a mail program (RFC 8058): the signature in the address is the permission."""
    user_id, what = await _unsubscribing(web, token)
    await web.database.write(unsubscribe, user_id=user_id, what=what, now=web.clock.now())
    return web.page(title="It is turned off", body=unsubscribed_body())


@routes.get("/admin/mail")
async def show_outbox(who: Admin, web: Web) -> Response:
    asked = web.query("show")
    show = MailStatus(asked) if asked in set(MailStatus) else None
    number = web.query("page")
    page = max(1, int(number)) if number.isascii() and number.isdigit() and len(number) <= 6 else 1
    rows, total = await web.database.read_slow(outbox_page, show, page)
    counts = await web.database.read_slow(outbox_counts)
    settings = web.services.settings
    server = f"{settings.smtp_host}, port {settings.smtp_port}" if web.services.mail.sends else ""
    body = outbox_body(
        rows=_with_recipients(web, rows), counts=counts, show=show, page=page, total=total, server=server,
        now=web.clock.now(),
    )  # fmt: skip
    return web.page(title="Mail", body=body, wide=True)


@routes.get("/admin/mail/{message_id}")
async def show_laid_out(who: Admin, web: Web, message_id: int) -> Response:
    row = await web.database.read(laid_out_message, message_id)
    words = laid_out_text(web.services.mail.folder, message_id)
    ((_, to),) = _with_recipients(web, [row])
    return web.page(title="A letter", body=laid_out_body(row=row, to=to, words=words))


@routes.post("/admin/mail/{message_id}/again")
async def do_send_again(who: Admin, web: Web, message_id: int) -> Response:
    await web.database.write(send_again, admin_id=who.user_id, message_id=message_id, now=web.clock.now())
    return web.see(urls.outbox(), said="The message is tried again now.")


async def _mail_page(
    who: SignedIn, web: Web, chosen: dict[Topic, str], errors: dict[str, str], status: int
) -> Response:
    undelivered = await web.database.read(undelivered_of, who.user_id)
    body = mail_body(
        topics=_topics(who), chosen=chosen, errors=errors, sends=web.services.mail.sends,
        undelivered=_with_recipients(web, undelivered),
    )  # fmt: skip
    return web.page(title="Mail to you", body=body, breadcrumbs=[ACCOUNT_LINK], status=status)


def _topics(who: SignedIn) -> tuple[Topic, ...]:
    person = who.person
    return topics_for(
        studies=person.role is Role.STUDENT or person.studies, teaches=person.role is Role.INSTRUCTOR or person.teaches
    )


async def _unsubscribing(web: Web, token: str) -> tuple[int, str]:
    found = web.services.mail.unsubscribing(token) or web.services.mail.unsubscribing(token, await secrets_before(web))
    if found is None:
        raise NotFound
    return found


def _with_recipients(web: Web, rows: Sequence[MailRow]) -> list[tuple[MailRow, str]]:
    """Each with whom it is for, in words; sealed addresses are opened."""
    return [(row, _recipient(web, row)) for row in rows]


def _recipient(web: Web, row: MailRow) -> str:
    if row.address is None:
        return f"{row.user_name} ({row.user_email})" if row.user_name else "An account that is gone"
    try:
        known = web.services.mail.addresses.opened(row.address)
    except CannotDecrypt:
        return "An address that cannot be read: the secret key has changed"
    return f"{known.name} ({known.email})" if known.name else known.email
