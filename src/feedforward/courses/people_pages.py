"""The people of a course: who teaches it, who is enrolled, and the form that enrols more."""

from collections.abc import Mapping, Sequence

from feedforward import urls
from feedforward.courses.actions import EnrolOutcome
from feedforward.courses.pages import counted
from feedforward.courses.queries import CourseView, RosterEntry, StaffMember
from feedforward.courses.rules import StaffRole
from feedforward.ui.buttons import ButtonKind, button_form
from feedforward.ui.dates import day
from feedforward.ui.elements import Child
from feedforward.ui.fields import text_area
from feedforward.ui.forms import form
from feedforward.ui.layout import ListItem, disclosure, item_list, page_head, section
from feedforward.ui.notices import Notice, NoticeKind, notice
from feedforward.ui.tables import data_table, empty_state

ROLE_WORDS = {
    StaffRole.OWNER: "Owner",
    StaffRole.CO_INSTRUCTOR: "Co-instructor",
    StaffRole.TUTOR: "Tutor (looks and reviews)",
}


def people_body(
    *, course: CourseView, staff: Sequence[StaffMember], students: Sequence[RosterEntry], typed: str = "",
    outcome: EnrolOutcome | None = None, errors: Mapping[str, str] | None = None,
) -> Child:  # fmt: skip
    """Students, the form that enrols more (`typed` stands in it), and the staff; `outcome` tells what it just did."""
    active = [student for student in students if student.active]
    removed = [student for student in students if not student.active]
    return (
        page_head(title="People", lead=f"{course.code} {course.title}"),
        _told(outcome) if outcome else None,
        disclosure(
            summary="Enrol students", opened=bool(typed or errors or not active),
            body=_enrol_form(course, typed, errors or {}),
        ) if course.may_change else None,
        section(title=f"Students ({len(active)})", body=_roster(course, active)),
        _removed(course, removed) if removed else None,
        section(
            title="Staff", quiet=True,
            body=data_table(
                caption="Staff of this course", head=["Name", "E-mail", "Role"],
                rows=[[person.name, person.email, ROLE_WORDS[person.role]] for person in staff],
            ),
        ),
    )  # fmt: skip


def _roster(course: CourseView, students: Sequence[RosterEntry]) -> Child:
    if not students:
        return empty_state(
            title="Nobody is enrolled yet",
            text="Students who are enrolled see the published assignments of this course and hand in drafts.",
        )
    head = ["Name", "E-mail", "Enrolled"]
    rows: list[list[Child]] = [
        [student.name, student.email, day(student.enrolled_at, course.time_zone)] for student in students
    ]
    if course.may_change:
        head.append("Change")
        for row, student in zip(rows, students, strict=True):
            row.append(button_form(action=urls.remove_student(course.id, student.student_id), label="Remove"))
    return data_table(caption="Students of this course", head=head, rows=rows)


def _enrol_form(course: CourseView, typed: str, errors: Mapping[str, str]) -> Child:
    return form(
        action=urls.enrol(course.id),
        fields=text_area(
            name="emails", label="E-mail addresses", value=typed, rows=6, error=errors.get("emails"),
            hint="One per line, or divided by commas. Students need an account here already.",
        ),
        submit="Enrol", errors=errors, submit_kind=ButtonKind.PRIMARY,
    )  # fmt: skip


def _removed(course: CourseView, students: Sequence[RosterEntry]) -> Child:
    def again(student: RosterEntry) -> Child:
        if not course.may_change:
            return None
        return button_form(action=urls.enrol(course.id), label="Enrol again", fields={"emails": student.email})

    return disclosure(
        summary=f"Removed students ({len(students)})",
        body=data_table(
            caption="Students who were removed; their drafts are kept", head=["Name", "E-mail", "Undo"],
            rows=[[student.name, student.email, again(student)] for student in students],
        ),
    )  # fmt: skip


def _told(outcome: EnrolOutcome) -> Child:
    """What became of the addresses; those that failed one by one."""
    return (
        notice(Notice(outcome.said, NoticeKind.DONE)) if outcome.said else None,
        notice(
            Notice(
                "What failed stays in the form below, to be corrected and sent again.", NoticeKind.PERSON,
                title=f"{counted(len(outcome.unknown), 'address', 'addresses')} could not be enrolled.",
            )
        ),
        item_list(
            items=[ListItem(title=email, detail=reason) for email, reason in outcome.unknown.items()],
            label="Addresses that could not be enrolled",
        ),
    )  # fmt: skip
