"""The desk where readings are made: opens a draft, asks one reader, and writes down what came of it."""

import asyncio
import logging
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import Connection

from feedforward.assessment.answer import Answer, AnswerRejected
from feedforward.assessment.answer_json import ANSWER_PLACE, RECORD_PLACE, answer_from_json, answer_to_json
from feedforward.assessment.built_in.reader import read as read_built_in
from feedforward.assessment.built_in.reader import signals_for
from feedforward.assessment.built_in.topics import Signals
from feedforward.assessment.built_in.uptake import judgements
from feedforward.assessment.calibrated import calibrated_scores
from feedforward.assessment.calls import Claim, WorkerIdentity, settle_call
from feedforward.assessment.fail_points import Reached, pass_by
from feedforward.assessment.key_use import claim_with_key
from feedforward.assessment.lanes import Lane
from feedforward.assessment.merging import MergedRows, claim_merging, merged_rows, unreadable_rows, write_merged
from feedforward.assessment.model_reader import read_with_model
from feedforward.assessment.opening import Opened, open_draft, round_to_merge
from feedforward.assessment.planning import HandOver, begin_reading
from feedforward.assessment.prompt import PROMPT_VERSION
from feedforward.assessment.queries import Job, asks_models, job_of
from feedforward.assessment.settling import Failure, Outcome, settle_done, settle_failed
from feedforward.assessment.thinking import Thinking
from feedforward.clock import Clock
from feedforward.database import Database, Query
from feedforward.drafts.queries import draft_for_work
from feedforward.errors import ExternalFailure, TemporarilyUnavailable
from feedforward.llm.faults import ModelCallFailed
from feedforward.llm.providers import Gateway, ModelReply, Provider
from feedforward.llm.readers import BUILT_IN, optional_provider_and_model, provider_name
from feedforward.logs import without_text
from feedforward.rubrics.queries import rubric_by_id
from feedforward.storage.content import ContentErased, ContentStore

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger("feedforward.desk")

BUILT_IN_VERSION = "built-in 1"
# An answer was paid for: a database that is away for a while must not lose it.
STORE_WITHIN = 60.0


@dataclass(frozen=True, slots=True)
class Said:
    """What a reader said and what it cost to hear it."""

    answer: Answer
    reply: ModelReply | None
    record: Mapping[str, Any]
    prompt_version: str
    signals: Mapping[str, Signals] = field(default_factory=dict)


