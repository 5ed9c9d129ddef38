"""The ledger on SQLite: implements `Ledger` in one file. There is nothing to install or start.

The file is in WAL mode with synchronous=FULL. So when a call returns, its change is on the disk and
survives a power cut. All calls go through one thread (writer_thread.py). leasing.py has the changes
to notices while they are delivered. Opened by app/sending.py.
"""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Self, TypeVar

from onthisday.adapters.sqlite import (
    channel_states,
    keeping_back,
    known_almanac,
    leasing,
    ledger_lists,
    retracting,
    seen_corrections,
    told_alerts,
)
from onthisday.adapters.sqlite.ledger_backup import copy_ledger_file
from onthisday.adapters.sqlite.ledger_damage import MEND, DailyLook
from onthisday.adapters.sqlite.ledger_opening import open_ledger_file
from onthisday.adapters.sqlite.ledger_place import Place
from onthisday.adapters.sqlite.ledger_reading import empty_ledger, read_ledger_file
from onthisday.adapters.sqlite.ledger_totals import next_due, totals
from onthisday.adapters.sqlite.notice_rows import text_of
from onthisday.adapters.sqlite.process_locks import Owner
from onthisday.adapters.sqlite.transactions import Change, Writes
from onthisday.adapters.sqlite.writer_thread import Writer
from onthisday.delivery.alerts import Told
from onthisday.delivery.buckets import Queue
from onthisday.delivery.notice import (
    EVERYTHING,
    Attempt,
    ChannelState,
    Corrected,
    Hold,
    Known,
    Notice,
    Plan,
    Totals,
    Wanted,
)
from onthisday.delivery.pauses import Pause
from onthisday.delivery.request_reply import Verdict
from onthisday.delivery.retries import Settlement
from onthisday.errors import Unwritable

Result = TypeVar("Result")


