"""The end of a person's account, across the rooms that know the person."""

from datetime import datetime

from sqlalchemy import Connection, select

from feedforward.accounts.status_actions import anonymise_account
from feedforward.accounts.tables import User
from feedforward.assignments.calendar_actions import forget_calendar_link
from feedforward.courses.person_actions import forget_person, owned_courses
from feedforward.errors import RuleBroken
from feedforward.retention.person_erasure import decide_person_erasure


def delete_person(
    connection: Connection, *, admin_id: int, user_id: int, confirmation: str, now: datetime
) -> list[tuple[int, str]]:
    """Anonymise an archived account; draft and content of what is to be erased right after this transaction. RuleBroken
    where the address typed is another one, or the person owns courses."""
    email = connection.execute(select(User.email).where(User.id == user_id)).scalar_one()
    if confirmation.strip().lower() != email:
        raise RuleBroken("Nothing was deleted. Type the e-mail address of this account.", field="confirmation")
    owned = owned_courses(connection, user_id)
    if owned:
        raise RuleBroken(f"Nothing was deleted: somebody else has to own {'; '.join(owned)} first.")
    decided = decide_person_erasure(connection, user_id=user_id, now=now)
    anonymise_account(connection, admin_id=admin_id, user_id=user_id, now=now)
    forget_calendar_link(connection, user_id)
    forget_person(connection, user_id=user_id, email=email, now=now)
    return decided
