"""The steps in the life of courses and assignments: shown with their counts, taken, and undone."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection
from starlette.responses import Response

from feedforward import urls
from feedforward.assignments.life_cycle_actions import (
    move_assignment,
    move_course,
    restore_assignment,
    restore_course,
)
from feedforward.assignments.life_cycle_queries import (
    DeletedAssignment,
    DeletedCourse,
    deleted_assignments,
    deleted_course,
)
from feedforward.assignments.publishing import Move as AssignmentMove
from feedforward.assignments.publishing import optional_move as optional_assignment_move
from feedforward.assignments.rules import AssignmentStatus, Task
from feedforward.assignments.trail import trail
from feedforward.courses.queries import CourseView, course_for_staff, require_may_change
from feedforward.courses.rules import CourseStatus, Move, optional_move
from feedforward.errors import NotFound, RuleBroken
from feedforward.feedback.life_cycle_pages import (
    assignment_step_body,
    course_step_body,
    deleted_assignments_body,
    restore_course_body,
)
from feedforward.feedback.life_cycle_queries import (
    Affected,
    Cascade,
    assignment_affected,
    course_cascade,
    restoring_cascade,
)
from feedforward.ui.navigation import Link
from feedforward.web.access import Staff
from feedforward.web.context import Web
from feedforward.web.routing import Routes

routes = Routes()
COURSES = Link("Courses", urls.courses())


@dataclass(frozen=True, slots=True)
class MoveForm:
    come_from: str
    go_to: str
    confirmation: str


@routes.get("/courses/{course_id}/step/{go_to}")
async def show_course_step(who: Staff, web: Web, course_id: int, go_to: str) -> Response:
    return await _course_step_page(who, web, course_id, go_to, {})


@routes.post("/courses/{course_id}/status")
async def change_course_status(who: Staff, web: Web, course_id: int, form: MoveForm) -> Response:
    try:
        move = await web.database.write(
            move_course, staff_id=who.user_id, course_id=course_id, now=web.clock.now(), **asdict(form)
        )
    except RuleBroken as broken:
        if broken.field is None:
            raise
        return await _course_step_page(who, web, course_id, form.go_to, {broken.field: broken.message})
    if move.go_to is CourseStatus.DELETED:
        said = "The course is deleted. To undo that, restore it here."
        return web.see(urls.courses(status=CourseStatus.DELETED), said=said)
    return web.see(urls.course(course_id), said=f"Done. {move.effect}")


@routes.get("/courses/{course_id}/restore")
async def show_restoring(who: Staff, web: Web, course_id: int) -> Response:
    course, cascade = await web.database.read(_deleted, who.user_id, course_id)
    return web.page(
        title=f"Restore {course.code}", body=restore_course_body(course=course, cascade=cascade), breadcrumbs=(COURSES,)
    )


@routes.post("/courses/{course_id}/restore")
async def bring_course_back(who: Staff, web: Web, course_id: int) -> Response:
    await web.database.write(restore_course, owner_id=who.user_id, course_id=course_id, now=web.clock.now())
    return web.see(urls.course(course_id), said="The course is back, with the assignments that went with it.")


@routes.get("/courses/{course_id}/deleted")
async def show_deleted_assignments(who: Staff, web: Web, course_id: int) -> Response:
    course, found = await web.database.read(_deleted_assignments, who.user_id, course_id)
    return web.page(
        title="Deleted assignments", breadcrumbs=(COURSES, Link(course.code, urls.course(course_id))),
        body=deleted_assignments_body(course=course, deleted=found, now=web.clock.now()),
    )  # fmt: skip


@routes.get("/assignments/{assignment_id}/step/{go_to}")
async def show_assignment_step(who: Staff, web: Web, assignment_id: int, go_to: str) -> Response:
    return await _assignment_step_page(who, web, assignment_id, go_to, {})


@routes.post("/assignments/{assignment_id}/status")
async def change_assignment_status(who: Staff, web: Web, assignment_id: int, form: MoveForm) -> Response:
    try:
        task, move = await web.database.write(
            move_assignment, staff_id=who.user_id, assignment_id=assignment_id, now=web.clock.now(), **asdict(form)
        )
    except RuleBroken as broken:
        if broken.field is None:
            raise
        return await _assignment_step_page(who, web, assignment_id, form.go_to, {broken.field: broken.message})
    if move.go_to is AssignmentStatus.DELETED:
        said = "The assignment is deleted. To undo that, restore it under “Deleted assignments”."
        return web.see(urls.course(task.course_id), said=said)
    return web.see(urls.assignment(assignment_id), said=f"Done. {move.effect}")


@routes.post("/assignments/{assignment_id}/restore")
async def bring_assignment_back(who: Staff, web: Web, assignment_id: int) -> Response:
    await web.database.write(restore_assignment, staff_id=who.user_id, assignment_id=assignment_id, now=web.clock.now())
    return web.see(urls.assignment(assignment_id), said="The assignment is back as it was, with all its drafts.")


async def _course_step_page(who: Staff, web: Web, course_id: int, go_to: str, errors: dict[str, str]) -> Response:
    course, move, cascade = await web.database.read(_course_step, who.user_id, course_id, go_to)
    return web.page(
        title=move.label, body=course_step_body(course=course, move=move, cascade=cascade, errors=errors),
        breadcrumbs=(COURSES, Link(course.code, urls.course(course_id))), status=422 if errors else 200,
    )  # fmt: skip


async def _assignment_step_page(
    who: Staff, web: Web, assignment_id: int, go_to: str, errors: dict[str, str]
) -> Response:
    task, move, affected = await web.database.read(_assignment_step, who.user_id, assignment_id, go_to)
    return web.page(
        title=move.label, body=assignment_step_body(task=task, move=move, affected=affected, errors=errors),
        breadcrumbs=trail(task), status=422 if errors else 200,
    )  # fmt: skip


def _course_step(connection: Connection, user_id: int, course_id: int, go_to: str) -> tuple[CourseView, Move, Cascade]:
    require_may_change(connection, user_id, course_id, archived=True)
    course = course_for_staff(connection, user_id, course_id)
    move = optional_move(course.status, go_to, course.role)
    if move is None:
        raise NotFound
    return course, move, course_cascade(connection, course_id, go_to)


def _assignment_step(
    connection: Connection, user_id: int, assignment_id: int, go_to: str
) -> tuple[Task, AssignmentMove, Affected]:
    task, affected = assignment_affected(connection, user_id, assignment_id)
    move = optional_assignment_move(task.status, go_to)
    if move is None:
        raise NotFound
    return task, move, affected


def _deleted(connection: Connection, user_id: int, course_id: int) -> tuple[DeletedCourse, Cascade]:
    return deleted_course(connection, user_id, course_id), restoring_cascade(connection, user_id, course_id)


def _deleted_assignments(
    connection: Connection, user_id: int, course_id: int
) -> tuple[CourseView, Sequence[DeletedAssignment]]:
    found = deleted_assignments(connection, user_id, course_id)
    return course_for_staff(connection, user_id, course_id), found
