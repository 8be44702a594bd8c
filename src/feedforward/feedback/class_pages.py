"""A class at a glance: roster by assignments (or by drafts of one), who is missing, and what can be done about it."""

from collections.abc import Mapping
from datetime import datetime

from feedforward import urls
from feedforward.assignments.rules import Task
from feedforward.courses.pages import counted
from feedforward.feedback.class_queries import PER_PAGE, ClassGrid, ClassStudent, Narrowed
from feedforward.feedback.class_rules import (
    ClassDraft,
    Standing,
    hides_its_student,
    newest,
    problem_with_reminding,
    standing_of,
)
from feedforward.ui.badges import Tone, badge
from feedforward.ui.buttons import ButtonKind, button, button_form, button_row, link_button
from feedforward.ui.choices import Choice, select_field
from feedforward.ui.dates import ago, day_text, relative
from feedforward.ui.elements import A, Child, Element, Form, P, Span
from feedforward.ui.fields import text_field
from feedforward.ui.forms import field_row
from feedforward.ui.layout import page_head, quiet, row, section, stack
from feedforward.ui.navigation import pager
from feedforward.ui.stencils import Stencil
from feedforward.ui.tables import Column, data_table, empty_state

WORDS: Mapping[Standing, tuple[str, Tone]] = {
    Standing.NOTHING: ("Nothing yet", Tone.NEUTRAL),
    Standing.READING: ("With the readers", Tone.ACTIVE),
    Standing.WAITING: ("Waits for review", Tone.PERSON),
    Standing.SAVED: ("Saved, not released", Tone.ACTIVE),
    Standing.SCHEDULED: ("Goes out by itself", Tone.ACTIVE),
    Standing.RELEASED: ("Feedback released", Tone.DONE),
    Standing.WITHHELD: ("Withheld", Tone.NEUTRAL),
}
FILTERS = {
    Standing.NOTHING: "Handed in nothing",
    Standing.READING: "With the readers",
    Standing.WAITING: "Waits for review",
    Standing.RELEASED: "Feedback released",
    Standing.WITHHELD: "Withheld",
}


