"""The way down to an assignment, for the breadcrumbs of its pages."""

from feedforward import urls
from feedforward.assignments.rules import Task
from feedforward.ui.navigation import Link


def trail(task: Task, *, inside: bool = True) -> tuple[Link, ...]:
    """The way down to an assignment, and to the assignment itself for the pages `inside` it."""
    way = (Link("Courses", urls.courses()), Link(task.course_code, urls.course(task.course_id)))
    return (*way, Link(task.title, urls.assignment(task.assignment_id))) if inside else way
