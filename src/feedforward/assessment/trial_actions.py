"""Trials of a rubric: begun, taken in hand by a worker, written down, erased."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, exists, func, insert, select, update

from feedforward.assessment.calls import microdollars
from feedforward.assessment.lanes import Lane
from feedforward.assessment.trial_rules import KEPT_FOR, TRIES, CallStatus, TrialKind
from feedforward.assessment.trial_tables import RubricTrial, RubricTrialCall
from feedforward.assignments.actions import task_to_change
from feedforward.audit.record import record
from feedforward.database import Database
from feedforward.errors import NotFound, RuleBroken
from feedforward.llm.leases import free_slots, give_back, take_slots
from feedforward.llm.providers import ModelReply
from feedforward.llm.readers import provider_name
from feedforward.storage.content import ContentStore

MOST_OPEN = 3
STOPPED = "stopped"
"""The error of a call whose worker was gone twice."""


def begin_trial(
    connection: Connection, *, staff_id: int, assignment_id: int, kind: TrialKind, content_id: str, asked: bytes,
    readers: Sequence[str], subjects: Sequence[int], now: datetime,
) -> int:  # fmt: skip
    """A new trial's id; every reader is asked about every subject. RuleBroken while too many are under way."""
    task = task_to_change(connection, staff_id, assignment_id)
    rubric_id = None if kind is TrialKind.PROPOSAL else task.required_rubric_id
    unfinished = (
        select(func.count(RubricTrialCall.trial_id.distinct()))
        .join(RubricTrial, RubricTrial.id == RubricTrialCall.trial_id)
        .where(RubricTrial.created_by == staff_id, RubricTrialCall.finished_at.is_(None))
    )
    if connection.execute(unfinished).scalar_one() >= MOST_OPEN:
        raise RuleBroken(f"{MOST_OPEN} trials of yours are still under way. Wait until one of them is done.")
    trial_id: int = connection.execute(
        insert(RubricTrial)
        .values(
            assignment_id=assignment_id, rubric_id=rubric_id, created_by=staff_id, kind=kind, content_id=content_id,
            asked=asked, created_at=now, erase_after=now + KEPT_FOR,
        )
        .returning(RubricTrial.id)
    ).scalar_one()  # fmt: skip
    calls = [
        {
            "trial_id": trial_id, "reader": reader, "provider": provider_name(reader), "subject": subject,
            "status": CallStatus.QUEUED, "attempt": 0, "tokens_in": 0, "tokens_out": 0,
        }
        for reader in readers
        for subject in subjects
    ]  # fmt: skip
    connection.execute(insert(RubricTrialCall), calls)
    record(
        connection, at=now, actor_id=staff_id, action="rubric.try", subject=("assignment", assignment_id),
        trial=trial_id, kind=str(kind), calls=len(calls),
    )  # fmt: skip
    return trial_id


@dataclass(frozen=True, slots=True)
class TakenCall:
    """A call that is this worker's to make."""

    id: int
    trial_id: int
    reader: str
    subject: int
    attempt: int


def calls_wait(connection: Connection, now: datetime) -> bool:
    """Whether a call waits or was left by a worker that is gone: a cheap look before anybody takes the writer."""
    waits = (RubricTrialCall.status == CallStatus.QUEUED) | (RubricTrialCall.expires_at < now)
    return bool(connection.execute(select(exists().where(RubricTrialCall.finished_at.is_(None), waits))).scalar_one())


def take_calls(connection: Connection, lanes: Mapping[str, Lane], now: datetime) -> list[TakenCall]:
    """Take what waited longest, as far as the providers' leases allow. A call of an unknown provider fails."""
    _give_up_left(connection, now)
    taken: list[TakenCall] = []
    waiting = (RubricTrialCall.status == CallStatus.QUEUED, RubricTrialCall.finished_at.is_(None))
    for name in connection.execute(select(RubricTrialCall.provider).where(*waiting).distinct()).scalars().all():
        lane = lanes.get(name)
        if lane is None:
            connection.execute(
                update(RubricTrialCall)
                .where(*waiting, RubricTrialCall.provider == name)
                .values(status=CallStatus.FAILED, error="unknown_reader", finished_at=now)
            )
            continue
        slots = free_slots(connection, name, lane.at_once, now)
        ids = connection.execute(
            select(RubricTrialCall.id)
            .where(*waiting, RubricTrialCall.provider == name)
            .order_by(RubricTrialCall.id)
            .limit(len(slots))
            .with_for_update(skip_locked=True)
        ).scalars()
        for slot, call_id in zip(slots, ids.all(), strict=False):
            row = connection.execute(
                update(RubricTrialCall)
                .where(RubricTrialCall.id == call_id, *waiting)
                .values(status=CallStatus.RUNNING, attempt=RubricTrialCall.attempt + 1, expires_at=now + lane.lease)
                .returning(
                    RubricTrialCall.id, RubricTrialCall.trial_id, RubricTrialCall.reader, RubricTrialCall.subject,
                    RubricTrialCall.attempt,
                )
            ).one_or_none()  # fmt: skip
            if row is not None:
                take_slots(connection, name, [slot], [_holder(call_id)], now + lane.lease)
                taken.append(TakenCall(*row))
    return taken


