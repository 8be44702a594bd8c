"""Letters made up for tests, and posting them."""

from typing import Any

from sqlalchemy import Connection, select

from feedforward.mail.addresses import SealedAddress
from feedforward.mail.letters import Letter, LetterLink, Message, Writer, letters
from feedforward.mail.outbox import post
from feedforward.mail.rules import Kind, Template, Topic
from feedforward.mail.tables import MailMessage
from feedforward.wiring import Wiring

RESET = Template("test_reset", Kind.SECURITY)
INVITATION = Template("test_invitation", Kind.SECURITY, may_be_laid_out=True)
RELEASED = Template("test_released", Kind.NOTICE, topic=Topic.FEEDBACK_RELEASED)
WAITING = Template("test_waiting", Kind.NOTICE, topic=Topic.DRAFTS_WAITING)
SPLIT = Template("test_split_subject", Kind.SECURITY)
OVER = Template("test_over", Kind.SECURITY)
BROKEN = Template("test_broken", Kind.SECURITY)


def _plain(template: Template, subject: str, path: str) -> Writer:
    def write(_connection: Connection, message: Message) -> Letter:
        return Letter(
            subject=subject.format(**message.ids),
            paragraphs=("Größe <b>matters</b> & so does a long line: " + "word " * 30,),
            link=LetterLink("Open it", path.format(**message.ids)),
            after=("If this is not for you, you can leave it.",),
        )

    return Writer(template, write)


def _broken(_connection: Connection, _message: Message) -> Letter:
    raise RuntimeError("a canary that must not be kept")


LETTERS = letters(
    _plain(RESET, "Choose a new password", "/reset/{reset_id}"),
    _plain(INVITATION, "You are invited", "/join/{invitation_id}"),
    _plain(RELEASED, "Feedback {draft_id} is here", "/drafts/{draft_id}/feedback"),
    _plain(WAITING, "Drafts wait in {assignment_id}", "/review?assignment={assignment_id}"),
    _plain(SPLIT, "Hello\r\nBcc: everybody@example.com", "/"),
    Writer(OVER, lambda _connection, _message: None),
    Writer(BROKEN, _broken),
)


def send(
    wiring: Wiring, template: Template, to: int | SealedAddress, *, asked_by: int | None = None, **ids: Any
) -> int:
    """Post it, as an action would; the id of its message."""
    return wiring.database.write_now(post, template=template, to=to, ids=ids, asked_by=asked_by, now=wiring.clock.now())


def state(wiring: Wiring, message_id: int) -> tuple[str, str]:
    """Its status and code."""
    row = wiring.database.read_now(
        lambda connection: connection.execute(
            select(MailMessage.status, MailMessage.code).where(MailMessage.id == message_id)
        ).one()
    )
    return row.status, row.code
