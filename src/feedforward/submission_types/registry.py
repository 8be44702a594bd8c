"""The kinds of work there are, in the order they are offered: one name per folder beside this file."""

from importlib import import_module

from feedforward.errors import RuleBroken
from feedforward.submission_types.kind import SubmissionType

FOLDERS = (
    "essay",
    "report",
    "reflection",
    "code",
    "other",
)


def kind_in(folder: str) -> SubmissionType:
    """The kind of work that `<folder>/<folder>.py` defines as KIND; ValueError where it has another name."""
    kind: SubmissionType = import_module(f"feedforward.submission_types.{folder}.{folder}").KIND
    if kind.name != folder:
        raise ValueError(f"the kind of work in {folder} calls itself {kind.name}")
    return kind


SUBMISSION_TYPES: dict[str, SubmissionType] = {folder: kind_in(folder) for folder in FOLDERS}


def submission_type(name: str) -> SubmissionType:
    """The kind of work with this name; RuleBroken where there is none."""
    found = SUBMISSION_TYPES.get(name)
    if found is None:
        raise RuleBroken("Choose one of the kinds of work in the list.", field="kind")
    return found
