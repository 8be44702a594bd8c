"""The list of the OWASP ASVS 5.0, level 2: every requirement is answered once, and what it names exists."""

import ast
import csv
import re
from functools import lru_cache

import pytest

from tests.architecture.house import ROOT

FILE = ROOT / "docs" / "asvs.csv"
COLUMNS = ["id", "chapter", "level", "requirement", "state", "evidence"]
STATES = {"tested", "reasoned", "not applicable", "later", "open"}
FILLED = {f"V{number}" for number in (*range(1, 12), 16)}
A_TEST = re.compile(r"(tests/[\w/]+\.py)::(test_\w+)")
# The levels of the requirements of each section, in order: all of the standard's 345, of which 253 are level 1 or 2.
LEVELS = {
    1: "22 1111122223 112222222223 222 123", 2: "122 112 12223 23", 3: "3 113 12223 11222233 11122333 3 22333",
    4: "12233 23333 22 1222", 5: "2 112333 113 222", 6: "122 111111112222 11223333 112233 22222333 2223 33 2222",
    7: "222 1111 22 11222 223 22", 8: "1233 1123 133 23", 9: "111 1222",
    10: "22 223 22223 1111122222233333 22222 22 222",
    11: "2233 22233 11233 1222 23 23 33", 12: "12233 11 22223", 13: "2333 222223 2233 1222233", 14: "22 12223333 122",
    15: "12233 12233 1222222 3333", 16: "2 22222 2222 222 2223", 17: "23 22223333 22",
}  # fmt: skip


def standard() -> dict[str, str]:
    """Id → level of every requirement of level 1 and 2."""
    return {
        f"V{chapter}.{section}.{number}": level
        for chapter, sections in LEVELS.items()
        for section, levels in enumerate(sections.split(), 1)
        for number, level in enumerate(levels, 1)
        if level in "12"
    }


def rows() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


@lru_cache(maxsize=200)
def names_in(path: str) -> frozenset[str]:
    file = ROOT / path
    if not file.is_file():
        return frozenset()
    found = ast.walk(ast.parse(file.read_text("utf-8")))
    return frozenset(each.name for each in found if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef))


def test_the_levels_written_here_are_those_of_the_standard() -> None:
    whole = "".join(LEVELS.values()).replace(" ", "")
    assert {level: whole.count(level) for level in "123"} == {"1": 70, "2": 183, "3": 92}


def test_every_requirement_of_level_2_is_answered_once() -> None:
    assert list(rows()[0]) == COLUMNS
    assert [(row["id"], row["level"]) for row in rows()] == list(standard().items())
    assert all(row["chapter"].split()[0] == row["id"].split(".")[0] for row in rows())


@pytest.mark.parametrize("chapter", [f"V{number}" for number in LEVELS])
def test_every_answer_has_a_state_and_evidence_that_fits_it(chapter: str) -> None:
    for row in rows():
        if row["chapter"].split()[0] != chapter:
            continue
        assert row["state"] in STATES, row["id"]
        assert row["requirement"].strip(), row["id"]
        named = A_TEST.findall(row["evidence"])
        words = A_TEST.sub("", row["evidence"]).strip("; ")
        assert named if row["state"] == "tested" else len(words.split()) >= 2, row["id"]
        assert row["state"] != "later" or chapter not in FILLED, f"{row['id']} is to be filled now"


def test_every_test_an_answer_names_exists() -> None:
    named = {(row["id"], *found) for row in rows() for found in A_TEST.findall(row["evidence"])}
    assert len(named) > 200
    assert sorted(each for each in named if each[2] not in names_in(each[1])) == []
    loose = [row["id"] for row in rows() if re.search(r"::|\btest_\w+", A_TEST.sub("", row["evidence"]))]
    assert loose == [], "a test that is named without its file"


def test_every_file_an_answer_points_to_exists() -> None:
    for row in rows():
        for name in re.findall(r"\b((?:docs|src|tests|frontend)/[\w/.-]+\.(?:md|py|js))", row["evidence"]):
            assert (ROOT / name).is_file(), (row["id"], name)
