"""Measures the comparison of drafts and the judgement of comments on writers' real chains of drafts.

`python -m benchmarks.chains FILE [--json]` reads chains as docs/guides/evaluation.md describes them.
"""

import argparse
import hashlib
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import correlation, fmean
from typing import Any

from feedforward.assessment.answer import Addressed
from feedforward.assessment.assignment_brief import Brief, EarlierComment
from feedforward.assessment.built_in.uptake import compared, judgement
from feedforward.drafts.differences import ChangeKind, differences, sentence_spans
from feedforward.extraction.document import Document
from feedforward.extraction.reading import document_from_text
from feedforward.feedback.rules import CommentKind
from feedforward.rubrics.rules import Rubric

HALVES = ("tuning", "held out")
RESAMPLES = 1000
LABELS = ("addressed", "partly", "untouched")
_LABEL = {Addressed.YES: "addressed", Addressed.PARTLY: "partly", Addressed.NO: "untouched"}
_SURFACE = ("Word-Usage/Clarity", "Precision")
# What a sentence of the expert's letter is about: its sign, the criterion it is scored under, the purposes of revisions
# that the annotators would give to work on it.
_ABOUT = (
    (r"rebuttal|point of view", "Rebuttal", ("Rebuttal/Reservation",)),
    (r"sequence of|missing a conclusion|not organized", "Organization", ("Organization",)),
    (r"^thesis|statement that|include a statement", "Thesis", ("Claims/Ideas",)),
    (r"reasoning", "Reasoning", ("Warrant/Reasoning/Backing",)),
    (r"evidence", "Evidence", ("Evidence",)),
    (r"body paragraphs make", "Organization", ("Organization", "Claims/Ideas")),
    (r"claim", "Claims", ("Claims/Ideas",)),
    (r"grammatical", "Conventions", ("Conventions/Grammar/Spelling",)),
    (r"sentences are", "Fluency", _SURFACE),
    (r"words you chose", "Precision", _SURFACE),
)


