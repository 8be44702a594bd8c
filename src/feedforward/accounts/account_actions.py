"""What a person changes in their own account besides what proves who they are."""

from datetime import datetime

from sqlalchemy import Connection, update

from feedforward.accounts.people_actions import file_person
from feedforward.accounts.tables import User
from feedforward.audit.record import record


def rename(connection: Connection, *, user_id: int, name: str, now: datetime) -> None:
    """The name others see."""
    connection.execute(update(User).where(User.id == user_id).values(name=name.strip()))
    file_person(connection, user_id)
    record(connection, at=now, actor_id=user_id, action="account.rename", subject=("user", user_id))
