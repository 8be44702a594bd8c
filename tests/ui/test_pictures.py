"""Ladders, charts, dates and comments: what the eye sees is also said in words."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.ui.charts import Bar, HeatRow, bars, heat_strip
from feedforward.ui.comments import comment_card
from feedforward.ui.dates import moment, moment_text, relative
from feedforward.ui.elements import render
from feedforward.ui.ladder import CriterionPath, ReaderDot, drafts_ladders, level_ladder, spread
from feedforward.ui.tables import data_table

LEVELS = ["Beginning", "Developing", "Proficient"]
NOW = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)


def test_the_reached_level_is_said_in_words() -> None:
    html = render(level_ladder(criterion="Evidence", levels=LEVELS, reached=1), "n")
    assert "Developing, level 2 of 3" in html
    assert html.count("step-reached") == 1
    assert ", reached</span>" in html


def test_a_criterion_nobody_judged_shows_no_level() -> None:
    html = render(level_ladder(criterion="Evidence", levels=LEVELS, reached=None, earlier=[None]), "n")
    assert "Not judged" in html
    assert "step-reached" not in html
    assert "bar-filled" not in html


def test_the_drafts_are_shown_as_small_ladders_and_as_a_table() -> None:
    html = render(
        drafts_ladders(
            title="Levels", drafts=["Draft 1", "Draft 2"], paths=[CriterionPath("Evidence", LEVELS, [0, None])]
        ),
        "n",
    )
    assert "<title>Draft 1: Beginning, level 1 of 3</title>" in html
    assert '<td data-label="Draft 2">Not judged</td>' in html


def test_a_reader_without_a_score_is_named_and_has_no_dot() -> None:
    dots = [ReaderDot("built-in", 1.0, "Developing"), ReaderDot("aurora", None, "no score")]
    html = render(spread(criterion="Evidence", levels=LEVELS, dots=dots, merged=1.0), "n")
    assert html.count("<circle") == 1
    assert "aurora: no score" in html.replace("</span>", "")


def test_readers_of_one_mind_do_not_cover_each_other() -> None:
    dots = [ReaderDot(name, 1.0, "Developing") for name in "abc"]
    html = render(spread(criterion="Evidence", levels=LEVELS, dots=dots), "n")
    heights = {part.split('"')[0] for part in html.split('cy="')[1:]}
    assert len(heights) == 3


@given(st.lists(st.floats(0, 1e9), max_size=8))
def test_bars_never_leave_the_drawing_and_their_figures_stand_in_a_table(values: list[float]) -> None:
    rows = [Bar(f"m{number}", value, f"{value:.2f}") for number, value in enumerate(values)]
    html = render(bars(title="Spent", description="Cost", rows=rows), "n")
    widths = [float(part.split("%")[0]) for part in html.split('width="')[1:] if "%" in part[:7]]
    assert all(0 <= width <= 100 for width in widths)
    assert html.count("<tr>") == len(rows) + 1


def test_a_heat_strip_writes_every_number() -> None:
    html = render(
        heat_strip(title="T", description="D", columns=["Low", "High"], rows=[HeatRow("Evidence", [3, 0])]), "n"
    )
    assert ">3</text>" in html
    assert ">0</text>" in html


def test_a_table_names_every_cell_for_the_cards_of_a_narrow_screen() -> None:
    html = render(data_table(caption="Drafts", head=["Who", "Age"], rows=[["Reader 1", "2 days"]]), "n")
    assert '<td data-label="Age">2 days</td>' in html
    assert '<th scope="row"' in html


def test_a_row_that_does_not_fit_its_head_is_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        data_table(caption="Drafts", head=["Who", "Age"], rows=[["Reader 1"]])


def test_an_erased_passage_says_so_and_shows_no_quote() -> None:
    html = render(comment_card(comment_id="1", kind="improvement", text="Why.", quote="secret", erased=True), "n")
    assert "was erased" in html
    assert "secret" not in html


def test_a_quote_that_was_not_found_is_marked_for_a_person() -> None:
    html = render(comment_card(comment_id="1", kind="strength", text="Why.", quote="q", supported=False), "n")
    assert "badge-person" in html


def test_a_moment_is_told_in_the_persons_zone_and_to_machines_exactly() -> None:
    when = datetime(2026, 12, 4, 22, 59, tzinfo=UTC)
    assert moment_text(when, "Europe/Berlin") == "Fri 4 December 2026, 23:59 CET"
    assert render(moment(when, "Nowhere/Land"), "n") == (
        '<time datetime="2026-12-04T22:59:00+00:00">Fri 4 December 2026, 22:59 UTC</time>'
    )


@pytest.mark.parametrize(
    ("distance", "words"),
    [
        (timedelta(days=3), "in 3 days"),
        (timedelta(hours=42), "in 2 days"),
        (timedelta(hours=-2), "2 hours ago"),
        (timedelta(minutes=61), "in 61 minutes"),
        (timedelta(days=-21), "3 weeks ago"),
        (timedelta(days=-365), "12 months ago"),
        (timedelta(seconds=-20), "just now"),
        (timedelta(seconds=20), "in a moment"),
        (timedelta(seconds=95), "in 2 minutes"),
    ],
)
def test_distances_are_told_in_words(distance: timedelta, words: str) -> None:
    assert relative(NOW + distance, NOW) == words
