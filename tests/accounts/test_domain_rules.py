"""Which domain an address belongs to: never one that only looks like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedforward.accounts.domain_rules import Decision, DomainRule, decision_for, folded_domain, problem_with_domain

EXACT = DomainRule("example.edu", False, Decision.APPROVE)
WIDE = DomainRule("example.edu", True, Decision.APPROVE)
LABEL = st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True)


@pytest.mark.parametrize(
    ("email", "decision"),
    [
        ("ada@example.edu", Decision.APPROVE),
        ("ada@cs.example.edu", Decision.WAIT),
        ("ada@notexample.edu", Decision.WAIT),
        ("ada@example.edu.evil.org", Decision.WAIT),
        ("ada@example.educ", Decision.WAIT),
        ("example.edu@evil.org", Decision.WAIT),
        ("ada@exаmple.edu", Decision.WAIT),  # a Cyrillic letter
        ("ada@", Decision.WAIT),
        ("", Decision.WAIT),
    ],
)
def test_an_entry_takes_in_its_own_domain_alone(email: str, decision: Decision) -> None:
    assert decision_for(email, [EXACT]) is decision


def test_domains_below_are_taken_in_only_where_that_is_said() -> None:
    assert decision_for("ada@cs.example.edu", [WIDE]) is Decision.APPROVE
    assert decision_for("ada@a.cs.example.edu", [WIDE]) is Decision.APPROVE
    assert decision_for("ada@notexample.edu", [WIDE]) is Decision.WAIT


def test_the_longest_domain_decides() -> None:
    students = DomainRule("students.example.edu", True, Decision.WAIT)
    for rules in ([WIDE, students], [students, WIDE]):
        assert decision_for("ada@students.example.edu", rules) is Decision.WAIT
        assert decision_for("ada@y1.students.example.edu", rules) is Decision.WAIT
        assert decision_for("ada@staff.example.edu", rules) is Decision.APPROVE


def test_without_entries_everybody_waits() -> None:
    assert decision_for("ada@example.edu", []) is Decision.WAIT


@pytest.mark.parametrize("raw", ["Example.EDU", " @example.edu ", "*.example.edu", "example.edu."])
def test_a_domain_is_read_however_it_is_typed(raw: str) -> None:
    assert folded_domain(raw) == "example.edu"
    assert problem_with_domain(folded_domain(raw)) is None


@pytest.mark.parametrize(
    "raw", ["", "edu", "ac.uk", "co.uk", "edu.au", "a b.edu", "-a.edu", "a..edu", "ada@example.edu", "x" * 260 + ".edu"]
)
def test_what_is_no_institution_is_refused(raw: str) -> None:
    assert problem_with_domain(folded_domain(raw)) is not None


def test_a_domain_in_another_script_is_compared_in_its_ascii_form() -> None:
    rule = DomainRule(folded_domain("universität.example"), False, Decision.APPROVE)
    assert rule.domain == "xn--universitt-y5a.example"
    assert decision_for("ada@universität.example", [rule]) is Decision.APPROVE


@given(st.lists(LABEL, min_size=2, max_size=5), st.lists(LABEL, min_size=2, max_size=4), st.booleans())
def test_an_entry_never_takes_in_what_does_not_end_in_it(address: list[str], entry: list[str], below: bool) -> None:
    domain, rule = ".".join(address), DomainRule(".".join(entry), below, Decision.APPROVE)
    ends = address[-len(entry) :] == entry
    expected = ends and (below or len(address) == len(entry))
    assert (decision_for(f"ada@{domain}", [rule]) is Decision.APPROVE) is expected


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading_of_a_domain(raw: str) -> None:
    domain = folded_domain(raw)
    problem_with_domain(domain)
    assert decision_for(f"ada@{raw}", [EXACT]) in Decision
