"""The worker's postal rounds: every second it looks whether something is due, on a thread, beside its other work."""

import asyncio
import contextlib
import logging

from feedforward.errors import TemporarilyUnavailable
from feedforward.logs import without_text
from feedforward.mail.delivery import Delivery

log = logging.getLogger("feedforward.mail")

LOOK_EVERY = 1.0


async def deliver_until(stop: asyncio.Event, delivery: Delivery, every: float = LOOK_EVERY) -> None:
    """Deliver what is due until `stop`; what is in hand then is finished first. A round that fails is told and followed
    by the next."""
    while not stop.is_set():
        try:
            settled = await asyncio.to_thread(delivery.deliver_due, stop.is_set)
        except TemporarilyUnavailable:
            log.warning("delivering mail: the database is busy or away; trying again")
            settled = 0
        except Exception as error:
            log.error("delivering mail failed: %s", without_text(error))
            settled = 0
        if not settled:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), every)
