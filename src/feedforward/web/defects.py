"""Writing down a defect of ours: which error and where in the code, never what the error says."""

import logging
import secrets
from collections.abc import Iterator

from feedforward.logs import without_text

log = logging.getLogger("feedforward.web")

MOST_CHAINED = 5
LONGEST_PLACE = 120


def note_defect(where: str, error: BaseException) -> str:
    """Log the error; the short word under which it is found in the log."""
    word = secrets.token_hex(4)
    # Not as exc_info: whoever configures another format would get the message, which may be text of a student.
    log.error("defect %s at %s: %s", word, where[:LONGEST_PLACE], ", caused by ".join(_chain(error)))
    return word


def _chain(error: BaseException | None) -> Iterator[str]:
    for _ in range(MOST_CHAINED):
        if error is None:
            return
        yield without_text(error)
        error = error.__cause__ or error.__context__
