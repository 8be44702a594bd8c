"""The draft with its marks: nothing of the text is lost or changed, and every mark leads to its comment."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from feedforward.ui.comments import comment_card
from feedforward.ui.draft_text import Mark, marked_text
from feedforward.ui.elements import render
from tests.ui.gallery_texts import ESSAY, MARKS

letters = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30)
texts = st.lists(letters, min_size=1, max_size=5).map("\n\n".join)
places = st.lists(st.tuples(st.integers(-5, 170), st.integers(-5, 170)), max_size=6)


def shown(text: str, marks: list[Mark]) -> str:
    return render(marked_text(text=text, marks=marks), "n")


def words_of(html: str) -> str:
    """The text as it is read, without the numbers of the marks."""
    without_numbers = re.sub(r"<a [^>]*>\d+</a>", "", html)
    return unescape(re.sub(r"<[^>]+>", "", without_numbers.replace("</p><p>", "\n\n")))


@given(texts, places)
def test_marks_never_change_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [Mark(n, start, end, "improvement", f"c{n}") for n, (start, end) in enumerate(spans, 1)]
    kept = "\n\n".join(part for part in text.split("\n\n") if part.strip())
    assert words_of(shown(text, marks)) == kept


@given(texts, places)
def test_every_mark_over_words_has_exactly_one_number(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [Mark(n, start, end, "strength", f"c{n}") for n, (start, end) in enumerate(spans, 1)]
    html = shown(text, marks)
    for mark in marks:
        inside = text[max(0, mark.start) : max(0, mark.end)].strip() if mark.start < mark.end else ""
        assert html.count(f'id="mark-{mark.comment_id}"') == (1 if inside else 0)


def test_a_mark_and_its_comment_lead_to_each_other() -> None:
    draft = shown(ESSAY, MARKS)
    card = render(comment_card(comment_id="k1", number=1, kind="improvement", text="Why."), "n")
    assert 'href="#comment-k1" id="mark-k1"' in draft
    assert 'href="#mark-k1"' in card
    assert 'id="comment-k1"' in card


def test_overlapping_marks_share_the_words_they_have_in_common() -> None:
    html = shown("one two three", [Mark(1, 0, 7, "improvement", "a"), Mark(2, 4, 13, "strength", "b")])
    assert '<mark class="mark mark-several" data-comments="a b">two</mark>' in html


def test_a_mark_across_paragraphs_is_numbered_where_it_ends() -> None:
    html = shown("first\n\nsecond", [Mark(1, 2, 10, "improvement", "a")])
    assert html.index("sec</mark>") < html.index('id="mark-a"')
    assert html.count("<mark") == 2


def test_text_of_a_student_is_never_html() -> None:
    html = shown("<script>alert(1)</script>", [Mark(1, 1, 5, "improvement", '"><img src=x>')])
    assert "<script>" not in html
    assert "<img" not in html