def _give_up_left(connection: Connection, now: datetime) -> None:
    """Calls whose worker was gone when their time was over: once more, then they have failed."""
    left = (RubricTrialCall.status == CallStatus.RUNNING, RubricTrialCall.expires_at < now)
    connection.execute(
        update(RubricTrialCall)
        .where(*left, RubricTrialCall.attempt >= TRIES)
        .values(status=CallStatus.FAILED, error=STOPPED, finished_at=now)
    )
    connection.execute(update(RubricTrialCall).where(*left).values(status=CallStatus.QUEUED, expires_at=None))


def settle_trial_call(
    connection: Connection, call: TakenCall, *, answer: bytes | None, error: str | None, reply: ModelReply | None,
    seconds: float, now: datetime,
) -> bool:  # fmt: skip
    """Write down how the call ended and what it cost; False where it is no longer this worker's."""
    spent = {} if reply is None else {
        "tokens_in": reply.tokens_in, "tokens_out": reply.tokens_out, "cost_microdollars": microdollars(reply.cost),
    }  # fmt: skip
    standing = exists().where(RubricTrial.id == call.trial_id, RubricTrial.erased_at.is_(None))
    kept = answer if connection.execute(select(standing)).scalar_one() else None
    settled = connection.execute(
        update(RubricTrialCall)
        .where(
            RubricTrialCall.id == call.id, RubricTrialCall.status == CallStatus.RUNNING,
            RubricTrialCall.attempt == call.attempt,
        )
        .values(
            status=CallStatus.FAILED if answer is None else CallStatus.DONE, answer=kept, error=error,
            finished_at=now, seconds=round(seconds, 3), **spent,
        )
    ).rowcount  # fmt: skip
    give_back(connection, _holder(call.id))
    return bool(settled)


def _holder(call_id: int) -> str:
    return f"trial-{call_id}"


def erasable(connection: Connection, staff_id: int, trial_id: int) -> tuple[int, str]:
    """The assignment and the content of a trial this person may delete; NotFound otherwise."""
    row = connection.execute(
        select(RubricTrial.assignment_id, RubricTrial.content_id).where(RubricTrial.id == trial_id)
    ).one_or_none()
    if row is None:
        raise NotFound
    task_to_change(connection, staff_id, row.assignment_id)
    return row.assignment_id, row.content_id


def forget_trial(connection: Connection, trial_id: int, *, by: int | None, now: datetime) -> None:
    """Take the sealed values, unreadable by now, out of the rows; calls that were not begun are never made."""
    gone = connection.execute(
        update(RubricTrial)
        .where(RubricTrial.id == trial_id, RubricTrial.erased_at.is_(None))
        .values(asked=None, erased_at=now)
        .returning(RubricTrial.assignment_id)
    ).one_or_none()
    of_it = RubricTrialCall.trial_id == trial_id
    connection.execute(delete(RubricTrialCall).where(of_it, RubricTrialCall.status == CallStatus.QUEUED))
    connection.execute(update(RubricTrialCall).where(of_it).values(answer=None))
    if gone is not None:
        record(
            connection, at=now, actor_id=by, action="rubric.forget_try", subject=("assignment", gone.assignment_id),
            trial=trial_id,
        )  # fmt: skip


def erase_due_trials(database: Database, content: ContentStore, now: datetime) -> int:
    """Erase the texts and answers of trials whose time is over: key first, then the rows; how many."""
    due = database.read_now(due_trials, now)
    for trial_id, content_id in due:
        content.erase(content_id)
        database.write_now(forget_trial, trial_id, by=None, now=now)
    return len(due)


def due_trials(connection: Connection, now: datetime) -> list[tuple[int, str]]:
    """Trials whose time is over and that are not erased, with their content; at most 500."""
    rows = connection.execute(
        select(RubricTrial.id, RubricTrial.content_id)
        .where(RubricTrial.erased_at.is_(None), RubricTrial.erase_after <= now)
        .order_by(RubricTrial.erase_after)
        .limit(500)
    )
    return [(row.id, row.content_id) for row in rows]


def content_of_trials(connection: Connection, content_ids: Sequence[str]) -> set[str]:
    """Which of these contents belong to trials that are kept: no clean-up of orphans takes them."""
    kept = select(RubricTrial.content_id).where(
        RubricTrial.content_id.in_(content_ids), RubricTrial.erased_at.is_(None)
    )
    return set(connection.execute(kept).scalars())
