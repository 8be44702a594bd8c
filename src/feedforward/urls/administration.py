"""Addresses of running the installation."""

import re
from urllib.parse import urlencode


def outbox(show: str = "", page: int = 1) -> str:
    asked = {"show": show, "page": page if page > 1 else ""}
    query = urlencode({name: value for name, value in asked.items() if value != ""})
    return f"/admin/mail?{query}" if query else "/admin/mail"


def laid_out_letter(message_id: int | str) -> str:
    return f"/admin/mail/{message_id}"


def send_again(message_id: int | str) -> str:
    return f"/admin/mail/{message_id}/again"


def edit_terms() -> str:
    return "/admin/terms"


def registrations() -> str:
    return "/admin/registrations"


def registration(registration_id: int | str) -> str:
    return f"/admin/registrations/{registration_id}"


def approve_registration(registration_id: int | str) -> str:
    return f"/admin/registrations/{registration_id}/approve"


def reject_registration(registration_id: int | str) -> str:
    return f"/admin/registrations/{registration_id}/reject"


def installation_defaults() -> str:
    return "/admin/defaults"


def domains() -> str:
    return "/admin/domains"


def remove_domain(domain_id: int | str) -> str:
    return f"/admin/domains/{domain_id}/remove"


def people(words: str = "", role: str = "", status: str = "", before: int | None = None) -> str:
    asked = {"q": words, "role": role, "status": status, "before": "" if before is None else str(before)}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"/admin/people?{query}" if query else "/admin/people"


def person(user_id: int | str) -> str:
    return f"/admin/people/{user_id}"


def act_on_person(user_id: int | str, act: str) -> str:
    return f"/admin/people/{user_id}/{act}"


def audit_log(**asked: str) -> str:
    """`asked`: the filters of the page as they were typed, and `before`, the last row of the page before this one."""
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"/admin/audit?{query}" if query else "/admin/audit"


def export_audit_log() -> str:
    return "/admin/audit/export"


def student_work() -> str:
    return "/admin/student-work"


def work_of_course(course_id: int | str) -> str:
    return f"/admin/student-work/courses/{course_id}"


def work_of_student(course_id: int | str, student_id: int | str) -> str:
    return f"/admin/student-work/courses/{course_id}/students/{student_id}"


def work_of_draft(draft_id: int | str) -> str:
    return f"/admin/student-work/drafts/{draft_id}"


def file_of_work(draft_id: int | str) -> str:
    return f"/admin/student-work/drafts/{draft_id}/file"


def say_why(work: str) -> str:
    """Where an administrator says why they need to read what one of the three addresses above shows."""
    return f"{work}/open"


def close_glass(opening_id: int | str) -> str:
    return f"/admin/student-work/{opening_id}/close"


_STUDENT_WORK = re.compile(r"/(drafts|review|courses)/([0-9]{1,18})(?:/(feedback|file|changes|readings/[^/]+))?")


def glass_instead(path: str) -> str:
    """Where an administrator may read the student work that stands at this address; "" where none does."""
    found = _STUDENT_WORK.fullmatch(path)
    if found is None:
        return ""
    kind, number, part = found.groups()
    if kind == "courses":
        return "" if part else work_of_course(number)
    return work_of_draft(number)
