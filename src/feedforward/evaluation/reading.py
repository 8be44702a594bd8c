"""Readers over many texts: what each makes of each text, kept in a file so that an interrupted run goes on."""

import asyncio
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from feedforward.assessment.answer import Answer
from feedforward.assessment.assignment_brief import Brief
from feedforward.assessment.built_in.features import built_in_features
from feedforward.assessment.built_in.measuring import facts_for
from feedforward.assessment.built_in.reader import read as read_built_in
from feedforward.assessment.reader_versions import sources
from feedforward.assignments.rules import MergeMethod
from feedforward.calibration.features import features_of_scores
from feedforward.errors import RuleBroken
from feedforward.extraction.document import Document
from feedforward.extraction.extract import document_from_text
from feedforward.feedback_of_file import feedback_of_document
from feedforward.llm.providers import Gateway, Provider
from feedforward.llm.readers import BUILT_IN, optional_provider_and_model
from feedforward.rubrics.files import rubric_to_text
from feedforward.rubrics.rules import Rubric

_READ_BY = {True: ("facts", "assessment/built_in", "calibration/features.py"), False: ("facts", "assessment")}


@dataclass(frozen=True, slots=True)
class KeptReading:
    """What one reader made of one text: its score for each criterion by name, and features to calibrate on."""

    scores: Mapping[str, float | None]
    features: Mapping[str, float]


@cache
def reader_version(reader: str) -> str:
    """A digest of the code that reads, so that a reading by older code is never taken for one by this."""
    digest = hashlib.sha256(f"{reader} wordfreq {version('wordfreq')} chunspell {version('chunspell')}".encode())
    for part in _READ_BY[reader == BUILT_IN]:
        for file in sources(files("feedforward").joinpath(part)):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def key_of(reader: str, text: str, task: str, rubric: Rubric) -> str:
    """What a kept reading is found by: text, task, rubric, reader and its version, as one digest."""
    parts = [reader, reader_version(reader), rubric_to_text(rubric), task, text]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


class Readings:
    """The readings kept in one file of JSON lines. It holds digests and figures, never a text.

    RuleBroken where the file cannot be read or written; a last line cut off by a crash is left out.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._kept: dict[str, KeptReading] = {}
        try:
            written = path.read_text(encoding="utf-8") if path.exists() else ""
            with path.open("a", encoding="utf-8") as file:
                if written and not written.endswith("\n"):
                    file.write("\n")
        except OSError as error:
            reason = (error.strerror or "unknown reason").lower()
            raise RuleBroken(
                f"Readings are kept in {path}, which cannot be used ({reason}): name another folder with --cache."
            ) from None
        for line in written.splitlines():
            try:
                data = json.loads(line)
                self._kept[data["key"]] = KeptReading(data["scores"], data["features"])
            except (ValueError, KeyError, TypeError):
                continue

    def __contains__(self, key: str) -> bool:
        return key in self._kept

    def __getitem__(self, key: str) -> KeptReading:
        return self._kept[key]

    def keep(self, key: str, reading: KeptReading) -> None:
        """Writes the reading down at once."""
        self._kept[key] = reading
        line = json.dumps({"key": key, "scores": dict(reading.scores), "features": dict(reading.features)})
        with self.path.open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One reading that is still to be made."""

    key: str
    reader: str
    text: str
    task: str


async def read_all(
    wanted: Sequence[Wanted], rubric: Rubric, readings: Readings, *, providers: Sequence[Provider], gateway: Gateway,
    tries: int, tell: Callable[[Wanted, str | None], None],
) -> None:  # fmt: skip
    """Makes and keeps every reading; `tell` hears of each one, and why it failed. A failed reading is not kept."""
    gates: dict[str, asyncio.Semaphore] = {}
    for each in wanted:
        found = optional_provider_and_model(providers, each.reader)
        gates.setdefault(each.reader, asyncio.Semaphore(found[0].concurrency if found else 1))

    async def read(one: Wanted) -> None:
        async with gates[one.reader]:
            document = document_from_text(one.text)
            brief = Brief(title="", instructions=one.task, rubric=rubric)
            if one.reader == BUILT_IN:
                readings.keep(one.key, await asyncio.to_thread(built_in_reading, document, brief))
                tell(one, None)
                return
            reading, failure = await _model_reading(document, brief, one.reader, providers, gateway, tries)
            if reading is not None:
                readings.keep(one.key, reading)
            tell(one, failure)

    await asyncio.gather(*(read(each) for each in wanted))


def built_in_reading(document: Document, brief: Brief) -> KeptReading:
    """The built-in reader's scores; its features are facts, measures and how it judges each topic it may judge."""
    features = built_in_features(facts_for(document, brief))
    return KeptReading(_scores(read_built_in(document, brief), brief.rubric), features)


async def _model_reading(
    document: Document, brief: Brief, reader: str, providers: Sequence[Provider], gateway: Gateway, tries: int
) -> tuple[KeptReading | None, str | None]:
    """The reading, or why there is none. A model's features are its own scores for all criteria."""
    try:
        found = await feedback_of_document(
            document, brief, readers=[reader], runs=1, method=MergeMethod.MEAN, providers=providers, gateway=gateway,
            tries=tries, tell=lambda reading: None,
        )  # fmt: skip
    except RuleBroken as failed:
        return None, failed.message
    answer = found.readings[0].answer
    assert answer is not None, "without an answer the feedback is refused"
    scores = _scores(answer, brief.rubric)
    return KeptReading(scores, features_of_scores(scores)), None


def _scores(answer: Answer, rubric: Rubric) -> dict[str, Any]:
    return {rubric.criterion(each.key).name: each.score for each in answer.criteria}
