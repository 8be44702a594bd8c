"""Facts of program code: what can be seen without running it; where only tokens are seen, only what tokens show."""

import statistics
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from feedforward.extraction.document import Block
from feedforward.facts.code_functions import Function, functions_of
from feedforward.facts.code_naming import naming_facts
from feedforward.facts.code_reading import Code, code_of
from feedforward.facts.code_repeats import repeat_facts
from feedforward.facts.fact import Fact, Place, counted, measured

LONG_LINE = 120
LONG_FUNCTION = 40
DEEPEST = 4
_BARE_STRETCH = 30
_WORTH_A_WORD = 5


def code_facts(text: str, blocks: Sequence[Block], media_type: str) -> Iterator[Fact]:
    """Nothing for a document without code; only lines and their length where the language is not recognised."""
    code = code_of(text, blocks, media_type)
    if code is None:
        return
    language = code.language
    yield measured("code_language", float(language is not None), [], [language.name] if language else [])
    yield measured("code_lines", len(code.full_lines))
    yield counted("code_long_lines", list(_long_lines(code)))
    if language is None:
        return
    yield counted(
        "code_syntax_errors", [(code.error, f"line {code.line_of(code.error.start) + 1}")] if code.error else []
    )
    functions = functions_of(code)
    told = _lines_with_words(code, functions)
    yield measured("code_comment_share", len(told) / len(code.full_lines) if code.full_lines else 0)
    yield counted("code_uncommented", list(_bare_stretches(code, told)))
    yield from naming_facts(code, functions)
    if code.key == "python" or language.braces:
        yield from _function_facts(code, functions)
    yield from repeat_facts(code)


def _long_lines(code: Code) -> Iterator[tuple[Place, str]]:
    for number in code.full_lines:
        place = code.line_place(number)
        length = place.end - code.line_starts[number]
        if length > LONG_LINE:
            yield place, f"{length} characters"


def _lines_with_words(code: Code, functions: Sequence[Function]) -> set[int]:
    """The lines with a comment on them, and those of documentation strings."""
    found: set[int] = set()
    words = code.words
    starts = {function.first for function in functions}
    for token in code.tokens:
        if token.kind == "comment":
            found.update(range(token.line, token.line + token.text.count("\n") + 1))
    for at, token in enumerate(words):
        if token.kind == "string" and token.text.lstrip("rRbBuUfF")[:3] in {'"""', "'''"}:
            before = words[at - 1].text if at else ":"
            if before == ":" or token.line in starts or at == 0:
                found.update(range(token.line, token.line + token.text.count("\n") + 1))
    return found & set(code.full_lines)


def _bare_stretches(code: Code, told: set[int]) -> Iterator[tuple[Place, str]]:
    run: list[int] = []
    for number in (*code.full_lines, None):
        if number is not None and number not in told:
            run.append(number)
            continue
        if len(run) >= _BARE_STRETCH:
            yield code.line_place(run[0], run[-1]), f"{len(run)} lines"
        run = []


def _function_facts(code: Code, functions: Sequence[Function]) -> Iterator[Fact]:
    full = code.full_lines
    methods = [each for each in functions if not each.is_class]
    lengths = [_lines_between(full, each) for each in methods]
    heads = [code.line_place(each.first) for each in methods]
    yield counted("code_functions", [(head, each.name) for head, each in zip(heads, methods, strict=True)])
    yield measured("code_function_length_mean", statistics.fmean(lengths) if lengths else 0)
    rows = list(zip(heads, methods, lengths, strict=True))
    yield counted(
        "code_long_functions", [(head, f"{each.name}|{size}") for head, each, size in rows if size > LONG_FUNCTION]
    )
    yield counted(
        "code_deep_nesting", [(head, f"{each.name}|{each.depth}") for head, each, _ in rows if each.depth > DEEPEST]
    )
    silent = [
        (code.line_place(each.first), each.name)
        for each in functions
        if not each.is_documented and not each.name.startswith("_") and _lines_between(full, each) >= _WORTH_A_WORD
    ]
    yield counted("code_undocumented", silent)


def _lines_between(full: Sequence[int], function: Function) -> int:
    """Lines of the function with something on them."""
    return bisect_right(full, function.last) - bisect_left(full, function.first)
