"""Studying through the pages: hand in a text or a file, look at it, confirm."""

import dataclasses
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from feedforward import urls
from feedforward.drafts.tables import Draft
from feedforward.wiring import Wiring
from tests.factories.site import Site, Visitor
from tests.factories.teaching import last_id

ESSAY = (
    "Cities should close their old centres to private cars. The streets were built for people on foot, and people "
    "on foot still spend the most money in the shops along them.\n\n"
    "Some traders fear that customers will stay away. In the towns that tried it, sales fell for one season and then "
    "rose above the level of the year before, because visitors stayed longer.\n\n"
    "A ban alone is not enough: buses must run late, and deliveries need a window in the morning. With both in place, "
    "the centre becomes quieter, cleaner and busier at the same time."
)


@dataclass
class StartedFeedback:
    """Stands where the engine starts feedback, and remembers what it was asked: the engine has tests of its own."""

    asked: list[tuple[int, str]] = field(default_factory=list)
    fails: bool = False

    def __call__(self, connection: Connection, draft_id: int, again: str = "", /) -> None:
        if self.fails:
            raise RuntimeError("the engine cannot be reached")
        self.asked.append((draft_id, again))


def wiring_with(wiring: Wiring, started: StartedFeedback) -> Wiring:
    """The same wiring, with `started` in the engine's place; before the application is built from it."""
    wiring.__dict__["services"] = dataclasses.replace(wiring.services, start_feedback=started)
    return wiring


def preview_text(student: Visitor, assignment_id: int, text: str = ESSAY) -> int:
    """Paste a text on the assignment's page; the id of the draft in its preview."""
    student.get(urls.task(assignment_id))
    student.submit(urls.hand_in(assignment_id), text=text)
    assert student.path.endswith("/preview"), student.page.text
    return last_id(student.path.removesuffix("/preview"))


def preview_file(student: Visitor, assignment_id: int, file_name: str, data: bytes) -> int:
    """Choose a file on the assignment's page; the id of the draft in its preview."""
    student.get(urls.task(assignment_id))
    student.submit(urls.hand_in(assignment_id), files={"file": (file_name, data)})
    assert student.path.endswith("/preview"), student.page.text
    return last_id(student.path.removesuffix("/preview"))


def confirm(student: Visitor, draft_id: int) -> None:
    """Hand in what stands in the preview."""
    student.get(urls.preview_draft(draft_id))
    student.submit(urls.confirm_draft(draft_id))
    assert student.path == urls.draft(draft_id), student.page.text


def hand_in_text(student: Visitor, assignment_id: int, text: str = ESSAY) -> int:
    """Paste, look, confirm; the draft's id."""
    draft_id = preview_text(student, assignment_id, text)
    confirm(student, draft_id)
    return draft_id


def draft_states(site: Site) -> list[tuple[str, int | None]]:
    """Status and number of every draft, the oldest first."""

    def read(connection: Connection) -> list[tuple[str, int | None]]:
        found = connection.execute(select(Draft.status, Draft.number).order_by(Draft.id))
        return [(row.status, row.number) for row in found]

    return site.wiring.database.read_now(read)
