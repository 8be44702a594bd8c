"""Lanes: how many readings of each provider may be under way at once, and for how long one may take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from feedforward.llm.providers import Provider
from feedforward.llm.readers import BUILT_IN

# The built-in reader takes the processor itself: as many at once as the small machine has cores.
BUILT_IN_AT_ONCE = 2
BUILT_IN_SECONDS = 60.0
# What a reading does around its call: opening the draft, measuring its facts, verifying quotes, storing the answer.
MARGIN = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Lane:
    """`at_once` readings of this provider; a lease lasts `lease`, after which the reading counts as lost."""

    provider: str
    at_once: int
    lease: timedelta


def lanes_of(providers: Sequence[Provider]) -> Mapping[str, Lane]:
    """The lanes by provider name, the built-in reader's among them."""
    lanes = [Lane(BUILT_IN, BUILT_IN_AT_ONCE, timedelta(seconds=BUILT_IN_SECONDS) + MARGIN)]
    lanes += [Lane(each.name, each.concurrency, timedelta(seconds=each.timeout_seconds) + MARGIN) for each in providers]
    return {lane.provider: lane for lane in lanes}
