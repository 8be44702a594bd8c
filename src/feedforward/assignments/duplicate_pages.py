"""The form that takes a course into another term."""

from collections.abc import Collection, Mapping, Sequence

from feedforward import urls
from feedforward.assignments.duplicate_rules import MOST_DAYS, Dates
from feedforward.assignments.rules import Task
from feedforward.courses.pages import course_fields
from feedforward.courses.queries import CourseView
from feedforward.ui.choices import Choice, checkbox, checkbox_group, radio_group
from feedforward.ui.dates import day_text
from feedforward.ui.elements import Child, P
from feedforward.ui.fields import number_field
from feedforward.ui.forms import field_group, form
from feedforward.ui.layout import page_head
from feedforward.ui.navigation import Link, link


def duplicate_body(
    *, course: CourseView, tasks: Sequence[Task], fields: Mapping[str, str], chosen: Collection[str], staff: bool,
    sections: bool, errors: Mapping[str, str],
) -> Child:  # fmt: skip
    """The new course's details and what comes along; `fields` are what is filled in, as text."""
    offered = [
        Choice(str(task.assignment_id), task.title, f"Due {day_text(task.due_at, task.time_zone)}.") for task in tasks
    ]
    return (
        page_head(
            title="Duplicate the course",
            lead=f"From {course.code} {course.title}. Students, drafts and feedback stay behind.",
        ),
        form(
            action=urls.duplicate_course(course.id), submit="Make the copy", errors=errors, guard=True,
            more=link(Link("Back to the course", urls.course(course.id))),
            fields=(
                field_group(legend="The new course", fields=course_fields(fields=fields, errors=errors)),
                field_group(
                    legend="Assignments",
                    fields=(
                        checkbox_group(
                            name="assignments", label="Which come along", choices=offered, values=chosen,
                            hint="Each with its rubric, its task sheet, its readers and its settings. Copies are not "
                            "published.",
                        ),
                        radio_group(
                            name="dates", label="Their dates", value=fields["dates"], error=errors.get("dates"),
                            choices=[
                                Choice(Dates.SHIFT, "Move them by the days below", "Each keeps its hour of the day."),
                                Choice(Dates.LATER, "I set them later", "A copy cannot be published before that."),
                            ],
                        ),
                        number_field(
                            name="days", label="Days later", value=fields["days"], required=False, least=-MOST_DAYS,
                            most=MOST_DAYS, unit="days", error=errors.get("days"),
                            hint="364 days are 52 weeks, so that weekdays stay the same.",
                        ),
                    )
                    if tasks else P("This course has no assignments."),
                ),
                field_group(
                    legend="People",
                    fields=(
                        checkbox(
                            name="staff", label="Staff", checked=staff,
                            hint="You own the copy; everybody else keeps their role. An owner becomes a co-instructor.",
                        ),
                        checkbox(
                            name="sections", label="Names of sections", checked=sections,
                            hint="Tutors look after the sections of the same names. Without this, a tutor with a part "
                            "of the roster sees nobody until you give them one.",
                        ),
                    ),
                ),
            ),
        ),
    )  # fmt: skip
