"""The desk where readings are made: opens a draft, asks one reader, and writes down what came of it."""

import asyncio
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from feedforward.assessment.answer import Answer, AnswerRejected
from feedforward.assessment.answer_json import ANSWER_PLACE, RECORD_PLACE, answer_from_json, answer_to_json
from feedforward.assessment.assignment_brief import Brief, EarlierComment
from feedforward.assessment.built_in.prompt_facts import facts_for_prompt
from feedforward.assessment.built_in.reader import read as read_built_in
from feedforward.assessment.calls import Claim, WorkerIdentity, claim_call, settle_call
from feedforward.assessment.lanes import Lane
from feedforward.assessment.merging import claim_merging, merged_rows, write_merged
from feedforward.assessment.model_reader import read_with_model
from feedforward.assessment.planning import HandOver, begin_reading
from feedforward.assessment.prompt import PROMPT_VERSION
from feedforward.assessment.queries import Job, comments_released_before, job_of, readings_of_round
from feedforward.assessment.settling import Failure, Outcome, settle_done, settle_failed
from feedforward.assignments.queries import task_for_work
from feedforward.assignments.rules import Task
from feedforward.clock import Clock
from feedforward.database import Database
from feedforward.drafts.content import read_content
from feedforward.drafts.queries import DraftView, draft_for_work
from feedforward.drafts.rules import DraftContent
from feedforward.errors import ExternalFailure, TemporarilyUnavailable
from feedforward.extraction.document import Document
from feedforward.feedback.content import COMMENT
from feedforward.feedback.rules import CommentKind
from feedforward.llm.providers import Gateway, ModelReply, Provider
from feedforward.llm.readers import BUILT_IN, optional_provider_and_model
from feedforward.rubrics.queries import rubric_by_id
from feedforward.rubrics.rules import Rubric
from feedforward.storage.content import ContentErased, ContentStore
from feedforward.storage.passages import fill_passages

BUILT_IN_VERSION = "built-in 1"


