"""The list of a teacher's courses, with what it can be searched and narrowed by."""

from collections.abc import Sequence

from feedforward import urls
from feedforward.courses.course_list_queries import FEW, PER_PAGE, CourseList, Wanted
from feedforward.courses.pages import STATUS_WORDS, counted, course_badge
from feedforward.courses.queries import CourseView
from feedforward.courses.rules import CourseStatus, StaffRole
from feedforward.ui.buttons import ButtonKind, button, button_row, link_button
from feedforward.ui.choices import Choice, select_field
from feedforward.ui.elements import Child, Element, Form, P
from feedforward.ui.fields import text_field
from feedforward.ui.forms import field_row
from feedforward.ui.layout import ListItem, item_list, page_head
from feedforward.ui.navigation import Link, link, pager
from feedforward.ui.tables import empty_state


def courses_body(*, found: CourseList, wanted: Wanted, may_create: bool) -> Child:
    """One page of courses, or what to do where there is none."""
    new = link_button("New course", href=urls.new_course()) if may_create else None
    if not found.courses and not wanted.narrowed:
        return (
            page_head(title="Courses"),
            empty_state(
                title="No courses yet",
                text="A course holds your assignments and the students who hand in drafts for them."
                if may_create
                else "You teach no course at the moment. Somebody who does can add you.",
                action=new,
            ),
            _deleted_link(may_create),
        )
    pages = max(1, -(-found.found // PER_PAGE))
    narrow = _filter(found, wanted) if found.found > FEW or wanted.narrowed else None
    return (
        page_head(title="Courses", actions=new),
        narrow,
        P(f"{counted(found.found, 'course', 'courses')} found.".capitalize()) if narrow else None,
        item_list(items=[_item(each) for each in found.courses], label="Your courses")
        if found.courses
        else empty_state(
            title="No course fits", text="Try fewer letters, or another status, term or department.",
            action=link_button("See all your courses", href=urls.courses(), kind=ButtonKind.QUIET),
        ),
        pager(
            page=wanted.page, pages=pages,
            previous_href=wanted.address(wanted.page - 1) if wanted.page > 1 else None,
            next_href=wanted.address(wanted.page + 1) if wanted.page < pages else None,
        ),
        _deleted_link(may_create) if wanted.status != CourseStatus.DELETED else None,
    )  # fmt: skip


def _item(course: CourseView) -> ListItem:
    deleted = course.status is CourseStatus.DELETED
    said = (course.term, course.department, "you are a tutor" if course.role is StaffRole.TUTOR else "")
    return ListItem(
        title=f"{course.code} {course.title}",
        href=None if deleted else urls.course(course.id),
        badges=[course_badge(course.status)],
        detail=", ".join(filter(None, said)),
        meta=counted(course.students, "student", "students"),
        actions=link_button("Restore …", href=urls.restore_course(course.id), kind=ButtonKind.QUIET)
        if deleted
        else None,
    )


def _filter(found: CourseList, wanted: Wanted) -> Element:
    statuses = [Choice(each, STATUS_WORDS[each][0]) for each in CourseStatus]
    return Form(
        field_row(
            text_field(name="q", label="Code, title, term or department", value=wanted.search, required=False),
            _choice("status", "Status", statuses, wanted.status, "All but deleted"),
            _choice("term", "Term", _named(found.terms), wanted.term, "All terms"),
            _choice("department", "Department", _named(found.departments), wanted.department, "All departments"),
        ),
        button_row(
            button("Show", kind=ButtonKind.QUIET),
            link_button("Show all", href=urls.courses(), kind=ButtonKind.QUIET) if wanted.narrowed else None,
        ),
        method="get",
        action=urls.courses(),
        role="search",
        cls="form",
    )


def _named(names: Sequence[str]) -> list[Choice]:
    return [Choice(name, name) for name in names]


def _choice(name: str, label: str, choices: Sequence[Choice], value: str, everything: str) -> Child:
    if not choices:
        return None
    return select_field(
        name=name, label=label, choices=choices, value=value, empty=everything, required=False, say_optional=False
    )


def _deleted_link(may_create: bool) -> Child:
    """Deleted courses are found again by whoever owned them."""
    if not may_create:
        return None
    return P(link(Link("Deleted courses", urls.courses(status=CourseStatus.DELETED))))
