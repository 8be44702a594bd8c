"""Anonymous review: what people are called while their names are hidden, and how the database is asked whether."""

import hashlib

from feedforward.assignments.settings_tables import AssignmentSettings, CourseDefaults, InstallationDefaults

CHOSEN = (
    AssignmentSettings.chosen, CourseDefaults.chosen.label("course_chosen"),
    InstallationDefaults.chosen.label("installation_chosen"),
)  # fmt: skip
"""The columns that say whether a review is anonymous, as `choices.resolved` takes them."""


def pseudonym(assignment_id: int, student_id: int) -> str:
    """`Student 48213`: the same on every page of an assignment, another in the next. It keeps a name out of sight and
    is no secret: whoever may see the roster could work it out."""
    digest = hashlib.sha256(f"{assignment_id}:{student_id}".encode()).digest()
    return f"Student {int.from_bytes(digest[:4]) % 90_000 + 10_000}"
