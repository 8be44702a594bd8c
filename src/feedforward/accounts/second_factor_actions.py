"""Setting up, using and giving up a second factor, and the half-open sign-in that waits for its code."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, update

from feedforward.accounts.actions import forget_try, start_session
from feedforward.accounts.letters import CODES_PAUSED, SECOND_FACTOR_CHANGED
from feedforward.accounts.second_factor_queries import has_second_factor
from feedforward.accounts.session_actions import NewSession
from feedforward.accounts.tables import HalfSession, RecoveryCode, SecondFactor
from feedforward.audit.record import record
from feedforward.errors import RuleBroken
from feedforward.mail.outbox import post

HALF_SESSION_LASTS = timedelta(minutes=5)
ON_ALREADY = "Your authenticator app is set up already, in another window perhaps."


@dataclass(frozen=True, slots=True)
class Proof:
    """What was typed, as it is checked: the time step of a right code from the app, or what a recovery code may
    be kept as, under the secret in force and earlier ones."""

    step: int | None = None
    recovery_hashes: tuple[str, ...] = ()


def begin_second_factor(connection: Connection, *, user_id: int, secret: bytes, now: datetime) -> None:
    """Keep a fresh secret until a code confirms it; RuleBroken where one is in force already."""
    if has_second_factor(connection, user_id):
        raise RuleBroken(ON_ALREADY)
    connection.execute(delete(SecondFactor).where(SecondFactor.user_id == user_id, SecondFactor.confirmed_at.is_(None)))
    connection.execute(insert(SecondFactor).values(user_id=user_id, secret=secret, created_at=now, last_step=0))
    record(connection, at=now, actor_id=user_id, action="second_factor.begin", subject=("user", user_id))


def confirm_second_factor(
    connection: Connection, *, user_id: int, secret: bytes, step: int, code_hashes: Sequence[str], new: NewSession,
    replaces: str, now: datetime,
) -> None:  # fmt: skip
    """The app gave a right code: from now on signing in takes one. This browser's session starts afresh."""
    confirmed = connection.execute(
        update(SecondFactor)
        .where(
            SecondFactor.user_id == user_id, SecondFactor.confirmed_at.is_(None), SecondFactor.secret == secret
        )
        .values(confirmed_at=now, last_step=step)
    ).rowcount  # fmt: skip
    if not confirmed:
        raise RuleBroken(ON_ALREADY)
    _replace_codes(connection, user_id, code_hashes)
    record(connection, at=now, actor_id=user_id, action="second_factor.on", subject=("user", user_id))
    post(connection, template=SECOND_FACTOR_CHANGED, to=user_id, ids={"what": "on"}, asked_by=None, now=now)
    start_session(
        connection, user_id=user_id, token_hash=new.token_hash, browser=new.browser, now=now, lasts=new.lasts,
        replaces=replaces,
    )  # fmt: skip


def use_proof(connection: Connection, *, user_id: int, proof: Proof, now: datetime) -> bool:
    """Use a code up. False where it is none, or was used before: no code is worth something twice."""
    if proof.step is not None:
        return bool(
            connection.execute(
                update(SecondFactor)
                .where(
                    SecondFactor.user_id == user_id, SecondFactor.confirmed_at.is_not(None),
                    SecondFactor.last_step < proof.step,
                )
                .values(last_step=proof.step)
            ).rowcount
        )  # fmt: skip
    if not proof.recovery_hashes:
        return False
    used = connection.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.user_id == user_id, RecoveryCode.code_hash.in_(proof.recovery_hashes),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now)
    ).rowcount  # fmt: skip
    if not used:
        return False
    record(connection, at=now, actor_id=user_id, action="second_factor.use_recovery", subject=("user", user_id))
    post(connection, template=SECOND_FACTOR_CHANGED, to=user_id, ids={"what": "code_used"}, asked_by=None, now=now)
    return True


def start_half_session(
    connection: Connection, *, user_id: int, half: NewSession, replaces: str | None, try_id: int | None, now: datetime
) -> None:
    """The password was right; a code is owed within five minutes. The session this browser came with ends."""
    if try_id is not None:
        forget_try(connection, try_id)
    connection.execute(delete(HalfSession).where(HalfSession.token_hash == (replaces or "")))
    connection.execute(
        insert(HalfSession).values(
            token_hash=half.token_hash, user_id=user_id, created_at=now, expires_at=now + half.lasts,
            browser=half.browser[:200],
        )
    )  # fmt: skip
    record(connection, at=now, actor_id=user_id, action="session.half", subject=("user", user_id))


def finish_sign_in(
    connection: Connection, *, user_id: int, half_hash: str, proof: Proof, new: NewSession, replaces: str | None,
    try_id: int, now: datetime,
) -> bool:  # fmt: skip
    """The half-open sign-in becomes a session. False, and nothing is changed, where the code is worth nothing;
    RuleBroken where another window was first."""
    if not use_proof(connection, user_id=user_id, proof=proof, now=now):
        return False
    finished = connection.execute(
        delete(HalfSession).where(HalfSession.token_hash == half_hash, HalfSession.expires_at > now)
    ).rowcount
    if not finished:
        raise RuleBroken("This sign-in was finished in another window, or took too long. Sign in once more.")
    start_session(
        connection, user_id=user_id, token_hash=new.token_hash, browser=new.browser, now=now, lasts=new.lasts,
        replaces=replaces, try_id=try_id,
    )  # fmt: skip
    return True


def refuse_code(connection: Connection, *, user_id: int, last: bool, now: datetime) -> None:
    """A code was wrong; with the last one before a pause the person is told that somebody has their password."""
    record(connection, at=now, actor_id=None, action="second_factor.refuse", subject=("user", user_id), pauses=last)
    if last:
        record(connection, at=now, actor_id=None, action="session.pause", subject=("user", user_id), what="code")
        post(connection, template=CODES_PAUSED, to=user_id, ids={}, asked_by=None, now=now)


def replace_recovery_codes(connection: Connection, *, user_id: int, code_hashes: Sequence[str], now: datetime) -> None:
    """Ten new codes; the earlier ones are worth nothing."""
    _replace_codes(connection, user_id, code_hashes)
    record(connection, at=now, actor_id=user_id, action="second_factor.new_codes", subject=("user", user_id))
    post(connection, template=SECOND_FACTOR_CHANGED, to=user_id, ids={"what": "new_codes"}, asked_by=None, now=now)


def remove_second_factor(connection: Connection, *, user_id: int, by: int | None, now: datetime) -> None:
    """Signing in takes no code any more: turned off by the person, or by who helps them after a loss (`by` an
    administrator; None: the command line). RuleBroken where there is none."""
    removed = connection.execute(delete(SecondFactor).where(SecondFactor.user_id == user_id)).rowcount
    if not removed:
        raise RuleBroken("There is no authenticator app set up for this account.")
    connection.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    connection.execute(delete(HalfSession).where(HalfSession.user_id == user_id))
    what = "off" if by == user_id else "removed"
    record(connection, at=now, actor_id=by, action=f"second_factor.{what}", subject=("user", user_id))
    post(connection, template=SECOND_FACTOR_CHANGED, to=user_id, ids={"what": what}, asked_by=by, now=now)


def _replace_codes(connection: Connection, user_id: int, code_hashes: Sequence[str]) -> None:
    connection.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user_id))
    connection.execute(insert(RecoveryCode), [{"user_id": user_id, "code_hash": each} for each in code_hashes])