class SqliteLedger:
    """Implements `Ledger`. ``owner`` and ``place`` are None if the ledger is only read.

    ``close`` ends the thread of the ledger. Notices that the ledger still holds are then free.
    """

    def __init__(
        self, path: str, writer: Writes, owner: Owner | None = None, place: Place | None = None
    ) -> None:
        self._path, self._writer, self._owner, self._place = path, writer, owner, place
        self._channels = channel_states.KnownChannels()
        self._look = DailyLook(path)
        self._lost: str | None = None

    @classmethod
    def open(
        cls,
        path: str,
        writer: Callable[[sqlite3.Connection, str], Writes] = Writer,
        connection: type[sqlite3.Connection] = sqlite3.Connection,
    ) -> Self:
        """Open a ledger. If there is none, make it. Raise Unwritable or Unreadable.

        A test may give another writer, and connections that fail.
        """
        rows, place = open_ledger_file(path, connection)
        try:
            owner = Owner(path)
        except BaseException:
            rows.close()
            raise
        return cls(path, writer(rows, path), owner, place)

    @classmethod
    def look_at(cls, path: str) -> Self:
        """Open a ledger for reading only.

        Raise Unreadable. If there is no ledger, show an empty one.
        """
        return cls(path, Writer(read_ledger_file(path), path, "BEGIN"))

    @classmethod
    def nothing(cls) -> Self:
        """Return an empty ledger, for reading only. It is in memory."""
        return cls("", Writer(empty_ledger(), "", "BEGIN"))

    def close(self) -> None:
        """Make the changes that are still waiting, and close the file."""
        self._look.close()
        self._writer.close()
        if self._owner is not None:
            self._owner.close()

    async def check_place(self) -> None:
        """Raise Unwritable if the ledger's file is not the one that was opened, or is damaged.

        Until the next check, all calls then raise this error: messages that wait in the queue of a
        service are not sent either.
        """
        if self._place is not None:
            now = time.monotonic()
            damage = self._look.damage(now)
            damaged = damage and f"is damaged ({damage}), so nothing is sent; {MEND}"
            self._lost = self._place.lost(now) or damaged
            self._refuse_if_lost()

    async def channels(self) -> dict[str, ChannelState]:
        return await self._do(self._channels.read)

    async def open_days(self, plans: Sequence[Plan], now: datetime) -> int:
        return await self._do(lambda rows: channel_states.open_days(rows, plans, now))

    async def expire(self, before: date) -> int:
        return await self._do(lambda rows: leasing.expire(rows, before))

    async def hasten(self, after: datetime, now: datetime) -> int:
        return await self._do(lambda rows: leasing.hasten(rows, after, now))

    async def prune(self, before: datetime) -> int:
        sql = "DELETE FROM attempts WHERE at < ? AND outcome <> 'sending'"
        return await self._do(lambda rows: rows.execute(sql, (text_of(before),)).rowcount)

    async def due(
        self, now: datetime, limit: int, barred: Collection[str] = ()
    ) -> tuple[Notice, ...]:
        owner, choice = self._owner.token if self._owner else "", leasing.Choice(limit, barred)
        return await self._do(lambda rows: leasing.due(rows, owner, now, choice))

    async def lease(
        self,
        now: datetime,
        limit: int,
        barred: Collection[str] = (),
        queue: Queue | None = None,
    ) -> tuple[Notice, ...]:
        choice = leasing.Choice(limit, barred, queue and queue.channels)

        def change(rows: sqlite3.Connection) -> tuple[Notice, ...]:
            leasing.free_the_dead(rows, self._me.is_dead, now)
            return leasing.lease(rows, self._me.token, now, choice)

        return await self._do(change)

    async def due_channels(self, now: datetime) -> frozenset[str]:
        def change(rows: sqlite3.Connection) -> frozenset[str]:
            leasing.free_the_dead(rows, self._me.is_dead, now)
            return leasing.due_channels(rows, self._me.token, now)

        return await self._do(change)

    async def reserve(self, bucket: str) -> bool:
        me = self._me
        return await self._do(lambda rows: leasing.reserve(rows, me.token, bucket, me.is_dead))

    async def sending(self, notice: Notice, now: datetime, *, hold: bool) -> Notice:
        begun = (self._me.token, notice, now, hold)
        found: Notice = await self._put(leasing.sending, begun)
        return found

    async def settle(self, settlement: Settlement) -> None:
        await self._put(leasing.settle, (self._me.token, settlement))

    async def put_back(self, notice: Notice, reason: str) -> None:
        await self._do(lambda rows: leasing.put_back(rows, self._me.token, notice, reason))

    async def postpone(self, notice: Notice, until: datetime, reason: str) -> None:
        owner = self._me.token
        await self._do(lambda rows: leasing.postpone(rows, owner, notice, until, reason))

    async def give_up(self, notice: Notice, reason: str) -> None:
        await self._do(lambda rows: leasing.give_up(rows, self._me.token, notice, reason))

    async def hold(self, notice: Notice, kept: str, reason: str) -> None:
        await self._do(lambda rows: keeping_back.hold(rows, self._me.token, notice, kept, reason))

    async def set_aside(
        self, notice: Notice, apart: Sequence[Notice], rest: tuple[str, ...]
    ) -> Notice:
        owner = self._me.token
        return await self._do(lambda rows: keeping_back.set_aside(rows, owner, notice, apart, rest))

    async def keep_back(self, hold: Hold, now: datetime) -> bool:
        return await self._do(lambda rows: keeping_back.keep_back(rows, hold, now))

    async def end_hold(self, hold: Hold) -> int | None:
        return await self._do(lambda rows: keeping_back.end_hold(rows, hold))

    async def let_go(self, notice_ids: Sequence[str]) -> int:
        return await self._do(lambda rows: keeping_back.let_go(rows, notice_ids))

    async def holds(self) -> tuple[Hold, ...]:
        return await self._do(keeping_back.holds)

    async def told(self, entry: str, before: datetime) -> frozenset[str]:
        return await self._do(lambda rows: seen_corrections.told(rows, entry, before))

    async def corrected(self) -> tuple[Corrected, ...]:
        return await self._do(seen_corrections.corrected)

    async def correct(self, seen: Sequence[Corrected], notices: Sequence[Notice]) -> int:
        return await self._do(lambda rows: seen_corrections.correct(rows, seen, notices))

    async def release(self, now: datetime, queue: Queue | None = None) -> None:
        if self._lost is not None:  # then nothing is there that could be given back
            return
        await self._do(lambda rows: leasing.free(rows, self._me.token, now, queue))

    async def backup(self, path: str) -> None:
        await asyncio.to_thread(copy_ledger_file, self._path, path)

    async def next_due(self) -> datetime | None:
        return await self._do(next_due)

    async def totals(self) -> Totals:
        return await self._do(totals)

    async def left(self, now: datetime) -> dict[str, int]:
        return await self._do(lambda rows: _left(rows, now))

    async def notices(self, wanted: Wanted = EVERYTHING) -> tuple[Notice, ...]:
        return await self._do(lambda rows: ledger_lists.notices(rows, wanted))

    async def notice(self, notice_id: str) -> Notice | None:
        return await self._do(lambda rows: ledger_lists.notice(rows, notice_id))

    async def attempts(self, notice_id: str) -> tuple[Attempt, ...]:
        return await self._do(lambda rows: ledger_lists.attempts(rows, notice_id))

    async def replay(self, notice_id: str, now: datetime) -> bool:
        def change(rows: sqlite3.Connection) -> bool:
            leasing.free_the_dead(rows, self._me.is_dead, now)
            return leasing.replay(rows, notice_id, now)

        return await self._do(change)

    async def retract(
        self, notice: Notice, reason: str, now: datetime, answer: Verdict | None = None
    ) -> bool:
        def change(rows: sqlite3.Connection) -> bool:
            leasing.free_the_dead(rows, self._me.is_dead, now)
            return retracting.retract(rows, notice, reason, now, answer)

        return await self._do(change)

    async def switch_on(self, channel: str) -> bool:
        return await self._do(lambda rows: channel_states.switch_on(rows, channel))

    async def pauses(self) -> tuple[Pause, ...]:
        return await self._do(channel_states.pauses)

    async def lift(self, whom: Sequence[str]) -> bool:
        return await self._do(lambda rows: channel_states.lift(rows, whom))

    async def reset(self, channel: str, today: date, oldest: date, now: datetime) -> date | None:
        return await self._do(lambda rows: channel_states.reset(rows, channel, today, oldest, now))

    async def closings(self) -> dict[str, frozenset[str]]:
        return await self._do(channel_states.closings)

    async def known(self) -> Known | None:
        return await self._do(known_almanac.known)

    async def known_version(self) -> tuple[str, datetime | None] | None:
        return await self._do(known_almanac.known_version)

    async def know(self, known: Known) -> None:
        await self._do(lambda rows: known_almanac.know(rows, known))

    async def alerts(self) -> dict[str, Told]:
        return await self._do(told_alerts.alerts)

    async def keep_alerts(self, kept: Mapping[str, Told], ended: Collection[str]) -> None:
        await self._do(lambda rows: told_alerts.keep_alerts(rows, kept, ended))

    @property
    def _me(self) -> Owner:
        if self._owner is None:
            raise TypeError("a ledger that is looked at cannot be changed")
        return self._owner

    async def _do(self, change: Callable[[sqlite3.Connection], Result]) -> Result:
        found: Result = await self._put(lambda rows, _: (change(rows),), None)
        return found

    def _refuse_if_lost(self) -> None:
        if self._lost is not None:
            raise Unwritable(self._path, self._lost)

    async def _put(self, change: Change, argument: Any) -> Any:
        self._refuse_if_lost()
        return await self._writer.run_for(change, argument)


def _left(rows: sqlite3.Connection, now: datetime) -> dict[str, int]:
    sql = """SELECT channel, count(*) FROM notices
        WHERE state IN ('waiting', 'unknown') AND due IS NOT NULL
        AND (due <= ? OR tries > 0 OR reason IS NOT NULL) GROUP BY channel"""
    return dict(rows.execute(sql, (text_of(now),)).fetchall())
