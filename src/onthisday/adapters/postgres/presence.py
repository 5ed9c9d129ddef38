"""How the processes that use a ledger know of each other: which of them are alive.

Each process has a row with a token, which is its name in the ledger, and writes the time into it
every few seconds. A process is alive as long as that time is younger than LEASE by the clock of the
database. Clocks of the machines do not count. Used by postgres_ledger.py.

If a process stood still for so long that another one took it for dead, its row is gone, and so are
its notices: others may hold them. It then goes on under a new token. leasing.py does the rest.
"""

import asyncio
import logging
import secrets
from contextlib import suppress

from psycopg import AsyncConnection

from onthisday.adapters.postgres.connections import Connections, Row, fetched
from onthisday.errors import OnThisDayError

LEASE = 20
"""Seconds. If a process has not written the time for so long, it counts as dead."""

EVERY = 5.0
"""Seconds between two times that a process writes."""

log = logging.getLogger("onthisday")

ALIVE = f"NOT ended AND beat >= clock_timestamp() - interval '{LEASE} seconds'"
"""SQL for the processes that are alive."""

_BEGIN = "INSERT INTO processes (token, beat) VALUES (%s, clock_timestamp())"

_GONE = f"""WITH gone AS (
    DELETE FROM processes WHERE token <> %s AND NOT ({ALIVE}) RETURNING token
) SELECT token, token = %s FROM processes WHERE token = %s
UNION ALL SELECT token, false FROM gone"""


class Presence:
    """The row of this process. ``token`` is its name in the ledger.

    It has a connection of its own: if all others wait for a lock, the process is still alive.
    """

    def __init__(self, address: str) -> None:
        self._connections = Connections(address, most=1, longest=LEASE / 2)
        self.token = secrets.token_hex(8)
        self._beats = 1
        self._task: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Write the row, and go on writing the time until `end`. Raise OnThisDayError."""
        await self._connections.run(_BEGIN, (self.token,))
        self._task = asyncio.create_task(self._beat_on())

    async def end(self) -> None:
        """Mark the row: what this process held is free at once.

        If the database is away, it is free when the process counts as dead.
        """
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            with suppress(OnThisDayError):
                sql = "UPDATE processes SET ended = true WHERE token = %s"
                await self._connections.run(sql, (self.token,))
        await self._connections.close()

    async def _beat_on(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            with suppress(OnThisDayError):  # the calls of the ledger say what is wrong
                await self.beat()

    async def beat(self) -> None:
        """Write the time. If another process took this one for dead, take a new token."""
        sql = """UPDATE processes SET beat = clock_timestamp(), beats = beats + 1
            WHERE token = %s AND NOT ended RETURNING beats"""
        found = await self._connections.run(sql, (self.token,))
        if not found:
            await self._connections.change(self._begin_again)
            return
        if found[0][0] <= self._beats:
            log.warning(_SET_BACK, self._connections.shown, extra=_EVENT)
        self._beats = found[0][0]

    async def _begin_again(self, connection: AsyncConnection[Row]) -> None:
        token = secrets.token_hex(8)
        await fetched(connection, _BEGIN, (token,))
        self.token, self._beats = token, 1

    async def gone(self, connection: AsyncConnection[Row]) -> list[str]:
        """Remove the rows of dead processes, and return their tokens.

        The caller must free what they held, in the same transaction. If this process itself was
        taken for dead, it gets a new token.
        """
        found = await fetched(connection, _GONE, (self.token,) * 3)
        if not any(mine for _, mine in found):
            await self._begin_again(connection)
        return [token for token, mine in found if not mine]


_SET_BACK = (
    "%s lost what was recorded in the last seconds, as after a failover to a server that was "
    "behind; notices that were sent in that time may be sent again"
)
_EVENT = {"event": "ledger.setback", "fields": {}}
