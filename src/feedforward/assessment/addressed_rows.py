"""What the next draft did with earlier comments, as rows: the models' word where one spoke, else the built-in's."""

from collections.abc import Sequence
from typing import Any

from feedforward.assessment.answer import Addressed, Answer
from feedforward.assessment.built_in.uptake import Judgement
from feedforward.assessment.queries import RoundReading
from feedforward.feedback.content import UPTAKE
from feedforward.llm.readers import BUILT_IN
from feedforward.storage.content import ContentStore
from feedforward.storage.passages import lift_passages

_CAUTION = (Addressed.NO, Addressed.PARTLY, Addressed.YES)


def addressed_rows(
    good: Sequence[tuple[RoundReading, Answer]], judged: Sequence[Judgement], *, texts: str, content_id: str,
    store: ContentStore,
) -> list[dict[str, Any]]:  # fmt: skip
    """One row for each earlier comment that anybody judged; `texts` are both drafts, whose words are taken out."""
    built_in = {each.ref: each for each in judged}
    words = {each.ref: (each.addressed, each.reason, (BUILT_IN,)) for each in judged} | _of_models(good)
    rows = []
    for ref, (addressed, note, judges) in words.items():
        own = built_in.get(ref)
        lifted = lift_passages(note, texts)
        rows.append(
            {
                "comment_id": int(ref), "addressed": str(addressed), "note": lifted.template,
                "note_passages": store.seal(content_id, list(lifted.passages), UPTAKE), "judged_by": "\n".join(judges),
                "standing": str(own.standing) if own else None,
                "place_start": own.place.start if own and own.place else None,
                "place_end": own.place.end if own and own.place else None,
            }
        )  # fmt: skip
    return rows


def _of_models(good: Sequence[tuple[RoundReading, Answer]]) -> dict[str, tuple[Addressed, str, tuple[str, ...]]]:
    """Per comment what most models say, one of their notes and who they are; where they are even, the cautious word."""
    said: dict[str, list[tuple[Addressed, str, str]]] = {}
    for reading, answer in good:
        if reading.by_model:
            for uptake in answer.uptake:
                said.setdefault(uptake.comment_ref, []).append((uptake.addressed, uptake.note, reading.reader))
    result = {}
    for ref, words in said.items():
        votes = [each for each, _, _ in words]
        winner = max(_CAUTION, key=lambda each: (votes.count(each), -_CAUTION.index(each)))
        judges = tuple(sorted({reader for each, _, reader in words if each is winner}))
        result[ref] = (winner, next(note for each, note, _ in words if each is winner), judges)
    return result