def class_body(*, grid: ClassGrid, asked: Narrowed, now: datetime) -> Child:
    """The whole page."""
    head = page_head(title="Class", lead=f"{grid.course.code} {grid.course.title}")
    if not grid.everybody:
        return head, empty_state(
            title="Nobody is enrolled yet" if grid.course.may_change else "No student is in your part of this course",
            text="Students stand here with what they have handed in and what came back.",
            action=link_button("Add students", href=urls.add_people(grid.course.id))
            if grid.course.may_change else None,
        )  # fmt: skip
    pages = max(1, -(-grid.found // PER_PAGE))
    return (
        head,
        _filter(grid, asked),
        P(f"{counted(grid.found, 'student', 'students')}.".capitalize()),
        _chosen(grid, asked, now),
        _table(grid, asked, now) if grid.students else empty_state(
            title="Nobody fits", text="Try fewer letters, or another section or state.",
            action=link_button("See the whole class", href=urls.course_class(grid.course.id), kind=ButtonKind.QUIET),
        ),
        pager(
            page=asked.page, pages=pages,
            previous_href=_address(grid, asked, asked.page - 1) if asked.page > 1 else None,
            next_href=_address(grid, asked, asked.page + 1) if asked.page < pages else None,
        ),
        _exports(grid, asked),
    )  # fmt: skip


def _address(grid: ClassGrid, asked: Narrowed, page: int) -> str:
    return urls.course_class(
        grid.course.id, assignment=asked.assignment_id or "", section=asked.section, state=asked.standing or "",
        search=asked.search, page=page,
    )  # fmt: skip


def _filter(grid: ClassGrid, asked: Narrowed) -> Element:
    tasks = [Choice(str(task.assignment_id), task.title) for task in grid.every_task]
    sections = [Choice(name, name) for name in grid.sections]
    return Form(
        field_row(
            _choice("assignment", "Assignment", tasks, str(asked.assignment_id or ""), "All assignments"),
            _choice("section", "Section", sections, asked.section, "All sections") if sections else None,
            _choice(
                "state", "State", [Choice(each, words) for each, words in FILTERS.items()], asked.standing or "",
                "Any state",
            ),
            text_field(name="q", label="Name, e-mail or number", value=asked.search, required=False),
        ),
        button_row(
            button("Show", kind=ButtonKind.QUIET),
            link_button("Show all", href=urls.course_class(grid.course.id), kind=ButtonKind.QUIET),
        ),
        method="get", action=urls.course_class(grid.course.id), role="search", cls="form",
    )  # fmt: skip


def _choice(name: str, label: str, choices: list[Choice], value: str, everything: str) -> Element:
    return select_field(
        name=name, label=label, choices=choices, value=value, empty=everything, required=False, say_optional=False
    )


def _chosen(grid: ClassGrid, asked: Narrowed, now: datetime) -> Child:
    """Of one assignment: its due date, who is missing, and reminding them."""
    if asked.assignment_id is None:
        return None
    task = grid.tasks[0]
    within = f" of section {asked.section}" if asked.section else ""
    if not grid.missing:
        return P(f"Everybody{within} has handed in at least one draft.")
    words = counted(grid.missing, "student", "students")
    has = "has" if grid.missing == 1 else "have"
    told = f"{words}{within} {has} handed in nothing. Due {relative(task.due_at, now)}."
    problem = problem_with_reminding(task, now)
    if problem is not None:
        return P(told, " ", quiet(problem))
    remind = button_form(
        action=urls.remind_class(grid.course.id), label=f"Remind {grid.missing}",
        fields={"assignment": str(task.assignment_id), "section": asked.section},
    )  # fmt: skip
    note = "They get one e-mail each; nobody is reminded twice within a day."
    return stack(P(told), row(remind, quiet(note)))


def _table(grid: ClassGrid, asked: Narrowed, now: datetime) -> Element:
    if asked.assignment_id is None:
        heads = [task.title for task in grid.tasks]
    else:
        most = max((len(grid.of(student, grid.tasks[0])) for student in grid.students), default=0)
        heads = [f"Draft {number}" for number in range(1, max(1, most) + 1)]
    sections = bool(grid.sections)
    rows = []
    for student in grid.students:
        # In one element: on a narrow page a cell is a line with its label at one end.
        cells: list[Child] = [Span(student.name, quiet(f" {student.number}") if student.number else None)]
        if sections:
            cells.append(student.section or quiet("none"))
        cells += _by_task(grid, student, now) if asked.assignment_id is None else _by_draft(grid, student, heads, now)
        rows.append(cells)
    head: list[str | Column] = ["Student", *(["Section"] if sections else []), *heads]
    return data_table(caption="Students and where their drafts stand", head=head, rows=rows)


def _by_task(grid: ClassGrid, student: ClassStudent, now: datetime) -> list[Child]:
    return [_cell(grid, student, task, newest(grid.of(student, task)), now) for task in grid.tasks]


def _by_draft(grid: ClassGrid, student: ClassStudent, heads: list[str], now: datetime) -> list[Child]:
    task = grid.tasks[0]
    drafts: list[ClassDraft | None] = list(grid.of(student, task))
    drafts += [None] * (len(heads) - len(drafts))
    return [
        _cell(grid, student, task, draft, now) if draft is not None or place == 0 else quiet("none")
        for place, draft in enumerate(drafts)
    ]


def _cell(grid: ClassGrid, student: ClassStudent, task: Task, draft: ClassDraft | None, now: datetime) -> Child:
    if draft is None:
        reminded = grid.reminded.get((student.student_id, task.assignment_id))
        missing = badge("Missing", tone=Tone.PERSON) if task.due_at < now else badge(*_as_badge(Standing.NOTHING))
        if reminded is None:
            return missing
        return Span(missing, " ", quiet("reminded ", ago(reminded, task.time_zone, now)))
    seen = ""
    if draft.feedback == "released":
        seen = " opened" if draft.opened_at else " not opened yet"
    # Without feedback there is nothing to review yet; beside a name, a link would undo an anonymous review.
    linked = bool(draft.feedback) and not hides_its_student(task, draft.feedback)
    return _draft(
        urls.review(draft.draft_id), f"Draft {draft.number}", day_text(draft.submitted_at, task.time_zone),
        linked=linked, standing=standing_of(draft), seen=seen,
    )  # fmt: skip


@Stencil
def _draft(href: str, label: str, when: str, /, *, linked: bool, standing: Standing, seen: str) -> Element:
    word, tone = WORDS[standing]
    return Span(
        A(label, href=href) if linked else label, quiet(", ", when, " "), badge(word, tone=tone),
        quiet(seen) if seen else None,
    )  # fmt: skip


def _as_badge(standing: Standing) -> tuple[str]:
    return (WORDS[standing][0],)


def _exports(grid: ClassGrid, asked: Narrowed) -> Element:
    query = _address(grid, asked, 1).partition("?")[2]
    tail = f"?{query}" if query else ""
    course_id = grid.course.id
    archive = urls.class_feedback(course_id)
    return section(
        title="Take it along", quiet=True,
        lead="For the students shown above, on all pages. That you took it along is recorded. What you save is no "
        "longer in our care: keep it as your institution asks, and delete it in time.",
        body=row(
            link_button("Table (CSV)", href=f"{urls.class_table(course_id)}{tail}", kind=ButtonKind.QUIET),
            link_button("Released feedback (ZIP)", href=f"{archive}{tail}", kind=ButtonKind.QUIET),
            link_button(
                "All feedback, also not released (ZIP)", href=f"{archive}{tail}{'&' if tail else '?'}all=yes",
                kind=ButtonKind.QUIET,
            ),
        ),
    )  # fmt: skip
