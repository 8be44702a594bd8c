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
