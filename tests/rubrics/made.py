"""Rubrics for tests of formats: any usable one, with every character a teacher may type."""

from hypothesis import strategies as st

from feedforward.rubrics.rules import Criterion, Level, Rubric
from feedforward.rubrics.templates import ready_made

ESSAY = ready_made()["essay"].rubric

LETTERS = st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(list("|\\#*_<>&\"',;:-()[]{}0123456789%$ \t"))
NUMBERS = st.integers(-999, 9999) | st.decimals(-99, 99, places=2).map(float)


def _stripped(text: str) -> str:
    return " ".join(text.split())


line = st.text(LETTERS, min_size=1, max_size=14).map(_stripped).filter(bool)
text = st.lists(line, max_size=3).map("\n".join)


@st.composite
def rubrics(draw: st.DrawFn, *, alike: bool | None = None) -> Rubric:
    """Any usable rubric, each text stripped; `alike`: whether all criteria have the same levels (None: either)."""
    uniform = draw(st.booleans()) if alike is None else alike
    ladder: list[tuple[str, float]] | None = None
    criteria = []
    for position, name in enumerate(draw(st.lists(line, min_size=1, max_size=4, unique_by=str.casefold))):
        if ladder is None or not uniform:
            points = sorted(draw(st.lists(NUMBERS, min_size=2, max_size=5, unique=True)))
            labels = draw(st.lists(line, min_size=len(points), max_size=len(points), unique_by=str.casefold))
            ladder = [(label, float(at)) for label, at in zip(labels, points, strict=True)]
        levels = tuple(Level(label, at, draw(text)) for label, at in ladder)
        weight = float(draw(st.integers(1, 100) | st.decimals(0, 50, places=2).map(float)))
        criteria.append(Criterion(f"c{position + 1}", name, weight or 1.0, draw(text), levels))
    return Rubric(draw(line), tuple(criteria))
