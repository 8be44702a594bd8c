"""A message at the top of a page: what happened, what is safe, what to do next."""

from dataclasses import dataclass
from enum import StrEnum

from feedforward.ui.badges import shape
from feedforward.ui.elements import Child, Div, Element, P, Strong


class NoticeKind(StrEnum):
    """Something to know, something done, something that needs the person, or something that failed."""

    INFO = "info"
    DONE = "done"
    PERSON = "person"
    FAILED = "failed"


_SHAPES = {
    NoticeKind.INFO: "neutral",
    NoticeKind.DONE: "done",
    NoticeKind.PERSON: "person",
    NoticeKind.FAILED: "failed",
}


@dataclass(frozen=True, slots=True)
class Notice:
    """One message; `text` is a whole sentence, `title` a few words before it, `actions` buttons (undo) after it."""

    text: Child
    kind: NoticeKind = NoticeKind.INFO
    title: str | None = None
    actions: Child = None


def notice(message: Notice) -> Element:
    """The message as a strip; failures are announced at once, the others when there is a pause."""
    return Div(
        shape(_SHAPES[message.kind]),
        Div(P(Strong(message.title, " ") if message.title else None, message.text), cls="notice-text"),
        Div(message.actions, cls="actions") if message.actions else None,
        role="alert" if message.kind is NoticeKind.FAILED else "status",
        cls=f"notice notice-{message.kind}",
    )
