"""The line to an institution: its answers as objects, in bounded time and size, over connections that are kept."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx

from feedforward.accounts.sso_rules import Refused
from feedforward.guarded_transport import GuardedTransport

TIMEOUT = 10.0
LONGEST_ANSWER = 256 * 1024
# One that is slower than people arrive is asked in their order: a thousand questions at once would all be late.
MOST_AT_ONCE = 16
LONGEST_QUEUE = 10.0
# What comes of a kept connection that the other side has closed meanwhile.
DROPPED = (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError)


class NoAnswer(Exception):
    """It does not answer (`code` unreachable), or with an error of its own (failing)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class Line:
    """Connections to one institution, made when first asked."""

    allow_private: bool
    _http: httpx.AsyncClient | None = None
    _turns: asyncio.Semaphore | None = None

    async def asked(self, method: str, address: str, sent: Mapping[str, Any]) -> dict[str, Any]:
        """The answer as an object. No redirect is followed, no more is read than such an answer needs."""
        try:
            async with self._turn():
                status, body = await self._twice(method, address, sent)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError):
            raise NoAnswer("unreachable") from None
        if status >= 500 or status == 429:
            raise NoAnswer("failing")
        try:
            document = json.loads(body)
        except ValueError:
            raise Refused("answer") from None
        if not isinstance(document, dict) or status != 200:
            raise Refused("answer")
        return document

    async def _twice(self, method: str, address: str, sent: Mapping[str, Any]) -> tuple[int, bytes]:
        """Where a kept connection turns out to be closed the question is asked once more, a code's exchange too: a code
        that did arrive is worth nothing the second time, so nobody is worse off than without an answer."""
        try:
            return await self._answer(method, address, sent)
        except DROPPED:
            return await self._answer(method, address, sent)

    async def _answer(self, method: str, address: str, sent: Mapping[str, Any]) -> tuple[int, bytes]:
        async with asyncio.timeout(TIMEOUT), self._client().stream(method, address, **sent) as response:
            body = bytearray()
            async for part in response.aiter_bytes():
                body += part
                if len(body) > LONGEST_ANSWER:
                    raise Refused("answer")
            return response.status_code, bytes(body)

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """Comes in order of arrival; TimeoutError where it does not come."""
        if self._turns is None:
            self._turns = asyncio.Semaphore(MOST_AT_ONCE)
        async with asyncio.timeout(LONGEST_QUEUE):
            await self._turns.acquire()
        try:
            yield
        finally:
            self._turns.release()

    def _client(self) -> httpx.AsyncClient:
        if self._http is None:
            self._http = httpx.AsyncClient(
                transport=GuardedTransport(allow_private=self.allow_private), timeout=TIMEOUT, trust_env=False,
                follow_redirects=False, headers={"Accept": "application/json"},
            )  # fmt: skip
        return self._http

    async def close(self) -> None:
        """Let go of every connection."""
        if self._http is not None:
            await self._http.aclose()
            self._http = None
