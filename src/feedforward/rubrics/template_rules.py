"""Rubrics kept as templates: their life cycle, who may do what with them, and what is typed about one."""

from dataclasses import dataclass
from enum import StrEnum

from feedforward.courses.life_cycle_rules import STEPS
from feedforward.courses.rules import may_create_course
from feedforward.errors import RuleBroken
from feedforward.web.access import Role

LONGEST_ABOUT = 500


class TemplateStatus(StrEnum):
    """Where a template stands in its life."""

    DRAFT = "draft"
    ACTIVE = "active"
    INACTIVE = "inactive"
    ARCHIVED = "archived"
    DELETED = "deleted"

    @property
    def may_change(self) -> bool:
        """Whether its words can be changed now."""
        return self in (TemplateStatus.DRAFT, TemplateStatus.ACTIVE, TemplateStatus.INACTIVE)


class TemplateChangedMeanwhile(RuleBroken):
    """The template was changed after this person opened it; nothing was overwritten."""

    def __init__(self) -> None:
        super().__init__("This template has been changed since you opened it. Nothing was overwritten.")


@dataclass(frozen=True, slots=True)
class Move:
    """A step in the life of a template: where from and to, the words on its button, and what it does."""

    come_from: TemplateStatus
    go_to: TemplateStatus
    label: str
    effect: str


_WORDS = {
    ("draft", "active"): (
        "Offer it",
        "You find it when you start the rubric of an assignment; everybody who teaches does, where you share it.",
    ),
    ("active", "inactive"): (
        "Take it out of use",
        "Nobody is offered it any more. Rubrics that were started from it stay as they are.",
    ),
    ("inactive", "active"): ("Offer it again", "It is offered again when the rubric of an assignment is started."),
    ("inactive", "archived"): ("Archive it", "It can be read and not changed, and is listed under “Archived” only."),
    ("archived", "inactive"): ("Take it out of the archive", "It can be changed again; it is not offered yet."),
    ("draft", "deleted"): (
        "Delete it",
        "It disappears from your list. You can restore it from the list of deleted ones.",
    ),
    ("archived", "deleted"): (
        "Delete it",
        "It disappears from your list; rubrics started from it stay. You can restore it from the list of deleted ones.",
    ),
    ("deleted", "draft"): ("Restore it", "It is back as it was, not offered to anybody yet."),
    ("deleted", "archived"): ("Restore it", "It is back in the archive, as it was."),
}
MOVES = tuple(Move(TemplateStatus(here), TemplateStatus(there), *_WORDS[here, there]) for here, there in STEPS)


def moves_from(status: TemplateStatus, deleted_from: TemplateStatus | None) -> tuple[Move, ...]:
    """The steps its owner may take now; a deleted one goes back to where it was deleted."""
    return tuple(
        move
        for move in MOVES
        if move.come_from is status and (status is not TemplateStatus.DELETED or move.go_to is deleted_from)
    )


def may_keep_templates(role: Role) -> bool:
    """Whoever may make courses; tutors look at what others share."""
    return may_create_course(role)


def parse_about(typed: str) -> str | dict[str, str]:
    """What a template is for, on one line; or field → what to change."""
    about = " ".join(typed.split())
    return about if len(about) <= LONGEST_ABOUT else {"about": f"Use at most {LONGEST_ABOUT} characters."}
