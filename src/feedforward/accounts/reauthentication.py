"""Typing one's password, or a code, again before something that a stolen session must not do."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.responses import Response

from feedforward.accounts.actions import forget_try, refuse_sign_in
from feedforward.accounts.earlier_secrets import secrets_before
from feedforward.accounts.limits import CODES, hash_under, keyed_hash, sign_ins
from feedforward.accounts.password_rules import MOST_PASSWORD
from feedforward.accounts.passwords import fits
from feedforward.accounts.queries import Account, optional_account
from feedforward.accounts.second_factor_actions import Proof, refuse_code
from feedforward.accounts.second_factor_rules import folded_recovery_code, step_of
from feedforward.accounts.tries import Counted, Pause, counted_try
from feedforward.web.access import Person
from feedforward.web.context import Web

WRONG_PASSWORD = "This is not your present password."  # noqa: S105 a sentence
WRONG_CODE = (
    "This code is wrong, or was used already. Wait for the next one, and check that your phone’s clock is right."
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why not: a message beside the field, and the status of the answer; `retry_after` in seconds with 429."""

    message: str
    status: int = 422
    retry_after: int | None = None

    def errors(self, field: str) -> Mapping[str, str]:
        """The form's errors: a pause concerns the whole form."""
        return {"" if self.status == 429 else field: self.message}

    def dressed(self, response: Response) -> Response:
        """The answer with how long to wait."""
        if self.retry_after is not None:
            response.headers["Retry-After"] = str(self.retry_after)
        return response


def paused(pause: Pause, what: str) -> Refusal:
    """“Too many wrong passwords. Wait 12 minutes, then try again.”"""
    return Refusal(f"Too many {what}. Wait {pause.words}, then try again.", 429, pause.seconds)


async def reauthenticated(web: Web, person: Person, password: str) -> Account | Refusal:
    """The person's account where this is their password. Wrong ones count together with those of the sign-in page."""
    counted = await counted_try(web, sign_ins(web.services.settings), person.email)
    if isinstance(counted, Pause):
        return paused(counted, "wrong passwords")
    account = await web.database.read(optional_account, person.email)
    right = len(password) <= MOST_PASSWORD and await fits(password, account.password_hash if account else None)
    if account is None or account.user_id != person.user_id or not right:
        await web.database.write(
            refuse_sign_in, user_id=person.user_id, pauses=counted.last, now=web.clock.now()
        )  # fmt: skip
        return Refusal(WRONG_PASSWORD)
    await web.database.write(forget_try, counted.try_id)
    return account


async def counted_code(web: Web, user_id: int) -> Counted | Refusal:
    """May a code be tried? Counted before it is looked at."""
    counted = await counted_try(web, CODES, str(user_id))
    return paused(counted, "wrong codes") if isinstance(counted, Pause) else counted


async def proof_of(web: Web, *, user_id: int, sealed_secret: bytes, code: str) -> Proof:
    """What the typed code is, without using it up: a right code of the app, or what may be a recovery code."""
    secret = await opened_secret(web, sealed_secret)
    step = step_of(secret, code, web.clock.now())
    if step is not None:
        return Proof(step=step)
    folded = folded_recovery_code(code)
    return Proof(recovery_hashes=await _recovery_hashes(web, user_id, folded) if folded else ())


async def refused_code(web: Web, user_id: int, counted: Counted) -> Refusal:
    """Note that the code was worth nothing."""
    await web.database.write(refuse_code, user_id=user_id, last=counted.last, now=web.clock.now())
    return Refusal(WRONG_CODE)


def recovery_hash(web: Web, user_id: int, folded: str) -> str:
    """What a recovery code is kept and found as."""
    return keyed_hash(web.services.settings, f"recovery code of {user_id}", folded)


async def _recovery_hashes(web: Web, user_id: int, folded: str) -> tuple[str, ...]:
    """What the code may be kept as: codes made under an earlier secret are good still."""
    before = [hash_under(each, f"recovery code of {user_id}", folded) for each in await secrets_before(web)]
    return (recovery_hash(web, user_id, folded), *before)


async def opened_secret(web: Web, sealed: bytes) -> str:
    """The authenticator's secret; deriving the key ring's key takes a third of a second, the first time."""
    return (await asyncio.to_thread(web.services.key_ring.unwrap, sealed)).decode()


async def sealed_secret(web: Web, secret: str) -> bytes:
    """The secret as rows keep it."""
    return await asyncio.to_thread(web.services.key_ring.wrap, secret.encode())
