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

_TIMELINE = "SELECT left(pg_walfile_name(pg_current_wal_lsn()), 8)"

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
        self.timeline: str | None = None
        self._beats = 1
        self._task: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Write the row, and go on writing the time until `end`. Raise OnThisDayError."""
        await self._connections.run(_BEGIN, (self.token,))
        self.timeline = await self._timeline_now()
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
        before, self.timeline = self.timeline, await self._timeline_now()
        if found[0][0] <= self._beats or before not in (None, self.timeline):
            log.warning(_SET_BACK, self._connections.shown, extra=_EVENT)
            await self._connections.change(self._give_up)
        else:
            self._beats = found[0][0]

    async def _timeline_now(self) -> str | None:
        """Return the timeline of the server: it is another one after a failover, and only then.

        Return the last one if the server does not say it, such as one of a cloud.
        """
        try:
            found = await self._connections.run(_TIMELINE)
        except OnThisDayError:
            return self.timeline
        return str(found[0][0])

    async def _give_up(self, connection: AsyncConnection[Row]) -> None:
        """Give back all that this process held, and go on under a new token.

        Why: what it recorded last may be lost. Then it would hold notices for ever that it has
        sent long ago, and nobody else could send them.
        """
        sql = "UPDATE processes SET ended = true WHERE token = %s"
        await fetched(connection, sql, (self.token,))
        await self._begin_again(connection)

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
    "%s was set back, or another server took over; if that one was behind, what was recorded in "
    "the last seconds is lost, and notices that were sent in that time are sent again"
)
_EVENT = {"event": "ledger.setback", "fields": {}}
