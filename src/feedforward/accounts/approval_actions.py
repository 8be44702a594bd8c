"""What administrators decide about those who ask for an account."""

from datetime import datetime

from sqlalchemy import Connection

from feedforward.accounts.registration_actions import let_in, settle_rejected
from feedforward.accounts.registration_letters import REGISTRATION_APPROVED, REGISTRATION_REJECTED
from feedforward.accounts.registration_queries import open_registration
from feedforward.errors import RuleBroken
from feedforward.mail.addresses import SealedAddress
from feedforward.mail.outbox import post


def approve(
    connection: Connection, *, admin_id: int, registration_id: int, address_is_sure: bool, now: datetime
) -> int:
    """An account for the person, who is told by mail; its id. An address nobody confirmed takes an administrator who
    made sure (`address_is_sure`). NotFound, RuleBroken where somebody decided meanwhile."""
    found = open_registration(connection, registration_id)
    if found.verified_at is None and not address_is_sure:
        raise RuleBroken(
            "Nobody has confirmed that this address is theirs. Make sure, for instance by writing to them yourself, "
            "and tick that you did.",
            field="address_is_sure",
        )
    user_id = let_in(connection, registration_id=registration_id, by=admin_id, now=now)
    post(connection, template=REGISTRATION_APPROVED, to=user_id, ids={}, asked_by=admin_id, now=now)
    return user_id


def reject(
    connection: Connection, *, admin_id: int, registration_id: int, message: str, address: SealedAddress, now: datetime
) -> None:
    """No account, and a letter that says why."""
    settle_rejected(connection, registration_id=registration_id, by=admin_id, message=message.strip(), now=now)
    ids = {"registration_id": registration_id}
    post(connection, template=REGISTRATION_REJECTED, to=address, ids=ids, asked_by=admin_id, now=now)
