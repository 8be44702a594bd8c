"""Who teaches a course: the list, adding and changing, a tutor's part of the roster, and handing the course over."""

from collections.abc import Mapping, Sequence

from feedforward import urls
from feedforward.courses.people_pages import people_head
from feedforward.courses.queries import CourseView
from feedforward.courses.rules import CourseStatus, StaffRole
from feedforward.courses.staff_queries import Teacher, TutorPart
from feedforward.ui.badges import Tone, badge
from feedforward.ui.buttons import ButtonKind, button, button_form, button_row, link_button
from feedforward.ui.choices import Choice, checkbox_group, radio_group, select_field
from feedforward.ui.elements import Child, P
from feedforward.ui.fields import email_field, text_area, text_field
from feedforward.ui.forms import form
from feedforward.ui.layout import disclosure, page_head, row, section
from feedforward.ui.navigation import Link, link
from feedforward.ui.tables import data_table

ROLE_WORDS = {
    StaffRole.OWNER: "Owner",
    StaffRole.CO_INSTRUCTOR: "Co-instructor",
    StaffRole.TUTOR: "Tutor",
}
ROLE_CHOICES = (
    Choice(StaffRole.CO_INSTRUCTOR, "Co-instructor", "Does everything but decide who teaches and delete the course. "
           "Needs an instructor account."),
    Choice(StaffRole.TUTOR, "Tutor", "Reviews drafts and changes no settings. Any account, also a student’s."),
)  # fmt: skip


def staff_body(
    *, course: CourseView, staff: Sequence[Teacher], typed: Mapping[str, str], errors: Mapping[str, str]
) -> Child:
    """The list; owners also get what they may do. `typed` and `errors` belong to the form named by `typed["form"]`."""
    owns = course.role is StaffRole.OWNER and course.status is not CourseStatus.ARCHIVED
    adding = typed.get("form") == "add"
    return (
        people_head(course=course, current="staff"),
        _table(course, staff, owns),
        P("Only the owner decides who teaches this course.", cls="quiet") if not owns else None,
        section(
            title="Let somebody teach",
            body=form(
                action=urls.add_staff(course.id), submit="Add", errors=errors if adding else {},
                fields=(
                    email_field(value=typed.get("email", ""), autocomplete="off",
                                hint="Who has no account yet gets an invitation as a tutor.",
                                error=errors.get("email") if adding else None),
                    radio_group(name="role", label="As", choices=ROLE_CHOICES, value=typed.get("role", "tutor"),
                                error=errors.get("role") if adding else None),
                ),
            ),
        ) if owns else None,
        _transfer(course, staff, typed, errors) if owns else None,
    )  # fmt: skip


def _table(course: CourseView, staff: Sequence[Teacher], owns: bool) -> Child:
    head = ["Name", "E-mail", "Role", "Looks after"]
    rows: list[list[Child]] = [
        [
            person.name, person.email,
            (badge(ROLE_WORDS[person.role], tone=Tone.ACTIVE if person.role is StaffRole.OWNER else Tone.NEUTRAL),
             None if person.active else badge("Account not active", tone=Tone.PERSON)),
            person.part or "Everybody",
        ]
        for person in staff
    ]  # fmt: skip
    if course.may_change:
        head.append("Change")
        for cells, person in zip(rows, staff, strict=True):
            cells.append(_actions(course, person, owns))
    return data_table(caption="Staff of this course", head=head, rows=rows)


def _actions(course: CourseView, person: Teacher, owns: bool) -> Child:
    if person.role is StaffRole.OWNER:
        return None
    tutor = person.role is StaffRole.TUTOR
    go_to = StaffRole.CO_INSTRUCTOR if tutor else StaffRole.TUTOR
    return row(
        link_button("Part of the roster", href=urls.tutor_part(course.id, person.user_id), kind=ButtonKind.QUIET)
        if tutor else None,
        button_form(
            action=urls.staff_role(course.id, person.user_id), label=f"Make {ROLE_WORDS[go_to].lower()}",
            fields={"come_from": person.role, "go_to": go_to},
        ) if owns and (person.instructor or not tutor) else None,
        button_form(action=urls.remove_staff(course.id, person.user_id), label="Remove") if owns else None,
    )  # fmt: skip


def _transfer(
    course: CourseView, staff: Sequence[Teacher], typed: Mapping[str, str], errors: Mapping[str, str]
) -> Child:
    able = [each for each in staff if each.may_own]
    here = typed.get("form") == "transfer"
    body: Child = (
        P("The new owner must be a co-instructor of this course first.")
        if not able
        else form(
            action=urls.transfer_course(course.id), submit=None, errors=errors if here else {},
            fields=(
                P("The new owner decides who teaches this course and whether it is deleted. You stay as a "
                  "co-instructor, and only they can give it back. Both of you get a letter."),
                select_field(name="to", label="New owner", empty="Choose a co-instructor",
                             choices=[Choice(str(each.user_id), f"{each.name} ({each.email})") for each in able],
                             value=typed.get("to"), error=errors.get("to") if here else None),
                text_field(name="confirmation", label=f"Type the course’s code, {course.code}, to confirm",
                           value=typed.get("confirmation", ""), error=errors.get("confirmation") if here else None),
                button_row(button("Hand the course over", kind=ButtonKind.DANGER)),
            ),
        )
    )  # fmt: skip
    return disclosure(summary="Hand the course to another owner", body=body, opened=here and bool(errors))


def part_body(*, course: CourseView, part: TutorPart, numbers: str = "", error: str | None = None) -> Child:
    """Which students a tutor sees: all, or sections and students that are ticked or named by their `numbers`."""
    tutor = part.tutor
    students = [
        Choice(str(student_id), f"{name} ({where})" if where else name) for student_id, name, where in part.all_students
    ]
    return (
        page_head(title="Part of the roster", lead=f"{tutor.name}, tutor of {course.code}"),
        form(
            action=urls.tutor_part(course.id, tutor.user_id), submit="Save",
            fields=(
                radio_group(
                    name="who", label=f"{tutor.name} sees the drafts of", value="all" if tutor.sees_all else "part",
                    choices=(
                        Choice("all", "All students of this course"),
                        Choice("part", "Only those chosen below", "With none chosen, of nobody."),
                    ),
                ),
                checkbox_group(
                    name="sections", label="Sections", values=part.sections,
                    choices=[Choice(each, each) for each in part.all_sections],
                    hint="Students who come into a section later belong to it too.",
                ) if part.all_sections else None,
                disclosure(
                    summary="Single students", opened=bool(part.students) or not part.all_sections,
                    body=checkbox_group(name="students", label="Students", choices=students,
                                        values=[str(each) for each in part.students]),
                ) if students else P("Nobody is enrolled yet."),
                text_area(
                    name="numbers", label="Student numbers to add", value=numbers, rows=3, required=False, error=error,
                    hint="Separated by spaces, commas or lines. They are ticked above once you have saved.",
                ) if part.numbers else None,
            ),
            more=link(Link("Back to the staff", urls.course_staff(course.id))),
        ),
    )  # fmt: skip
