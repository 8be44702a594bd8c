"""What signed-in people ask for that is not theirs: noted after the answer, and so much each minute at most."""

from datetime import datetime, timedelta
from typing import Any

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response

from feedforward.errors import TemporarilyUnavailable
from feedforward.web.access import Person, Refused
from feedforward.web.address_index import FOUND
from feedforward.web.services import Services

EACH_MINUTE = 10
MOST_REMEMBERED = 20_000


class Refusals:
    """Ten of a person in a minute, per page process: who tries all numbers must not fill the log with them."""

    def __init__(self) -> None:
        self._minutes: dict[int, tuple[datetime, int]] = {}

    def counted(self, user_id: int, now: datetime) -> int:
        """Which refusal of this person's minute it is: 1 for the first."""
        since, many = self._minutes.get(user_id, (now, 0))
        if now - since >= timedelta(minutes=1):
            since, many = now, 0
        if len(self._minutes) >= MOST_REMEMBERED:
            self._minutes.clear()
        self._minutes[user_id] = (since, many + 1)
        return many + 1

    def note(self, request: Request, response: Response, person: Person) -> None:
        """Have it written once the answer is on its way: a refused read stays a read."""
        services: Services = request.app.state.services
        route = request.scope.get(FOUND)
        now = services.clock.now()
        which = self.counted(person.user_id, now)
        if route is None or which > EACH_MINUTE:
            return
        refused = Refused(
            person.user_id, f"{request.method} {route.path}", _subject(request), response.status_code,
            which == EACH_MINUTE, now,
        )  # fmt: skip
        response.background = BackgroundTask(_write, services, refused)


async def _write(services: Services, refused: Refused) -> None:
    try:
        await services.database.write(services.note_refused, refused)
    except TemporarilyUnavailable:
        # The person has their answer; a log that is busy must not make an error of it.
        return


def _subject(request: Request) -> tuple[str, int | str]:
    """What was asked for, by the first number in the address: a name or a token in it is never kept."""
    asked: dict[str, Any] = request.path_params
    for name, value in asked.items():
        text = str(value)
        if name.endswith("_id") and text.isascii() and text.isdigit() and len(text) <= 18:
            return ("user" if name == "student_id" else name.removesuffix("_id")), int(text)
    return "page", "none"
