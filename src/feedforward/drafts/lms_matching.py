"""What bringing in an archive would do, file by file: the same for the dry run and for the deed."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from feedforward.assignments.rules import Task
from feedforward.drafts.lms_names import NamedFile, folded, spellings
from feedforward.drafts.rules import endings, files_in_words, may_submit


class Step(StrEnum):
    """What happens to a file: handed in, handed in only for a reason, there already, nobody's, or refused."""

    TAKE = "take"
    LATE = "late"
    THERE = "there"
    UNMATCHED = "unmatched"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class LmsFile:
    """A file of an archive: what its name says, and the mark it has as a draft; "" where `problem` says why not."""

    named: NamedFile
    mark: str
    problem: str


@dataclass(frozen=True, slots=True)
class RosterStudent:
    """An enrolled student; `used` drafts were handed in, `extended_to` is their own deadline, `marks` are files brought
    in for them before."""

    student_id: int
    name: str
    number: str
    used: int
    extended_to: datetime | None
    marks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Planned:
    """What would happen to the file at this place of the archive, and why; `late` is what the draft would be marked."""

    position: int
    file: LmsFile
    step: Step
    why: str
    student_id: int | None = None
    student: str = ""
    late: bool = False


def planned(
    files: Sequence[LmsFile], roster: Sequence[RosterStudent], task: Task, now: datetime
) -> tuple[Planned, ...]:
    """One for each file, in order."""
    known = _by_spelling(roster)
    whose = [_whose(each.named, known) for each in files]
    taken = [each.named.file_name.lower().rpartition(".")[2] in endings(task) for each in files]
    many = Counter(
        found.student_id for found, fits in zip(whose, taken, strict=True) if isinstance(found, RosterStudent) and fits
    )
    return tuple(
        Planned(place, file, Step.UNMATCHED, found)
        if isinstance(found, str)
        else _of_student(place, file, found, many[found.student_id], task, now)
        for place, (file, found) in enumerate(zip(files, whose, strict=True))
    )


def fingerprint(plan: Sequence[Planned]) -> str:
    """The same for the same plan: what is done must be what was shown."""
    told = "\n".join(f"{each.position} {each.step} {each.student_id} {each.late} {each.file.mark}" for each in plan)
    return hashlib.sha256(told.encode()).hexdigest()


def counts(plan: Sequence[Planned]) -> Counter[Step]:
    """How many files take each step."""
    return Counter(each.step for each in plan)


def _by_spelling(roster: Sequence[RosterStudent]) -> Mapping[str, list[RosterStudent]]:
    known: dict[str, list[RosterStudent]] = {}
    for each in roster:
        for spelling in spellings(each.name):
            known.setdefault(spelling, []).append(each)
    return known


def _whose(named: NamedFile, known: Mapping[str, list[RosterStudent]]) -> RosterStudent | str:
    """The student, or why nobody. A number only tells apart two of one name: systems count people in their own ways."""
    if named.lms is None:
        return "It is not named the way Canvas or Moodle name submissions."
    found = known.get(folded(named.person), [])
    if len(found) > 1:
        found = [each for each in found if each.number and each.number == named.number]
        if len(found) != 1:
            return "More than one student of this course has that name."
    return found[0] if found else "Nobody of this name is enrolled in this course."


def _of_student(
    place: int, file: LmsFile, student: RosterStudent, many: int, task: Task, now: datetime
) -> Planned:  # fmt: skip
    step, why = _step(file, student, many, task, now)
    deadline = replace(task, extended_to=student.extended_to).deadline
    late = bool(file.named.late) and now > deadline
    return Planned(place, file, step, why, student.student_id, student.name, late)


def _step(file: LmsFile, student: RosterStudent, many: int, task: Task, now: datetime) -> tuple[Step, str]:
    own = replace(task, extended_to=student.extended_to)
    name = file.named.file_name
    if file.problem:
        return Step.REFUSE, file.problem
    if file.mark in student.marks:
        return Step.THERE, "This very file was brought in for them before."
    if name.lower().rpartition(".")[2] not in endings(task):
        return Step.REFUSE, f"This assignment takes {files_in_words(task)}."
    if many > 1:
        return Step.REFUSE, f"There are {many} files of this student. Hand the right one in by hand."
    if student.used >= task.max_drafts:
        return Step.REFUSE, "They have handed in every draft this assignment allows."
    # The pause between drafts is the student's to keep, not of those who bring what lies elsewhere.
    reason = may_submit(own, drafts_used=student.used, now=min(now, own.deadline))
    if reason is not None:
        return Step.REFUSE, reason
    if file.named.late is not False and may_submit(own, drafts_used=student.used, now=now) is not None:
        return Step.LATE, "After the last moment this assignment takes drafts: brought in only for a reason."
    return Step.TAKE, "Came late there." if file.named.late else ""
