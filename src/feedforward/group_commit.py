"""Committing actions that wait together in one transaction, each in a savepoint of its own."""

import asyncio
import sqlite3
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from feedforward.database_trouble import is_full, passes_by_itself

T = TypeVar("T")
Action = Callable[[Connection], T]

# Other processes wait for the file's lock meanwhile, and look for it again only every tenth of a second.
TOGETHER_SECONDS = 0.03
TOGETHER_MOST = 64


class Undone(Exception):
    """The common transaction is gone, and with it what all its actions did; each is to be done by itself."""


@dataclass(eq=False, slots=True)
class Asked:
    """An action that waits for its turn; `end` is the monotonic moment until which it may be tried."""

    action: Action[Any]
    end: float
    answer: Future[Any] = field(default_factory=Future)


class GroupCommit:
    """For a database with one writer: a commit costs a flush to the disk, and so is shared by those who wait for one.

    An action is answered after the commit that holds it. One that raises is rolled back to its savepoint: the others do
    not notice. Where the common transaction itself fails nothing of it is kept, and each action is done alone, with
    the waiting and trying again that an action has alone. `alone` does that: (end, action) -> outcome.
    """

    def __init__(self, engine: Engine, writer: ThreadPoolExecutor, alone: Callable[[float, Action[Any]], Any]) -> None:
        self._engine = engine
        self._writer = writer
        self._alone = alone
        self._waiting: deque[Asked] = deque()

    async def ask(self, action: Action[T], end: float) -> T:
        """Run the action in the writer's thread; its outcome, or what it raised."""
        asked = Asked(action, end)
        self._waiting.append(asked)
        # Whoever comes first takes those behind along: their own turn then finds nothing to do.
        self._writer.submit(self._take_turn)
        outcome: T = await asyncio.wrap_future(asked.answer)
        return outcome

    def _take_turn(self) -> None:
        first = self._next()
        if first is None:
            return
        if not self._waiting or time.monotonic() >= first.end:
            self._answer_alone(first)
            return
        taken = [first]
        try:
            outcomes = self._in_one_transaction(taken)
        except (Undone, DBAPIError, sqlite3.Error):
            for each in taken:
                self._answer_alone(each)
            return
        for each, outcome in zip(taken, outcomes, strict=True):
            if isinstance(outcome, BaseException):
                each.answer.set_exception(outcome)
            else:
                each.answer.set_result(outcome)

    def _next(self) -> Asked | None:
        """The next that still waits for its answer."""
        while self._waiting:
            asked = self._waiting.popleft()
            if asked.answer.set_running_or_notify_cancel():
                return asked
        return None

    def _in_one_transaction(self, taken: list[Asked]) -> list[Any]:
        """Does the first action and those that wait behind it, each added to `taken`; what each came to, committed."""
        outcomes: list[Any] = []
        stop = time.monotonic() + TOGETHER_SECONDS
        with self._engine.connect().execution_options(writes=True) as connection, connection.begin() as transaction:
            following: Asked | None = taken[0]
            while following is not None:
                outcomes.append(self._in_savepoint(connection, following))
                if len(taken) >= TOGETHER_MOST or time.monotonic() > stop or (following := self._next()) is None:
                    break
                taken.append(following)
            try:
                transaction.commit()
            except (DBAPIError, sqlite3.Error):
                # What a commit that failed left open must not be met by the next that takes this connection.
                connection.invalidate()
                raise
        return outcomes

    def _in_savepoint(self, connection: Connection, asked: Asked) -> Any:
        """The outcome of an action, or the exception it raised, with nothing kept of what it did; Undone, see there."""
        savepoint = connection.begin_nested()
        try:
            outcome = asked.action(connection)
            savepoint.commit()
        except Exception as raised:
            if isinstance(raised, DBAPIError | sqlite3.Error) and (is_full(raised) or passes_by_itself(raised)):
                raise Undone from None
            if not is_open(connection):
                raise Undone from None
            savepoint.rollback()
            return raised
        return outcome

    def _answer_alone(self, asked: Asked) -> None:
        try:
            outcome = self._alone(asked.end, asked.action)
        except BaseException as raised:
            asked.answer.set_exception(raised)
        else:
            asked.answer.set_result(outcome)


def is_open(connection: Connection) -> bool:
    """Whether the transaction still stands: some errors end it as a whole."""
    raw: Any = connection.connection.dbapi_connection
    return bool(raw.in_transaction)
