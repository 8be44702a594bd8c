"""Keeping the words by which people are found."""

from sqlalchemy import Connection, delete, insert, select

from feedforward.accounts.people_rules import keys_of
from feedforward.accounts.tables import PersonKey, User


def file_person(connection: Connection, user_id: int) -> None:
    """After a name or an address came or changed: the words of the account as it stands now."""
    connection.execute(delete(PersonKey).where(PersonKey.user_id == user_id))
    person = connection.execute(select(User.name, User.email).where(User.id == user_id)).one()
    keys = sorted(keys_of(person.name, person.email))
    connection.execute(insert(PersonKey), [{"user_id": user_id, "key": key} for key in keys])
