"""The desk where trials of rubrics are carried out: takes waiting calls, asks the reader, writes down what it said."""

import asyncio
import logging
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from feedforward.assessment.answer import AnswerRejected
from feedforward.assessment.answer_json import answer_to_json
from feedforward.assessment.built_in.prompt_facts import facts_for_prompt
from feedforward.assessment.built_in.reader import read as read_built_in
from feedforward.assessment.lanes import Lane
from feedforward.assessment.model_reader import read_with_model
from feedforward.assessment.rubric_asking import opinion_of, proposed_rubric
from feedforward.assessment.trial_actions import TakenCall, calls_wait, settle_trial_call, take_calls
from feedforward.assessment.trial_queries import ANSWER_PLACE, OpenedTrial, open_trial
from feedforward.assessment.trial_rules import TrialKind
from feedforward.clock import Clock
from feedforward.database import Database
from feedforward.errors import ExternalFailure, TemporarilyUnavailable
from feedforward.extraction.reading import document_from_text
from feedforward.llm.faults import CallFault, ModelCallFailed
from feedforward.llm.providers import Gateway, ModelReply, Provider
from feedforward.llm.readers import BUILT_IN, optional_provider_and_model
from feedforward.logs import without_text
from feedforward.storage.content import ContentErased, ContentStore

log = logging.getLogger("feedforward.trials")

TEMPERATURE = 0.2
MAX_TOKENS = 4000
STORE_WITHIN = 60.0
Said = tuple[Mapping[str, Any], ModelReply | None]


@dataclass(slots=True)
class TrialDesk:
    """Everything a worker needs for trials. A call that was taken is this worker's until its lease is over."""

    database: Database
    content: ContentStore
    clock: Clock
    gateway: Gateway
    providers: tuple[Provider, ...]
    lanes: Mapping[str, Lane]
    _under_way: set[asyncio.Task[bool]] = field(default_factory=set)

    async def begin_waiting(self) -> int:
        """Take what waits and start on it without waiting for it; how many calls. Only reads where nothing waits."""
        if not await self.database.read(calls_wait, self.clock.now()):
            return 0
        taken = await self.database.write(take_calls, self.lanes, self.clock.now())
        for call in taken:
            task = asyncio.create_task(self.make(call), name=f"trial call {call.id}")
            # A task nobody holds may be collected while it runs.
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
        return len(taken)

    async def rest(self) -> None:
        """Wait for what is under way."""
        await asyncio.gather(*self._under_way)

    async def make(self, call: TakenCall) -> bool:
        """Ask the reader and write down what came of it; whether that is an answer."""
        started = time.monotonic()
        answer: bytes | None = None
        spent: ModelReply | None = None
        error: str | None = None
        try:
            opened = await self.database.read_slow(open_trial, self.content, call.trial_id)
            said, spent = await self._ask(call, opened)
            answer = await asyncio.to_thread(self.content.seal, opened.content_id, said, ANSWER_PLACE)
        except ContentErased:
            error = "erased"
        except AnswerRejected as rejected:
            error, spent = rejected.code, rejected.spent
        except ExternalFailure as failure:
            error = failure.code
            spent = failure.spent if isinstance(failure, ModelCallFailed) else None
        except Exception as failure:
            # Whatever a defect of ours raises may hold what was pasted: it ends here, as a code.
            log.error("trial call %s failed: %s", call.id, without_text(failure))
            error = "internal"
        await self._store(call, answer, error, spent, time.monotonic() - started)
        return answer is not None

    async def _ask(self, call: TakenCall, opened: OpenedTrial) -> Said:
        found = optional_provider_and_model(self.providers, call.reader)
        if opened.kind is not TrialKind.DRY_RUN:
            if found is None:
                raise ModelCallFailed(CallFault.UNKNOWN_MODEL)
            ask = proposed_rubric if opened.kind is TrialKind.PROPOSAL else opinion_of
            return await ask(self.gateway, *found, brief=opened.brief)
        document = document_from_text(opened.anchors[call.subject - 1].text)
        if call.reader == BUILT_IN:
            return answer_to_json(await asyncio.to_thread(read_built_in, document, opened.brief)), None
        if found is None:
            raise ModelCallFailed(CallFault.UNKNOWN_MODEL)
        facts = await asyncio.to_thread(facts_for_prompt, document, opened.brief)
        answer, reply, _ = await read_with_model(
            self.gateway, *found, document=document, brief=opened.brief, facts=facts, temperature=TEMPERATURE,
            max_tokens=MAX_TOKENS, nonce=secrets.token_hex(8),
        )  # fmt: skip
        return answer_to_json(answer), reply

    async def _store(
        self, call: TakenCall, answer: bytes | None, error: str | None, spent: ModelReply | None, seconds: float
    ) -> None:
        """An answer was paid for: a database that is away for a while must not lose it."""
        give_up = time.monotonic() + STORE_WITHIN
        while True:
            try:
                await self.database.write(
                    settle_trial_call, call, answer=answer, error=error, reply=spent, seconds=seconds,
                    now=self.clock.now(),
                )  # fmt: skip
                return
            except TemporarilyUnavailable:
                if time.monotonic() > give_up:
                    log.error("trial call %s could not be written down", call.id)
                    return
                await asyncio.sleep(1)
