"""Names in program code: one-letter and unclear ones, and those written another way than most."""

import ast
import re
from collections.abc import Iterator, Sequence

from feedforward.facts.code_functions import Function
from feedforward.facts.code_languages import KEYWORDS
from feedforward.facts.code_reading import Code, Token
from feedforward.facts.fact import Fact, Place, counted
from feedforward.facts.lexicon import listed

_COUNTERS = frozenset("ijknmxyze_tTEKVRcdfsp")
_UNCLEAR = re.compile(
    r"(?:data|val|value|var|res|result|list|arr|array|num|str|obj|thing|x|y|a|b|func|method|test|temp|tmp|number)\d+"
    r"|temp|tmp|foo|bar|baz|qux|stuff|things?|blah|asdf|aa+|bb+|xx+|my_?var|variable|something|whatever|do_?stuff",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"[a-z][a-z0-9]*(?:[A-Z][A-Za-z0-9]*)+")
_SNAKE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+")
_DECLARING = listed("let const var val mut my local")
_TYPE_MARKS = frozenset([">", "]", "*", "&"])
_AFTER_NAME = frozenset(["=", ";", ",", ")", ":"])
_FEWEST = 3

Named = tuple[str, Place]


def naming_facts(code: Code, functions: Sequence[Function]) -> Iterator[Fact]:
    """Each name once, at the place that brings it in."""
    names = dict(reversed([*_variables(code), *_function_names(code, functions, is_class=False)]))
    yield counted(
        "code_one_letter_names",
        [(place, name) for name, place in names.items() if len(name) == 1 and name not in _COUNTERS and name.islower()],
    )
    yield counted("code_unclear_names", [(place, name) for name, place in names.items() if _UNCLEAR.fullmatch(name)])
    camel = [(place, name) for name, place in names.items() if _CAMEL.fullmatch(name)]
    snake = [(place, name) for name, place in names.items() if _SNAKE.fullmatch(name)]
    fewer, more = sorted((camel, snake), key=len)
    yield counted("code_mixed_names", fewer if len(more) >= _FEWEST and len(fewer) < len(more) else [])
    classes = dict(reversed(list(_function_names(code, functions, is_class=True))))
    yield counted("code_odd_class_names", [(place, name) for name, place in classes.items() if name[0].islower()])


def _function_names(code: Code, functions: Sequence[Function], *, is_class: bool) -> Iterator[Named]:
    for function in functions:
        if function.is_class is is_class and function.name.isidentifier() and function.name not in KEYWORDS:
            start = code.line_starts[function.first]
            match = re.compile(rf"\b{re.escape(function.name)}\b").search(code.code, start)
            if match:
                yield function.name, Place(*match.span())


def _variables(code: Code) -> Iterator[Named]:
    if code.key == "python":
        for tree in code.trees:
            yield from _python_names(code, tree.root, tree.first_line)
        return
    words = code.words
    for at in range(1, len(words) - 1):
        if words[at].kind == "name" and _is_declared(words[at - 1], words[at], words[at + 1]):
            yield words[at].text, Place(words[at].start, words[at].end)


def _is_declared(before: Token, name: Token, after: Token) -> bool:
    if name.text in KEYWORDS or name.line - before.line > 1:
        return False
    if after.text == "<-" or before.text in _DECLARING:
        return True
    typed = before.kind == "name" and (before.text not in KEYWORDS or before.text in _TYPES)
    return (typed or before.text in _TYPE_MARKS) and after.text in _AFTER_NAME


_TYPES = listed("int float double char boolean bool long short byte unsigned signed")


def _python_names(code: Code, root: ast.Module, shift: int) -> Iterator[Named]:
    for node in ast.walk(root):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, _place(code, node.lineno - 1 + shift, node.col_offset, node.id)
        elif isinstance(node, ast.arg):
            yield node.arg, _place(code, node.lineno - 1 + shift, node.col_offset, node.arg)


def _place(code: Code, line: int, column: int, name: str) -> Place:
    """Columns of the tree are bytes of UTF-8, places are characters."""
    begin = code.line_starts[line]
    stop = code.line_starts[line + 1] if line + 1 < len(code.line_starts) else len(code.code)
    written = code.code[begin:stop]
    start = begin + len(written.encode()[:column].decode(errors="ignore"))
    return Place(start, min(start + len(name), len(code.code)))
