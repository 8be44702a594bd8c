"""Every registered address as the table of access speaks of it: its row, its marks, and a path that fits the world."""

import re

from feedforward.app import all_entries
from feedforward.web.routing import Entry
from tests.stories.access_table import COLUMNS
from tests.stories.world import World

MARKS = {"yes": "y", "refused": "-", "hidden": ".", "sign in": ">", "say why": "g"}
ENTRIES = {f"{entry.method} {entry.path}": entry for entry in all_entries()}
# Which draft stands in for {draft_id}: the one in the state the address is for.
DRAFTS = (
    (r"/drafts/\{draft_id\}/(preview|replace|confirm|discard)$", "previewed"),
    (r"/drafts/\{draft_id\}/take-back$", "submitted"),
    (r"/drafts/\{draft_id\}/addressed/", "answered"),
    (r"/drafts/", "released"),
    (r"/review/", "awaiting"),
)


def marks_of(table: str) -> dict[str, str]:
    """Address → its marks, in the order of the columns."""
    rows = [line for line in table.splitlines() if line and not line.startswith("#")]
    # The longest addresses reach beyond their column: the marks stand at the end of the line.
    return {line[: -len(COLUMNS)].strip(): line[-len(COLUMNS) :] for line in rows}


def address(world: World, entry: Entry, draft: str = "") -> str:
    chosen = draft or next((name for pattern, name in DRAFTS if re.search(pattern, entry.path)), "released")
    values: dict[str, object] = {**world.ids, "draft_id": world.ids[chosen], "reading_id": world.reading_id}
    values["token"] = world.site.wiring.mail.unsubscribe_token(world.user_ids["writer"], "feedback_released")
    values |= {"form_name": "json", "name": "nowhere", "identity_id": 1, "act": "deactivate", "go_to": "inactive"}
    values["handle"] = world.session_handle("writer")
    # Nobody opened anything but where a test says so.
    values.setdefault("opening_id", 1)
    if draft:
        values["comment_id"] = world.comment_of(world.ids[draft])
    return entry.path.format(**values)