@dataclass(frozen=True, slots=True)
class Said:
    """What a reader said and what it cost to hear it."""

    answer: Answer
    reply: ModelReply | None
    record: Mapping[str, Any]
    prompt_version: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A draft with all that its readers are told."""

    draft: DraftView
    task: Task
    rubric: Rubric
    content: DraftContent
    brief: Brief

    @property
    def document(self) -> Document:
        return self.content.document


@dataclass(slots=True)
class ReadingDesk:
    """Everything a worker needs to make readings; each method is one durable step, safe to run twice."""

    database: Database
    content: ContentStore
    clock: Clock
    gateway: Gateway
    providers: tuple[Provider, ...]
    lanes: Mapping[str, Lane]
    engine: HandOver
    worker: WorkerIdentity
    tries: int
    # Facts about a draft are the same for all its readers: the readings of one draft follow each other closely.
    _facts: dict[int, str] = field(default_factory=dict)

    async def begin(self, draft_id: int) -> bool:
        """Plan the draft's readings and start those that may start."""
        return await self.database.write(begin_reading, self.engine, self.lanes, draft_id, self.clock.now())

    async def read(self, reading_id: str, dispatch: int) -> str:
        """Make one reading; "done", "failed", "planned" (again later) or "lost" (somebody else's)."""
        job = await self.database.read(job_of, reading_id)
        lane = self.lanes.get(job.reader.partition("/")[0])
        if lane is None:
            return await self._fail(reading_id, Failure("unknown_reader", retryable=False), failures=0)
        claim = await self.database.write(claim_call, reading_id, dispatch, self.worker, self.clock.now(), lane.lease)
        if claim is None:
            return "lost"
        started = time.monotonic()
        try:
            opened = await self.database.read_slow(self._open, job.draft_id)
            said = await self._ask(job, opened)
        except ContentErased:
            return await self._settle_failure(claim, Failure("erased", retryable=False), None, started)
        except AnswerRejected as rejected:
            return await self._settle_failure(claim, Failure(rejected.code, retryable=True), rejected.spent, started)
        except ExternalFailure as failure:
            problem = Failure(failure.code, failure.retryable, failure.retry_after)
            return await self._settle_failure(claim, problem, None, started)
        except TemporarilyUnavailable:
            return await self._settle_failure(claim, Failure("database_busy", retryable=True), None, started)
        except Exception:
            # Whatever a defect of ours raises may hold text of the draft: it ends here, as a code, never in the engine.
            return await self._settle_failure(claim, Failure("internal", retryable=True), None, started)
        return await self._settle_answer(claim, opened, said, time.monotonic() - started)

    async def finish(self, draft_id: int) -> bool:
        """Merge the draft's readings if they are all in and nobody else does; whether this call wrote the feedback."""
        if not await self.database.write(claim_merging, draft_id, self.clock.now()):
            return False
        return await self.merge(draft_id)

    async def merge(self, draft_id: int) -> bool:
        """Merge a draft that is claimed for it."""
        opened = await self.database.read_slow(self._open, draft_id)
        readings = await self.database.read_slow(readings_of_round, draft_id)
        answers = [
            (each, answer_from_json(self.content.unseal(opened.draft.content_id, each.answer, ANSWER_PLACE)))
            if each.answer is not None
            else (each, None)
            for each in readings
        ]
        now = self.clock.now()
        rows = await asyncio.to_thread(
            merged_rows, readings=answers, task=opened.task, rubric=opened.rubric, content=opened.content,
            content_id=opened.draft.content_id, store=self.content, now=now,
        )  # fmt: skip
        return await self.database.write(write_merged, draft_id, rows, now)

    def _open(self, connection: Connection, draft_id: int) -> Opened:
        draft = draft_for_work(connection, draft_id)
        content = read_content(self.content, draft)
        if content is None:
            raise ContentErased
        task = task_for_work(connection, draft.assignment_id)
        rubric = rubric_by_id(connection, draft.rubric_id)
        brief = Brief(
            title=task.title, instructions=task.instructions, rubric=rubric, guidelines=task.guidelines, kind=task.kind,
            word_min=task.word_min, word_max=task.word_max, previous=self._earlier(connection, draft),
        )  # fmt: skip
        return Opened(draft, task, rubric, content, brief)

    def _earlier(self, connection: Connection, draft: DraftView) -> tuple[EarlierComment, ...]:
        earlier = []
        for each in comments_released_before(connection, draft.id):
            try:
                sealed = self.content.unseal(each.content_id, each.passages, COMMENT) if each.passages else {}
            except ContentErased:
                sealed = {}
            quote = sealed.get("quote")
            earlier.append(
                EarlierComment(
                    ref=str(each.comment_id),
                    criterion_key=str(each.criterion_id) if each.criterion_id and each.rubric_id == draft.rubric_id else None,
                    kind=CommentKind(each.kind),
                    text=fill_passages(each.text, tuple(sealed["text"]) if "text" in sealed else None),
                    quote=quote["text"] if quote else "",
                    next_step=fill_passages(each.next_step, tuple(sealed["next_step"]) if "next_step" in sealed else None),
                )
            )
        return tuple(earlier)

    async def _ask(self, job: Job, opened: Opened) -> Said:
        if job.reader == BUILT_IN:
            answer = await asyncio.to_thread(read_built_in, opened.document, opened.brief)
            return Said(answer, None, {}, BUILT_IN_VERSION)
        found = optional_provider_and_model(self.providers, job.reader)
        if found is None:
            raise ExternalFailure("This reader is not configured.", code="unknown_reader", retryable=False)
        provider, model = found
        answer, reply, prompt = await read_with_model(
            self.gateway, provider, model, document=opened.document, brief=opened.brief,
            facts=await self._facts_of(opened), temperature=job.temperature, max_tokens=job.max_tokens,
            nonce=secrets.token_hex(8),
        )  # fmt: skip
        return Said(answer, reply, {"system": prompt.system, "user": prompt.user, "raw": reply.text}, PROMPT_VERSION)

    async def _facts_of(self, opened: Opened) -> str:
        known = self._facts.get(opened.draft.id)
        if known is None:
            known = await asyncio.to_thread(facts_for_prompt, opened.document, opened.brief)
            self._facts = {**dict(list(self._facts.items())[-31:]), opened.draft.id: known}
        return known

    async def _settle_answer(self, claim: Claim, opened: Opened, said: Said, seconds: float) -> str:
        content_id, rubric = opened.draft.content_id, opened.rubric
        try:
            answer = self.content.seal(content_id, answer_to_json(said.answer), ANSWER_PLACE)
            record = self.content.seal(content_id, said.record, RECORD_PLACE)
        except ContentErased:
            return await self._settle_failure(claim, Failure("erased", retryable=False), said.reply, time.monotonic())
        scores = [
            (int(each.key), each.score, None if each.score is None else rubric.criterion(each.key).level_for(each.score))
            for each in said.answer.criteria
        ]
        outcome = Outcome(
            answer, record, scores, seconds, said.reply.tokens_cached if said.reply else 0, said.prompt_version
        )
        await self.database.write(self._store, claim, outcome, said.reply)
        return "done"

    def _store(self, connection: Connection, claim: Claim, outcome: Outcome, reply: ModelReply | None) -> None:
        now = self.clock.now()
        settle_call(connection, claim, outcome="done", reply=reply, seconds=outcome.seconds, now=now)
        settle_done(connection, self.engine, self.lanes, claim.reading_id, outcome, now)

    async def _settle_failure(self, claim: Claim, failure: Failure, spent: ModelReply | None, started: float) -> str:
        seconds = time.monotonic() - started

        def settle(connection: Connection) -> str:
            now = self.clock.now()
            if not settle_call(connection, claim, outcome=failure.code, reply=spent, seconds=seconds, now=now):
                return "lost"
            return settle_failed(
                connection, self.engine, self.lanes, claim.reading_id, failure, failures_before=claim.failures,
                tries=self.tries, now=now,
            )  # fmt: skip

        return await self.database.write(settle)

    async def _fail(self, reading_id: str, failure: Failure, failures: int) -> str:
        def settle(connection: Connection) -> str:
            return settle_failed(
                connection, self.engine, self.lanes, reading_id, failure, failures_before=failures, tries=self.tries,
                now=self.clock.now(),
            )  # fmt: skip

        return await self.database.write(settle)
