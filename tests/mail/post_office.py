"""A real mail server for tests, which can be told to refuse, to be silent or to be gone; and a way to deliver to it."""

import dataclasses
import socket
import ssl
import warnings
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

with warnings.catch_warnings():
    # aiosmtpd 1.4 still imports what its own dependency calls old.
    warnings.simplefilter("ignore")
    from aiosmtpd.controller import Controller
    from aiosmtpd.smtp import AuthResult

from feedforward.mail.delivery import Delivery
from feedforward.mail.layout import Sender
from feedforward.mail.letters import Letters
from feedforward.mail.smtp import MailServer, SmtpCarrier
from feedforward.wiring import Wiring

SITE = "https://feedback.example.edu"
SENDER = "feedback@example.edu"


class PostOffice:
    """Keeps what it was given. `answers[address]` are given to that recipient in turn before it is accepted;
    `before_taking` runs when a letter has been sent, before it is answered."""

    def __init__(self, **settings: Any) -> None:
        self.letters: list[EmailMessage] = []
        self.envelopes: list[tuple[str, list[str], bool]] = []
        self.answers: dict[str, deque[str]] = defaultdict(deque)
        self.data_answers: deque[str] = deque()
        self.accounts: dict[bytes, bytes] = {}
        self.signed_in: list[bytes] = []
        self.before_taking: Callable[[], None] | None = None
        self.settings = settings
        self.port = 0
        self._controller: Controller | None = None

    def open(self) -> "PostOffice":
        """Serve on a port of loopback, the same one when it opens again."""
        self.port = self.port or free_port()
        self._controller = Controller(
            self, hostname="127.0.0.1", port=self.port, authenticator=self._authenticate, **self.settings
        )
        self._controller.start()
        return self

    def shut(self) -> None:
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def newest(self) -> EmailMessage:
        return self.letters[-1]

    def to(self, address: str) -> list[EmailMessage]:
        """The letters this address got."""
        return [each for each, (_, to, _) in zip(self.letters, self.envelopes, strict=True) if address in to]

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802 its name in aiosmtpd
        if self.answers[address]:
            return self.answers[address].popleft()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.before_taking is not None:
            self.before_taking()
        if self.data_answers:
            return self.data_answers.popleft()
        self.letters.append(message_from_bytes(envelope.content, policy=policy.SMTP))
        self.envelopes.append((envelope.mail_from, list(envelope.rcpt_tos), session.ssl is not None))
        return "250 taken"

    def _authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        right = self.accounts.get(data.login) == data.password
        if right:
            self.signed_in.append(data.login)
        return AuthResult(success=right, handled=False)


@contextmanager
def post_office(**settings: Any) -> Iterator[PostOffice]:
    """An open one, for as long as the block lasts."""
    office = PostOffice(**settings).open()
    try:
        yield office
    finally:
        office.shut()


@contextmanager
def silent_server() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=50) as listening:
        yield listening.getsockname()[1]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


def carrier_to(
    port: int, *, trust: ssl.SSLContext | None = None, wait_seconds: float = 5.0, **changed: Any
) -> SmtpCarrier:
    """A carrier to a server on loopback, without encryption unless `security` says otherwise."""
    server = MailServer(
        **{"host": "127.0.0.1", "port": port, "user": "", "password": "", "security": "none", **changed}
    )
    return SmtpCarrier(server, trust=trust, wait_seconds=wait_seconds)


def delivery_to(wiring: Wiring, carrier: SmtpCarrier | None, letters: Letters | None = None) -> Delivery:
    """The installation's own delivery, with this carrier; `letters` in place of the installation's."""
    sender = Sender(SENDER, "", SITE, wiring.mail.secret)
    office = dataclasses.replace(wiring.mail, sends=carrier is not None)
    own = wiring.delivery
    return dataclasses.replace(
        own, carrier=carrier, sender=sender, office=office, letters=own.letters if letters is None else letters
    )


def text_of(letter: EmailMessage) -> str:
    """The words of a letter as a mail program without HTML shows them."""
    return _part(letter, "plain")


def html_of(letter: EmailMessage) -> str:
    return _part(letter, "html")


def _part(letter: EmailMessage, kind: str) -> str:
    body = letter.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")
