"""Delivering: what is due is claimed, written, handed to the mail server or laid out, and settled, one by one."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Protocol

from sqlalchemy import Connection

from feedforward.clock import Clock
from feedforward.database import Database
from feedforward.encryption import CannotDecrypt
from feedforward.errors import ExternalFailure, NotFound, TemporarilyUnavailable
from feedforward.logs import without_text
from feedforward.mail.addresses import Recipient
from feedforward.mail.claims import Claimed, claim, due_messages, put_back, settle
from feedforward.mail.digest import DIGEST, write_digest
from feedforward.mail.folder import lay_out
from feedforward.mail.layout import Sender, ascii_address, compose
from feedforward.mail.letters import CannotBeWritten, Letter, Letters, Message
from feedforward.mail.office import MailOffice
from feedforward.mail.outbox import frequency_of
from feedforward.mail.rules import ALL_DAILY, Frequency, Kind, MailCode, MailStatus, Template
from feedforward.mail.smtp import ServerAway

log = logging.getLogger("feedforward.mail")

AT_ONCE = 50
# While the server is away one letter in so many seconds finds out whether it is back.
AWAY_FOR = (timedelta(seconds=15), timedelta(seconds=30), timedelta(seconds=60))

FindRecipient = Callable[[Connection, int, Kind], Recipient | None]
Outcome = tuple[MailStatus, str]


class Carrier(Protocol):
    """Takes letters to where they are delivered; raises ExternalFailure."""

    def carry(self, message: EmailMessage, *, sender: str, to: str) -> None: ...

    def close(self) -> None: ...


@dataclass(slots=True)
class Delivery:
    """One worker's post. `carrier` None: no mail server is configured."""

    database: Database
    clock: Clock
    letters: Letters
    office: MailOffice
    sender: Sender
    find_recipient: FindRecipient
    carrier: Carrier | None
    away_until: datetime | None = field(default=None)
    times_away: int = 0

    def deliver_due(self, stopping: Callable[[], bool] = lambda: False, most: int = AT_ONCE) -> int:
        """Deal with what is due, at most `most`; how many were settled. For a thread: it waits for the server."""
        now = self.clock.now()
        if self.away_until is not None and now < self.away_until:
            return 0
        settled = 0
        try:
            for message_id in self.database.read_now(due_messages, now, most):
                claimed = None if stopping() else self.database.write_now(claim, message_id, self.clock.now())
                if claimed is None:
                    continue
                try:
                    settled += self._deal_with(claimed)
                except ServerAway as error:
                    self._server_is_away(claimed, error)
                    break
        finally:
            if self.carrier is not None:
                self.carrier.close()
        return settled

    def _deal_with(self, claimed: Claimed) -> bool:
        """Whether it is settled; ServerAway where no message can be sent now."""
        try:
            status, code = self._outcome(claimed)
        except CannotBeWritten:
            status, code = MailStatus.FAILED, MailCode.CANNOT_BE_WRITTEN
        except ServerAway:
            raise
        except ExternalFailure as error:
            if error.retryable:
                self.database.write_now(put_back, claimed, error.code, self.clock.now())
                return False
            status, code = MailStatus.FAILED, error.code
        return self.database.write_now(settle, claimed, status, code, self.clock.now())

    def _outcome(self, claimed: Claimed) -> Outcome:
        template = self._template(claimed)
        if template is None:
            return MailStatus.FAILED, MailCode.UNKNOWN_TEMPLATE
        now = self.clock.now()
        if now - claimed.created_at > template.lasts:
            return MailStatus.GIVEN_UP, claimed.code or MailCode.UNREACHABLE
        if self.carrier is None and not template.may_be_laid_out:
            return MailStatus.UNSENT, MailCode.NO_SERVER
        try:
            # Opened before the transaction: keys are no work for inside one.
            known = None if claimed.address is None else self.office.addresses.opened(claimed.address)
        except CannotDecrypt:
            return MailStatus.FAILED, MailCode.CANNOT_BE_WRITTEN
        written = self._written(claimed, template, known, now)
        if isinstance(written, MailCode):
            return MailStatus.UNSENT, written
        to, letter = written
        message = compose(
            letter, to=to, number=claimed.id, sender=self.sender, unsubscribe=self._unsubscribe(claimed, template),
            now=now,
        )  # fmt: skip
        if self.carrier is None:
            lay_out(self.office.folder, claimed.id, message)
            return MailStatus.LAID_OUT, ""
        self.carrier.carry(message, sender=self.sender.address, to=ascii_address(to.email))
        self.away_until, self.times_away = None, 0
        return MailStatus.SENT, ""

    def _written(
        self, claimed: Claimed, template: Template, known: Recipient | None, now: datetime
    ) -> tuple[Recipient, Letter] | MailCode:
        """To whom, and the letter; or why there is none."""

        def write(connection: Connection) -> tuple[Recipient, Letter] | MailCode:
            to = known
            if claimed.user_id is not None:
                to = self.find_recipient(connection, claimed.user_id, template.kind)
                if frequency_of(connection, claimed.user_id, claimed.topic) is Frequency.NEVER:
                    return MailCode.NOT_WANTED
            if to is None:
                return MailCode.NO_RECIPIENT
            asked = Message(
                id=claimed.id, template=claimed.template, to=to, ids=claimed.ids, asked_by=claimed.asked_by,
                posted_at=claimed.created_at, now=now,
            )  # fmt: skip
            if template is DIGEST:
                letter = write_digest(connection, asked, self.letters)
            else:
                letter = self.letters[template.name].write(connection, asked)
            return (to, letter) if letter is not None else MailCode.NOT_NEEDED

        try:
            return self.database.write_now(write)
        except TemporarilyUnavailable:
            raise
        except NotFound:
            return MailCode.NOT_NEEDED
        except Exception as error:
            # One letter whose writer fails must not keep the others; it is tried again until it is too old.
            log.error("the letter %s could not be written: %s", template.name, without_text(error))
            told = "A letter could not be written."
            raise ExternalFailure(told, code=MailCode.CANNOT_BE_WRITTEN, retryable=True) from None

    def _template(self, claimed: Claimed) -> Template | None:
        if claimed.template == DIGEST.name:
            return DIGEST
        writer = self.letters.get(claimed.template)
        return writer.template if writer is not None else None

    def _unsubscribe(self, claimed: Claimed, template: Template) -> str | None:
        if claimed.user_id is None or template.kind is Kind.SECURITY:
            return None
        what = ALL_DAILY if template is DIGEST else claimed.topic
        return self.office.unsubscribe_token(claimed.user_id, what) if what is not None else None

    def _server_is_away(self, claimed: Claimed, error: ServerAway) -> None:
        now = self.clock.now()
        self.database.write_now(put_back, claimed, error.code, now)
        self.away_until = now + AWAY_FOR[min(self.times_away, len(AWAY_FOR) - 1)]
        self.times_away += 1
        if self.times_away == 1:
            log.warning("the mail server cannot be used (%s); messages wait", error.code)
