"""Notice that a database is not the ledger that was opened, or was set back to an earlier state.

Then what was sent is not known, and it would be sent again. Used by postgres_ledger.py.

- A ledger has an id, which is random. Another ledger in its place has another one.
- To find a database that was restored from a backup, a process that runs for long counts up a
  number in it, once an hour. An older copy has a smaller number than the process saw last.

A failover that loses some seconds is no reason to stop: presence.py tells it in the log.
"""

from onthisday.adapters.postgres.connections import Connections

MARK_EVERY = 3600.0
"""Seconds after which a process counts up the number in the ledger."""


class Place:
    """The ledger that was just opened for changes. ``ledger`` is its id."""

    def __init__(self, connections: Connections, ledger: str) -> None:
        self._connections, self._ledger = connections, ledger
        self._number = 0
        self._marked: float | None = None

    async def lost(self, now: float) -> str | None:
        """Return what happened to the ledger, and what to do; None if it is as it was.

        ``now`` is in seconds and only goes forward. Raise OnThisDayError.
        """
        sql = """SELECT id, marks, current_setting('transaction_read_only')::boolean FROM ledger
            WHERE to_regclass('notices') IS NOT NULL"""
        found = await self._connections.run(sql)
        happened = self._happened(*found[0]) if found else "emptied"
        if happened is None:
            await self._mark(now)
            return None
        mend = "look at the database; if it is the right one, start this process again"
        return f"was {happened} while this process uses it, so nothing is sent; {mend}"

    def _happened(self, ledger: str, number: int, read_only: bool) -> str | None:  # noqa: FBT001
        if read_only:
            return "made read-only"
        if ledger != self._ledger:
            return "replaced by another ledger"
        if number < self._number:
            return "set back to an earlier state"
        self._number = number
        return None

    async def _mark(self, now: float) -> None:
        """Count up the number, if it is time. A process that makes one tick does not need it."""
        if self._marked is None:
            self._marked = now - MARK_EVERY
        elif now - self._marked >= MARK_EVERY:
            sql = "UPDATE ledger SET marks = marks + 1 RETURNING marks"
            self._number, self._marked = (await self._connections.run(sql))[0][0], now
