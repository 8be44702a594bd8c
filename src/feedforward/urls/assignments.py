"""Addresses of assignments and how they are read."""


def assignment(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}"


def edit_assignment(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}/edit"


def edit_rubric(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}/rubric"


def edit_readers(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}/readers"


def assignment_signals(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}/signals"


def assignment_calibration(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}/calibration"


def calibrate(assignment_id: int | str, source: str) -> str:
    return f"/assignments/{assignment_id}/calibrate/{source}"


def calibration(calibration_id: int | str) -> str:
    return f"/calibrations/{calibration_id}"


def assignment_settings(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}/settings"


def assignment_versions(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}/versions"


def extensions(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}/extensions"


def withdraw_extension(assignment_id: int | str, student_id: int | str) -> str:
    return f"/assignments/{assignment_id}/extensions/{student_id}/withdraw"


def task_sheet(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}/sheet"


def remove_task_sheet(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}/sheet/remove"


def task_sheet_file(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}/sheet/file"


def schedule_publication(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}/schedule"


def unschedule_publication(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}/unschedule"


def preview_instructions() -> str:
    return "/instructions/preview"


def publish(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}/publish"


def assignment_status(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}/status"


def assignment_step(assignment_id: int | str, go_to: str) -> str:
    return f"/assignments/{assignment_id}/step/{go_to}"


def restore_assignment(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}/restore"


def student_view(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}/student-view"


def release_saved(assignment_id: int | str) -> str:
    return f"/assignments/{assignment_id}/release-saved"


def calendar() -> str:
    return "/account/calendar"


def revoke_calendar() -> str:
    return "/account/calendar/revoke"


def calendar_feed(token: str) -> str:
    return f"/calendar/{token}/deadlines.ics"
