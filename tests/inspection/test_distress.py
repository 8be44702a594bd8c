"""A text in which somebody may be in danger is shown to a person; essays about such things are not."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.inspection.distress import signs_of_distress
from feedforward.inspection.flags import FlagKind
from tests.architecture.house import ROOT

MEANT = (
    "I don't want to live anymore.",
    "Sometimes I think about killing myself and nobody knows.",
    "My life is empty and I just want to die.",
    "I wish I was dead.",
    "I started cutting myself last spring.",
    "My stepfather often hits me when he drinks.",
    "I was raped by somebody I know.",
    "I am afraid to go home after school.",
    "I am going to shoot up the school.",
    "We have nowhere to sleep tonight.",
    "Everybody would be better off without me.",
    "Ich will nicht mehr leben.",
    "Mein Vater schlägt mich jeden Abend.",
    "Je veux mourir.",
    "Ya no quiero vivir.",
    "Mi padrastro me pega.",
    "Eu não quero mais viver.",
    "Non voglio più vivere.",
    "我不想活了。",
)
NOT_MEANT = (
    "Suicide is the second most frequent cause of death among young people.",
    "I wanted to die laughing when he fell into the pool.",
    "Hamlet asks whether it is better to die.",
    'In the novel she says, "I want to die," and leaves.',
    "I don't want to live in a big city.",
    "My brother beats me at chess.",
    "I cut myself off from my phone for a week.",
    "If I wanted to kill myself with work, I would take that job.",
    "My mother hit the ball over the fence.",
    "I am dying to see the sea.",
    "This homework kills me.",
    "Je veux mourir de rire.",
    "No quiero vivir en el campo.",
    "The law should protect people who were abused by their parents.",
    "I accidentally cut my finger in the kitchen.",
)


@pytest.mark.parametrize("sentence", MEANT)
def test_a_sign_of_distress_is_flagged_with_its_place(sentence: str) -> None:
    text = f"School is hard.\n\n{sentence} The rest of the day was grey."
    (flag,) = signs_of_distress(text)
    assert flag.kind is FlagKind.DISTRESS
    assert text[flag.start : flag.end] == flag.text == sentence
    assert flag.why.endswith("Please read it yourself.")


@pytest.mark.parametrize("sentence", NOT_MEANT)
def test_an_essay_about_such_things_is_not_flagged(sentence: str) -> None:
    assert signs_of_distress(f"School is hard. {sentence} The end.") == ()


def test_at_most_one_real_essay_in_two_hundred_is_flagged() -> None:
    path = ROOT.parent / "shared" / "evaluation" / "essays.csv"
    if not path.exists():
        pytest.skip("the evaluation texts are not on this machine")
    with path.open(encoding="utf-8", newline="") as opened:
        texts = [row["text"] for row in csv.DictReader(opened)][::3]
    assert sum(bool(signs_of_distress(text)) for text in texts) <= len(texts) / 200


@given(st.text(max_size=200))
def test_any_text_gives_flags_within_it(text: str) -> None:
    for flag in signs_of_distress(f"{text} I want to die. {text}"):
        assert flag.start is not None
        assert flag.end is not None
        assert 0 <= flag.start < flag.end <= 2 * len(text) + 20
