"""Fail points: for tests of crashes only, a worker kills its own process at a named point of its work.

Nothing of this exists unless FEEDFORWARD_FAIL_AT is set when a worker starts: "after-claim" dies the first time the
point is reached, "after-claim:3" the third time. It is no setting of the product and stands in no documentation of it.
The process ends as by `kill -9`: no clean-up runs, nothing is flushed, no transaction is committed.
"""

import os
import signal
import threading
from collections.abc import Callable, Mapping

from feedforward.errors import RuleBroken

VARIABLE = "FEEDFORWARD_FAIL_AT"
POINTS = (
    "before-plan", "after-plan", "before-claim", "after-claim", "during-call", "before-store", "after-store",
    "during-merge", "after-merge",
)  # fmt: skip
INTO_THE_CALL = 0.3
"""Seconds after the call began, so that the request is on its way."""

Reached = Callable[[str], None]


def pass_by(_point: str) -> None:
    """What happens at every point in production: nothing."""


def fail_points(environment: Mapping[str, str]) -> Reached:
    """What to do when a point is reached; `pass_by` unless the variable is set. RuleBroken for a name there is not."""
    asked = environment.get(VARIABLE, "")
    if not asked:
        return pass_by
    name, _, time = asked.partition(":")
    if name not in POINTS or not (time or "1").isdecimal():
        raise RuleBroken(f"{VARIABLE} is for tests; there is no point “{asked}”. There are {', '.join(POINTS)}.")
    left = int(time or "1")

    def reached(point: str) -> None:
        nonlocal left
        if point != name:
            return
        left -= 1
        if left == 0 and point == "during-call":
            threading.Timer(INTO_THE_CALL, die).start()
        elif left == 0:
            die()

    return reached


def die() -> None:
    """End this process at once."""
    os.kill(os.getpid(), signal.SIGKILL)
