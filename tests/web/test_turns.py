"""A burst of pages does not stand in the way of somebody who asks for something small."""

import asyncio
import time

from feedforward.web.turns import Turns

BURST = 40


async def _heavy(turns: Turns | None, done: list[str]) -> None:
    if turns is not None:
        await turns.take()
    time.sleep(0.002)
    done.append("heavy")


async def _arrives_later(done: list[str]) -> None:
    """Two rounds of the loop, as a request needs to be read and begun."""
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    done.append("light")


async def _order(turns: Turns | None) -> list[str]:
    done: list[str] = []
    await asyncio.gather(*(_heavy(turns, done) for _ in range(BURST)), _arrives_later(done))
    return done


def test_without_turns_everybody_waits_for_the_whole_burst() -> None:
    assert asyncio.run(_order(None)).index("light") == BURST


def test_with_turns_a_light_request_waits_for_few() -> None:
    order = asyncio.run(_order(Turns()))
    assert len(order) == BURST + 1
    assert order.index("light") <= 4


def test_turns_come_in_order_of_arrival_and_one_given_up_is_passed_over() -> None:
    async def run() -> list[int]:
        turns, begun = Turns(), []

        async def ask(number: int) -> None:
            await turns.take()
            begun.append(number)

        tasks = [asyncio.create_task(ask(number)) for number in range(6)]
        await asyncio.sleep(0)
        tasks[3].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.wait_for(turns.take(), 1)
        return begun

    assert asyncio.run(run()) == [0, 1, 2, 4, 5]
