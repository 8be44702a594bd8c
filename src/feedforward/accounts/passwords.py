"""Password hashes: argon2id, and how a guess is checked without telling whether the account exists."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from feedforward.accounts.password_rules import normalised

# OWASP Password Storage Cheat Sheet 2023, second argon2id configuration: 19 MiB, two passes, one lane.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Two at a time: a rush of sign-ins waits here instead of taking every core and 19 MiB each.
_threads = ThreadPoolExecutor(2, thread_name_prefix="argon2")


@cache
def _nobody() -> str:
    """Verified where there is no account, so that the answer takes as long."""
    return _hasher.hash("no account has this password")


def hash_password(password: str) -> str:
    """The hash of the whole password, its characters normalised so that every keyboard gives the same."""
    return _hasher.hash(normalised(password))


def warm_up() -> None:
    """Make what the first unknown address would otherwise wait for longer than the next."""
    _nobody()


async def hash_password_aside(password: str) -> str:
    """`hash_password` without holding up the page loop."""
    return await asyncio.get_running_loop().run_in_executor(_threads, hash_password, password)


NO_PASSWORD = "none"  # noqa: S105 no secret
"""What stands in place of a hash where nobody has a password; no password fits it."""


async def fits(password: str, stored: str | None) -> bool:
    """Whether the password is the stored one; takes the same time where there is nothing stored."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _fits, password, stored)


def _fits(password: str, stored: str | None) -> bool:
    try:
        _hasher.verify(stored or _nobody(), normalised(password))
    except InvalidHashError:
        # An account without a password of its own (single sign-on) must not answer sooner than any other.
        return _fits(password, None)
    except VerificationError:
        return False
    return stored is not None
