"""Facts are measured once per draft, ahead where there is time, and never lost to a reading that gives up."""

import asyncio
import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import pytest

from feedforward.assessment import thinking as room
from feedforward.assessment.opening import Opened
from feedforward.assessment.thinking import Thinking


class Measured:
    """Stands for the measuring: says which texts were measured, and can be made to wait or to fail."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.go = threading.Event()
        self.go.set()
        self.fails = 0

    def __call__(self, document: Any, _brief: Any) -> str:
        self.go.wait(5)
        self.texts.append(document)
        if self.fails:
            self.fails -= 1
            raise ValueError("no facts")
        return f"facts of {document}"


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> Iterator[Measured]:
    made = Measured()
    monkeypatch.setattr(room, "facts_for_prompt", made)
    yield made
    made.go.set()


def opened(draft_id: int) -> Opened:
    return cast(Opened, SimpleNamespace(draft=SimpleNamespace(id=draft_id), document=f"text {draft_id}", brief=None))


def test_three_readings_that_ask_at_once_are_told_the_same_measured_once(measured: Measured) -> None:
    async def ask() -> list[str]:
        thinking = Thinking()
        return await asyncio.gather(*(thinking.facts_of(opened(1)) for _ in range(3)))

    assert asyncio.run(ask()) == ["facts of text 1"] * 3
    assert measured.texts == ["text 1"]


def test_a_measuring_that_failed_is_tried_again(measured: Measured) -> None:
    measured.fails = 1
    thinking = Thinking()
    with pytest.raises(ValueError, match="no facts"):
        asyncio.run(thinking.facts_of(opened(1)))
    assert asyncio.run(thinking.facts_of(opened(1))) == "facts of text 1"


def test_a_reading_that_gives_up_does_not_take_the_facts_from_the_others(measured: Measured) -> None:
    async def ask() -> str:
        thinking = Thinking()
        measured.go.clear()
        first = asyncio.create_task(thinking.facts_of(opened(1)))
        second = asyncio.create_task(thinking.facts_of(opened(1)))
        await asyncio.sleep(0.01)
        first.cancel()
        await asyncio.sleep(0.01)
        measured.go.set()
        return await second

    assert asyncio.run(ask()) == "facts of text 1"
    assert measured.texts == ["text 1"]


def test_what_was_measured_ahead_is_not_measured_again(measured: Measured) -> None:
    thinking = Thinking()
    thinking.measure_ahead(1, opened)
    assert asyncio.run(thinking.facts_of(opened(1))) == "facts of text 1"
    assert measured.texts == ["text 1"]


def test_a_draft_that_is_asked_for_does_not_wait_behind_those_measured_ahead(measured: Measured) -> None:
    thinking = Thinking()
    measured.go.clear()
    for draft_id in (1, 2, 3):
        thinking.measure_ahead(draft_id, opened)

    async def ask() -> str:
        asked = asyncio.create_task(thinking.facts_of(opened(3)))
        await asyncio.sleep(0.01)
        measured.go.set()
        return await asked

    assert asyncio.run(ask()) == "facts of text 3"
    assert asyncio.run(thinking.facts_of(opened(2))) == "facts of text 2"
    assert sorted(measured.texts) == ["text 1", "text 2", "text 3"]


def test_an_ahead_measuring_that_cannot_open_its_draft_harms_nobody(measured: Measured) -> None:
    thinking = Thinking()

    def gone(_draft_id: int) -> Opened:
        raise RuntimeError("erased")

    thinking.measure_ahead(1, gone)
    assert asyncio.run(thinking.do(lambda: "still thinking")) == "still thinking"
    thinking.forget(1)
    assert asyncio.run(thinking.facts_of(opened(1))) == "facts of text 1"


def test_forgotten_facts_are_measured_anew_and_only_so_many_are_kept(measured: Measured) -> None:
    async def ask() -> None:
        thinking = Thinking()
        for draft_id in range(room.FACTS_KEPT + 5):
            await thinking.facts_of(opened(draft_id))
        await thinking.facts_of(opened(0))
        thinking.forget(0)
        await thinking.facts_of(opened(0))

    asyncio.run(ask())
    assert measured.texts.count("text 0") == 3
    assert measured.texts.count(f"text {room.FACTS_KEPT}") == 1
