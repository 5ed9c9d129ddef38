"""Collect calls while the calls before are on their way, and make them together.

A transaction waits for the disk, and each statement for the network. So hundreds of callers wait
for the same statement. Used by postgres_ledger.py.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

import psycopg

MOST = 1000
"""The most calls in one statement."""

Argument = TypeVar("Argument")
Result = TypeVar("Result")


class Batches(Generic[Argument, Result]):
    """Makes the calls of one function, which takes many arguments and returns their results."""

    def __init__(self, make: Callable[[Sequence[Argument]], Awaitable[Sequence[Result]]]) -> None:
        self._make = make
        self._waiting: list[tuple[Argument, asyncio.Future[Result]]] = []
        self._task: asyncio.Task[None] | None = None

    async def put(self, argument: Argument) -> Result:
        """Make the call for one argument, together with others. Return its result."""
        future: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append((argument, future))
        if self._task is None:
            self._task = asyncio.create_task(self._work())
        return await future

    async def finish(self) -> None:
        """Wait until all calls are made."""
        while self._task is not None:
            await asyncio.wait([self._task])

    async def _work(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
                await self._make_all(batch)
        finally:
            self._task = None

    async def _make_all(self, batch: list[tuple[Argument, "asyncio.Future[Result]"]]) -> None:
        """Make a batch. If PostgreSQL refuses a value in it, make each call alone.

        Then only the caller that gave this value gets the error.
        """
        try:
            results = await self._make([argument for argument, _ in batch])
        except Exception as error:  # noqa: BLE001 - the callers get it
            if len(batch) > 1 and isinstance(error.__cause__, psycopg.DataError):
                for each in batch:
                    await self._make_all([each])
                return
            for _, future in batch:
                if not future.done():
                    future.set_exception(error)
            return
        for (_, future), result in zip(batch, results, strict=True):
            if not future.done():  # otherwise the caller was cancelled; but the change is made
                future.set_result(result)
