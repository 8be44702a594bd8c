"""An instructor's home: what needs review first, then the courses."""

from collections.abc import Sequence
from datetime import datetime

from feedforward import urls
from feedforward.courses.glass_pages import unseen_notice
from feedforward.courses.pages import course_badge
from feedforward.courses.queries import CourseView
from feedforward.courses.rules import StaffRole
from feedforward.home.staff_queries import ToReview
from feedforward.ui.badges import Tone, badge
from feedforward.ui.buttons import ButtonKind, link_button
from feedforward.ui.dates import relative
from feedforward.ui.elements import Child, Element, P
from feedforward.ui.layout import ListItem, item_list, section
from feedforward.ui.navigation import Link, link
from feedforward.ui.tables import empty_state

MOST_COURSES = 12


def staff_home_body(
    *, reviews: Sequence[ToReview], courses: Sequence[CourseView], now: datetime, may_create: bool
) -> Child:
    """`may_create` False: a tutor, who teaches in courses of others."""
    if not courses:
        return empty_state(
            title="You have no course yet",
            text="A course holds your assignments and the people enrolled. Create one, then add an assignment to it.",
            action=link_button("Create a course", href=urls.new_course()) if may_create else None,
        )
    return (
        *(
            unseen_notice(course_id=each.id, course=f"{each.code} {each.title}", unseen=each.unseen_openings)
            for each in courses
            if each.unseen_openings and each.role is StaffRole.OWNER
        ),
        section(
            title="What needs you",
            body=_reviews(reviews, now),
            actions=link_button("Open the review queue", href=urls.review_queue()) if reviews else None,
        ),
        section(
            title="Your courses",
            body=(_courses(courses[:MOST_COURSES]), _more(courses)),
            actions=link_button("Create a course", href=urls.new_course(), kind=ButtonKind.QUIET)
            if may_create
            else None,
        ),
    )


def _reviews(reviews: Sequence[ToReview], now: datetime) -> Element:
    if not reviews:
        return empty_state(title="Nothing waits for you", text="Drafts stand here as soon as they have been read.")
    return item_list(
        label="What needs you",
        items=[
            ListItem(
                title=each.title,
                href=urls.review_queue(each.assignment_id),
                detail=f"{each.course_code}. The longest waiting draft came {relative(each.oldest, now)}.",
                badges=_counts(each),
            )
            for each in reviews
        ],
    )


def _counts(each: ToReview) -> list[Child]:
    return [
        badge(f"{each.waiting} to review", tone=Tone.PERSON),
        badge(f"{each.by_hand} to write by hand", tone=Tone.FAILED) if each.by_hand else None,
    ]


def _more(courses: Sequence[CourseView]) -> Child:
    if len(courses) <= MOST_COURSES:
        return None
    return P(link(Link("Search all your courses", urls.courses())))


def _courses(courses: Sequence[CourseView]) -> Element:
    return item_list(
        label="Your courses",
        items=[
            ListItem(
                title=f"{each.code} {each.title}",
                href=urls.course(each.id),
                detail=each.term or None,
                badges=(course_badge(each.status),),
                meta="1 student" if each.students == 1 else f"{each.students} students",
            )
            for each in courses
        ],
    )
