"""The durable story of a draft: its readings are planned, each is made once, and the last one merges them.

Workflows and steps carry ids and short codes only; what a step may be asked twice, it does once (see `desk.py`).
"""

from dbos import DBOS

from feedforward.assessment.desk import ReadingDesk
from feedforward.assessment.engine import MAKE_READING, PRODUCE_FEEDBACK
from feedforward.assessment.planning import draft_of


def register_workflows(desk: ReadingDesk) -> None:
    """Give the engine its workflows, under the names that pages enqueue them by."""

    @DBOS.step(name="plan_readings")
    async def plan_readings(draft_id: int) -> bool:
        return await desk.begin(draft_id)

    @DBOS.step(name="read_draft")
    async def read_draft(reading_id: str, dispatch: int) -> str:
        return await desk.read(reading_id, dispatch)

    @DBOS.step(name="merge_readings")
    async def merge_readings(draft_id: int) -> bool:
        return await desk.finish(draft_id)

    @DBOS.workflow(name=PRODUCE_FEEDBACK)
    async def produce_feedback(draft_id: int) -> None:
        """A submitted draft: every reading the assignment asks for is planned, and handed over as leases allow."""
        await plan_readings(draft_id)

    @DBOS.workflow(name=MAKE_READING)
    async def make_reading(reading_id: str, dispatch: int) -> None:
        """One reading; whichever ends last merges the draft's readings, and then it awaits review."""
        await read_draft(reading_id, dispatch)
        await merge_readings(draft_of(reading_id))
