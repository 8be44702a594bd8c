"""What a calibrating child process is asked to do, as it travels to it.

Apart from the child itself: pages order a calibration, and must not carry the reader that makes it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class OrderedText:
    """One marked text: a document or a plain text to be read here, or the scores of a model that read it before."""

    marks: Mapping[str, float]
    group: str = ""
    document: Mapping[str, Any] | None = None
    text: str = ""
    scores: Mapping[str, float | None] | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What to calibrate: `rubric` in the form of a file, `chosen` topics by criterion name, the task of the texts."""

    reader: str
    version: str
    rubric: str
    chosen: Mapping[str, Sequence[str]]
    title: str
    instructions: str
    kind: str
    word_min: int | None
    word_max: int | None
    texts: Sequence[OrderedText]

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self)).encode()


def order_from_bytes(data: bytes) -> Order:
    stored = json.loads(data)
    return Order(**{**stored, "texts": [OrderedText(**each) for each in stored["texts"]]})
