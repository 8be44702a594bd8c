"""Functions and classes of program code: where they stand, how long and deep they are, whether they are documented."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from feedforward.facts.code_languages import KEYWORDS
from feedforward.facts.code_reading import Code, Token
from feedforward.facts.lexicon import listed

_DEEPER = (ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.Match)
_OPENERS = listed("else do try finally loop")
_NO_FUNCTION = KEYWORDS - {"function"}
_ANONYMOUS = listed("function func fn fun")
_NOT_BETWEEN = frozenset(";=")
_MOST_BETWEEN = 14
_LONGEST_HEAD = 40
_LONGEST_BODY = 5_000
_MOST_FUNCTIONS = 2_000


@dataclass(frozen=True, slots=True)
class Function:
    """A function or class; lines count from 0 in the text, `depth` is how deep branches and loops go."""

    name: str
    first: int
    last: int
    depth: int = 0
    is_class: bool = False
    is_documented: bool = False


def functions_of(code: Code) -> list[Function]:
    """By the syntax tree in Python, by braces where there are any; other languages show none."""
    if code.key == "python":
        return [each for tree in code.trees for each in _in_python(tree.root, tree.first_line, code)]
    if code.language is not None and code.language.braces:
        return list(islice(_in_braces(code), _MOST_FUNCTIONS))
    return []


def _in_python(root: ast.Module, shift: int, code: Code) -> Iterator[Function]:
    commented = {token.line for token in code.tokens if token.kind == "comment"}
    for node in ast.walk(root):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            first = min([node.lineno, *(each.lineno for each in node.decorator_list)]) - 1 + shift
            is_class = isinstance(node, ast.ClassDef)
            documented = ast.get_docstring(node) is not None or first - 1 in commented
            depth = 0 if is_class else _depth(node)
            yield Function(node.name, first, (node.end_lineno or node.lineno) - 1 + shift, depth, is_class, documented)


def _depth(function: ast.AST) -> int:
    """How many branches and loops stand in each other; an elif is no deeper than its if."""
    deepest = 0
    waiting: list[tuple[ast.AST, int]] = [(child, 0) for child in ast.iter_child_nodes(function)]
    while waiting:
        node, depth = waiting.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            continue
        inside = depth + isinstance(node, (*_DEEPER, ast.If))
        deepest = max(deepest, inside)
        chained = isinstance(node, ast.If) and len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If)
        for child in ast.iter_child_nodes(node):
            is_elif = chained and isinstance(node, ast.If) and child is node.orelse[0]
            waiting.append((child, depth if is_elif else inside))
    return deepest


def _in_braces(code: Code) -> Iterator[Function]:
    tokens = code.words
    closing = _pairs(tokens)
    documented = {token.line + token.text.count("\n") for token in code.tokens if token.kind == "comment"}
    for at, token in enumerate(tokens):
        if token.kind != "name":
            continue
        opening = _class_opening(tokens, at) if token.text in {"class", "interface", "enum", "struct"} else None
        is_class = opening is not None
        name = tokens[at + 1].text if is_class and at + 1 < len(tokens) else token.text
        if opening is None:
            opening = _body_opening(tokens, closing, at)
            name = _name_of(tokens, at)
        if opening is None or opening not in closing:
            continue
        first, last = _first_line(tokens, at), tokens[closing[opening]].line
        depth = 0 if is_class else _brace_depth(tokens, opening, closing[opening])
        yield Function(name, first, last, depth, is_class, first - 1 in documented or first in documented)


def _pairs(tokens: Sequence[Token]) -> dict[int, int]:
    """Where each opening brace and bracket closes; those that never close are not there."""
    pairs: dict[int, int] = {}
    waiting: dict[str, list[int]] = {"{": [], "(": []}
    opens = {"}": "{", ")": "("}
    for at, token in enumerate(tokens):
        if token.kind != "mark":
            continue
        if token.text in waiting:
            waiting[token.text].append(at)
        elif token.text in opens and waiting[opens[token.text]]:
            pairs[waiting[opens[token.text]].pop()] = at
    return pairs


def _class_opening(tokens: Sequence[Token], at: int) -> int | None:
    for near in range(at + 1, min(at + 30, len(tokens))):
        if tokens[near].text == "{":
            return near if near > at + 1 and tokens[at + 1].kind == "name" else None
        if tokens[near].text in {";", ")", "=", "*"}:
            return None
    return None


def _body_opening(tokens: Sequence[Token], closing: dict[int, int], at: int) -> int | None:
    """The brace that opens the body of the function named here: a name, (…), at most a few words, then {."""
    if tokens[at].text in _NO_FUNCTION and tokens[at].text not in _ANONYMOUS:
        return None
    if at + 1 >= len(tokens) or tokens[at + 1].text != "(" or at + 1 not in closing:
        return None
    if at and tokens[at - 1].text in {".", "new", "->"}:
        return None
    after = closing[at + 1] + 1
    for near in range(after, min(after + _MOST_BETWEEN, len(tokens))):
        if tokens[near].text == "{":
            return near
        if tokens[near].text in _NOT_BETWEEN or tokens[near].text in {"(", ")", "}", "."}:
            return None
    return None


def _name_of(tokens: Sequence[Token], at: int) -> str:
    """The name a function without one is bound to: `area <- function(…)`, `const area = function (…)`."""
    if tokens[at].text in _ANONYMOUS and at >= 2 and tokens[at - 1].text in {"<-", "=", ":"}:
        return tokens[at - 2].text
    return tokens[at].text


def _first_line(tokens: Sequence[Token], at: int) -> int:
    """The line the declaration begins on, its modifiers and annotations with it."""
    earliest = max(0, at - _LONGEST_HEAD)
    while at > earliest and tokens[at - 1].text not in {";", "{", "}"} and tokens[at].line - tokens[at - 1].line <= 1:
        if tokens[at - 1].line != tokens[at].line and tokens[at - 1].text in {")", ":"}:
            break
        at -= 1
    return tokens[at].line


def _brace_depth(tokens: Sequence[Token], opening: int, closing: int) -> int:
    """Braces after a bracket or an opening word; braces of literals are not counted."""
    stack: list[bool] = []
    depth = deepest = 0
    for at in range(opening + 1, min(closing, opening + _LONGEST_BODY)):
        if tokens[at].text == "{":
            stack.append(tokens[at - 1].text == ")" or tokens[at - 1].text in _OPENERS)
            depth += stack[-1]
            deepest = max(deepest, depth)
        elif tokens[at].text == "}" and stack:
            depth -= stack.pop()
    return deepest
