"""Styles of citing, notes, quotations, figures and captions."""

import pytest

from feedforward.extraction.document import Block, BlockKind
from feedforward.facts.citation_styles import entry_style
from feedforward.facts.gather import Facts, facts_of

BODY = "Sleep matters for learning {0}. Others have said the same {1}. It is not only a matter of hours {2}."
STYLES = {
    "APA": (
        ("(Lee & Mann, 2019)", "(Okafor, 2020, p. 4)", "(Weber, 2011)"),
        "Lee, A., & Mann, B. (2019). Sleep and school. Press.\n\nOkafor, C. (2020). Night and day. Press.\n\n"
        "Weber, T. (2011). Awake at night. Press.",
    ),
    "Harvard": (
        ("(Lee and Mann, 2019)", "(Okafor, 2020, p.4)", "(Weber, 2011)"),
        "Lee, A. and Mann, B. (2019) Sleep and school. London: Press.\n\nOkafor, C. (2020) Night and day. London: "
        "Press.\n\nWeber, T. (2011) Awake at night. London: Press.",
    ),
    "Chicago (author-date)": (
        ("(Lee and Mann 2019)", "(Okafor 2020, 4)", "(Weber 2011)"),
        "Lee, Anna, and Bo Mann. 2019. Sleep and School. London: Press.\n\nOkafor, Chidi. 2020. Night and Day. London: "
        "Press.\n\nWeber, Tom. 2011. Awake at Night. London: Press.",
    ),
    "MLA": (
        ("(Lee and Mann 12)", "(Okafor 4)", "(Weber 33-34)"),
        "Lee, Anna, and Bo Mann. Sleep and School. Press, 2019.\n\nOkafor, Chidi. Night and Day. Press, 2020.\n\n"
        "Weber, Tom. Awake at Night. Press, 2011.",
    ),
    "IEEE": (
        ("[1]", "[2]", "[3]"),
        "[1] A. Lee and B. Mann, Sleep and School. London: Press, 2019.\n\n[2] C. Okafor, Night and Day. London: Press"
        ", 2020.\n\n[3] T. Weber, Awake at Night. London: Press, 2011.",
    ),
}


def cited(style: str) -> str:
    marks, entries = STYLES[style]
    return f"{BODY.format(*marks)}\n\nReferences\n\n{entries}"


@pytest.mark.parametrize("style", STYLES)
def test_each_style_is_recognised_with_citations_and_list_matched_both_ways(style: str) -> None:
    facts = facts_of(cited(style))
    assert facts["citation_style"].notes == (style,)
    assert facts.value("citations") == 3
    for name in ("citations_without_reference", "references_without_citation", "mixed_citations", "mixed_references"):
        assert facts.value(name) == 0, name


@pytest.mark.parametrize("style", STYLES)
def test_in_each_style_a_source_missing_on_either_side_is_found(style: str) -> None:
    whole = cited(style)
    without_entry = whole.replace(whole[whole.rindex("\n\n") :], "")
    assert facts_of(without_entry).value("citations_without_reference") == 1
    without_citation = whole.replace(f" {STYLES[style][0][2]}.", ".", 1)
    assert facts_of(without_citation).value("references_without_citation") == 1


def test_notes_are_citations_of_their_own_and_meet_the_bibliography() -> None:
    parts = [
        (BlockKind.PARAGRAPH, "Sleep matters for learning. Others have said the same."),
        (BlockKind.FOOTNOTE, "1. Anna Lee, Sleep and School (London: Press, 2019), 42."),
        (BlockKind.FOOTNOTE, "2. Tom Weber, Awake at Night (London: Press, 2011), 3."),
        (BlockKind.FOOTNOTE, "3. Ibid., 5."),
        (BlockKind.HEADING, "Bibliography"),
        (BlockKind.REFERENCE, "Lee, Anna. Sleep and School. London: Press, 2019."),
        (BlockKind.REFERENCE, "Okafor, Chidi. Night and Day. London: Press, 2020."),
    ]
    text, blocks = "", []
    for kind, part in parts:
        blocks.append(Block(kind, len(text), len(text) + len(part)))
        text += part + "\n\n"
    facts = facts_of(text, blocks)
    assert facts["citation_style"].notes == ("Chicago (notes)",)
    assert facts["citations"].notes == ("Lee", "Weber")
    assert facts["citations_without_reference"].notes == ("Weber",)
    assert facts["references_without_citation"].notes == ("Okafor",)


def test_a_citation_or_entry_of_another_style_than_most_is_found() -> None:
    facts = facts_of(cited("APA").replace("(Weber, 2011)", "[3]", 1))
    assert facts["mixed_citations"].notes == ("a number, most are author and year",)
    odd = cited("APA").replace("Weber, T. (2011). Awake at night. Press.", "Weber, Tom. Awake at Night. Press, 2011.")
    assert facts_of(odd)["mixed_references"].notes == ("MLA, most are APA",)


def test_a_single_bare_citation_names_no_style() -> None:
    assert facts_of("It is so (Lee, 2019), and we know that.").value("citation_style") == 0
    assert entry_style("Some words that are no entry") == ""


def places(facts: Facts, name: str) -> list[str]:
    return [facts.prose.text[place.start : place.end] for place in facts[name].places]


def test_a_quotation_that_is_a_sentence_by_itself_is_not_introduced() -> None:
    text = "It was late. “We were all there on that very day” (Lee 4). She said, “we were all there on that day.”"
    assert places(facts_of(text), "quotations_unintroduced") == ["“We were all there on that very day”"]
    assert facts_of("She was clear: “We were all there on that day.”").value("quotations_unintroduced") == 0


def test_quotations_have_a_share_and_long_ones_belong_in_a_block() -> None:
    facts = facts_of("She said “" + "on and on " * 20 + "we went” and left it there for the day.")
    assert facts.value("long_inline_quotations") == 1
    assert facts.value("quotation_share") == pytest.approx(62 / 71, abs=1e-3)
    block = "They walked on and on."
    both = facts_of(block, (Block(BlockKind.QUOTATION, 0, len(block)),))
    assert (both.value("block_quotations"), both.value("quotation_share")) == (1, 1)


def test_figures_without_a_caption_and_captions_never_mentioned_are_found() -> None:
    text = (
        "As Figures 1 and 3 show, it fell. Table 2 says so too.\n\nFigure 1: Rain in May.\n\nFigure 2. Rain in June."
        "\n\nTable 2\n\nIt was dry (see figure 1a)."
    )
    facts = facts_of(text)
    assert facts["figures_missing"].notes == ("Figure 3",)
    assert facts["captions"].notes == ("Figure 1", "Figure 2", "Table 2")
    assert facts["captions_unmentioned"].notes == ("Figure 2",)
    assert facts.value("figure_mentions") == 3


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Como mostra a Figura 2, a chuva caiu.\n\nTabela 1 – Chuva em maio.", ("Figure 2",)),
        ("Wie Abbildung 4 zeigt, hat es geregnet.", ("Figure 4",)),
        ("如图3所示，下雨了。\n\n图3：五月的雨。", ()),
    ],
)
def test_figures_are_told_in_other_languages(text: str, missing: tuple[str, ...]) -> None:
    assert facts_of(text)["figures_missing"].notes == missing
