"""What comes twice in program code, and what was left lying in it: bare numbers, dead and commented-out code."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from feedforward.facts.code_languages import KEYWORDS
from feedforward.facts.code_reading import Code, Token
from feedforward.facts.fact import Fact, Place, counted

_WINDOW = 5
_FEWEST_TOKENS = 25
_PLAIN_NUMBERS = frozenset(["0", "1", "2", "10", "100", "0.0", "1.0", "2.0", "0f", "1f"])
_CONSTANT = re.compile(r"\b(?:final|const|constexpr|#define|enum)\b|^\s*[A-Z][A-Z0-9_]*\s*(?::\s*\w+\s*)?=|^\s*case\b")
_IMPORT = re.compile(r"^\s*(?:import|from|#include|using|package|library|require|@)")
_MARKS_OF_COMMENT = re.compile(r"^\s*(?:#+|//+|--+|%+|/\*+|\*+)\s?|\*/\s*$")
_LOOKS_LIKE_CODE = re.compile(
    r"\s*(?:(?=.*[=(]|return\b|break\b).*[\w)\]\"']\s*[;{]\s*$"
    r"|\}\s*(?:else\b.*)?$|(?:import|from) [\w.]+(?: import .*)?$|(?:def|class) \w+.*:\s*$"
    r"|(?:if|elif|for|while)\b.*:\s*$|return\b[^.]*$|[\w.\[\]]+\s*(?:[-+*/]?=|<-)\s*\S.*$|[\w.]+\([^()]*\)\s*$)"
)
_ENDINGS = (ast.Return, ast.Raise, ast.Break, ast.Continue)


def repeat_facts(code: Code) -> Iterator[Fact]:
    """Clones and leftovers; unreachable lines in Python alone."""
    yield counted("code_duplicates", list(_duplicates(code)))
    yield counted("code_magic_numbers", list(_magic_numbers(code)))
    yield counted("code_commented_out", list(_commented_out(code)))
    yield counted("code_unreachable", list(_unreachable(code)))


def _duplicates(code: Code) -> Iterator[tuple[Place, str]]:
    """Later copies of five or more lines whose tokens are alike once names and values are left open."""
    by_line: dict[int, list[str]] = defaultdict(list)
    for token in code.words:
        by_line[token.line].append(_shape(token))
    lines = [
        number
        for number in sorted(by_line)
        if any(shape.isalnum() for shape in by_line[number])
        and not _IMPORT.match(code.code, code.line_starts[number], code.line_starts[number] + 200)
    ]
    shapes = [" ".join(by_line[number]) for number in lines]
    sizes = [len(by_line[number]) for number in lines]
    seen: dict[tuple[str, ...], int] = {}
    at = 0
    while at + _WINDOW <= len(lines):
        key = tuple(shapes[at : at + _WINDOW])
        first = seen.setdefault(key, at)
        if first + _WINDOW > at or sum(sizes[at : at + _WINDOW]) < _FEWEST_TOKENS or len(set(key)) < 3:
            at += 1
            continue
        length = _WINDOW
        while at + length < len(lines) and first + length < at and shapes[at + length] == shapes[first + length]:
            length += 1
        yield code.line_place(lines[at], lines[at + length - 1]), f"{length} lines, like line {lines[first] + 1}"
        at += length


def _shape(token: Token) -> str:
    if token.kind == "name":
        return token.text if token.text in KEYWORDS else "name"
    return token.text if token.kind == "mark" else token.kind


def _magic_numbers(code: Code) -> Iterator[tuple[Place, str]]:
    words = code.words
    for at, token in enumerate(words):
        if token.kind != "number" or token.text in _PLAIN_NUMBERS:
            continue
        begin = code.line_starts[token.line]
        if _CONSTANT.search(code.code[begin : token.start]):
            continue
        before = words[at - 1].text if at else ""
        signed = before == "-" and at > 1
        leading = words[at - 2].text if signed else before
        following = words[at + 1] if at + 1 < len(words) else None
        alone = following is None or following.text in {";", ",", ")"} or following.line > token.line
        if not (leading in {"=", "<-", ":="} and alone):
            yield Place(token.start, token.end), token.text


def _commented_out(code: Code) -> Iterator[tuple[Place, str]]:
    """Each run of comment lines of which all look like code and at least one is no bare call or return."""
    run: list[tuple[int, Place]] = []
    for token in [each for each in code.tokens if each.kind == "comment"]:
        lines = token.text.split("\n")
        if token.text.startswith("/**"):
            continue
        stripped = [_MARKS_OF_COMMENT.sub("", line) for line in lines]
        told = [line for line in stripped if line.strip()]
        is_code = bool(told) and all(_LOOKS_LIKE_CODE.fullmatch(line[:300]) for line in told)
        if run and (not is_code or token.line > run[-1][0] + 1):
            yield _joined(run)
            run = []
        if is_code:
            run.append((token.line + len(lines) - 1, Place(token.start, token.end)))
    if run:
        yield _joined(run)


def _joined(run: list[tuple[int, Place]]) -> tuple[Place, str]:
    return Place(run[0][1].start, run[-1][1].end), f"{len(run)} comments"


def _unreachable(code: Code) -> Iterator[tuple[Place, str]]:
    for tree in code.trees:
        for node in ast.walk(tree.root):
            for field in ("body", "orelse", "finalbody"):
                body = getattr(node, field, None)
                if not isinstance(body, list):
                    continue
                for before, after in pairwise(body):
                    if isinstance(before, _ENDINGS) and isinstance(after, ast.stmt):
                        first, last = after.lineno - 1, (body[-1].end_lineno or after.lineno) - 1
                        yield code.line_place(first + tree.first_line, last + tree.first_line), "after the end"
                        break
