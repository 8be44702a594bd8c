"""Which reader it was: a calibration is good for the version it was learnt from, and for no other.

Apart from the readers themselves: pages tell which calibrations are outdated, and must not carry what measures texts.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable

from feedforward.assessment.prompt import PROMPT_VERSION
from feedforward.llm.readers import BUILT_IN

_MEASURED_BY = (
    "facts", "calibration/feature_groups.py", "calibration/features.py", "assessment/built_in/scoring.py",
    "assessment/built_in/features.py",
)  # fmt: skip


def version_of(reader: str) -> str:
    """What a calibration of this reader hangs on: other figures or another prompt make another reader of it."""
    return features_version() if reader == BUILT_IN else PROMPT_VERSION


@cache
def features_version() -> str:
    """A digest of the code that measures: what was learnt from other figures says nothing about these."""
    digest = hashlib.sha256(f"wordfreq {version('wordfreq')} chunspell {version('chunspell')}".encode())
    for part in _MEASURED_BY:
        for file in sources(files("feedforward").joinpath(part)):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def sources(place: Traversable) -> Iterator[Traversable]:
    """Every Python file there, in a fixed order."""
    if place.is_file():
        if place.name.endswith(".py"):
            yield place
        return
    for each in sorted(place.iterdir(), key=lambda each: each.name):
        yield from sources(each)
