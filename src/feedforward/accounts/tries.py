"""Counting a try before it is decided, in the database that all page processes share, and saying how long to wait."""

from dataclasses import dataclass

from feedforward.accounts.actions import forget_try, note_network_pause, note_try
from feedforward.accounts.limits import UNDER_WAY, Limit, account_key, address_key, must_pause, wait_in_words
from feedforward.accounts.queries import Try, pause_ends, recent_failures
from feedforward.web.context import Web


@dataclass(frozen=True, slots=True)
class Counted:
    """A try that may be made: its row, and whether it is the last one before a pause."""

    try_id: int
    last: bool


@dataclass(frozen=True, slots=True)
class Pause:
    """Too many tries: the seconds after which the next may be made."""

    seconds: int

    @property
    def words(self) -> str:
        return wait_in_words(self.seconds)


def client_address(web: Web) -> str:
    """The network address the request came from; a proxy's header counts only where the settings trust the proxy."""
    return web.request.client.host if web.request.client else ""


async def counted_try(web: Web, limit: Limit, account: str) -> Counted | Pause:
    """Count this try as failed until `forget_try` says that it succeeded; or the pause that must be kept.

    It is written before anything is looked at and counted after that is committed, so that guesses sent at the same
    time are all counted. A try that has to pause leaves no row: knocking on does not make the pause longer.
    """
    settings, now = web.services.settings, web.clock.now()
    tried = Try(
        account_hash=account_key(settings, limit, account),
        address_hash=address_key(settings, limit, client_address(web)),
        at=now,
    )
    counted = (tried.account_hash, tried.address_hash, now - limit.window, now - UNDER_WAY)
    failures = await web.database.read(recent_failures, *counted)
    if must_pause(failures, limit, further=1):
        return await _pause(web, limit, tried)
    try_id = await web.database.write(note_try, tried)
    failures = await web.database.read(recent_failures, *counted)
    if must_pause(failures, limit):
        await web.database.write(forget_try, try_id)
        return await _pause(web, limit, tried)
    if failures.from_address >= limit.per_address:
        await web.database.write(note_network_pause, what=limit.what, now=now)
    return Counted(try_id, last=failures.for_account >= limit.per_account)


async def _pause(web: Web, limit: Limit, tried: Try) -> Pause:
    ends = await web.database.read(
        pause_ends, tried, since=tried.at - limit.window, per_account=limit.per_account, per_address=limit.per_address
    )
    return Pause(max(1, int((ends + limit.window - tried.at).total_seconds()) if ends else 1))
