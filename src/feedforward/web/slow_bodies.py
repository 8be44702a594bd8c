"""Giving up on a body that does not come: who sends nothing, or a byte now and then, holds no place for ever."""

import asyncio
import time

from starlette.types import Message, Receive

from feedforward.web.bodies import FormRefused

# Seconds without a byte, and seconds in all: a telephone on a weak line sends a little all the time, and 200 MB of it
# arrive within a quarter of an hour.
LONGEST_PAUSE = 30.0
LONGEST_BODY = 15 * 60.0
TOO_SLOW = "What you sent did not arrive in time, so nothing was changed. Check the connection and send it again."


def with_patience(receive: Receive) -> Receive:
    """The same messages; FormRefused (408) where the body's next part does not come within its time.

    Once the body is whole only the visitor's leaving is waited for, and that as long as it takes.
    """
    ends: float | None = None
    whole = False

    async def received() -> Message:
        nonlocal ends, whole
        if whole:
            return await receive()
        now = time.monotonic()
        ends = now + LONGEST_BODY if ends is None else ends
        try:
            async with asyncio.timeout(max(0.0, min(LONGEST_PAUSE, ends - now))):
                message = await receive()
        except TimeoutError:
            raise FormRefused(TOO_SLOW, 408) from None
        whole = message["type"] != "http.request" or not message.get("more_body", False)
        return message

    return received