@dataclass(slots=True)
class ReadingDesk:
    """Everything a worker needs to make readings; each method may be asked for twice and does its work once."""

    database: Database
    content: ContentStore
    clock: Clock
    gateway: Gateway
    providers: tuple[Provider, ...]
    lanes: Mapping[str, Lane]
    engine: HandOver
    worker: WorkerIdentity
    tries: int
    reached: Reached = pass_by
    thinking: Thinking = field(default_factory=Thinking)

    async def begin(self, draft_id: int) -> bool:
        """Plan the draft's readings and start those that may start."""
        self.reached("before-plan")
        begun = await self.database.write(begin_reading, self.engine, self.lanes, draft_id, self.clock.now())
        self.reached("after-plan")
        if begun and await self.database.read(asks_models, draft_id):
            self.thinking.measure_ahead(draft_id, self._open)
        return begun

    def _open(self, draft_id: int) -> Opened:
        return self.database.read_now(open_draft, self.content, draft_id)

    async def read(self, reading_id: str, dispatch: int) -> str:
        """Make one reading; "done", "failed", "planned" (again later) or "lost" (somebody else's)."""
        job = await self.database.read(job_of, reading_id)
        lane = self.lanes.get(provider_name(job.reader))
        if lane is None:
            return await self._fail(reading_id, Failure("unknown_reader", retryable=False))
        self.reached("before-claim")
        name = provider_name(job.reader)
        keyed = next((each.name for each in self.providers if each.name == name and each.api_key), None)
        claim = await self.database.write(
            claim_with_key, reading_id, dispatch, self.worker, self.clock.now(), lane.lease, keyed
        )
        if claim is None:
            return "lost"
        self.reached("after-claim")
        started = time.monotonic()
        spent: ModelReply | None = None
        try:
            opened = await self.database.read_slow(open_draft, self.content, job.draft_id)
            said = await self._ask(job, opened)
            spent = said.reply
            outcome = await asyncio.to_thread(self._sealed, opened, said, started)
        except ContentErased:
            problem = Failure("erased", retryable=False)
        except AnswerRejected as rejected:
            problem, spent = Failure(rejected.code, retryable=True), rejected.spent
        except ExternalFailure as failure:
            problem = Failure(failure.code, failure.retryable, failure.retry_after)
            spent = failure.spent if isinstance(failure, ModelCallFailed) else None
        except TemporarilyUnavailable:
            problem = Failure("database_busy", retryable=True)
        except Exception as error:
            # Whatever a defect of ours raises may hold text of the draft: it ends here, as a code, never in the engine.
            log.error("reading %s failed: %s", reading_id, without_text(error))
            problem = Failure("internal", retryable=True)
        else:
            self.reached("before-store")
            await self._surely(self._store_answer, claim, outcome, said.reply)
            self.reached("after-store")
            return "done"
        return await self._surely(self._store_failure, claim, problem, spent, time.monotonic() - started)

    async def finish(self, draft_id: int) -> bool:
        """Merge the draft's readings if they are all in and nobody else does; whether this call wrote the feedback."""
        if not await self.database.write(claim_merging, draft_id, self.clock.now()):
            return False
        self.thinking.forget(draft_id)
        self.reached("during-merge")
        now = self.clock.now()
        try:
            rows = await self._merged(draft_id)
        except TemporarilyUnavailable:
            raise
        except Exception as error:
            # A draft whose readings cannot be merged would stand still for ever: a person takes it from here.
            code = "erased" if isinstance(error, ContentErased) else "internal"
            log.error("merging draft %s failed: %s", draft_id, without_text(error))
            rows = await self.database.read_slow(self._unreadable, draft_id, code)
        written = await self._surely(write_merged, draft_id, rows, now)
        self.reached("after-merge")
        return written

    async def _merged(self, draft_id: int) -> MergedRows:
        store = self.content.for_one_page()
        found = await self.database.read_slow(round_to_merge, store, draft_id)
        opened, before = found.opened, found.before

        def merge() -> MergedRows:
            answers = [
                (each, answer_from_json(store.unseal(opened.draft.content_id, each.answer, ANSWER_PLACE)))
                if each.answer is not None
                else (each, None)
                for each in found.readings
            ]
            return merged_rows(
                readings=answers, task=opened.task, rubric=opened.rubric, content=opened.content,
                content_id=opened.draft.content_id, store=store, now=self.clock.now(),
                judged=judgements(opened.brief, before, opened.document), earlier_text=before.text if before else "",
                calibrated=calibrated_scores(answers, found.in_use, opened.document, opened.brief),
            )  # fmt: skip

        return await self.thinking.do(merge)

    def _unreadable(self, connection: Connection, draft_id: int, code: str) -> MergedRows:
        rubric = rubric_by_id(connection, draft_for_work(connection, draft_id).rubric_id)
        return unreadable_rows(rubric, code, self.clock.now())

    async def _ask(self, job: Job, opened: Opened) -> Said:
        if job.reader == BUILT_IN:
            self.reached("during-call")
            answer = await self.thinking.do(read_built_in, opened.document, opened.brief)
            return Said(answer, None, {}, BUILT_IN_VERSION, signals_for(opened.brief, opened.document))
        found = optional_provider_and_model(self.providers, job.reader)
        if found is None:
            raise ExternalFailure("This reader is not configured.", code="unknown_reader", retryable=False)
        provider, model = found
        facts = await self.thinking.facts_of(opened)
        self.reached("during-call")
        answer, reply, prompt = await read_with_model(
            self.gateway, provider, model, document=opened.document, brief=opened.brief, facts=facts,
            temperature=job.temperature, max_tokens=job.max_tokens, nonce=secrets.token_hex(8),
        )  # fmt: skip
        return Said(answer, reply, {"system": prompt.system, "user": prompt.user, "raw": reply.text}, PROMPT_VERSION)

    def _sealed(self, opened: Opened, said: Said, started: float) -> Outcome:
        content_id, rubric, store = opened.draft.content_id, opened.rubric, self.content.for_one_page()
        scores = [
            (
                int(each.key),
                each.score,
                None if each.score is None else rubric.criterion(each.key).level_for(each.score),
            )
            for each in said.answer.criteria
        ]
        return Outcome(
            answer=store.seal(content_id, answer_to_json(said.answer), ANSWER_PLACE),
            record=store.seal(content_id, said.record, RECORD_PLACE), scores=scores,
            seconds=time.monotonic() - started, tokens_cached=said.reply.tokens_cached if said.reply else 0,
            prompt_version=said.prompt_version, signals={int(key): each for key, each in said.signals.items()},
        )  # fmt: skip

    def _store_answer(self, connection: Connection, claim: Claim, outcome: Outcome, reply: ModelReply | None) -> None:
        now = self.clock.now()
        settle_call(connection, claim, outcome="done", reply=reply, seconds=outcome.seconds, now=now)
        settle_done(connection, self.engine, self.lanes, claim.reading_id, outcome, now)

    def _store_failure(
        self, connection: Connection, claim: Claim, failure: Failure, spent: ModelReply | None, seconds: float
    ) -> str:
        now = self.clock.now()
        if not settle_call(connection, claim, outcome=failure.code, reply=spent, seconds=seconds, now=now):
            return "lost"
        return settle_failed(
            connection, self.engine, self.lanes, claim.reading_id, failure, failures_before=claim.failures,
            tries=self.tries, now=now,
        )  # fmt: skip

    async def _fail(self, reading_id: str, failure: Failure) -> str:
        def settle(connection: Connection) -> str:
            return settle_failed(
                connection, self.engine, self.lanes, reading_id, failure, failures_before=0, tries=self.tries,
                now=self.clock.now(),
            )  # fmt: skip

        return await self.database.write(settle)

    async def _surely(self, action: Query[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Write what must not be lost: a database that is busy or away is tried again for a minute."""
        end = time.monotonic() + STORE_WITHIN
        while True:
            try:
                return await self.database.write(action, *args, **kwargs)
            except TemporarilyUnavailable:
                if time.monotonic() > end:
                    raise
                await asyncio.sleep(1)
