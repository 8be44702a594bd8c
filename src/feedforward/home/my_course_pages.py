"""A student's courses: the list of them, and one with what is due, what came back and all its assignments."""

from collections.abc import Sequence
from datetime import datetime

from feedforward import urls
from feedforward.assignments.course_pages import assignment_badge
from feedforward.courses.pages import course_badge
from feedforward.courses.rules import CourseStatus
from feedforward.home.my_course_queries import MyCourse, MyCoursePage
from feedforward.home.student_pages import student_sections
from feedforward.ui.dates import moment_and_distance
from feedforward.ui.elements import Child, P
from feedforward.ui.layout import ListItem, item_list, page_head, section
from feedforward.ui.notices import Notice, NoticeKind, notice
from feedforward.ui.tables import empty_state

CLOSED_WORDS = {
    CourseStatus.INACTIVE: "Your instructor has paused this course: no drafts are taken in at the moment. Feedback "
    "still comes, and everything you handed in is safe.",
    CourseStatus.ARCHIVED: "This course is archived: everything stays here to be read, and nothing can be handed in or "
    "changed. Texts are erased at their time as before, so download what you want to keep.",
}


def my_courses_body(*, courses: Sequence[MyCourse]) -> Child:
    """The courses somebody is enrolled in."""
    head = page_head(title="My courses")
    if not courses:
        return head, empty_state(
            title="You are in no course yet",
            text="Your instructor enrols you with the e-mail address you signed in with, or sends you an invitation.",
        )
    items = [
        ListItem(
            title=f"{each.code} {each.title}", href=urls.my_course(each.course_id), badges=[course_badge(each.status)],
            detail=", ".join(filter(None, (each.term, each.owner))),
        )
        for each in courses
    ]  # fmt: skip
    return head, item_list(items=items, label="My courses")


def my_course_body(*, page: MyCoursePage, now: datetime, notice_days: int, unreleased_days: int) -> Child:
    """One course: first what needs the student, then all its assignments."""
    course = page.course
    closed = CLOSED_WORDS.get(course.status)
    return (
        page_head(
            title=f"{course.code} {course.title}", lead=", ".join(filter(None, (course.term, course.owner))),
            badges=[course_badge(course.status)],
        ),
        notice(Notice(closed, NoticeKind.INFO)) if closed else None,
        P(course.description) if course.description else None,
        student_sections(home=page.home, now=now, notice_days=notice_days, unreleased_days=unreleased_days),
        section(title="All assignments", body=_tasks(page, now)),
    )  # fmt: skip


def _tasks(page: MyCoursePage, now: datetime) -> Child:
    if not page.tasks:
        return empty_state(
            title="No assignments yet", text="Assignments stand here as soon as your instructor publishes them."
        )
    items = [
        ListItem(
            title=task.title, href=urls.task(task.assignment_id), badges=[assignment_badge(task, now)],
            meta=moment_and_distance(task.deadline, task.time_zone, now),
        )
        for task in page.tasks
    ]  # fmt: skip
    return item_list(items=items, label="All assignments by due date")
