"""What administrators do with somebody's account: another role, the steps of its life, ending its sessions."""

from datetime import datetime

from sqlalchemy import Connection, delete, or_, select, update

from feedforward.accounts.passwords import NO_PASSWORD
from feedforward.accounts.people_rules import AccountStatus
from feedforward.accounts.session_actions import end_every_session
from feedforward.accounts.sso_tables import Confirmation, SignOnIdentity
from feedforward.accounts.status_rules import DELETED_NAME, MOVES, Act
from feedforward.accounts.tables import (
    AccountToken,
    EmailChange,
    PersonKey,
    RecoveryCode,
    Registration,
    SecondFactor,
    User,
)
from feedforward.accounts.token_actions import mint, void
from feedforward.accounts.token_rules import TokenKind
from feedforward.audit.origin import erase_addresses_of
from feedforward.audit.record import record
from feedforward.errors import NotPermitted, RuleBroken
from feedforward.mail.tables import MailSetting
from feedforward.web.access import Role

CHANGED = "This account was changed in another window meanwhile, so nothing was done. Look at it first."
NOT_ONES_OWN = "Ask another administrator: nobody changes the role or the state of their own account."


def change_role(
    connection: Connection, *, admin_id: int, user_id: int, come_from: Role, go_to: Role, now: datetime
) -> None:
    """Another role for an active account; its sessions end, so that no browser goes on with the old one. RuleBroken
    where the account is no longer as it was shown."""
    _require_acting(connection, admin_id, user_id)
    changed = connection.execute(
        update(User)
        .where(User.id == user_id, User.role == come_from, User.status == AccountStatus.ACTIVE)
        .values(role=go_to)
    ).rowcount
    if not changed:
        raise RuleBroken(CHANGED)
    ended = end_every_session(connection, user_id=user_id)
    record(
        connection, at=now, actor_id=admin_id, action="account.role", subject=("user", user_id),
        come_from=str(come_from), go_to=str(go_to), sessions=ended,
    )  # fmt: skip


def move_account(
    connection: Connection, *, admin_id: int, user_id: int, act: Act, come_from: AccountStatus, now: datetime
) -> AccountStatus:
    """One step in the life of an account, except its end; where it stands then. Whoever is not active is out at once,
    and links that were sent are worth nothing."""
    go_to = MOVES.get((come_from, act))
    if go_to is None or act is Act.DELETE:
        raise RuleBroken(CHANGED)
    _require_acting(connection, admin_id, user_id)
    moved = connection.execute(
        update(User).where(User.id == user_id, User.status == come_from).values(status=go_to)
    ).rowcount
    if not moved:
        raise RuleBroken(CHANGED)
    ended = end_every_session(connection, user_id=user_id)
    void(connection, user_id=user_id, kinds=tuple(TokenKind), now=now)
    record(
        connection, at=now, actor_id=admin_id, action="account.move", subject=("user", user_id),
        come_from=str(come_from), go_to=str(go_to), sessions=ended,
    )  # fmt: skip
    return go_to


def anonymise_account(connection: Connection, *, admin_id: int, user_id: int, now: datetime) -> None:
    """The end of an archived account: its row stands, so that what it did keeps an author, and says nothing about the
    person any more. Courses and drafts are their own rooms' to look after, in the same transaction."""
    _require_acting(connection, admin_id, user_id)
    email = connection.execute(select(User.email).where(User.id == user_id)).scalar_one()
    changed = connection.execute(
        update(User)
        .where(User.id == user_id, User.status == AccountStatus.ARCHIVED)
        .values(
            status=AccountStatus.DELETED, deleted_at=now, name=DELETED_NAME, email=tombstone(user_id),
            password_hash=NO_PASSWORD,
        )
    ).rowcount  # fmt: skip
    if not changed:
        raise RuleBroken(CHANGED)
    end_every_session(connection, user_id=user_id)
    personal = (AccountToken, EmailChange, SecondFactor, RecoveryCode, PersonKey, SignOnIdentity, Confirmation)
    for table in (*personal, MailSetting):
        connection.execute(delete(table).where(table.user_id == user_id))
    connection.execute(delete(Registration).where(or_(Registration.user_id == user_id, Registration.email == email)))
    erase_addresses_of(connection, user_id)
    record(connection, at=now, actor_id=admin_id, action="account.delete", subject=("user", user_id))


def tombstone(user_id: int) -> str:
    """An address nobody can have (RFC 2606), one for each deleted account."""
    return f"deleted-{user_id}@deleted.invalid"


def end_sessions_of(connection: Connection, *, admin_id: int, user_id: int, now: datetime) -> int:
    """Sign somebody out of every browser; how many sessions ended."""
    ended = end_every_session(connection, user_id=user_id)
    record(
        connection, at=now, actor_id=admin_id, action="session.end_of", subject=("user", user_id), ended=ended
    )  # fmt: skip
    return ended


def make_reset_link(connection: Connection, *, admin_id: int, user_id: int, now: datetime) -> str:
    """A token with which the person of an active account chooses a new password, to be handed over; earlier ones are
    worth nothing."""
    active = select(User.id).where(User.id == user_id, User.status == AccountStatus.ACTIVE)
    if connection.execute(active).first() is None:
        raise RuleBroken(CHANGED)
    void(connection, user_id=user_id, kinds=(TokenKind.RESET,), now=now)
    return mint(connection, kind=TokenKind.RESET, user_id=user_id, now=now, by=admin_id)


def _require_acting(connection: Connection, admin_id: int, user_id: int) -> None:
    """Who acts is an active administrator in this very transaction, and is not whom they act on: so one remains, also
    when two of them turn on each other at the same moment."""
    if admin_id == user_id:
        raise RuleBroken(NOT_ONES_OWN)
    admins = connection.execute(
        select(User.id)
        .where(User.role == Role.ADMIN, User.status == AccountStatus.ACTIVE)
        .order_by(User.id)
        .with_for_update()
    ).scalars()
    if admin_id not in set(admins):
        raise NotPermitted("Your account is no longer an administrator’s.")
