"""Addresses of the rubric library, and of a rubric as a file."""

from urllib.parse import urlencode


def rubrics(*, search: str = "", whose: str = "", status: str = "", page: int = 1) -> str:
    asked = {"q": search, "whose": whose, "status": status, "page": str(page) if page > 1 else ""}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"/rubrics?{query}" if query else "/rubrics"


def new_template() -> str:
    return "/rubrics/new"


def check_rubric() -> str:
    return "/rubrics/check"


def ready_made_rubric(name: str) -> str:
    return f"/rubrics/ready-made/{name}"


def copy_ready_made(name: str) -> str:
    return f"/rubrics/ready-made/{name}/copy"


def template(template_id: int | str) -> str:
    return f"/rubrics/{template_id}"


def edit_template(template_id: int | str) -> str:
    return f"/rubrics/{template_id}/edit"


def copy_template(template_id: int | str) -> str:
    return f"/rubrics/{template_id}/copy"


def share_template(template_id: int | str) -> str:
    return f"/rubrics/{template_id}/share"


def template_status(template_id: int | str) -> str:
    return f"/rubrics/{template_id}/status"


def template_exports(template_id: int | str) -> str:
    return f"/rubrics/{template_id}/export"


def export_template(template_id: int | str, form: str) -> str:
    return f"/rubrics/{template_id}/export/{form}"


def rubric_exports(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}/rubric/export"


def export_rubric(assignment_id: int | str, form: str) -> str:
    return f"/assignments/{assignment_id}/rubric/export/{form}"


def keep_rubric(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}/rubric/keep"


def rubric_library(assignment_id: int | str, *, search: str = "", page: int = 1) -> str:
    asked = {"q": search, "page": str(page) if page > 1 else ""}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"/assignments/{assignment_id}/rubric/library{'?' if query else ''}{query}"


def rubric_trials(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}/rubric/trials"


def ask_about_rubric(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}/rubric/ask"


def rubric_trial(trial_id: int | str) -> str:
    return f"/rubric-trials/{trial_id}"


def delete_rubric_trial(trial_id: int | str) -> str:
    return f"/rubric-trials/{trial_id}/delete"
