"""Reading what the assessment works on: jobs, progress and the answers of a round."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, case, exists, func, select

from feedforward.assessment.tables import Reading
from feedforward.drafts.tables import Draft
from feedforward.feedback.tables import Comment, Feedback
from feedforward.hot_reads import HotRead
from feedforward.llm.readers import BUILT_IN

_PROGRESS = (
    select(
        func.count().label("total"),
        func.sum(case((Reading.status.in_(("done", "failed")), 1), else_=0)).label("finished"),
    )
    .join(Draft, Draft.id == Reading.draft_id)
    .where(Reading.draft_id == bindparam("draft_id"), Reading.round == Draft.round)
)


def readings_progress(connection: Connection, draft_id: int) -> tuple[int, int]:
    """How many readings of the draft's present round are finished, of how many."""
    row = connection.execute(_PROGRESS, {"draft_id": draft_id}).one()
    return int(row.finished or 0), int(row.total)


@dataclass(frozen=True, slots=True)
class Job:
    """One reading to be made."""

    reading_id: str
    draft_id: int
    reader: str
    temperature: float
    max_tokens: int


_JOB = HotRead(
    select(Reading.draft_id, Reading.reader, Reading.temperature, Reading.max_tokens).where(
        Reading.id == bindparam("reading")
    )
)


def job_of(connection: Connection, reading_id: str) -> Job:
    ((draft_id, reader, temperature, max_tokens),) = _JOB.rows(connection, reading=reading_id)
    return Job(reading_id, draft_id, reader, temperature, max_tokens)


_ASKS_MODELS = HotRead(select(exists().where(Reading.draft_id == bindparam("draft"), Reading.reader != BUILT_IN)))


def asks_models(connection: Connection, draft_id: int) -> bool:
    """Whether a language model is among the draft's readers."""
    return bool(_ASKS_MODELS.rows(connection, draft=draft_id)[0][0])


@dataclass(frozen=True, slots=True)
class RoundReading:
    """One reading of a draft's present round as merging needs it."""

    reading_id: str
    reader: str
    run: int
    weight: float
    status: str
    error: str | None
    answer: bytes | None
    replaced: bool

    @property
    def by_model(self) -> bool:
        return self.reader != BUILT_IN


def readings_of_round(connection: Connection, draft_id: int) -> list[RoundReading]:
    """The readings of the draft's present round, in a fixed order; `replaced` ones failed and had a fallback."""
    rows = connection.execute(
        select(
            Reading.id, Reading.reader, Reading.run, Reading.weight, Reading.status, Reading.error, Reading.answer,
            Reading.fallback_for,
        )
        .join(Draft, Draft.id == Reading.draft_id)
        .where(Reading.draft_id == draft_id, Reading.round == Draft.round)
        .order_by(Reading.id)
    ).all()  # fmt: skip
    replaced = {row.fallback_for for row in rows if row.fallback_for}
    return [
        RoundReading(row.id, row.reader, row.run, row.weight, row.status, row.error, row.answer, row.id in replaced)
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class ReleasedComment:
    """A released comment of the draft before, as its templates and sealed passages."""

    comment_id: int
    criterion_id: int | None
    kind: str
    text: str
    next_step: str
    passages: bytes | None
    content_id: str
    rubric_id: int
    draft_id: int


def comments_released_before(connection: Connection, draft_id: int) -> list[ReleasedComment]:
    """The comments the student could see on the newest earlier draft whose feedback is released."""
    this = connection.execute(
        select(Draft.assignment_id, Draft.student_id, Draft.number).where(Draft.id == draft_id)
    ).one()
    before = connection.execute(
        select(Feedback.id, Draft.content_id, Draft.rubric_id, Draft.id.label("draft_id"))
        .join(Draft, Draft.id == Feedback.draft_id)
        .where(
            Draft.assignment_id == this.assignment_id, Draft.student_id == this.student_id, Draft.number < this.number,
            Feedback.status == "released",
        )
        .order_by(Draft.number.desc())
        .limit(1)
    ).one_or_none()  # fmt: skip
    if before is None:
        return []
    rows = connection.execute(
        select(Comment.id, Comment.criterion_id, Comment.kind, Comment.text, Comment.next_step, Comment.passages)
        .where(Comment.feedback_id == before.id, Comment.dropped.is_(False), Comment.supported | Comment.kept)
        .order_by(Comment.position)
    )
    return [
        ReleasedComment(
            row.id,
            row.criterion_id,
            row.kind,
            row.text,
            row.next_step,
            row.passages,
            before.content_id,
            before.rubric_id,
            before.draft_id,
        )
        for row in rows
    ]
