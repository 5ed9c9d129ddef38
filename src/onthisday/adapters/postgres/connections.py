"""Connections to one database: made when they are needed, and used again.

Used by the other modules here. A call that finds no server fails within seconds, and says why; the
next call tries again. What the errors mean is in failures.py.

Why not psycopg's own pool: while the server is away, it only says that no connection came in time.
It does not say why, and it waits longer and longer before it tries again.
"""

import asyncio
import selectors
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any, TypeVar

import psycopg
from psycopg import AsyncConnection
from psycopg.pq import TransactionStatus

from onthisday.adapters.postgres.addresses import parameters, shown
from onthisday.adapters.postgres.failures import explained
from onthisday.errors import OnThisDayError, Unreadable, Unwritable

MOST = 4
"""How many connections a ledger makes at most. Further calls wait."""

LONGEST = 90.0
"""Seconds. A call that takes longer fails. It is longer than the server waits for a lock."""

OLDEST = 130000
"""The oldest version of PostgreSQL that is used: 13."""

Row = tuple[Any, ...]
Result = TypeVar("Result")

_SAFE = """SELECT set_config('synchronous_commit', 'on', false)
    WHERE current_setting('synchronous_commit') = 'off'"""
"""When a call returns, its change is on the disk. A database may have other habits."""


class Connections:
    """Connections to the database of ``address``. ``shown`` is the address without a password.

    There are ``most`` of them. A call may take ``longest`` seconds.
    """

    def __init__(
        self,
        address: str,
        *,
        read_only: bool = False,
        most: int = MOST,
        longest: float = LONGEST,
    ) -> None:
        self.shown = shown(address)
        self._longest = longest
        self._parameters = parameters(address, read_only=read_only)
        self._error: type[Unreadable | Unwritable] = Unreadable if read_only else Unwritable
        self._idle: list[AsyncConnection[Row]] = []
        self._slots = asyncio.Semaphore(most)
        self._closed = False

    async def run(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """Run one statement, which is a transaction of its own. Return its rows."""
        with self.explaining():
            async with self._borrowed(self._longest) as connection:
                return await fetched(connection, sql, values)

    async def change(
        self,
        work: Callable[[AsyncConnection[Row]], Awaitable[Result]],
        longest: float = LONGEST,
    ) -> Result:
        """Run several statements in one transaction. It may take ``longest`` seconds.

        If PostgreSQL ends it because two transactions wait for each other, it is made once more.
        """
        with self.explaining():
            try:
                return await self._change(work, longest)
            except (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure):
                return await self._change(work, longest)

    async def _change(
        self, work: Callable[[AsyncConnection[Row]], Awaitable[Result]], longest: float
    ) -> Result:
        async with self._borrowed(longest) as connection, connection.transaction():
            return await work(connection)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection[Row]]:
        """Have a transaction that lasts as long as the block, which may be for very long."""
        with self.explaining():
            async with self._borrowed(None) as connection, connection.transaction():
                yield connection

    async def close(self) -> None:
        """Close the connections that nobody uses. Those in use are closed when they come back."""
        self._closed = True
        while self._idle:
            await self._idle.pop().close()

    def refused(self, why: str) -> OnThisDayError:
        """Return the error that says ``why`` this database cannot be used."""
        return self._error(self.shown, why)

    @contextmanager
    def explaining(self) -> Iterator[None]:
        """Raise OnThisDayError instead of an error of PostgreSQL."""
        try:
            yield
        except psycopg.Error as error:
            raise self.refused(explained(error)) from error
        except TimeoutError as error:
            raise self.refused("did not answer in time; try again") from error

    @asynccontextmanager
    async def _borrowed(self, longest: float | None) -> AsyncIterator[AsyncConnection[Row]]:
        async with asyncio.timeout(longest), self._slots:
            connection = await self._taken()
            try:
                yield connection
            finally:
                await self._put_back(connection)

    async def _taken(self) -> AsyncConnection[Row]:
        while self._idle:
            connection = self._idle.pop()
            if not _was_cut(connection):
                return connection
            await connection.close()
        return await self.connected()

    async def connected(self) -> AsyncConnection[Row]:
        """Return a connection of the caller's own, with autocommit. The caller closes it."""
        connection = await AsyncConnection.connect(autocommit=True, **self._parameters)
        try:
            self._refuse_unfit(connection)
            await connection.execute(_SAFE)
        except BaseException:
            await connection.close()
            raise
        return connection

    def _refuse_unfit(self, connection: AsyncConnection[Row]) -> None:
        if connection.info.server_version < OLDEST:
            raise self.refused("is older than PostgreSQL 13; update the server")
        if connection.info.parameter_status("server_encoding") != "UTF8":
            raise self.refused("does not keep texts in UTF-8; make it with `createdb -E UTF8`")

    async def _put_back(self, connection: AsyncConnection[Row]) -> None:
        """Keep a connection for the next call, if it is still good."""
        if self._closed or connection.info.transaction_status != TransactionStatus.IDLE:
            with suppress(psycopg.Error):
                await connection.close()
        else:
            self._idle.append(connection)


async def fetched(
    connection: AsyncConnection[Row], sql: str, values: Sequence[Any] = ()
) -> list[Row]:
    """Run a statement, and return its rows, if it has any."""
    cursor = await connection.execute(sql.encode(), values or None)
    return await cursor.fetchall() if cursor.description is not None else []


def _was_cut(connection: AsyncConnection[Row]) -> bool:
    """Return True if the server has closed a connection that nobody was using.

    Nothing is asked, so this costs no time: a server says nothing to an idle connection, except
    that it is closed.
    """
    if connection.closed:
        return True
    with selectors.DefaultSelector() as selector:
        selector.register(connection.fileno(), selectors.EVENT_READ)
        return bool(selector.select(0))
