"""Addresses of running the installation."""

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
