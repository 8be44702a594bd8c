"""The audit log: its page, and the file that is made of it."""

from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import Connection
from starlette.responses import Response, StreamingResponse

from feedforward.audit.record import record
from feedforward.home.audit_asked import AuditAsked, AuditTyped, parse_asked
from feedforward.home.audit_csv import csv_of
from feedforward.home.audit_pages import audit_body
from feedforward.home.audit_queries import audit_page
from feedforward.web.access import Admin
from feedforward.web.context import Web
from feedforward.web.routing import Routes

routes = Routes()


@dataclass(frozen=True, slots=True)
class ExportForm:
    """The filters of the page the button stood on."""

    who: str
    kind: str
    words: str
    on: str
    number: str
    since: str
    until: str
    where: str


@routes.get("/admin/audit")
async def show_audit_log(who: Admin, web: Web) -> Response:
    typed = AuditTyped.of({each.name: web.query(each.name) for each in fields(AuditTyped)})
    return await _page(web, typed, parse_asked(typed))


@routes.post("/admin/audit/export")
async def export_audit_log(who: Admin, web: Web, form: ExportForm) -> Response:
    typed = AuditTyped.of({each.name: getattr(form, each.name) for each in fields(ExportForm)})
    asked = parse_asked(typed)
    if isinstance(asked, dict):
        return await _page(web, typed, asked)
    now = web.clock.now()
    await web.database.write(note_export, admin_id=who.user_id, filters=sorted(typed.filters()), now=now)
    return StreamingResponse(
        csv_of(web.database, asked),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="audit-{now:%Y-%m-%d}.csv"'},
    )


def note_export(connection: Connection, *, admin_id: int, filters: list[str], now: datetime) -> None:
    """Which filters were set, not what was typed into them: that could be anything."""
    record(
        connection, at=now, actor_id=admin_id, action="audit.export", subject=("audit", "log"), filters=filters
    )  # fmt: skip


async def _page(web: Web, typed: AuditTyped, asked: AuditAsked | dict[str, str]) -> Response:
    if isinstance(asked, dict):
        body = audit_body(events=(), typed=typed, errors=asked, after=None)
        return web.page(title="Audit log", body=body, wide=True, status=422)
    events, after = await web.database.read_slow(audit_page, asked)
    body = audit_body(events=events, typed=typed, errors={}, after=after)
    return web.page(title="Audit log", body=body, wide=True)
