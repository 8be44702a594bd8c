"""Turns: of many signed-in people who ask at the same moment, one begins in each round of the event loop."""

import asyncio
from collections import deque


class Turns:
    """Keeps a burst of pages from standing in everybody's way.

    A page takes some milliseconds of the one thread that answers. When a class hands in at the same moment fifty of
    them would be begun in one round of the event loop, and whoever asks for something small meanwhile would wait for
    all fifty. With turns the loop looks for new requests between any two of them. In order of arrival; nobody waits
    while nobody else is there.
    """

    def __init__(self) -> None:
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._taken = False

    async def take(self) -> None:
        """Come back when it is this request's turn."""
        loop = asyncio.get_running_loop()
        if not self._taken:
            self._taken = True
            loop.call_soon(self._pass_on, loop)
            return
        turn = loop.create_future()
        self._waiting.append(turn)
        await turn

    def _pass_on(self, loop: asyncio.AbstractEventLoop) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            # A request that was given up while it waited leaves a cancelled turn behind.
            if not turn.done():
                turn.set_result(None)
                loop.call_soon(self._pass_on, loop)
                return
        self._taken = False
