"""Connecting accounts to people of an institution, and what is noted of sign-ins there."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from feedforward.accounts.passwords import NO_PASSWORD
from feedforward.accounts.sso_letters import SIGN_ON_CHANGED, SIGN_ON_PROOF
from feedforward.accounts.sso_tables import SignOnIdentity
from feedforward.accounts.tables import User
from feedforward.accounts.token_actions import redeem
from feedforward.accounts.token_rules import TokenKind
from feedforward.audit.record import record
from feedforward.errors import NotFound, RuleBroken
from feedforward.mail.outbox import post

# A mark of use is for people who look at their account: to the hour is enough, and spares a write at each sign-in.
USE_NOTED_EVERY = timedelta(hours=1)
TAKEN = "This sign-in is connected to another account here already. Nothing was changed."
ONE_EACH = "Your account is connected to somebody else at this institution already. End that connection first."
LAST_WAY_IN = (
    "This is the only way into your account. Choose a password first, or connect another institution; then end this."
)


def link_identity(
    connection: Connection, *, user_id: int, issuer: str, subject: str, now: datetime, tell: bool = True
) -> None:
    """Connect an identity to an account whose owner proved both. RuleBroken where either is connected otherwise, or the
    account is not active; connecting the same again changes nothing. `tell`: the person gets a letter."""
    # Held until the end: nobody archives the account, or connects it elsewhere, in between.
    active = connection.execute(
        update(User).where(User.id == user_id, User.status == "active").values(status="active")
    ).rowcount
    if not active:
        raise RuleBroken("This account is not active, so nothing was connected.")
    known = connection.execute(
        select(SignOnIdentity.user_id, SignOnIdentity.subject).where(
            SignOnIdentity.issuer == issuer,
            (SignOnIdentity.subject == subject) | (SignOnIdentity.user_id == user_id),
        )
    ).all()
    if any(each.user_id != user_id for each in known):
        raise RuleBroken(TAKEN)
    if any(each.subject != subject for each in known):
        raise RuleBroken(ONE_EACH)
    if known:
        return
    try:
        identity_id: int = connection.execute(
            insert(SignOnIdentity)
            .values(user_id=user_id, issuer=issuer, subject=subject, linked_at=now)
            .returning(SignOnIdentity.id)
        ).scalar_one()
    except IntegrityError:
        # Somebody else connected it between our question and this line.
        raise RuleBroken(TAKEN) from None
    record(connection, at=now, actor_id=user_id, action="sign_on.link", subject=("user", user_id), identity=identity_id)
    if tell:
        post(connection, template=SIGN_ON_CHANGED, to=user_id, ids={"what": "on"}, asked_by=None, now=now)


def link_with_proof(connection: Connection, *, token: str, email: str, issuer: str, subject: str, now: datetime) -> int:
    """Connect an identity to the account whose owner opened the link in the letter; the account's id. RuleBroken where
    the link is over, or speaks for another address than the institution does."""
    bearer = redeem(connection, kind=TokenKind.SIGN_ON, token=token, now=now)
    if bearer.email != email:
        raise RuleBroken("This link belongs to another address. Nothing was changed.")
    link_identity(connection, user_id=bearer.user_id, issuer=issuer, subject=subject, now=now)
    return bearer.user_id


def end_link(connection: Connection, *, user_id: int, identity_id: int, password_counts: bool, now: datetime) -> None:
    """End a connection of one's own; NotFound where it is none. RuleBroken where it is the last way in:
    `password_counts` says whether a password would be one."""
    # Two windows that end the last two connections wait for each other here.
    connection.execute(update(User).where(User.id == user_id).values(status=User.status))
    row = connection.execute(
        select(User.password_hash, func.count(SignOnIdentity.id).label("connections"))
        .join(SignOnIdentity, SignOnIdentity.user_id == User.id)
        .where(User.id == user_id)
        .group_by(User.password_hash)
    ).one_or_none()
    if row is not None and row.connections < 2 and not (password_counts and row.password_hash != NO_PASSWORD):
        raise RuleBroken(LAST_WAY_IN)
    ended = connection.execute(
        delete(SignOnIdentity).where(SignOnIdentity.id == identity_id, SignOnIdentity.user_id == user_id)
    ).rowcount
    if not ended:
        raise NotFound("This connection has ended already.")
    record(
        connection, at=now, actor_id=user_id, action="sign_on.unlink", subject=("user", user_id), identity=identity_id
    )
    post(connection, template=SIGN_ON_CHANGED, to=user_id, ids={"what": "off"}, asked_by=None, now=now)


def note_use(connection: Connection, *, issuer: str, subject: str, now: datetime) -> None:
    """Somebody signed in with it."""
    connection.execute(
        update(SignOnIdentity)
        .where(SignOnIdentity.issuer == issuer, SignOnIdentity.subject == subject)
        .values(used_at=now)
    )


def refuse_sign_on(connection: Connection, *, institution: str, code: str, user_id: int | None, now: datetime) -> None:
    """Note a sign-in at an institution that led nowhere; `code` is a word of ours, `user_id` whose it would have been,
    None where nobody is known."""
    subject = ("user", "unknown" if user_id is None else user_id)
    record(connection, at=now, actor_id=None, action="sign_on.refuse", subject=subject, at_institution=institution,
           code=code)  # fmt: skip


def ask_for_proof(connection: Connection, *, user_id: int, now: datetime) -> None:
    """Have the letter sent whose link proves that the account's address is read by whoever asks."""
    post(connection, template=SIGN_ON_PROOF, to=user_id, ids={}, asked_by=None, now=now)
    record(connection, at=now, actor_id=None, action="sign_on.ask", subject=("user", user_id))


def note_break_glass(connection: Connection, *, user_id: int, now: datetime) -> None:
    """An administrator used a password where only the institution signs people in."""
    record(connection, at=now, actor_id=user_id, action="sign_on.break_glass", subject=("user", user_id))
