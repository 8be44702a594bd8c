"""Handing a letter to the mail server: what it answers becomes a code, and whether trying again makes sense."""

import contextlib
import smtplib
import socket
import ssl
import threading
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Literal

from feedforward.errors import ExternalFailure
from feedforward.mail.rules import MailCode
from feedforward.settings import LOOPBACK_HOSTS

WAIT_SECONDS = 10.0
# For one letter altogether, well within a claim: a server that says one byte a second must not outlast it.
LONGEST_TALK = 60.0
CLOSING = 421


class ServerAway(ExternalFailure):
    """No letter can be handed over at the moment, whichever it is."""

    def __init__(self, code: str) -> None:
        super().__init__("The mail server cannot be used at the moment.", code=code, retryable=True)


class Refused(ExternalFailure):
    """The server refused this letter: for now (4xx) or for good (5xx)."""

    def __init__(self, answer: int) -> None:
        super().__init__("The mail server refused a letter.", code=f"smtp_{answer}", retryable=400 <= answer < 500)


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where letters are handed over, and how."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    security: Literal["starttls", "tls", "none"]


class SmtpCarrier:
    """Holds one connection while there are letters to hand over; not for several threads at once."""

    def __init__(
        self, server: MailServer, *, trust: ssl.SSLContext | None = None, wait_seconds: float = WAIT_SECONDS,
        longest_talk: float = LONGEST_TALK,
    ) -> None:  # fmt: skip
        self._server = server
        self._trust = trust
        self._wait = wait_seconds
        self._longest = longest_talk
        self._open: smtplib.SMTP | None = None

    def carry(self, message: EmailMessage, *, sender: str, to: str) -> None:
        """Hand it over; returns when the server has taken it. Raises ServerAway or Refused."""
        guard = threading.Timer(self._longest, self._cut)
        guard.daemon = True
        guard.start()
        try:
            if self._open is None:
                self._connect()
            assert self._open is not None
            self._open.send_message(message, sender, [to])
        except smtplib.SMTPRecipientsRefused as error:
            raise self._refusal(next(iter(error.recipients.values()))[0]) from None
        except smtplib.SMTPDataError as error:
            raise self._refusal(error.smtp_code) from None
        except smtplib.SMTPSenderRefused as error:
            # Our own address is refused, so would every letter be: for whoever runs this to put right.
            self.close()
            raise ServerAway(f"smtp_{error.smtp_code}") from None
        except smtplib.SMTPNotSupportedError:
            raise ExternalFailure("Not a letter for it.", code=MailCode.CANNOT_BE_WRITTEN, retryable=False) from None
        except (smtplib.SMTPException, OSError):
            self.close()
            raise ServerAway(MailCode.UNREACHABLE) from None
        finally:
            guard.cancel()

    def close(self) -> None:
        """Let the server go; doing it twice is the same as once."""
        connection, self._open = self._open, None
        if connection is not None:
            with contextlib.suppress(smtplib.SMTPException, OSError):
                connection.quit()
            connection.close()

    def _connect(self) -> None:
        server = self._server
        trust = self._trust or (ssl.create_default_context() if server.security != "none" else None)
        if server.security == "tls":
            assert trust is not None
            connection: smtplib.SMTP = smtplib.SMTP_SSL(timeout=self._wait, context=trust)
        else:
            connection = smtplib.SMTP(timeout=self._wait)
        self._open = connection
        # Which host's certificate is checked; connect() alone leaves it empty.
        connection._host = server.host  # type: ignore[attr-defined]
        answer, _ = connection.connect(server.host, server.port)
        if answer != 220:
            raise smtplib.SMTPConnectError(answer, b"")
        connection.ehlo_or_helo_if_needed()
        if server.security == "starttls":
            self._encrypt(connection, trust)
        if server.user:
            try:
                connection.login(server.user, server.password)
            except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError) as error:
                self.close()
                # 4xx: the server cannot look the account up at the moment.
                passing = getattr(error, "smtp_code", 500) < 500
                raise ServerAway(MailCode.UNREACHABLE if passing else MailCode.SIGN_IN_REFUSED) from None

    def _encrypt(self, connection: smtplib.SMTP, trust: ssl.SSLContext | None) -> None:
        if not connection.has_extn("starttls"):
            if self._server.host in LOOPBACK_HOSTS:
                return
            self.close()
            raise ServerAway(MailCode.NO_ENCRYPTION)
        try:
            connection.starttls(context=trust)
        except (ssl.SSLError, smtplib.SMTPResponseException):
            self.close()
            raise ServerAway(MailCode.NO_ENCRYPTION) from None
        connection.ehlo()

    def _refusal(self, answer: int) -> ExternalFailure:
        if answer == CLOSING:
            self.close()
            return ServerAway(f"smtp_{answer}")
        return Refused(answer)

    def _cut(self) -> None:
        connection = self._open
        if connection is not None and connection.sock is not None:
            with contextlib.suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)
