"""Addresses of what a student does: tasks, drafts, feedback."""


def task(assignment_id: int | str) -> str:
    return f"/tasks/{assignment_id}"


def own_task_sheet(assignment_id: int | str) -> str:
    return f"/tasks/{assignment_id}/sheet"


def hand_in(assignment_id: int | str) -> str:
    return f"/tasks/{assignment_id}/drafts"


def draft(draft_id: int | str) -> str:
    return f"/drafts/{draft_id}"


def preview_draft(draft_id: int | str) -> str:
    return f"/drafts/{draft_id}/preview"


def confirm_draft(draft_id: int | str) -> str:
    return f"/drafts/{draft_id}/confirm"


def replace_draft(draft_id: int | str) -> str:
    return f"/drafts/{draft_id}/replace"


def discard_draft(draft_id: int | str) -> str:
    return f"/drafts/{draft_id}/discard"


def take_back_draft(draft_id: int | str) -> str:
    return f"/drafts/{draft_id}/take-back"


def draft_stages(draft_id: int | str) -> str:
    return f"/drafts/{draft_id}/stages"


def draft_file(draft_id: int | str) -> str:
    return f"/drafts/{draft_id}/file"


def draft_changes(draft_id: int | str, only_changed: bool = False) -> str:
    return f"/drafts/{draft_id}/changes{'?only=changed' if only_changed else ''}"


def correct_addressed(draft_id: int | str, comment_id: int | str) -> str:
    return f"/drafts/{draft_id}/addressed/{comment_id}"


def feedback(draft_id: int | str) -> str:
    return f"/drafts/{draft_id}/feedback"


def comment_uptake(comment_id: int | str) -> str:
    return f"/comments/{comment_id}/uptake"


def preserve(draft_id: int | str) -> str:
    return f"/drafts/{draft_id}/preserve"


def hand_in_for(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}/hand-in-for"


def archives(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}/archives"


def archive(assignment_id: int | str, archive_id: int | str) -> str:
    return f"/assignments/{assignment_id}/archives/{archive_id}"


def bring_in_archive(assignment_id: int | str, archive_id: int | str) -> str:
    return f"/assignments/{assignment_id}/archives/{archive_id}/bring-in"


def throw_archive_away(assignment_id: int | str, archive_id: int | str) -> str:
    return f"/assignments/{assignment_id}/archives/{archive_id}/throw-away"
