"""The kinds of work there are: one entry per folder beside this file."""

from feedforward.errors import RuleBroken
from feedforward.submission_types.essay.essay import ESSAY
from feedforward.submission_types.kind import SubmissionType

SUBMISSION_TYPES: dict[str, SubmissionType] = {ESSAY.name: ESSAY}


def submission_type(name: str) -> SubmissionType:
    """The kind of work with this name; RuleBroken where there is none."""
    found = SUBMISSION_TYPES.get(name)
    if found is None:
        raise RuleBroken("Choose one of the kinds of work in the list.", field="kind")
    return found
