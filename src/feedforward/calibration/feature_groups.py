"""Features by name, and the groups they fall into; what makes them of a text is in `features.py`."""

from collections.abc import Mapping

Features = Mapping[str, float]
"""Name → value, the name's part before ":" being its group. A feature that does not apply is not there."""

GROUP_SHARES = {"text": 1.0, "word": 1.0, "own": 0.3}
"""How much each group as a whole may say before anything is learnt, however many features it has.

`own` are a reader's own few judgements: a small share of a large sum, and a large one for each of them.
"""


def group_of(name: str) -> str:
    return name.partition(":")[0]
