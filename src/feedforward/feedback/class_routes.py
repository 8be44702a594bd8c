"""A class: its page, reminding who is missing, and taking its table or its feedback along."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection
from starlette.responses import Response, StreamingResponse

from feedforward import urls
from feedforward.assignments.rules import Task
from feedforward.courses.pages import counted
from feedforward.courses.queries import CourseView, course_for_staff
from feedforward.courses.roster_routes import page_asked
from feedforward.errors import RuleBroken
from feedforward.feedback.class_actions import note_export, remind
from feedforward.feedback.class_archive import class_archive, plain
from feedforward.feedback.class_pages import FILTERS, class_body
from feedforward.feedback.class_queries import (
    ClassStudent,
    Narrowed,
    class_grid,
    class_students,
    class_tasks,
    drafts_of_class,
)
from feedforward.feedback.class_rules import Standing, hides_its_student
from feedforward.feedback.class_table import class_table
from feedforward.ui.navigation import Link
from feedforward.web.access import Staff
from feedforward.web.context import Web
from feedforward.web.routing import Routes

routes = Routes()


@dataclass(frozen=True, slots=True)
class RemindForm:
    assignment: str
    section: str


@dataclass(frozen=True, slots=True)
class Export:
    """Whom and what an export is about: students by name, their tasks, and the drafts handed in for them."""

    course: CourseView
    tasks: Sequence[Task]
    students: Sequence[ClassStudent]
    drafts: Sequence[int]


@routes.get("/courses/{course_id}/class")
async def show_class(who: Staff, web: Web, course_id: int) -> Response:
    asked = _asked(web)
    grid = await web.database.read_slow(class_grid, who.user_id, course_id, asked)
    course = grid.course
    return web.page(
        title=f"Class of {course.code}", body=class_body(grid=grid, asked=asked, now=web.clock.now()), wide=True,
        breadcrumbs=(Link("Courses", urls.courses()), Link(course.code, urls.course(course.id))),
    )  # fmt: skip


@routes.post("/courses/{course_id}/class/remind")
async def remind_missing(who: Staff, web: Web, course_id: int, form: RemindForm) -> Response:
    assignment_id, section = _id_of(form.assignment), form.section[:80]
    if assignment_id is None:
        await web.database.read(course_for_staff, who.user_id, course_id)
        raise RuleBroken("Choose an assignment of this course first: reminders are about one.")
    done = await web.database.write(
        remind, staff_id=who.user_id, course_id=course_id, assignment_id=assignment_id, section=section,
        now=web.clock.now(),
    )  # fmt: skip
    said = f"{counted(done.reminded, 'student is', 'students are')} reminded; the list says who.".capitalize()
    if done.left_alone:
        were = "was" if done.left_alone == 1 else "were"
        said += f" {done.left_alone} {were} reminded within the last day and left alone."
    if done.want < done.reminded:
        said += f" {done.reminded - done.want} of them want no such mail."
    here = urls.course_class(course_id, assignment=assignment_id, section=section, state=Standing.NOTHING)
    return web.see(here, said=said)


@routes.get("/courses/{course_id}/class/table.csv")
async def export_table(who: Staff, web: Web, course_id: int) -> Response:
    asked = _asked(web)
    export = await web.database.read_slow(_export, who.user_id, course_id, asked)
    await web.database.write(
        note_export, staff_id=who.user_id, course_id=course_id, what="class.export",
        assignment_id=asked.assignment_id, rows=len(export.students), now=web.clock.now(),
    )  # fmt: skip
    lines = class_table(web.database, students=export.students, tasks=export.tasks)
    return _sent(lines, "text/csv; charset=utf-8", f"{plain(export.course.code) or 'class'}-class.csv")


@routes.get("/courses/{course_id}/class/feedback.zip")
async def export_feedback(who: Staff, web: Web, course_id: int) -> Response:
    asked = _asked(web)
    released_only = web.query("all") != "yes"
    export = await web.database.read_slow(_export, who.user_id, course_id, asked, released_only=released_only)
    await web.database.write(
        note_export, staff_id=who.user_id, course_id=course_id, what="class.export_feedback",
        assignment_id=asked.assignment_id, rows=len(export.drafts), now=web.clock.now(),
    )  # fmt: skip
    course = export.course
    parts = class_archive(
        web.database, web.content, user_id=who.user_id, course=f"{course.code} {course.title}", drafts=export.drafts,
        released_only=released_only,
    )  # fmt: skip
    return _sent(parts, "application/zip", f"{plain(course.code) or 'class'}-feedback.zip")


def _asked(web: Web) -> Narrowed:
    state = web.query("state")
    return Narrowed(
        assignment_id=_id_of(web.query("assignment")), section=web.query("section")[:80],
        standing=Standing(state) if state in FILTERS else None, search=web.query("q").strip()[:100],
        page=page_asked(web),
    )  # fmt: skip


def _id_of(raw: str) -> int | None:
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) <= 18 else None


def _export(
    connection: Connection, user_id: int, course_id: int, asked: Narrowed, *, released_only: bool | None = None
) -> Export:
    """`released_only` None: no drafts are looked for."""
    course, _, tasks = class_tasks(connection, user_id, course_id, asked.assignment_id)
    chosen = [task.assignment_id for task in tasks]
    rows = connection.execute(class_students(user_id, course_id, asked, chosen)).all()
    students = sorted((ClassStudent(*row) for row in rows), key=lambda each: (each.name.lower(), each.student_id))
    drafts: list[int] = []
    if released_only is not None:
        found = drafts_of_class(connection, chosen, [each.student_id for each in students])
        for task in tasks:
            wanted = [
                draft
                for student in students
                for draft in found.get((student.student_id, task.assignment_id), ())
                if draft.feedback == "released" or (draft.feedback is not None and not released_only)
            ]
            # Those without a name come last and in the order they came in: by name, their place would tell.
            hidden = {draft.draft_id for draft in wanted if hides_its_student(task, draft.feedback)}
            drafts += [draft.draft_id for draft in wanted if draft.draft_id not in hidden] + sorted(hidden)
    return Export(course, tasks, students, drafts)


def _sent(parts: AsyncIterator[bytes], media_type: str, file_name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{file_name}"', "X-Content-Type-Options": "nosniff"}
    return StreamingResponse(parts, media_type=media_type, headers=headers)
