"""Ready-made rubrics to start from, in our own words: data files beside this one."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType

from feedforward.rubrics.files import rubric_from_text
from feedforward.rubrics.rules import Rubric

# Name and what it is for, in the order in which they are offered; both are shown before the files are read.
_KNOWN = {
    "essay": ("Essay", "An argument in continuous prose, from a few paragraphs to many pages."),
    "research-report": (
        "Research report", "A question, earlier work, a method and findings: term papers and project reports.",
    ),
    "reflection": (
        "Reflection", "An experience looked at with what was studied: journals, placements, portfolios.",
    ),
    "presentation-text": ("Presentation text", "The script of a talk or a speech, judged as it will be heard."),
    "lab-report": ("Lab report", "An experiment with its data, calculations and discussion."),
    "code": ("Code", "A program with its structure, readability and tests."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadyMade:
    """A rubric that comes with the product, and what it is for."""

    rubric: Rubric
    about: str


@lru_cache(maxsize=1)
def ready_made() -> Mapping[str, ReadyMade]:
    """The ready-made rubrics by their names in addresses. Read at first use: pages start without YAML's twenty ms."""
    folder = files("feedforward.rubrics") / "ready_made"
    return MappingProxyType(
        {
            name: ReadyMade(rubric_from_text((folder / f"{name}.yaml").read_text("utf-8"), name), about)
            for name, (_, about) in _KNOWN.items()
        }
    )


def ready_made_names() -> Mapping[str, tuple[str, str]]:
    """Title and purpose of each ready-made rubric by its name in addresses, without reading any of them."""
    return MappingProxyType(_KNOWN)
