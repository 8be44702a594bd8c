"""The engine as planning sees it, in a test: remembers what was handed over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import Connection

from feedforward.assessment.lanes import Lane


@dataclass
class HandedOver:
    """Readings in the order they were handed over, with their dispatch."""

    readings: list[tuple[str, int]] = field(default_factory=list)

    def enqueue_reading(self, connection: Connection, reading_id: str, dispatch: int) -> None:
        self.readings.append((reading_id, dispatch))


def lanes(**at_once: int) -> Mapping[str, Lane]:
    """Lanes by provider, each with a lease of 90 seconds."""
    named = {name.replace("_", "-"): number for name, number in at_once.items()}
    return {name: Lane(name, number, timedelta(seconds=90)) for name, number in named.items()}


def not_started(_connection: Connection, _draft_id: int, _again: str = "") -> None:
    """Instead of the engine's start of a draft: the test plans it itself."""
