"""What handlers may use of the outside world, composed once by wiring and handed to every request."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from feedforward.clock import Clock
from feedforward.database import Database
from feedforward.encryption import KeyRing
from feedforward.mail.office import MailOffice
from feedforward.settings import Settings
from feedforward.storage.content import ContentStore
from feedforward.web.access import PersonLoader, Refused


class StartFeedback(Protocol):
    """Starts the feedback of a draft when the caller's transaction commits; `again` names a later start of the same."""

    def __call__(self, connection: Connection, draft_id: int, again: str = "", /) -> None: ...


@dataclass(frozen=True, slots=True)
class Services:
    """`start_feedback` writes the engine's row for a draft inside the caller's transaction; `readers` are the names of
    the readers an assignment may choose; `readings_progress` tells how many of a draft's readings are done, of all."""

    settings: Settings
    database: Database
    content: ContentStore
    clock: Clock
    load_person: PersonLoader
    mark_seen: Callable[[Connection, str, datetime], None]
    note_refused: Callable[[Connection, Refused], None]
    start_feedback: StartFeedback
    readers: tuple[str, ...]
    readings_progress: Callable[[Connection, int], tuple[int, int]]
    mail: MailOffice
    key_ring: KeyRing
