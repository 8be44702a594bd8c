"""Handing in for students: an archive of a learning management system, or one draft for one student."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from feedforward import urls
from feedforward.assignments.rules import Task
from feedforward.drafts.lms_actions import LONGEST_REASON
from feedforward.drafts.lms_archive import MOST_FILES
from feedforward.drafts.lms_matching import RosterStudent
from feedforward.drafts.lms_queries import ArchiveView, HandedInLine
from feedforward.drafts.queries import DraftView
from feedforward.drafts.reading_notice import TextNotice
from feedforward.drafts.rules import DraftStatus, endings, files_in_words, last_moment
from feedforward.ui.badges import Tone, badge
from feedforward.ui.choices import Choice, checkbox, select_field
from feedforward.ui.dates import moment
from feedforward.ui.elements import Child, Element, Li, P, Ul
from feedforward.ui.fields import file_field, text_area, text_field
from feedforward.ui.forms import form, hidden_field
from feedforward.ui.layout import disclosure, page_head, quiet, section, stack
from feedforward.ui.navigation import Link, link
from feedforward.ui.notices import Notice, NoticeKind, notice
from feedforward.ui.tables import data_table

_STATUS = {
    "checked": ("Looked at", Tone.PERSON),
    "waiting": ("Being brought in", Tone.ACTIVE),
    "done": ("Brought in", Tone.DONE),
}


@dataclass(frozen=True, slots=True)
class TypedBehalf:
    """The form for one student as it was typed; `once` is the token of this sending."""

    once: str
    student: str = ""
    text: str = ""
    reason: str = ""
    told: bool = False


@dataclass(frozen=True, slots=True)
class BehalfFacts:
    """What the page shows: the newest archives with their counted files, the students, and what happens with texts."""

    task: Task
    closed: str | None
    students: Sequence[RosterStudent]
    archives: Sequence[ArchiveView]
    counted: Mapping[int, Mapping[str, int]]
    singles: Sequence[HandedInLine]
    told: TextNotice
    most_megabytes: float
    now: datetime


def behalf_body(*, facts: BehalfFacts, typed: TypedBehalf, errors: Mapping[str, str], archive_error: str) -> Child:
    """`errors` are those of the form for one student, `archive_error` of the file with many."""
    return (
        page_head(
            title="Hand in for students",
            lead="Drafts that lie elsewhere, in a learning management system or in a mail, get the same feedback as "
            "those handed in here. Their students see who handed them in.",
        ),
        notice(Notice(facts.closed, NoticeKind.PERSON)) if facts.closed else (
            section(title="Many: an archive of Canvas or Moodle", body=_archive_form(facts, archive_error)),
            section(title="One student", body=_single_form(facts, typed, errors)),
        ),
        section(title="Archives of this assignment", body=_archives(facts)) if facts.archives else None,
        section(title="Handed in for one student", body=_singles(facts)) if facts.singles else None,
    )  # fmt: skip


def reading_told(told: TextNotice) -> Element:
    """What students are told before they hand in, for those who do it in their place."""
    return disclosure(
        summary="What happens with the texts",
        body=stack(
            P("Who reads them:"),
            Ul(*(Li(each) for each in told.readers)) if told.readers else P("No reader has been chosen yet."),
            P("Students are told before they hand in:"), *(P(each) for each in told.keeping),
        ),
        opened=told.leaves,
    )  # fmt: skip


def told_field(checked: bool, error: str | None, *, many: bool) -> Element:
    """Whoever hands in says that those whose texts they are know of it."""
    whose = "The students know that their drafts are" if many else "The student knows that the draft is"
    return checkbox(
        name="told", label=f"{whose} read here", checked=checked, required=True, error=error,
        hint="They did not see the notice above when they handed in elsewhere. Each draft’s page shows it to them.",
    )  # fmt: skip


def handed_in_by(draft: DraftView) -> Element | None:
    """For the student: who handed the draft in; nothing where they did it."""
    if draft.handed_in_by is None:
        return None
    source = "out of a learning management system" if draft.from_archive else "on your behalf"
    text = f"{draft.handed_in_by} handed this draft in for you, {source}. "
    if draft.status is DraftStatus.SUBMITTED:
        text += "If it is not the right one, take it back before reading begins."
    return notice(Notice(text.strip(), NoticeKind.INFO))


def _archive_form(facts: BehalfFacts, error: str) -> Element:
    return stack(
        P(
            "In Canvas: open the assignment and choose “Download submissions”. In Moodle: open the assignment’s "
            "submissions and choose “Download all submissions”. Send the ZIP file as it is; you see whose each file is "
            "before anything is handed in."
        ),
        form(
            action=urls.archives(facts.task.assignment_id), files=True, submit="Look at it first",
            errors={"file": error} if error else None,
            fields=file_field(
                name="file", label="The archive", accept=".zip", error=error or None,
                hint=f"ZIP, up to {facts.most_megabytes:g} MB, {MOST_FILES:,} files of {files_in_words(facts.task)}.",
            ),
        ),
    )  # fmt: skip


def _single_form(facts: BehalfFacts, typed: TypedBehalf, errors: Mapping[str, str]) -> Element:
    if not facts.students:
        return P("Nobody is enrolled in this course yet.")
    last = last_moment(facts.task)
    return stack(
        reading_told(facts.told),
        form(
            action=urls.hand_in_for(facts.task.assignment_id), files=True, submit="Hand it in for the student",
            errors=errors, guard=True,
            fields=(
                hidden_field(name="once", value=typed.once),
                select_field(
                    name="student", label="Student", value=typed.student, empty="Choose a student",
                    choices=[
                        Choice(str(each.student_id), each.name + (f" ({each.number})" if each.number else ""))
                        for each in facts.students
                    ],
                    error=errors.get("student"),
                ),
                file_field(
                    name="file", label="The draft as a file", required=False, error=errors.get("file"),
                    accept=",".join(f".{each}" for each in endings(facts.task)),
                    hint=f"{files_in_words(facts.task)}, up to {facts.most_megabytes:g} MB.",
                ),
                text_area(
                    name="text", label="Or its text", value=typed.text, required=False, rows=8, count_words=True,
                    reading=True, error=errors.get("text"),
                ),
                reason_field(typed.reason, errors.get("reason"), past=last is not None and facts.now > last),
                told_field(typed.told, errors.get("told"), many=False),
            ),
        ),
    )  # fmt: skip


def reason_field(value: str, error: str | None, *, past: bool) -> Element:
    """Why a draft is taken after the last moment."""
    return text_field(
        name="reason", label="Reason, where it comes after the last moment", value=value, required=False,
        max_length=LONGEST_REASON, error=error,
        hint=("That moment has passed for most students, so a reason is needed. " if past else "")
        + "Only the staff of this course see it. Leave out what is nobody’s business, such as an illness.",
    )  # fmt: skip


def _archives(facts: BehalfFacts) -> Element:
    return data_table(
        caption="Archives, the newest first", head=["Archive", "State", "Drafts", "Refused or left out"],
        rows=[_archive_row(facts, each) for each in facts.archives],
    )  # fmt: skip


def _singles(facts: BehalfFacts) -> Element:
    return data_table(
        caption="Drafts handed in for one student, the newest first", head=["Student", "Draft", "Handed in", "Reason"],
        rows=[
            [
                each.student, str(each.number), (moment(each.made_at, facts.task.time_zone), f" by {each.by}"),
                each.reason or "–",
            ]
            for each in facts.singles
        ],
    )  # fmt: skip


def _archive_row(facts: BehalfFacts, archive: ArchiveView) -> list[Child]:
    counted = facts.counted[archive.id]
    word, tone = _STATUS[archive.status]
    return [
        (
            link(Link(f"Archive {archive.id}", urls.archive(facts.task.assignment_id, archive.id))), " ",
            quiet(f"by {archive.by}, ", moment(archive.made_at, facts.task.time_zone)),
        ),
        badge(word, tone=tone), str(counted.get("taken", 0)),
        str(counted.get("refused", 0) + counted.get("left_out", 0)),
    ]  # fmt: skip
