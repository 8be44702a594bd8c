"""Letters as they would be sent now: each waiting message written by its writer, in a transaction as delivery does."""

from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from feedforward.accounts.tables import User
from feedforward.mail.addresses import Recipient
from feedforward.mail.letters import Letter, Message
from feedforward.mail.tables import MailMessage
from tests.factories.site import Site


@dataclass(frozen=True)
class Written:
    """A letter, its template, and the address it goes to."""

    to: str
    template: str
    letter: Letter

    @property
    def path(self) -> str:
        assert self.letter.link is not None
        return self.letter.link.path


def write_waiting(site: Site) -> list[Written]:
    """Write everything that waits and take it for sent; what its writer has nothing to say about is left out."""
    wiring = site.wiring
    letters, addresses, now = wiring.letters, wiring.services.mail.addresses, wiring.clock.now()

    def write(connection: Connection) -> list[Written]:
        rows = connection.execute(
            select(MailMessage).where(MailMessage.status == "waiting").order_by(MailMessage.id)
        ).all()
        written = []
        for row in rows:
            if row.user_id is not None:
                user = connection.execute(select(User.email, User.name).where(User.id == row.user_id)).one()
                to = Recipient(user.email, user.name, row.user_id)
            else:
                to = addresses.opened(row.address)
            message = Message(row.id, row.template, to, row.ids, row.asked_by, row.created_at, now)
            letter = letters[row.template].write(connection, message)
            if letter is not None:
                written.append(Written(to.email, row.template, letter))
            connection.execute(update(MailMessage).where(MailMessage.id == row.id).values(status="sent"))
        return written

    return wiring.database.write_now(write)
