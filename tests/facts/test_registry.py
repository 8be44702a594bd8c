"""Every fact is documented, in the registry and in the guide, and every documented one is measured."""

from pathlib import Path

import pytest

from feedforward.extraction.document import Block, BlockKind
from feedforward.facts.gather import facts_of
from feedforward.facts.guide import BEGIN, END, with_tables
from feedforward.facts.registry import FACTS

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guides" / "facts.md"


def test_the_guide_holds_the_tables_of_the_registry() -> None:
    assert GUIDE.read_text("utf-8") == with_tables(GUIDE.read_text("utf-8")), (
        "write them anew: python -m feedforward.facts.guide docs/guides/facts.md"
    )


def test_a_document_without_the_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="marks"):
        with_tables("# Facts")
    assert with_tables(f"a{BEGIN}{END}b").startswith("a")


def test_every_registered_fact_is_measured_of_some_text() -> None:
    prose = "We went to the house that stood by the sea, and it was closed."
    code = "def one():\n    return 1\n"
    text = f"{prose}\n\n{code}"
    blocks = (Block(BlockKind.PARAGRAPH, 0, len(prose)), Block(BlockKind.CODE, len(prose) + 2, len(text)))
    facts = facts_of(text, blocks, task="Discuss houses", word_min=1, word_max=2, media_type="text/x-python")
    assert set(facts.by_name) == set(FACTS)


def test_each_definition_says_what_unit_range_and_source() -> None:
    for name, each in FACTS.items():
        assert name == each.name
        assert each.what.endswith((".", "…")), name
        assert each.unit, name
        assert each.source, name
        assert each.group, name
        assert each.range[1] is None or each.range[0] < each.range[1], name
