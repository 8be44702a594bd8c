"""Addresses of courses, the people of a course, and joining one."""

from urllib.parse import urlencode


def courses(*, search: str = "", status: str = "", term: str = "", department: str = "", page: int = 1) -> str:
    asked = {"q": search, "status": status, "term": term, "department": department, "page": page if page > 1 else ""}
    query = urlencode({name: value for name, value in asked.items() if value != ""})
    return f"/courses?{query}" if query else "/courses"


def new_course() -> str:
    return "/courses/new"


def course(course_id: int | str) -> str:
    return f"/courses/{course_id}"


def edit_course(course_id: int | str) -> str:
    return f"/courses/{course_id}/edit"


def course_status(course_id: int | str) -> str:
    return f"/courses/{course_id}/status"


def course_step(course_id: int | str, go_to: str) -> str:
    return f"/courses/{course_id}/step/{go_to}"


def restore_course(course_id: int | str) -> str:
    return f"/courses/{course_id}/restore"


def deleted_assignments(course_id: int | str) -> str:
    return f"/courses/{course_id}/deleted"


def duplicate_course(course_id: int | str) -> str:
    return f"/courses/{course_id}/duplicate"


def course_class(
    course_id: int | str, *, assignment: int | str = "", section: str = "", state: str = "", search: str = "",
    page: int = 1,
) -> str:  # fmt: skip
    asked = {
        "assignment": assignment, "section": section, "state": state, "q": search, "page": page if page > 1 else "",
    }  # fmt: skip
    query = urlencode({name: value for name, value in asked.items() if value != ""})
    return f"/courses/{course_id}/class?{query}" if query else f"/courses/{course_id}/class"


def class_table(course_id: int | str) -> str:
    return f"/courses/{course_id}/class/table.csv"


def class_feedback(course_id: int | str) -> str:
    return f"/courses/{course_id}/class/feedback.zip"


def remind_class(course_id: int | str) -> str:
    return f"/courses/{course_id}/class/remind"


def my_courses() -> str:
    return "/my-courses"


def my_course(course_id: int | str) -> str:
    return f"/my-courses/{course_id}"


def course_people(course_id: int | str, *, show: str = "", section: str = "", search: str = "", page: int = 1) -> str:
    asked = {"show": show, "section": section, "q": search, "page": page if page > 1 else ""}
    query = urlencode({name: value for name, value in asked.items() if value != ""})
    return f"/courses/{course_id}/people?{query}" if query else f"/courses/{course_id}/people"


def add_people(course_id: int | str) -> str:
    return f"/courses/{course_id}/people/add"


def check_people(course_id: int | str) -> str:
    return f"/courses/{course_id}/people/check"


def change_student(course_id: int | str, student_id: int | str) -> str:
    return f"/courses/{course_id}/people/{student_id}/change"


def enrol_again(course_id: int | str, student_id: int | str) -> str:
    return f"/courses/{course_id}/people/{student_id}/enrol"


def remove_student(course_id: int | str, student_id: int | str) -> str:
    return f"/courses/{course_id}/people/{student_id}/remove"


def course_invitations(course_id: int | str, *, show: str = "", search: str = "", page: int = 1) -> str:
    asked = {"show": show, "q": search, "page": page if page > 1 else ""}
    query = urlencode({name: value for name, value in asked.items() if value != ""})
    return f"/courses/{course_id}/invitations?{query}" if query else f"/courses/{course_id}/invitations"


def send_invitation(course_id: int | str, invitation_id: int | str) -> str:
    return f"/courses/{course_id}/invitations/{invitation_id}/send"


def invitation_link(course_id: int | str, invitation_id: int | str) -> str:
    return f"/courses/{course_id}/invitations/{invitation_id}/link"


def revoke_invitation(course_id: int | str, invitation_id: int | str) -> str:
    return f"/courses/{course_id}/invitations/{invitation_id}/revoke"


def remove_invitation(course_id: int | str, invitation_id: int | str) -> str:
    return f"/courses/{course_id}/invitations/{invitation_id}/remove"


def course_staff(course_id: int | str) -> str:
    return f"/courses/{course_id}/staff"


def add_staff(course_id: int | str) -> str:
    return f"/courses/{course_id}/staff/add"


def staff_role(course_id: int | str, user_id: int | str) -> str:
    return f"/courses/{course_id}/staff/{user_id}/role"


def remove_staff(course_id: int | str, user_id: int | str) -> str:
    return f"/courses/{course_id}/staff/{user_id}/remove"


def tutor_part(course_id: int | str, user_id: int | str) -> str:
    return f"/courses/{course_id}/staff/{user_id}/part"


def transfer_course(course_id: int | str) -> str:
    return f"/courses/{course_id}/transfer"


def join(token: str = "") -> str:
    return f"/join?{urlencode({'token': token})}" if token else "/join"


def join_by_sign_on() -> str:
    return "/join/sign-on"


def confirm_join() -> str:
    return "/join/confirm"


def course_defaults(course_id: int | str) -> str:
    return f"/courses/{course_id}/defaults"


def new_assignment(course_id: int | str) -> str:
    return f"/courses/{course_id}/assignments/new"


def glass_seen(course_id: int | str) -> str:
    return f"/courses/{course_id}/student-work/seen"
