"""Stencils: HTML made once from elements with holes in it; what differs from page to page is filled in, escaped."""

import re
from collections.abc import Callable
from functools import update_wrapper
from inspect import Parameter, signature
from typing import Any, TypeAlias

from feedforward.ui.escaping import ADDRESSES, escape_text, escape_value, safe_address
from feedforward.ui.tree import Child, html_of_any_page, write_node

_Escape: TypeAlias = Callable[[str], str]

MOST_SHAPES = 512
_HOLE = re.compile(r"hole-9c41e-(\d+)-end")
_ATTRIBUTE = re.compile(r' ([a-z0-9:.-]+)="([^"]*)\Z')
# The beginning of an address decides where it leads.
_LEADS_HERE = re.compile(r"#|/[a-z]")


class Stencil:
    """A function that makes elements, called once for each shape: its positional parameters are holes, its
    keyword-only ones the shape (hashable, few different ones, nothing a person typed).

    A hole is filled with any child where it stands among children, with words where it stands in an attribute's value.
    The function sees only markers in place of its holes and must put them as they are; a hole that a shape does not
    use is left out. Nothing that fills a hole is kept.
    """

    def __init__(self, make: Callable[..., Child]) -> None:
        parameters = signature(make).parameters.values()
        self._holes = sum(each.kind is Parameter.POSITIONAL_ONLY for each in parameters)
        if any(each.kind not in (Parameter.POSITIONAL_ONLY, Parameter.KEYWORD_ONLY) for each in parameters):
            raise TypeError("the parameters of a stencil are holes (before the /) and its shape (after the *)")
        self._make = make
        self._cut: dict[tuple[tuple[str, Any], ...], _Pieces] = {}
        update_wrapper(self, make)

    def __call__(self, *values: Child, **shape: Any) -> "Filled":
        """The stencil filled: written into a page like an element."""
        key = tuple(shape.items())
        pieces = self._cut.get(key)
        if pieces is None:
            if len(self._cut) >= MOST_SHAPES:
                self._cut.clear()
            pieces = self._cut[key] = self._pieces(shape)
        if len(values) != self._holes:
            raise TypeError(f"this stencil has {self._holes} holes, not {len(values)}")
        return Filled(pieces, values)

    def _pieces(self, shape: dict[str, Any]) -> "_Pieces":
        html = html_of_any_page(self._make(*(f"hole-9c41e-{number}-end" for number in range(self._holes)), **shape))
        parts, done = [], 0
        for found in _HOLE.finditer(html):
            parts.append((html[done : found.start()], int(found[1]), _place(html, found.start(), found.end())))
            done = found.end()
        return _Pieces(tuple(parts), html[done:])


class _Pieces:
    """HTML before each hole, the hole's number and how words are escaped there; and the HTML after the last."""

    __slots__ = ("parts", "rest")

    def __init__(self, parts: tuple[tuple[str, int, _Escape | None], ...], rest: str) -> None:
        self.parts = parts
        self.rest = rest


class Filled:
    """A stencil with its values, for one page."""

    __slots__ = ("_pieces", "_values")

    def __init__(self, pieces: _Pieces, values: tuple[Child, ...]) -> None:
        self._pieces = pieces
        self._values = values

    def write_into(self, nonce: str, write: Callable[[str], None]) -> None:
        values = self._values
        for before, hole, escape in self._pieces.parts:
            write(before)
            value = values[hole]
            if escape is not None:
                write(escape(str(value)))
            elif value.__class__ is str:
                write(escape_text(value))
            else:
                write_node(value, nonce, write)
        write(self._pieces.rest)


def _whole_address(text: str) -> str:
    return escape_value(safe_address(text))


def _place(html: str, start: int, end: int) -> _Escape | None:
    """How words are escaped that stand here in a start tag; None among children. ValueError for a place where they
    could become more than a value."""
    before = html[:start]
    if before.rfind("<") < before.rfind(">"):
        return None
    attribute = _ATTRIBUTE.search(before)
    if attribute is None:
        raise ValueError("In a tag a hole stands in the value of an attribute.")
    if attribute[1] not in ADDRESSES or _LEADS_HERE.match(attribute[2]):
        return escape_value
    if attribute[2] or html[end] != '"':
        raise ValueError("In an address a hole is all of it, or stands behind a beginning of ours.")
    return _whole_address
