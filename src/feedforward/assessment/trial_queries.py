"""Reading trials of a rubric: for the staff who may change the assignment, and for the worker that carries them out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, case, func, select

from feedforward.assessment.answer import Answer
from feedforward.assessment.answer_json import answer_from_json
from feedforward.assessment.assignment_brief import Brief
from feedforward.assessment.signal_queries import chosen_topics
from feedforward.assessment.trial_rules import Anchor, CallStatus, TrialKind
from feedforward.assessment.trial_tables import RubricTrial, RubricTrialCall
from feedforward.assignments.actions import task_to_change
from feedforward.assignments.queries import task_for_work
from feedforward.assignments.rules import Task
from feedforward.assignments.sheet_intake import READ_BY_READERS, opened_sheet
from feedforward.assignments.sheet_queries import optional_sheet
from feedforward.errors import NotFound
from feedforward.rubrics.queries import rubric_by_id
from feedforward.rubrics.rules import Rubric
from feedforward.storage.content import ContentErased, ContentStore

ASKED_PLACE = "trial"
ANSWER_PLACE = "trial answer"
LISTED = 20


@dataclass(frozen=True, slots=True)
class CallView:
    """One call; `said` is what its reader answered (None: not yet, failed, or erased), `cost` in US dollars."""

    reader: str
    subject: int
    status: CallStatus
    error: str | None
    seconds: float | None
    tokens: int
    cost: Decimal | None
    said: Mapping[str, Any] | None

    @property
    def answer(self) -> Answer | None:
        """What a reader said about a text."""
        return answer_from_json(self.said) if self.said is not None else None


@dataclass(frozen=True, slots=True)
class TrialView:
    """A trial with its calls, in the order they were asked for; `rubric` is the one it was made for, for a proposal the
    one that is saved now."""

    id: int
    task: Task
    kind: TrialKind
    rubric: Rubric | None
    created_at: datetime
    erase_after: datetime
    erased_at: datetime | None
    anchors: tuple[Anchor, ...]
    calls: tuple[CallView, ...]

    @property
    def under_way(self) -> bool:
        return any(each.status in (CallStatus.QUEUED, CallStatus.RUNNING) for each in self.calls)


@dataclass(frozen=True, slots=True)
class TrialLine:
    """A trial in a list: how many of its calls are over, of all."""

    id: int
    kind: TrialKind
    created_at: datetime
    erased: bool
    over: int
    calls: int


def trials_to_change(
    connection: Connection, staff_id: int, assignment_id: int
) -> tuple[Task, Rubric | None, tuple[TrialLine, ...]]:
    """The assignment, its saved rubric and its newest trials; NotFound or NotPermitted as for changing it."""
    task = task_to_change(connection, staff_id, assignment_id)
    rubric = rubric_by_id(connection, task.rubric_id) if task.rubric_id is not None else None
    over = func.count(case((RubricTrialCall.finished_at.is_not(None), 1)))
    rows = connection.execute(
        select(
            RubricTrial.id, RubricTrial.kind, RubricTrial.created_at, RubricTrial.erased_at, over.label("over"),
            func.count(RubricTrialCall.id).label("calls"),
        )
        .outerjoin(RubricTrialCall, RubricTrialCall.trial_id == RubricTrial.id)
        .where(RubricTrial.assignment_id == assignment_id)
        .group_by(RubricTrial.id, RubricTrial.kind, RubricTrial.created_at, RubricTrial.erased_at)
        .order_by(RubricTrial.id.desc())
        .limit(LISTED)
    )  # fmt: skip
    lines = (
        TrialLine(row.id, TrialKind(row.kind), row.created_at, row.erased_at is not None, row.over, row.calls)
        for row in rows
    )
    return task, rubric, tuple(lines)


def trial_to_change(connection: Connection, store: ContentStore, staff_id: int, trial_id: int) -> TrialView:
    """The trial, unsealed as far as it is kept; NotFound or NotPermitted as for changing its assignment."""
    trial = connection.execute(
        select(RubricTrial.__table__).where(RubricTrial.id == trial_id)
    ).one_or_none()  # fmt: skip
    if trial is None:
        raise NotFound
    task = task_to_change(connection, staff_id, trial.assignment_id)
    rubric_id = trial.rubric_id or task.rubric_id
    rubric = rubric_by_id(connection, rubric_id) if rubric_id is not None else None
    rows = connection.execute(
        select(RubricTrialCall.__table__).where(RubricTrialCall.trial_id == trial_id).order_by(RubricTrialCall.id)
    )
    asked = _opened(store, trial.content_id, trial.asked, ASKED_PLACE) or {}
    calls = tuple(
        CallView(
            row.reader, row.subject, CallStatus(row.status), row.error, row.seconds, row.tokens_in + row.tokens_out,
            None if row.cost_microdollars is None else Decimal(row.cost_microdollars) / 1_000_000,
            _opened(store, trial.content_id, row.answer, ANSWER_PLACE),
        )
        for row in rows
    )  # fmt: skip
    return TrialView(
        trial.id, task, TrialKind(trial.kind), rubric, trial.created_at, trial.erase_after, trial.erased_at,
        anchors_in(asked), calls,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class OpenedTrial:
    """What a worker needs of a trial: the task as readers are told it, and the texts."""

    kind: TrialKind
    content_id: str
    brief: Brief
    anchors: tuple[Anchor, ...]


def open_trial(connection: Connection, store: ContentStore, trial_id: int) -> OpenedTrial:
    """The trial for its worker; ContentErased where it was deleted meanwhile."""
    trial = connection.execute(select(RubricTrial.__table__).where(RubricTrial.id == trial_id)).one()
    if trial.asked is None:
        raise ContentErased
    asked = store.unseal(trial.content_id, trial.asked, ASKED_PLACE)
    brief = brief_for_trial(connection, store, trial.assignment_id, trial.rubric_id)
    return OpenedTrial(TrialKind(trial.kind), trial.content_id, brief, anchors_in(asked))


def brief_for_trial(
    connection: Connection, store: ContentStore, assignment_id: int, rubric_id: int | None
) -> Brief:  # fmt: skip
    """What readers are told about the assignment as it is set now; without a rubric an empty one."""
    task = task_for_work(connection, assignment_id)
    settings = task.settings
    rubric = rubric_by_id(connection, rubric_id) if rubric_id is not None else Rubric("", ())
    sheet = optional_sheet(connection, settings.sheet_id)
    told = opened_sheet(store, sheet.content_id, sheet.content) if sheet else None
    return Brief(
        title=task.title, instructions=task.instructions, rubric=rubric, guidelines=task.guidelines, kind=task.kind,
        word_min=task.word_min, word_max=task.word_max, tone=settings.tone, language=settings.language,
        detail=settings.detail, focus=settings.focus, shape=settings.shape,
        task_sheet=told.text[:READ_BY_READERS] if told else "",
        chosen_topics=chosen_topics(connection, assignment_id, rubric),
    )  # fmt: skip


def anchors_in(asked: Mapping[str, Any]) -> tuple[Anchor, ...]:
    """The texts as they were sealed: {"texts": [{"text", "expected"}]}."""
    return tuple(Anchor(each["text"], each["expected"]) for each in asked.get("texts", ()))


def _opened(store: ContentStore, content_id: str, sealed: bytes | None, place: str) -> Any:
    if sealed is None:
        return None
    try:
        return store.unseal(content_id, bytes(sealed), place)
    except ContentErased:
        return None
