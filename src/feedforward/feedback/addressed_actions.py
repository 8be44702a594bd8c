"""Correcting what readers judged of an earlier comment: words sealed first, then written with an audit row."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, update

from feedforward.audit.record import record
from feedforward.drafts.content import PLACE as DRAFT_CONTENT
from feedforward.feedback.addressed_queries import Correctable
from feedforward.feedback.content import UPTAKE
from feedforward.feedback.rules import Side
from feedforward.feedback.tables import AddressedCorrection
from feedforward.storage.content import ContentErased, ContentStore
from feedforward.storage.passages import lift_passages


@dataclass(frozen=True, slots=True)
class SealedNote:
    """A note as its columns: a template, and the runs of either draft's words in it, sealed."""

    template: str
    passages: bytes | None


def sealed_note(store: ContentStore, what: Correctable, note: str) -> SealedNote:
    """Reads keys and unseals: call it in a thread. Where both texts are gone, the note is kept as it was typed."""
    texts = (
        _text(store, what.content_id, what.content),
        _text(store, what.earlier_content_id, what.earlier_content),
    )
    lifted = lift_passages(note.strip(), "\n".join(texts))
    try:
        sealed = store.seal(what.content_id, list(lifted.passages), UPTAKE) if lifted.passages else None
    except ContentErased:
        sealed = None
    return SealedNote(lifted.template, sealed)


def correct_addressed(
    connection: Connection, *, draft_id: int, comment_id: int, side: Side, addressed: str, note: SealedNote,
    user_id: int, now: datetime,
) -> None:  # fmt: skip
    """A later word of the same side replaces the earlier one; the readers' judgement stays beside it."""
    place = (
        AddressedCorrection.draft_id == draft_id,
        AddressedCorrection.comment_id == comment_id,
        AddressedCorrection.side == side,
    )
    values = {
        "addressed": addressed, "note": note.template, "note_passages": note.passages, "edited_by": user_id,
        "corrected_at": now,
    }  # fmt: skip
    if not connection.execute(update(AddressedCorrection).where(*place).values(**values)).rowcount:
        connection.execute(
            insert(AddressedCorrection).values(draft_id=draft_id, comment_id=comment_id, side=side, **values)
        )
    record(
        connection, at=now, actor_id=user_id, action="comment.addressed_corrected", subject=("comment", comment_id),
        draft=draft_id, state=addressed,
    )  # fmt: skip


def withdraw_correction(
    connection: Connection, *, draft_id: int, comment_id: int, side: Side, user_id: int, now: datetime
) -> None:
    """Take the side's own word back; doing it twice is the same as once."""
    gone = connection.execute(
        delete(AddressedCorrection).where(
            AddressedCorrection.draft_id == draft_id,
            AddressedCorrection.comment_id == comment_id,
            AddressedCorrection.side == side,
        )
    ).rowcount
    if gone:
        record(
            connection, at=now, actor_id=user_id, action="comment.correction_withdrawn",
            subject=("comment", comment_id), draft=draft_id,
        )  # fmt: skip


def _text(store: ContentStore, content_id: str, content: bytes | None) -> str:
    if content is None:
        return ""
    try:
        text: str = store.unseal(content_id, content, DRAFT_CONTENT)["text"]
    except ContentErased:
        return ""
    return text
