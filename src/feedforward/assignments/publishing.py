"""What an assignment needs before students see it, and the steps of its life."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from feedforward.assignments.rules import AssignmentStatus, ReaderSetting, Task
from feedforward.courses.life_cycle_rules import STEPS
from feedforward.rubrics.rules import Rubric, problems_of


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist: what is asked, whether it is so, what to do where it is not, and where (`place`)."""

    label: str
    fine: bool
    todo: str
    place: str


def checks_for(
    task: Task, rubric: Rubric | None, readers: Sequence[ReaderSetting], offered: Sequence[str], now: datetime
) -> tuple[Check, ...]:
    """The checklist; `place` is one of details, rubric, readers. `offered` are the readers set up here."""
    rubric_problems = problems_of(rubric) if rubric else ["Build a rubric: readers read against it."]
    gone = [reader.reader for reader in readers if reader.reader not in offered]
    readings = sum(reader.runs for reader in readers)
    reader_problem = ""
    if not readers:
        reader_problem = "Choose at least one reader."
    elif gone:
        reader_problem = f"{', '.join(gone)}: no longer set up here. Choose another reader."
    elif readings < task.min_readings:
        reader_problem = f"You ask for {task.min_readings} readings, and the chosen readers make {readings}."
    return (
        Check("It has a title", bool(task.title.strip()), "Enter a title.", "details"),
        Check(
            "It has instructions", bool(task.instructions.strip()), "Say what is to be written.",
            "details",
        ),
        Check(
            "It is due in the future", task.due_at > now, "The due date has passed. Choose a later one.", "details"
        ),
        Check("Its rubric can be used", not rubric_problems, rubric_problems[0] if rubric_problems else "", "rubric"),
        Check("Its readers are ready", not reader_problem, reader_problem, "readers"),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Move:
    """A step in the life of an assignment besides publishing: where from and to, its button, and what it does."""

    come_from: AssignmentStatus
    go_to: AssignmentStatus
    label: str
    effect: str


_WORDS = {
    ("active", "inactive"): (
        "Close for new drafts",
        "Students keep seeing the assignment and their feedback; no new drafts are taken in, whatever the due date.",
    ),
    ("inactive", "active"): ("Open for drafts again", "New drafts are taken in again until the due date."),
    ("inactive", "archived"): (
        "Archive",
        "Everything stays readable for you and your students; nothing can be handed in, reviewed or changed.",
    ),
    ("archived", "inactive"): (
        "Take out of the archive",
        "The assignment can be changed again; it stays closed for new drafts until you open it.",
    ),
    ("draft", "deleted"): ("Delete", "The assignment disappears for everybody. You can restore it from its course."),
    ("archived", "deleted"): (
        "Delete",
        "The assignment and its feedback disappear for everybody. You can restore it from its course.",
    ),
    ("deleted", "draft"): ("Restore", "The assignment is back as it was; students do not see it yet."),
    ("deleted", "archived"): ("Restore", "The assignment is back in the archive, as it was."),
}
MOVES = tuple(
    Move(AssignmentStatus(here), AssignmentStatus(there), *_WORDS[here, there])
    for here, there in STEPS
    if (here, there) != (AssignmentStatus.DRAFT, AssignmentStatus.ACTIVE)
)


def moves_from(status: AssignmentStatus) -> tuple[Move, ...]:
    """The steps that can be taken now, publishing aside."""
    return tuple(move for move in MOVES if move.come_from is status)


def optional_move(come_from: AssignmentStatus, go_to: str) -> Move | None:
    """The step from here to there, where there is one."""
    return next((move for move in moves_from(come_from) if move.go_to == go_to), None)
