"""Made-up texts whose marks follow from their features by a rule that is known."""

import random

from feedforward.calibration.scale import Scale
from feedforward.calibration.trials import MarkedText

SCALES = {"Ideas": Scale(1, 5, 0.5), "Style": Scale(1, 5, 0.5)}


def planted_texts(count: int, *, seed: int, noise: float = 0.2) -> list[MarkedText]:
    """Two of ten features decide "Ideas", one of them and a third decide "Style"; the others are noise."""
    chance = random.Random(seed)
    texts = []
    for _ in range(count):
        values = [chance.gauss(0, 1) for _ in range(10)]
        wanted = {"Ideas": 3 + 0.7 * values[0] - 0.5 * values[1], "Style": 3 + 0.6 * values[0] + 0.6 * values[2]}
        marks = {name: SCALES[name].nearest(score + chance.gauss(0, noise)) for name, score in wanted.items()}
        features = {f"text:{at}": 5 + 3 * value for at, value in enumerate(values)}
        texts.append(MarkedText(marks, {"made-up": {"Ideas": 3.0, "Style": None}}, {"made-up": features}))
    return texts