@dataclass(frozen=True, slots=True)
class Said:
    """One comment of a letter on the first draft: what people found in the second one, and what was judged."""

    writer: int
    worked_on: bool
    label: str
    judged: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Revisions of one pair of drafts as annotated and as found: {"Add", "Delete", "Modify"} → number."""

    writer: int
    annotated: Mapping[str, int]
    found: Mapping[str, int]


def chains(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def half_of(writer: int) -> str:
    """Which half a writer belongs to, by a hash: nothing about the texts decides it."""
    return HALVES[int(hashlib.sha256(str(writer).encode()).hexdigest(), 16) % 2]


def counts_of(chain: Mapping[str, Any]) -> Iterator[Counts]:
    texts = [document_from_text(draft["text"]) for draft in chain["drafts"]]
    for at, key in enumerate(("revisions_1_to_2", "revisions_2_to_3")):
        annotated: Counter[str] = Counter()
        for purpose, count in chain[key].items():
            annotated[re.split("[:,]", purpose)[0]] += count
        kinds = Counter(each.kind for each in _changes(texts[at], texts[at + 1]))
        found = {
            "Add": kinds[ChangeKind.ADDED], "Delete": kinds[ChangeKind.REMOVED],
            "Modify": kinds[ChangeKind.REWORDED] + kinds[ChangeKind.MOVED],
        }  # fmt: skip
        yield Counts(chain["writer_id"], annotated, found)


def said_of(chain: Mapping[str, Any]) -> Iterator[Said]:
    """Each improvement of the letter that is about one of the criteria.

    Worked on: the annotators gave a revision a purpose that belongs to it. Addressed: worked on, and the two raters'
    mean score for the criterion rose; partly: one of the two; untouched: neither.
    """
    first, second = chain["drafts"][:2]
    brief = Brief("", "", Rubric("", ()))
    drafts = compared(brief, document_from_text(first["text"]), document_from_text(second["text"]))
    assert drafts is not None, "an essay is never too long to compare"
    for comment in improvements(chain["expert_feedback_on_draft1"]):
        about = next(((name, purposes) for sign, name, purposes in _ABOUT if re.search(sign, comment.lower())), None)
        if about is None:
            continue
        name, purposes = about
        worked_on = any(part in key for key in chain["revisions_1_to_2"] for part in purposes)
        rose = second["criteria"][name] > first["criteria"][name]
        label = LABELS[2 - worked_on - rose]
        found = judgement(EarlierComment("1", None, CommentKind.IMPROVEMENT, comment, "", ""), drafts)
        yield Said(chain["writer_id"], worked_on, label, _LABEL[found.addressed])


def improvements(letter: str) -> Iterator[str]:
    """The sentences under “Areas to improve”."""
    inside = False
    for line in letter.replace("\xa0", " ").split("\n"):
        line = line.strip()
        if re.match(r"(the strengths|areas to)", line, re.IGNORECASE):
            inside = line.lower().startswith("areas to")
        elif inside and re.search(r"\w", line):
            yield line


def interval(groups: Sequence[int], figure: Callable[[Sequence[int]], float]) -> tuple[float, float]:
    """95 of 100 resamples of writers; `groups[i]` is the writer of item i, `figure` takes positions of items."""
    of: dict[int, list[int]] = {}
    for place, group in enumerate(groups):
        of.setdefault(group, []).append(place)
    chance, writers = random.Random(0), sorted(of)
    values = sorted(figure([place for _ in writers for place in of[chance.choice(writers)]]) for _ in range(RESAMPLES))
    return values[int(0.025 * RESAMPLES)], values[int(0.975 * RESAMPLES)]


def judged_figures(said: Sequence[Said]) -> dict[str, tuple[float, float, float]]:
    """Figure → value and interval: accuracy, and precision and recall of each label."""

    def of(places: Sequence[int], name: str, label: str) -> float:
        items = [said[place] for place in places]
        if name == "accuracy":
            return fmean(each.judged == each.label for each in items)
        if name == "worked on":
            return fmean((each.judged != "untouched") == each.worked_on for each in items)
        among = [each for each in items if (each.judged if name == "precision" else each.label) == label]
        return fmean(each.judged == each.label for each in among) if among else 0.0

    asked = [("worked on", ""), ("accuracy", "")]
    asked += [(name, label) for label in LABELS for name in ("precision", "recall")]
    groups = [each.writer for each in said]
    every = range(len(said))
    return {
        f"{label} {name}".strip(): (
            of(every, name, label),
            *interval(groups, lambda places, name=name, label=label: of(places, name, label)),  # type: ignore[misc]
        )
        for name, label in asked
    }


def count_figures(counts: Sequence[Counts]) -> dict[str, tuple[int, int, float, float]]:
    """Kind → annotated in all, found in all, correlation over the pairs of drafts, mean distance per pair."""
    figures = {}
    for kind in ("Add", "Delete", "Modify"):
        annotated, found = [each.annotated[kind] for each in counts], [each.found[kind] for each in counts]
        distance = fmean(abs(one - other) for one, other in zip(annotated, found, strict=True))
        figures[kind] = (sum(annotated), sum(found), correlation(annotated, found), distance)
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", action="store_true", dest="as_json")
    asked = parser.parse_args()
    read = chains(asked.file)
    figures: dict[str, Any] = {}
    for half in HALVES:
        mine = [each for each in read if half_of(each["writer_id"]) == half]
        said = [each for chain in mine for each in said_of(chain)]
        figures[half] = {
            "writers": len(mine), "comments": len(said), "labels": Counter(each.label for each in said),
            "judged": judged_figures(said),
            "changes": count_figures([each for chain in mine for each in counts_of(chain)]),
        }  # fmt: skip
    print(json.dumps(figures, indent=2) if asked.as_json else "\n".join(_lines(figures)))


def _lines(figures: Mapping[str, Any]) -> Iterator[str]:
    for half, found in figures.items():
        labels = ", ".join(f"{found['labels'][label]} {label}" for label in LABELS)
        yield f"{half}: {found['writers']} writers, {found['comments']} comments ({labels})"
        for name, (value, low, high) in found["judged"].items():
            yield f"  {name:22} {value:.2f} ({low:.2f}–{high:.2f})"
        for kind, (annotated, counted, together, distance) in found["changes"].items():
            yield f"  {kind:7} annotated {annotated:4}, found {counted:4}, r {together:.3f}, {distance:.2f} off a pair"


def _changes(old: Document, new: Document) -> Sequence[Any]:
    spans = sentence_spans(old.text, old.blocks), sentence_spans(new.text, new.blocks)
    return differences(old.text, new.text, *spans)


if __name__ == "__main__":
    main()
