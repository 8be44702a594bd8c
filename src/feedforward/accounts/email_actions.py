"""Changing the address of an account: asked for, confirmed from the new mailbox, undone from the old one."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, or_, update
from sqlalchemy.exc import IntegrityError

from feedforward.accounts.letters import CONFIRM_EMAIL, EMAIL_CHANGE_ASKED, EMAIL_CHANGED
from feedforward.accounts.passwords import NO_PASSWORD
from feedforward.accounts.people_actions import file_person
from feedforward.accounts.queries import is_taken
from feedforward.accounts.session_actions import end_every_session
from feedforward.accounts.tables import EmailChange, RecoveryCode, SecondFactor, User
from feedforward.accounts.token_actions import LINK_IS_OVER, mint, redeem, void
from feedforward.accounts.token_rules import LASTS, TokenKind
from feedforward.audit.record import record
from feedforward.errors import NotFound, RuleBroken
from feedforward.mail.addresses import SealedAddress
from feedforward.mail.outbox import post

# Nothing that is written right now may lose the row it tells of.
A_DAY = timedelta(days=1)
TAKEN = "There is another account with this address, so yours was not changed."


def ask_email_change(
    connection: Connection, *, user_id: int, old_email: str, new_email: str, new_address: SealedAddress, now: datetime
) -> None:
    """Have a link sent to the new address and tell the present one. Whether the new one is taken is not said here: it
    would tell any account who else has one."""
    drop_email_change(connection, user_id=user_id, now=now)
    change_id: int = connection.execute(
        insert(EmailChange)
        .values(user_id=user_id, old_email=old_email, new_email=new_email, status="open", asked_at=now)
        .returning(EmailChange.id)
    ).scalar_one()
    record(connection, at=now, actor_id=user_id, action="email.ask", subject=("user", user_id), change=change_id)
    post(connection, template=CONFIRM_EMAIL, to=new_address, ids={"change_id": change_id}, asked_by=user_id, now=now)
    post(connection, template=EMAIL_CHANGE_ASKED, to=user_id, ids={}, asked_by=None, now=now)


def drop_email_change(connection: Connection, *, user_id: int, now: datetime) -> None:
    """The change that waits for its confirmation is not wanted any more; its link is worth nothing."""
    dropped = connection.execute(
        update(EmailChange)
        .where(EmailChange.user_id == user_id, EmailChange.status == "open")
        .values(status="dropped", settled_at=now)
    ).rowcount
    void(connection, user_id=user_id, kinds=(TokenKind.EMAIL_CONFIRM,), now=now)
    if dropped:
        record(connection, at=now, actor_id=user_id, action="email.drop", subject=("user", user_id))


def confirm_email(
    connection: Connection, *, user_id: int, token: str, old_email: str, old_address: SealedAddress, now: datetime
) -> None:
    """The address becomes the one the token was sent to; the old one is told, with a link to undo it. NotFound where
    the token is another person's, RuleBroken where it is used or over, or the address taken."""
    bearer = redeem(connection, kind=TokenKind.EMAIL_CONFIRM, token=token, now=now)
    if bearer.user_id != user_id or bearer.address is None:
        raise NotFound
    change_id = connection.execute(
        update(EmailChange)
        .where(
            EmailChange.user_id == user_id, EmailChange.new_email == bearer.address, EmailChange.old_email == old_email,
            EmailChange.status == "open",
        )
        .values(status="done", settled_at=now)
        .returning(EmailChange.id)
    ).scalar_one_or_none()  # fmt: skip
    if change_id is None:
        raise RuleBroken(LINK_IS_OVER)
    _set_email(connection, user_id=user_id, present=old_email, email=bearer.address)
    void(connection, user_id=user_id, kinds=(TokenKind.RESET,), now=now)
    record(connection, at=now, actor_id=user_id, action="email.change", subject=("user", user_id), change=change_id)
    post(connection, template=EMAIL_CHANGED, to=old_address, ids={"change_id": change_id}, asked_by=None, now=now)


