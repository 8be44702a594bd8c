"""Addresses of reviewing, and of keeping and erasing texts."""

from urllib.parse import quote, urlencode


def review_queue(assignment_id: int | str | None = None, show: str = "", page: int = 1) -> str:
    asked = {"assignment": assignment_id or "", "show": show, "page": page if page > 1 else ""}
    query = urlencode({name: value for name, value in asked.items() if value != ""})
    return f"/review?{query}" if query else "/review"


def review(draft_id: int | str, within: int | str | None = None) -> str:
    return f"/review/{draft_id}?{urlencode({'assignment': within})}" if within else f"/review/{draft_id}"


def review_record(draft_id: int | str, reading_id: str) -> str:
    return f"/review/{draft_id}/readings/{quote(reading_id)}"


def review_schedule(draft_id: int | str) -> str:
    return f"/review/{draft_id}/schedule"


def review_save(draft_id: int | str) -> str:
    return f"/review/{draft_id}/save"


def review_comment(draft_id: int | str) -> str:
    return f"/review/{draft_id}/comments"


def review_release(draft_id: int | str) -> str:
    return f"/review/{draft_id}/release"


def review_withhold(draft_id: int | str) -> str:
    return f"/review/{draft_id}/withhold"


def review_recall(draft_id: int | str) -> str:
    return f"/review/{draft_id}/recall"


def review_read_again(draft_id: int | str) -> str:
    return f"/review/{draft_id}/read-again"


def review_changes(draft_id: int | str, only_changed: bool = False) -> str:
    return f"/review/{draft_id}/changes{'?only=changed' if only_changed else ''}"


def review_addressed(draft_id: int | str, comment_id: int | str) -> str:
    return f"/review/{draft_id}/addressed/{comment_id}"


def review_file(draft_id: int | str) -> str:
    return f"/review/{draft_id}/file"


def retention() -> str:
    return "/retention"
