"""An answer survives being sealed as JSON and opened again."""

import json

from hypothesis import given
from hypothesis import strategies as st

from feedforward.assessment.answer import Addressed, Answer, CriterionReading, ReaderComment, Uptake
from feedforward.assessment.answer_json import answer_from_json, answer_to_json
from feedforward.feedback.rules import CommentKind, Quote

WORDS = st.text(max_size=30)
KEYS = st.sampled_from(["1", "2"])
QUOTES = st.builds(Quote, WORDS, st.integers(0, 99), st.integers(100, 200))
COMMENTS = st.builds(
    ReaderComment,
    criterion_key=st.none() | KEYS,
    kind=st.sampled_from(CommentKind),
    text=WORDS,
    quote=st.none() | QUOTES,
    next_step=WORDS,
    supported=st.booleans(),
    looked_in=WORDS,
)
ANSWERS = st.builds(
    Answer,
    criteria=st.lists(st.builds(CriterionReading, KEYS, st.none() | st.floats(0, 9), WORDS), max_size=3).map(tuple),
    comments=st.lists(COMMENTS, max_size=3).map(tuple),
    summary=WORDS,
    uptake=st.lists(st.builds(Uptake, KEYS, st.sampled_from(Addressed), WORDS), max_size=2).map(tuple),
)


@given(ANSWERS)
def test_an_answer_comes_back_as_it_was(answer: Answer) -> None:
    assert answer_from_json(json.loads(json.dumps(answer_to_json(answer)))) == answer
