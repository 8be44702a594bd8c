"""Every page of the gallery by its name."""

from collections.abc import Callable

from feedforward.ui.shell import Theme
from tests.ui.gallery_forms import assignment_form, sign_in
from tests.ui.gallery_staff import queue, review
from tests.ui.gallery_student import assignment, feedback, home

PAGES: dict[str, Callable[[Theme | None], str]] = {
    "sign-in": sign_in,
    "home": home,
    "feedback": feedback,
    "review": review,
    "queue": queue,
    "assignment-form": assignment_form,
    "assignment": assignment,
}
