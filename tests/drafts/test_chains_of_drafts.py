"""Real chains of drafts: what is found beside what people annotated, held a little below the measured figures."""

from pathlib import Path

import pytest

from benchmarks.chains import HALVES, chains, count_figures, counts_of, half_of, judged_figures, said_of

CHAINS = Path(__file__).resolve().parents[2].parent / "shared" / "evaluation" / "draft_chains.jsonl"
needs_chains = pytest.mark.skipif(not CHAINS.exists(), reason="the evaluation folder is not beside this checkout")


@needs_chains
def test_revisions_are_counted_nearly_as_the_annotators_counted_them() -> None:
    held_out = [each for each in chains(CHAINS) if half_of(each["writer_id"]) == HALVES[1]]
    figures = count_figures([each for chain in held_out for each in counts_of(chain)])
    for annotated, found, together, distance in figures.values():
        assert together >= 0.93
        assert distance <= 1.2
        assert abs(found - annotated) <= 0.12 * annotated


@needs_chains
def test_comments_are_judged_as_often_as_people_would_as_the_guide_says() -> None:
    held_out = [each for each in chains(CHAINS) if half_of(each["writer_id"]) == HALVES[1]]
    said = [each for chain in held_out for each in said_of(chain)]
    assert len(said) == 46
    figures = judged_figures(said)
    assert figures["worked on"][0] >= 0.75
    assert figures["accuracy"][0] >= 0.50
    assert figures["untouched precision"][0] >= 0.70


def test_both_halves_are_decided_by_the_writer_alone() -> None:
    assert {half_of(writer) for writer in range(20)} == set(HALVES)
