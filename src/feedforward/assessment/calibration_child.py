"""The child process in which a reader is calibrated: marked texts come in, progress and the calibration go out.

Run as `python -I -B -m feedforward.assessment.calibration_child`. Standard input is one JSON object (`Order`), standard
output lines of JSON: `{"done": 12}` … and at last `{"fitted", "figures"}` or `{"refused": message}`. Nothing is kept.
"""

import json
import os
import resource
import sys
from collections.abc import Iterable
from typing import Any

from feedforward.assessment.assignment_brief import Brief
from feedforward.assessment.built_in.features import built_in_features, may_be_calibrated
from feedforward.assessment.built_in.measuring import facts_for
from feedforward.assessment.built_in.reader import read
from feedforward.assessment.built_in.topics import Topic
from feedforward.assessment.calibration_order import Order, OrderedText, order_from_bytes
from feedforward.calibration.features import features_of_scores
from feedforward.calibration.scale import scale_of
from feedforward.calibration.training import figures_to_json, train
from feedforward.calibration.trials import MarkedText
from feedforward.errors import RuleBroken
from feedforward.extraction.document import Document
from feedforward.extraction.reading import document_from_text
from feedforward.llm.readers import BUILT_IN
from feedforward.rubrics.files import rubric_from_text

MEMORY_BYTES = 2_000_000_000
CPU_SECONDS = 600


def messages(order: Order) -> Iterable[dict[str, Any]]:
    """Progress after each text, then the outcome."""
    rubric = rubric_from_text(order.rubric, "rubric.json")
    keys = {each.name: each.key for each in rubric.criteria}
    brief = Brief(
        title=order.title, instructions=order.instructions, rubric=rubric, kind=order.kind, word_min=order.word_min,
        word_max=order.word_max,
        chosen_topics={keys[name]: tuple(Topic(each) for each in topics) for name, topics in order.chosen.items()},
    )  # fmt: skip
    texts = []
    for at, each in enumerate(order.texts, start=1):
        if (marked := _marked(each, order.reader, brief)) is not None:
            texts.append(marked)
        if at % 5 == 0:
            yield {"done": at}
    yield {"done": len(order.texts)}
    scales = {
        each.name: scale_of(
            [*(level.points for level in each.levels), *(text.marks[each.name] for text in texts)], each.name
        )
        for each in rubric.criteria
    }
    try:
        trained = train(texts, scales, reader=order.reader, version=order.version)
    except RuleBroken as refused:
        yield {"refused": refused.message, "texts": len(texts)}
        return
    yield {
        "fitted": trained.calibration.to_json(), "figures": figures_to_json(trained.figures), "texts": len(texts),
    }  # fmt: skip


def _marked(text: OrderedText, reader: str, brief: Brief) -> MarkedText | None:
    """None for a text that the built-in reader gives no levels: too short, another language, program code."""
    if reader != BUILT_IN:
        scores = dict(text.scores or {})
        return MarkedText(text.marks, {reader: scores}, {reader: features_of_scores(scores)}, text.group)
    document = document_from_text(text.text) if text.document is None else Document.from_json(text.document)
    facts = facts_for(document, brief)
    if not may_be_calibrated(facts, brief):
        return None
    answer = read(document, brief)
    own = {brief.rubric.criterion(each.key).name: each.score for each in answer.criteria}
    return MarkedText(text.marks, {reader: own}, {reader: built_in_features(facts)}, text.group)


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(10)
    for message in messages(order_from_bytes(sys.stdin.buffer.read())):
        sys.stdout.write(f"{json.dumps(message)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
