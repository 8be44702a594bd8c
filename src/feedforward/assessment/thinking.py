"""Where a worker computes: few threads, so that those that talk to models and the database are not kept waiting."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import ParamSpec, TypeVar

from feedforward.assessment.built_in.prompt_facts import facts_for_prompt
from feedforward.assessment.opening import Opened

P = ParamSpec("P")
T = TypeVar("T")

# Threads share one interpreter: more of them would only take turns with the ones that hand readings on.
AT_ONCE = 2
FACTS_KEPT = 64


@dataclass(slots=True)
class _Measuring:
    """Facts of one draft, being measured; `ahead` while nobody has asked for them yet."""

    facts: Future[str]
    ahead: bool


@dataclass(slots=True)
class Thinking:
    """Computes for readings, and keeps the facts of drafts in work: all readings of a draft are told the same.

    Facts hold hardly a word of a draft, and are forgotten when its readings are merged. Usable from several event
    loops and threads.
    """

    _now: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(AT_ONCE, "thinking"))
    _ahead: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "thinking-ahead"))
    _facts: dict[int, _Measuring] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    async def do(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The outcome of the work, as soon as a thread is free for it."""
        return await asyncio.wrap_future(self._now.submit(work, *args, **kwargs))

    def measure_ahead(self, draft_id: int, open_it: Callable[[int], Opened]) -> None:
        """Measure a draft while its readings wait for their turn, unless many drafts are at hand already."""

        def measure() -> str:
            opened = open_it(draft_id)
            return facts_for_prompt(opened.document, opened.brief)

        with self._lock:
            if draft_id not in self._facts and len(self._facts) < FACTS_KEPT:
                self._facts[draft_id] = _Measuring(self._ahead.submit(measure), ahead=True)

    async def facts_of(self, opened: Opened) -> str:
        """The facts for a prompt; the first reading that asks has them measured, if nobody was before it."""
        with self._lock:
            found = self._facts.get(opened.draft.id)
            # What still stands in the queue behind other drafts is measured at once instead.
            if found is None or (found.ahead and found.facts.cancel()) or _failed(found.facts):
                self._facts.pop(opened.draft.id, None)
                for oldest in list(self._facts)[: len(self._facts) - FACTS_KEPT + 1]:
                    del self._facts[oldest]
                found = _Measuring(self._now.submit(facts_for_prompt, opened.document, opened.brief), ahead=False)
                self._facts[opened.draft.id] = found
            found.ahead = False
        # Shielded: one reader that gives up must not take the facts away from the others.
        return await asyncio.shield(asyncio.wrap_future(found.facts))

    def forget(self, draft_id: int) -> None:
        """The draft's readings are merged: nobody asks for its facts any more."""
        with self._lock:
            self._facts.pop(draft_id, None)


def _failed(facts: Future[str]) -> bool:
    return facts.done() and (facts.cancelled() or facts.exception() is not None)
