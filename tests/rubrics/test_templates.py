"""The ready-made rubrics: usable, whole, and written so that a reader can tell their levels apart."""

import re

from feedforward.rubrics.files import rubric_from_text, rubric_to_text
from feedforward.rubrics.rules import problems_of
from feedforward.rubrics.templates import ready_made, ready_made_names

VAGUE = re.compile(r"\b(good|appropriate|adequate|nice|excellent|satisfactory|very|quite)\b", re.IGNORECASE)


def test_every_ready_made_rubric_can_be_used_and_tells_its_levels_apart() -> None:
    assert {"essay", "research-report", "reflection", "presentation-text", "lab-report", "code"} == set(ready_made())
    assert {name: (each.rubric.name, each.about) for name, each in ready_made().items()} == ready_made_names()
    for template in ready_made().values():
        rubric = template.rubric
        assert not problems_of(rubric)
        assert rubric_from_text(rubric_to_text(rubric), "template") == rubric
        assert sum(each.weight for each in rubric.criteria) == 100
        assert 4 <= len(rubric.criteria) <= 5
        for criterion in rubric.criteria:
            assert criterion.description
            words = [level.description for level in criterion.levels]
            assert len(set(words)) == len(words) == 4
            assert all(len(each) > 40 for each in words), (rubric.name, criterion.name)
            assert not any(VAGUE.search(each) for each in words), (rubric.name, criterion.name)