def give_email(
    connection: Connection, *, user_id: int, old_email: str, new_email: str, old_address: SealedAddress, by: int | None,
    now: datetime,
) -> None:  # fmt: skip
    """An administrator (`by`; None: the command line) changes somebody's address, having made sure who asks. The old
    one is told and can undo it. RuleBroken where the new one is taken."""
    drop_email_change(connection, user_id=user_id, now=now)
    _set_email(connection, user_id=user_id, present=old_email, email=new_email)
    change_id: int = connection.execute(
        insert(EmailChange)
        .values(
            user_id=user_id, old_email=old_email, new_email=new_email, status="done", asked_at=now, settled_at=now
        )
        .returning(EmailChange.id)
    ).scalar_one()  # fmt: skip
    void(connection, user_id=user_id, kinds=(TokenKind.RESET,), now=now)
    record(connection, at=now, actor_id=by, action="email.give", subject=("user", user_id), change=change_id)
    post(connection, template=EMAIL_CHANGED, to=old_address, ids={"change_id": change_id}, asked_by=by, now=now)


def undo_email_change(connection: Connection, *, token: str, now: datetime) -> str:
    """Give the account back to the old address; a token to choose a new password with.

    Somebody else may have had the account, and knew its password: every browser is signed out, that password fits no
    more, and a second factor that was set up since the change was asked for is gone.
    """
    bearer = redeem(connection, kind=TokenKind.EMAIL_UNDO, token=token, now=now)
    assert bearer.address is not None
    change = connection.execute(
        update(EmailChange)
        .where(
            EmailChange.user_id == bearer.user_id, EmailChange.old_email == bearer.address, EmailChange.status == "done"
        )
        .values(status="undone", settled_at=now)
        .returning(EmailChange.id, EmailChange.asked_at)
    ).first()
    if change is None:
        raise RuleBroken(LINK_IS_OVER)
    drop_email_change(connection, user_id=bearer.user_id, now=now)
    _set_email(connection, user_id=bearer.user_id, present=bearer.email, email=bearer.address)
    connection.execute(update(User).where(User.id == bearer.user_id).values(password_hash=NO_PASSWORD))
    end_every_session(connection, user_id=bearer.user_id)
    void(connection, user_id=bearer.user_id, kinds=tuple(TokenKind), now=now)
    newer = connection.execute(
        delete(SecondFactor).where(SecondFactor.user_id == bearer.user_id, SecondFactor.created_at >= change.asked_at)
    ).rowcount
    if newer:
        connection.execute(delete(RecoveryCode).where(RecoveryCode.user_id == bearer.user_id))
    record(
        connection, at=now, actor_id=bearer.user_id, action="email.undo", subject=("user", bearer.user_id),
        change=change.id, second_factor_removed=bool(newer),
    )  # fmt: skip
    return mint(connection, kind=TokenKind.RESET, user_id=bearer.user_id, now=now)


def purge_email_changes(connection: Connection, now: datetime) -> int:
    """Remove changes whose addresses nobody needs any more; how many rows went. One that was done stays as long as the
    letter to the old address may take and its link to undo it lasts; one that is open, as long as its own link."""
    undo = now - EMAIL_CHANGED.lasts - LASTS[TokenKind.EMAIL_UNDO] - A_DAY
    confirm = now - CONFIRM_EMAIL.lasts - LASTS[TokenKind.EMAIL_CONFIRM] - A_DAY
    over = or_(
        (EmailChange.status == "done") & (EmailChange.settled_at < undo),
        (EmailChange.status == "open") & (EmailChange.asked_at < confirm),
        EmailChange.status.in_(("dropped", "undone")) & (EmailChange.settled_at < now - A_DAY),
    )
    return connection.execute(delete(EmailChange).where(over)).rowcount


def _set_email(connection: Connection, *, user_id: int, present: str, email: str) -> None:
    if is_taken(connection, email):
        raise RuleBroken(TAKEN)
    try:
        changed = connection.execute(
            update(User).where(User.id == user_id, User.email == present, User.status == "active").values(email=email)
        ).rowcount
    except IntegrityError:
        # Somebody else took it between our question and this line.
        raise RuleBroken(TAKEN) from None
    if not changed:
        raise RuleBroken("The address was changed in another window meanwhile. Look at your account first.")
    file_person(connection, user_id)
