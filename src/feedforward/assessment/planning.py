"""Planning a draft's readings and handing them to the engine as their providers' leases allow."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Connection, bindparam, exists, insert, literal_column, or_, select, update

from feedforward.assessment.lanes import Lane
from feedforward.assessment.tables import Reading
from feedforward.assignments.queries import reader_settings
from feedforward.assignments.version_actions import version_in_force
from feedforward.drafts.rules import DraftStatus
from feedforward.drafts.tables import Draft
from feedforward.hot_reads import HotRead
from feedforward.llm.leases import free_slots, take_slots
from feedforward.llm.readers import provider_name

# The condition of the index ix_readings_waiting in its own words: with a parameter SQLite could not use that index.
PLANNED = Reading.status == literal_column("'planned'")


class HandOver(Protocol):
    """The engine, as far as planning needs it."""

    def enqueue_reading(self, connection: Connection, reading_id: str, dispatch: int) -> None: ...


def begin_reading(
    connection: Connection, engine: HandOver, lanes: Mapping[str, Lane], draft_id: int, now: datetime
) -> bool:
    """Plan every reading of a submitted draft and start those that may start; False where somebody else already did."""
    row = connection.execute(
        update(Draft)
        .where(Draft.id == draft_id, Draft.status == DraftStatus.SUBMITTED)
        .values(status=DraftStatus.READING, round=Draft.round + 1, changed_at=now)
        .returning(Draft.assignment_id, Draft.round)
    ).one_or_none()
    if row is None:
        return False
    version = version_in_force(connection, row.assignment_id, by=None, now=now)
    connection.execute(update(Draft).where(Draft.id == draft_id).values(settings_version=version))
    readings = [
        planned_reading(
            draft_id=draft_id, round_number=row.round, reader=setting.reader, run=run, setting_id=setting.id,
            weight=setting.weight, temperature=setting.temperature, max_tokens=setting.max_tokens,
            fallback_reader=setting.fallback_reader, now=now, name=f"{setting.position}-{run}",
            settings_version=version,
        )
        for setting in reader_settings(connection, row.assignment_id)
        for run in range(1, setting.runs + 1)
    ]  # fmt: skip
    if readings:
        connection.execute(insert(Reading), readings)
    hand_over(connection, engine, lanes, now)
    return True


def planned_reading(
    *, draft_id: int, round_number: int, reader: str, run: int, setting_id: int | None, weight: float,
    temperature: float, max_tokens: int, fallback_reader: str | None, now: datetime, name: str,
    fallback_for: str | None = None, settings_version: int | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The row of a reading; its id is made from what it is, so that planning twice makes it once."""
    return {
        "id": f"{draft_id}-{round_number}-{name}", "draft_id": draft_id, "round": round_number, "reader": reader,
        "provider": provider_name(reader), "run": run, "setting_id": setting_id, "weight": weight,
        "settings_version": settings_version,
        "temperature": temperature, "max_tokens": max_tokens, "fallback_reader": fallback_reader,
        "fallback_for": fallback_for, "status": "planned", "dispatch": 0, "not_before": None, "planned_at": now,
        "changed_at": now, "tokens_in": 0, "tokens_out": 0, "tokens_cached": 0, "prompt_version": "",
    }  # fmt: skip


def draft_of(reading_id: str) -> int:
    """The draft a reading's id was made for."""
    return int(reading_id.partition("-")[0])


_MAY_START = or_(Reading.not_before.is_(None), Reading.not_before <= bindparam("now"))
_SOMEBODY_WAITS = HotRead(select(exists().where(PLANNED, _MAY_START)))
_PROVIDERS_WAITED_FOR = HotRead(select(Reading.provider).where(PLANNED, _MAY_START).distinct())
_WAITED_LONGEST = HotRead(
    select(Reading.id, Reading.dispatch)
    .where(PLANNED, Reading.provider == bindparam("provider"), _MAY_START)
    .order_by(Reading.planned_at, Reading.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_QUEUE = (
    update(Reading)
    .where(Reading.id == bindparam("reading"), Reading.status == "planned")
    .values(status="queued", dispatch=bindparam("next"), not_before=None, changed_at=bindparam("at"))
)


def hand_over(connection: Connection, engine: HandOver, lanes: Mapping[str, Lane], now: datetime) -> int:
    """Give free leases to the readings that waited longest, and those readings to the engine; how many.

    A reading that waits is a row and nothing else: it holds no place in the engine.
    """
    waiting = sorted(provider for (provider,) in _PROVIDERS_WAITED_FOR.rows(connection, now=now))
    return sum(_hand_over_lane(connection, engine, lanes[name], now) for name in waiting if name in lanes)


def somebody_waits(connection: Connection, now: datetime) -> bool:
    """Whether a reading waits whose pause, if it had one, is over: a cheap look before `hand_over` takes the writer."""
    return bool(_SOMEBODY_WAITS.rows(connection, now=now)[0][0])


def _hand_over_lane(connection: Connection, engine: HandOver, lane: Lane, now: datetime) -> int:
    slots = free_slots(connection, lane.provider, lane.at_once, now)
    if not slots:
        return 0
    readings = _WAITED_LONGEST.rows(connection, provider=lane.provider, now=now, most=len(slots))
    if not readings:
        return 0
    take_slots(connection, lane.provider, slots[: len(readings)], [each for each, _ in readings], now + lane.lease)
    connection.execute(_QUEUE, [{"reading": each, "next": times + 1, "at": now} for each, times in readings])
    for reading_id, times in readings:
        engine.enqueue_reading(connection, reading_id, times + 1)
    return len(readings)
