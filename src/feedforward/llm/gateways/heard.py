"""What a provider's answer says, and reading it without trusting its form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from feedforward.llm.gateways.price_list import Usage

# More tokens than any model takes: a count beyond it is no count, and would not fit its column.
MOST_TOKENS = 100_000_000


class NoAnswer(Exception):
    """The provider answered something that is no answer of its format; it holds nothing of it."""


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer in the terms all formats share; `model` is the one that answered, by the provider's word."""

    text: str = field(repr=False)
    refused: bool
    model: str
    usage: Usage


def part(of: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """The object under this name; empty where there is none."""
    found = of.get(name)
    return found if isinstance(found, Mapping) else {}


def text_in(of: Mapping[str, Any], name: str) -> str:
    """The text under this name; empty where there is none."""
    found = of.get(name)
    return found if isinstance(found, str) else ""


def count(of: Mapping[str, Any], name: str) -> int:
    """The number of tokens under this name; 0 where there is none that can be believed."""
    found = of.get(name)
    believable = isinstance(found, int) and not isinstance(found, bool) and 0 < found <= MOST_TOKENS
    return int(found) if believable and found is not None else 0
