"""Rubrics as typed that travel inside a page, packed: what can be undone, and what a file with several held."""

import base64
import binascii
import json
import zlib
from collections.abc import Sequence
from typing import Any

from feedforward.rubrics.builder import TypedCriterion, TypedLevel, TypedRubric
from feedforward.rubrics.files import MOST_CRITERIA, MOST_LEVELS

MOST_STATES = 20
MOST_PACKED = 100_000
_MOST_UNPACKED = 5_000_000


def packed(states: Sequence[TypedRubric], *, most: int = MOST_STATES) -> str:
    """The last `most` of these states as a form field's value; fewer where they would be too long for one."""
    kept = list(states)[-most:]
    while kept:
        data = json.dumps([_cells(each) for each in kept], ensure_ascii=False, separators=(",", ":"))
        text = base64.urlsafe_b64encode(zlib.compress(data.encode("utf-8", "replace"), 6)).decode()
        if len(text) <= MOST_PACKED:
            return text
        kept.pop(0)
    return ""


def unpacked(text: str) -> tuple[TypedRubric, ...]:
    """The states in a field's value; none where it is not what `packed` gave: a field is whatever somebody sends."""
    if not text or len(text) > MOST_PACKED:
        return ()
    try:
        unpack = zlib.decompressobj()
        data = unpack.decompress(base64.urlsafe_b64decode(text.encode("ascii")), _MOST_UNPACKED)
        if not unpack.eof:
            return ()
        found = json.loads(data)
        return tuple(_typed(each) for each in found[-MOST_STATES:])
    except (binascii.Error, zlib.error, ValueError, TypeError, KeyError, IndexError, RecursionError):
        return ()


def _cells(typed: TypedRubric) -> list[Any]:
    return [
        typed.name,
        [
            [each.name, each.weight, each.description, [[at.label, at.points, at.description] for at in each.levels]]
            for each in typed.criteria
        ],
    ]


def _typed(cells: Any) -> TypedRubric:
    name, criteria = cells
    return TypedRubric(
        _text(name),
        tuple(
            TypedCriterion(
                _text(title), _text(weight), _text(words),
                tuple(
                    TypedLevel(_text(label), _text(points), _text(seen))
                    for label, points, seen in levels[: MOST_LEVELS + 1]
                ),
            )
            for title, weight, words, levels in criteria[: MOST_CRITERIA + 1]
        ),
    )  # fmt: skip


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")
