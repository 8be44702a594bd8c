"""Settings of assignments through the pages, and what the built-in reader makes of a draft, for tests of both."""

import asyncio
from datetime import datetime

from sqlalchemy import select

from feedforward import urls
from feedforward.assessment.calls import WorkerIdentity
from feedforward.assessment.desk import ReadingDesk
from feedforward.audit.tables import AuditEvent
from feedforward.llm.gateways.model_gateway import ModelGateway
from feedforward.ui.fields import date_time_value
from tests.assessment.handed_over import HandedOver, lanes
from tests.factories.site import Site, Visitor
from tests.factories.teaching import ZONE

ADA = ["ada@example.edu"]


def one(site: Site, statement: object) -> object:
    return site.wiring.database.read_now(lambda connection: connection.execute(statement).scalar_one())  # type: ignore[call-overload]


def acts(site: Site, beginning: str) -> list[str]:
    statement = select(AuditEvent.action).where(AuditEvent.action.startswith(beginning)).order_by(AuditEvent.id)
    return site.wiring.database.read_now(lambda connection: list(connection.execute(statement).scalars()))


def local(moment: datetime) -> str:
    return date_time_value(moment, ZONE)


def choose(instructor: Visitor, assignment_id: int, **chosen: str | list[str]) -> None:
    """Change the settings of an assignment on their page."""
    address = urls.assignment_settings(assignment_id)
    instructor.get(address)
    instructor.submit(address, None, **chosen)
    assert instructor.status == 200, instructor.page.text
    assert instructor.path == urls.assignment(assignment_id), instructor.page.text


def read_by_the_built_in_reader(site: Site, draft_id: int) -> None:
    """What the worker does with a draft that was handed in."""
    wiring, engine = site.wiring, HandedOver()
    desk = ReadingDesk(
        database=wiring.database, content=wiring.content, clock=wiring.clock, gateway=ModelGateway(), providers=(),
        lanes=lanes(built_in=4), engine=engine, worker=WorkerIdentity(1, "b" * 32), tries=1,
    )  # fmt: skip

    async def work() -> None:
        assert await desk.begin(draft_id)
        for reading_id, dispatch in list(engine.readings):
            assert await desk.read(reading_id, dispatch) == "done"
        assert await desk.finish(draft_id)

    asyncio.run(work())
