"""Changing a password: by who knows the present one, or by who proved to read the account's mail."""

from datetime import datetime

from sqlalchemy import Connection, delete, update

from feedforward.accounts.letters import PASSWORD_CHANGED, PASSWORD_RESET
from feedforward.accounts.session_actions import NewSession, end_every_session, only_this_session
from feedforward.accounts.tables import FailedSignIn, User
from feedforward.accounts.token_actions import redeem, void
from feedforward.accounts.token_rules import TokenKind
from feedforward.audit.record import record
from feedforward.errors import RuleBroken
from feedforward.mail.addresses import SealedAddress
from feedforward.mail.outbox import post


def change_password(
    connection: Connection, *, user_id: int, present_hash: str, new_hash: str, session: NewSession, now: datetime
) -> None:
    """A new password for who just typed the present one. Every other browser is signed out, links to reset it are void,
    and the person is told by mail. RuleBroken where it was changed meanwhile."""
    changed = connection.execute(
        update(User)
        .where(User.id == user_id, User.password_hash == present_hash, User.status == "active")
        .values(password_hash=new_hash)
    ).rowcount
    if not changed:
        raise RuleBroken("Your password was changed in another window meanwhile. Sign in again with that one.")
    void(connection, user_id=user_id, kinds=(TokenKind.RESET,), now=now)
    only_this_session(connection, user_id=user_id, new=session, now=now)
    record(connection, at=now, actor_id=user_id, action="password.change", subject=("user", user_id))
    post(connection, template=PASSWORD_CHANGED, to=user_id, ids={}, asked_by=None, now=now)


def ask_for_reset(connection: Connection, *, address: SealedAddress, now: datetime) -> None:
    """Have a link sent to the address. Whether it has an account is looked up when the letter is written, so that
    asking takes the same time and leaves the same rows for every address."""
    message_id = post(connection, template=PASSWORD_RESET, to=address, ids={}, asked_by=None, now=now)
    record(connection, at=now, actor_id=None, action="password.ask_reset", subject=("mail", message_id))


def reset_password(connection: Connection, *, token: str, new_hash: str, account_hash: str, now: datetime) -> None:
    """A new password for who holds the link. All sessions end; failed sign-ins of the account count no more, so that a
    person who was paused can sign in. RuleBroken where the link is used or over."""
    bearer = redeem(connection, kind=TokenKind.RESET, token=token, now=now)
    connection.execute(update(User).where(User.id == bearer.user_id).values(password_hash=new_hash))
    ended = end_every_session(connection, user_id=bearer.user_id)
    connection.execute(delete(FailedSignIn).where(FailedSignIn.account_hash == account_hash))
    record(
        connection, at=now, actor_id=bearer.user_id, action="password.reset", subject=("user", bearer.user_id),
        ended=ended,
    )  # fmt: skip
    post(connection, template=PASSWORD_CHANGED, to=bearer.user_id, ids={}, asked_by=None, now=now)
