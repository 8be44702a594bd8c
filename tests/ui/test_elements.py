"""Elements: the same HTML as FastHTML's own writer, escaped, with nonces, and quick."""

from html.parser import HTMLParser
from typing import Any

import fasthtml.components as stock
import pytest
from fasthtml.common import to_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from feedforward.ui import elements
from feedforward.ui.elements import A, Button, Div, Element, Input, P, Script, Span, Svg, element, raw, render

TAGS = ["Div", "P", "Span", "A", "Section", "Ul", "Li", "Table", "Td", "Button", "H1", "Form", "Label", "Details"]
VOIDS = ["Input", "Br", "Hr", "Img"]
NAMES = ["cls", "title", "fr", "data_key", "aria_label", "hidden", "hx_trigger", "value", "role", "htmlFor"]

words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
values = st.one_of(words, st.booleans(), st.none(), st.integers(), st.lists(words.filter(bool), min_size=1, max_size=3))
# FastHTML makes up an id for True and a name from an id: ids are compared as words, with a name beside them.
attributes = st.builds(
    lambda some, named: {**some, **named},
    st.dictionaries(st.sampled_from(NAMES), values, max_size=4),
    st.one_of(st.just({}), st.fixed_dictionaries({"id": words.filter(bool), "name": words})),
)
# A tree as plain data (tag, children, attributes), so that both libraries can make it of the same stuff.
inner = st.recursive(
    st.one_of(words, st.integers(), st.none(), st.tuples(st.sampled_from(VOIDS), st.just(()), attributes)),
    lambda child: st.tuples(st.sampled_from(TAGS), st.lists(child, max_size=4).map(tuple), attributes),
    max_leaves=20,
)
trees = st.tuples(st.sampled_from(TAGS), st.lists(inner, max_size=4).map(tuple), attributes)


def made(tree: Any, library: Any) -> Any:
    """The tree built with one library's constructors."""
    if not isinstance(tree, tuple):
        return tree
    tag, children, named = tree
    return getattr(library, tag)(*(made(child, library) for child in children), **named)


class Seen(HTMLParser):
    """What a parser makes of HTML: starts with their attributes, ends, and text run together."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.events: list[Any] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.events.append((tag, {name: value for name, value in attrs if name != "hx-nonce"}))

    def handle_endtag(self, tag: str) -> None:
        self.events.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        if self.events and isinstance(self.events[-1], list):
            self.events[-1][0] += data
        else:
            self.events.append([data])


@settings(max_examples=80)
@given(trees)
def test_our_writer_says_the_same_as_fasthtml(tree: Any) -> None:
    ours, theirs = render(made(tree, elements), "n"), to_xml(made(tree, stock), indent=False)
    assert Seen(ours).events == Seen(theirs).events


@settings(max_examples=40)
@given(trees)
def test_elements_made_by_fasthtml_are_written_too(tree: Any) -> None:
    assert Seen(render(made(tree, stock), "n")).events == Seen(to_xml(made(tree, stock), indent=False)).events


@given(words, words)
def test_no_text_and_no_value_can_open_a_tag_or_leave_its_quotes(text: str, value: str) -> None:
    html = render(P(text, title=value), "n")
    assert html.count("<") == 2
    assert Seen(html).events[0] == ("p", {"title": value})


def test_a_list_of_text_is_escaped_though_fasthtml_takes_it_for_html() -> None:
    assert render(Div(["<b>bold</b>"]), "n") == "<div>&lt;b&gt;bold&lt;/b&gt;</div>"


def test_a_string_that_claims_to_be_safe_is_escaped_all_the_same() -> None:
    class Safe(str):
        def __html__(self) -> str:
            return str(self)

    assert "<b>" not in render(Div(Safe("<b>")), "n")


def test_only_raw_is_written_as_it_stands() -> None:
    assert render(Div(raw("<b>ours</b>"), "<i>"), "n") == "<div><b>ours</b>&lt;i&gt;</div>"


def test_none_and_truth_values_write_nothing() -> None:
    assert render(Div(None, False, True, (None, [Span("x"), False])), "n") == "<div><span>x</span></div>"


def test_false_and_none_attributes_are_dropped_and_true_is_bare() -> None:
    assert render(Input(disabled=True, checked=False, value=None, name="n"), "n") == '<input disabled name="n">'


def test_every_element_with_an_htmx_attribute_carries_the_nonce() -> None:
    tree = Div(Button("Go", hx_post="/go"), P("still"), hx_get="/x", hx_nonce="somebody else's")
    assert render(tree, "abc").count('hx-nonce="abc"') == 2
    assert "somebody" not in render(tree, "abc")


def test_scripts_carry_the_nonce_and_no_other() -> None:
    assert render(Script(src="/a.js", nonce="old"), "abc") == '<script src="/a.js" nonce="abc"></script>'


def test_a_mapping_becomes_json() -> None:
    assert render(Div(hx_vals={"a": 1}), "n") == '<div hx-vals="{&quot;a&quot;: 1}" hx-nonce="n"></div>'


@pytest.mark.parametrize("name", ["style", "onclick", "hx get", "a>b", ""])
def test_an_attribute_that_does_nothing_or_has_no_proper_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="attribute"):
        P(**{name: "x"})


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "java\nscript:alert(1)"],
)
def test_an_address_that_could_run_a_script_leads_nowhere(address: str) -> None:
    assert render(A("x", href=address), "n") == '<a href="#">x</a>'


@pytest.mark.parametrize(
    "address", ["/a?b=c:d", "#top", "https://a.example/", "mailto:a@b.example", "a/b:c", "?q=a:b", ""]
)
def test_other_addresses_stay_as_they_are(address: str) -> None:
    assert Seen(render(A("x", href=address), "n")).events[0] == ("a", {"href": address})


def test_tags_without_a_constructor_can_be_made_by_name() -> None:
    node: Element = Svg(element("ellipse", rx="1"), viewBox="0 0 1 1")
    assert render(node, "n") == '<svg viewbox="0 0 1 1"><ellipse rx="1"></ellipse></svg>'
