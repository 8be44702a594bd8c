"""The students of a course: the roster page by page, and one student's section and number."""

from collections.abc import Mapping
from dataclasses import dataclass

from feedforward import urls
from feedforward.courses.pages import counted
from feedforward.courses.queries import CourseView
from feedforward.courses.roster_queries import PER_PAGE, RosterPage, Student
from feedforward.courses.roster_rows import LONGEST_NUMBER, LONGEST_SECTION
from feedforward.ui.buttons import ButtonKind, button, button_form, button_row, link_button
from feedforward.ui.choices import Choice, select_field
from feedforward.ui.dates import day
from feedforward.ui.elements import Child, Form, P
from feedforward.ui.fields import text_field
from feedforward.ui.forms import field_row, form
from feedforward.ui.layout import page_head, quiet, row
from feedforward.ui.navigation import Link, link, pager, tabs
from feedforward.ui.tables import data_table, empty_state


@dataclass(frozen=True, slots=True)
class Filter:
    """What the roster is narrowed to: `show` is "" for students or "removed"."""

    show: str
    section: str
    search: str
    page: int

    def address(self, course_id: int, page: int) -> str:
        return urls.course_people(course_id, show=self.show, section=self.section, search=self.search, page=page)


def people_tabs(*, course: CourseView, current: str) -> Child:
    """Students, invitations and staff of a course side by side; only who may change the course sees invitations."""
    links = [Link("Students", urls.course_people(course.id), current=current == "students")]
    if course.role.may_change:
        links.append(Link("Invitations", urls.course_invitations(course.id), current=current == "invitations"))
    links.append(Link("Staff", urls.course_staff(course.id), current=current == "staff"))
    return tabs(label="People of this course", links=links)


def people_head(*, course: CourseView, current: str) -> Child:
    """What the three pages have in common."""
    adds = course.may_change and current != "staff"
    add = link_button("Add students", href=urls.add_people(course.id)) if adds else None
    return (
        page_head(title="People", lead=f"{course.code} {course.title}", actions=add),
        people_tabs(course=course, current=current),
    )


def roster_body(*, course: CourseView, roster: RosterPage, asked: Filter) -> Child:
    """One page of the roster, with what it can be narrowed by."""
    pages = max(1, -(-roster.found // PER_PAGE))
    narrowed = bool(asked.section or asked.search)
    everybody = roster.removed if asked.show else roster.active
    return (
        people_head(course=course, current="students"),
        _filter(course, roster, asked) if everybody > 10 or roster.sections or narrowed else None,
        _count(roster, asked, narrowed) if everybody else None,
        _table(course, roster, asked) if roster.students else _nobody(course, asked, narrowed),
        pager(
            page=asked.page, pages=pages,
            previous_href=asked.address(course.id, asked.page - 1) if asked.page > 1 else None,
            next_href=asked.address(course.id, asked.page + 1) if asked.page < pages else None,
        ),
        _other_list(course, roster, asked),
    )  # fmt: skip


def _count(roster: RosterPage, asked: Filter, narrowed: bool) -> Child:
    what = counted(roster.found, "student", "students")
    if asked.show:
        what += " removed; their drafts are kept"
    return P(f"{what[0].upper()}{what[1:]}{' found' if narrowed else ''}.")


def _filter(course: CourseView, roster: RosterPage, asked: Filter) -> Child:
    choices = [Choice("", "All sections"), *(Choice(each, each) for each in roster.sections)]
    return Form(
        field_row(
            select_field(name="section", label="Section", choices=choices, value=asked.section, required=False,
                         say_optional=False) if roster.sections else None,
            text_field(name="q", label="Name, e-mail or number", value=asked.search, required=False),
        ),
        button_row(
            button("Show", kind=ButtonKind.QUIET),
            link(Link("Show all", urls.course_people(course.id, show=asked.show)))
            if asked.section or asked.search else None,
        ),
        method="get", action=urls.course_people(course.id), cls="form form-narrow", role="search",
    )  # fmt: skip


def _table(course: CourseView, roster: RosterPage, asked: Filter) -> Child:
    head = ["Name", "E-mail", "Number", "Section", "Enrolled"]
    rows: list[list[Child]] = [
        [
            student.name, student.email, student.number or quiet("none"), student.section or quiet("none"),
            day(student.enrolled_at, course.time_zone),
        ]
        for student in roster.students
    ]  # fmt: skip
    if course.may_change:
        head.append("Change")
        for cells, student in zip(rows, roster.students, strict=True):
            cells.append(_actions(course, student))
    caption = "Students who were removed; their drafts are kept" if asked.show else "Students of this course"
    return data_table(caption=caption, head=head, rows=rows)


def _actions(course: CourseView, student: Student) -> Child:
    if not student.active:
        return button_form(action=urls.enrol_again(course.id, student.student_id), label="Enrol again")
    return row(
        link_button("Edit", href=urls.change_student(course.id, student.student_id), kind=ButtonKind.QUIET),
        button_form(action=urls.remove_student(course.id, student.student_id), label="Remove"),
    )


def _nobody(course: CourseView, asked: Filter, narrowed: bool) -> Child:
    if narrowed:
        return empty_state(title="Nobody fits", text="Try fewer letters, or another section.")
    if asked.show:
        return empty_state(title="Nobody was removed", text="Students who are removed are listed here.")
    return empty_state(
        title="Nobody is enrolled yet",
        text="Students who are enrolled see the published assignments of this course and hand in drafts."
        if course.may_change
        else "No student is in your part of this course yet.",
        action=link_button("Add students", href=urls.add_people(course.id)) if course.may_change else None,
    )


def _other_list(course: CourseView, roster: RosterPage, asked: Filter) -> Child:
    if asked.show:
        return P(link(Link("Back to the students", urls.course_people(course.id))))
    if not roster.removed:
        return None
    return P(link(Link(f"Removed students ({roster.removed})", urls.course_people(course.id, show="removed"))))


def student_body(
    *, course: CourseView, student: Student, section: str, number: str, errors: Mapping[str, str]
) -> Child:
    """The section and number of one student."""
    return (
        page_head(title=student.name, lead=student.email),
        form(
            action=urls.change_student(course.id, student.student_id), submit="Save", errors=errors,
            fields=(
                text_field(name="section", label="Section", value=section, max_length=LONGEST_SECTION, required=False,
                           hint="Tutors can be given sections. An empty field takes the student out of all.",
                           error=errors.get("section")),
                text_field(name="number", label="Student number", value=number, max_length=LONGEST_NUMBER,
                           required=False, error=errors.get("number")),
            ),
            more=link(Link("Back to the students", urls.course_people(course.id))),
        ),
    )  # fmt: skip
