"""What can be seen in program code, broken code included."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feedforward.extraction.document import Block, BlockKind
from feedforward.facts.gather import Facts, facts_of

PYTHON = '''"""What this file does."""
import math

RATE = 0.19


def area(radius):
    """The area of a circle."""
    return math.pi * radius ** 2


def tax(price):
    # x = price * 2
    total = price * 7
    for item in range(3):
        if item:
            while total:
                if price:
                    for again in range(4):
                        total -= 1
    return total
    print(total)
'''
JAVA = """
import java.util.List;

/** A clock. */
public class clock {
    private static final int LIMIT = 60;
    private int minuteCount;

    /** Ticks. */
    public void tick(int stepSize) throws Exception {
        if (minuteCount > 61) { minuteCount = 0; }
    }

    public int half(int other_value)
    {
        int half = minuteCount / 7;
        //int old = 3;
        return half;
    }
}
"""
REPEATED = "".join(
    f"""
def add_{name}(basket, price):
    basket["{name}"] = price * 2
    basket["sum"] = basket["sum"] + price
    if price > {number}:
        basket["dear"] = basket["dear"] + 1
    print("added", basket["sum"], price)
    return basket["sum"] - price
"""
    for name, number in (("apple", 3), ("pear", 4))
)


def measured(code: str, media_type: str = "text/x-python") -> Facts:
    return facts_of(code, (Block(BlockKind.CODE, 0, len(code)),), media_type=media_type)


def seen(facts: Facts, name: str) -> list[str]:
    return [facts.prose.text[place.start : place.end] for place in facts[name].places]


def test_python_is_parsed_for_functions_depth_and_what_is_never_reached() -> None:
    facts = measured(PYTHON)
    assert facts["code_language"].notes == ("Python",)
    assert facts["code_functions"].notes == ("area", "tax")
    assert facts["code_deep_nesting"].notes == ("tax|5",)
    assert facts["code_undocumented"].notes == ("tax",)
    assert seen(facts, "code_unreachable") == ["print(total)"]
    assert seen(facts, "code_magic_numbers") == ["7", "3", "4"]
    assert seen(facts, "code_commented_out") == ["# x = price * 2"]
    assert facts.value("code_syntax_errors") == 0


def test_java_is_read_by_its_tokens() -> None:
    facts = measured(JAVA, "text/x-java")
    assert facts["code_functions"].notes == ("tick", "half")
    assert facts["code_odd_class_names"].notes == ("clock",)
    assert facts["code_mixed_names"].notes == ()
    assert facts["code_undocumented"].notes == ("half",)
    assert seen(facts, "code_magic_numbers") == ["61", "7"]
    assert seen(facts, "code_commented_out") == ["//int old = 3;"]


@pytest.mark.parametrize(
    ("code", "media_type", "functions"),
    [
        ("const area = (r) => r * r;\nfunction grow(n) {\n  return n;\n}\n", "text/x-javascript", ("grow",)),
        ("area <- function(r) {\n  r * r\n}\n", "text/x-r", ("area",)),
        ("int main(void)\n{\n  if (1) { return 0; }\n}\n", "text/x-c", ("main",)),
        ("int Shape::area() const {\n  return 2;\n}\n", "text/x-c++", ("area",)),
    ],
)
def test_functions_of_other_languages_are_found_by_their_braces(
    code: str, media_type: str, functions: tuple[str, ...]
) -> None:
    assert measured(code, media_type)["code_functions"].notes == functions


def test_broken_python_says_where_and_is_measured_as_far_as_it_goes() -> None:
    code = "def one():\n    return 1\n\ndef two(:\n    return 2\n"
    cut = code.index("\ndef two")
    facts = facts_of(
        code, (Block(BlockKind.CODE, 0, cut), Block(BlockKind.CODE, cut + 1, len(code))), media_type="text/x-python"
    )
    assert facts["code_syntax_errors"].notes == ("line 4",)
    assert facts["code_functions"].notes == ("one",)


def test_a_repeated_stretch_is_found_though_names_and_values_changed() -> None:
    facts = measured(REPEATED)
    assert facts.value("code_duplicates") == 1
    assert facts["code_duplicates"].notes[0].endswith("like line 2")
    assert measured(PYTHON).value("code_duplicates") == 0


def test_names_are_judged_once_each() -> None:
    facts = measured("def f(q, first_name):\n    q = q + 1\n    tmp = q\n    last_name = tmp\n    whole_name = tmp\n"
                     "    oldName = 1\n")  # fmt: skip
    assert facts["code_one_letter_names"].notes == ("q",)
    assert facts["code_unclear_names"].notes == ("tmp",)
    assert facts["code_mixed_names"].notes == ("oldName",)


def test_comments_are_counted_and_long_stretches_without_any_found() -> None:
    bare = "".join(f"total = total + step_{number}\n" for number in range(30))
    assert measured(bare).value("code_uncommented") == 1
    assert measured(bare + "# why\n").value("code_comment_share") == pytest.approx(1 / 31, abs=1e-4)
    assert measured("# why\n" + bare[:100]).value("code_uncommented") == 0


def test_a_notebooks_own_commands_are_no_syntax_error_and_its_prose_is_prose() -> None:
    text = "We read the data that was in the file.\n\n%matplotlib inline\nimport math\n\nprint(math.pi)"
    start = text.index("%")
    blocks = (Block(BlockKind.PARAGRAPH, 0, start - 2), Block(BlockKind.CODE, start, len(text)))
    facts = facts_of(text, blocks, media_type="application/x-ipynb+json")
    assert facts.value("code_syntax_errors") == 0
    assert facts.value("words") == 9


def test_without_a_known_ending_the_language_is_told_by_what_stands_in_the_code() -> None:
    assert measured(JAVA, "")["code_language"].notes == ("Java",)
    assert measured(PYTHON, "")["code_language"].notes == ("Python",)
    assert measured("hello there\n", "").value("code_language") == 0


def test_prose_has_no_facts_of_code() -> None:
    assert not [name for name in facts_of("We went home. It was late.").by_name if name.startswith("code_")]


PIECES = st.sampled_from(
    ["def f(", "):\n", "    ", "if ", "x", "=", "3.7", "{", "}", "(", ")", ";", "\n", "'", '"', '"""', "/*", "*/", "//",
     "#", "class A", "return ", "\\", "é", "<-", "function", "`", "\x00", "case 4:", "0x1f"]
)  # fmt: skip
MEDIA = st.sampled_from(["text/x-python", "text/x-java", "text/x-r", "text/x-javascript", "text/x-haskell", ""])


@settings(max_examples=120, deadline=None)
@given(st.one_of(st.text(min_size=1, max_size=300), st.lists(PIECES, min_size=1, max_size=80).map("".join)), MEDIA)
@example("\n\nx", "text/x-python")
@example("if x:\n\ty\n  z", "text/x-python")
@example("é = ü = 1; ßß = 2", "text/x-python")
def test_any_code_gives_the_same_facts_twice_with_places_inside(code: str, media_type: str) -> None:
    facts = measured(code, media_type)
    assert facts.by_name == measured(code, media_type).by_name
    for fact in facts.by_name.values():
        assert fact.range[0] <= fact.value
        assert fact.range[1] is None or fact.value <= fact.range[1], fact.name
        for start, end in fact.places:
            assert 0 <= start < end <= len(code), fact.name


@pytest.mark.parametrize("piece", ["f(){", "((((", "if x:\n", "/* ", '"""', "x = 1\n", "a a a a(", "-"])
def test_code_made_to_slow_its_reader_does_not(piece: str) -> None:
    code = piece * (40_000 // len(piece))
    for media_type in ("text/x-java", "text/x-python"):
        assert measured(code, media_type).value("code_lines") >= 1
