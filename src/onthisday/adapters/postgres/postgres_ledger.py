"""The ledger on PostgreSQL: implements `Ledger` for several processes, on several machines.

Each call is a transaction, so when it returns, its change is on the disk of the server. leasing.py
and attempts.py have the changes to notices while they are delivered, presence.py says which
processes are alive. Opened by app/ledgers.py.
"""

import time
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Self, TypeVar

from psycopg import AsyncConnection

from onthisday.adapters.postgres import (
    attempts,
    channel_states,
    keeping_back,
    leasing,
    ledger_lists,
    planned_days,
    retracting,
    seen_corrections,
    told_alerts,
)
from onthisday.adapters.postgres.attempts import Begun, Ended, Returned
from onthisday.adapters.postgres.batches import Batches
from onthisday.adapters.postgres.connections import LONGEST, Connections, Row
from onthisday.adapters.postgres.leasing import Choice
from onthisday.adapters.postgres.ledger_place import Place
from onthisday.adapters.postgres.ledger_tables import make_tables, refuse_older
from onthisday.adapters.postgres.planned_days import Ask, ask_nobody
from onthisday.adapters.postgres.presence import Presence
from onthisday.delivery.alerts import Told
from onthisday.delivery.buckets import Queue
from onthisday.delivery.notice import (
    EVERYTHING,
    Attempt,
    ChannelState,
    Corrected,
    Hold,
    Known,
    NotHeld,
    Notice,
    Plan,
    Totals,
    Wanted,
)
from onthisday.delivery.pauses import Pause
from onthisday.delivery.request_reply import Verdict
from onthisday.delivery.retries import Settlement

if TYPE_CHECKING:
    from onthisday.adapters.postgres.jobs import PostgresJobs

Connection = AsyncConnection[Row]
Result = TypeVar("Result")


PLANS_A_SECOND = 500
"""So many plans are recorded in a second, even if the server is slow."""


class PostgresLedger:
    """Implements `Ledger`. ``presence`` and ``place`` are None if the ledger is only read."""

    def __init__(
        self,
        connections: Connections,
        presence: Presence | None = None,
        place: Place | None = None,
        ask: Ask = ask_nobody,
    ) -> None:
        self._connections, self.presence, self._place = connections, presence, place
        self._ask = ask
        self._lost: str | None = None
        self._channels = channel_states.KnownChannels(connections)
        self._sending = Batches[Begun, int | None](lambda each: attempts.sending(connections, each))
        self._settling = Batches[Ended, bool](lambda each: attempts.settle(connections, each))
        self._returning = Batches[Returned, bool](
            lambda each: attempts.give_back(connections, each)
        )
        self._mine: dict[str, tuple[str, int]] = {}

    @classmethod
    async def open(cls, address: str) -> Self:
        """Open a ledger. If there is none, make it. Raise OnThisDayError.

        ``address`` is a `postgresql://…`.
        """
        from onthisday.adapters.postgres.jobs import ask, prepare  # half a second: only now

        connections, presence = Connections(address), Presence(address)
        try:
            place = Place(connections, await make_tables(connections))
            with connections.explaining():
                await prepare(connections)
            await presence.begin()
        except BaseException:
            await presence.end()
            await connections.close()
            raise
        return cls(connections, presence, place, ask)

    @classmethod
    async def look_at(cls, address: str) -> Self | None:
        """Open a ledger for reading only. Return None if there is no ledger. Raise Unreadable."""
        connections = Connections(address, read_only=True, most=1)
        try:
            there = await refuse_older(connections)
        except BaseException:
            await connections.close()
            raise
        if there:
            return cls(connections)
        await connections.close()
        return None

    async def close(self) -> None:
        """Make the changes that are still waiting. Notices that the ledger holds are then free."""
        for batches in (self._sending, self._settling, self._returning):
            await batches.finish()
        if self.presence is not None:
            await self.presence.end()
        await self._connections.close()

    def jobs(self) -> "PostgresJobs":
        """Return the engine that hands out the work on this ledger."""
        from onthisday.adapters.postgres.jobs import PostgresJobs  # see `open`

        return PostgresJobs(self._connections)

    async def check_place(self) -> None:
        """Raise Unwritable if the database is not the ledger that was opened, or cannot be written.

        Until the next check, all calls then raise this error: messages that wait in the queue of a
        service are not sent either.
        """
        self._lost = None
        if self._place is not None:
            self._lost = await self._place.lost(time.monotonic())
            self._refuse_if_lost()

    async def channels(self) -> dict[str, ChannelState]:
        return await self._channels.read()

    async def open_days(self, plans: Sequence[Plan], now: datetime) -> int:
        longest = LONGEST + len(plans) / PLANS_A_SECOND
        try:
            return await self._usable.change(
                lambda c: planned_days.open_days(c, plans, now, self._ask), longest
            )
        except planned_days.Busy:
            return 0  # so the plans are old by now; what is left, the next tick plans

    async def expire(self, before: date) -> int:
        return await self._change(lambda c: leasing.expire(c, before))

    async def hasten(self, after: datetime, now: datetime) -> int:
        return await self._change(lambda c: leasing.hasten(c, after, now))

    async def prune(self, before: datetime) -> int:
        return await ledger_lists.prune(self._usable, before)

    async def due(
        self, now: datetime, limit: int, barred: Collection[str] = ()
    ) -> tuple[Notice, ...]:
        owner, choice = self.presence.token if self.presence else "", Choice(limit, barred)
        return await self._change(lambda c: leasing.due(c, owner, now, choice))

    async def lease(
        self,
        now: datetime,
        limit: int,
        barred: Collection[str] = (),
        queue: Queue | None = None,
    ) -> tuple[Notice, ...]:
        choice = Choice(limit, barred, queue and queue.channels)

        async def change(connection: Connection) -> tuple[Notice, ...]:
            await connection.execute(leasing.UNSAVED)
            await self._free_the_dead(connection, now)
            return await leasing.lease(connection, self._me.token, now, choice)

        return await self._change(change)

    async def due_channels(self, now: datetime) -> frozenset[str]:
        async def change(connection: Connection) -> frozenset[str]:
            await self._free_the_dead(connection, now)
            return await leasing.due_channels(connection, self._me.token, now)

        return await self._change(change)

    async def reserve(self, bucket: str) -> bool:
        return await leasing.reserve(self._usable, self._me.token, bucket)

    async def sending(self, notice: Notice, now: datetime, *, hold: bool) -> Notice:
        self._refuse_if_lost()
        token = self._me.token
        number = await self._sending.put(Begun(token, notice, now, hold))
        if number is None:
            raise NotHeld(notice.id)
        self._mine[notice.id] = token, number
        return notice._replace(state="sending", tries=notice.tries + 1)

    async def settle(self, settlement: Settlement) -> None:
        self._refuse_if_lost()
        notice_id = settlement.notice.id
        if notice_id not in self._mine:
            raise NotHeld(notice_id)
        recorded = await self._settling.put(Ended(*self._mine[notice_id], settlement))
        del self._mine[notice_id]
        if not recorded:
            raise NotHeld(notice_id)

    async def put_back(self, notice: Notice, reason: str) -> None:
        await self._give_back(Returned(self._me.token, notice, reason))

    async def postpone(self, notice: Notice, until: datetime, reason: str) -> None:
        await self._give_back(Returned(self._me.token, notice, reason, until))

    async def give_up(self, notice: Notice, reason: str) -> None:
        await self._give_back(Returned(self._me.token, notice, reason, expires=True))

    async def _give_back(self, returned: Returned) -> None:
        self._refuse_if_lost()
        if not await self._returning.put(returned):
            raise NotHeld(returned.notice.id)

    async def hold(self, notice: Notice, kept: str, reason: str) -> None:
        owner = self._me.token
        await self._change(lambda c: keeping_back.hold(c, owner, notice, kept, reason))

    async def set_aside(
        self, notice: Notice, apart: Sequence[Notice], rest: tuple[str, ...]
    ) -> Notice:
        owner = self._me.token
        return await self._change(lambda c: keeping_back.set_aside(c, owner, notice, apart, rest))

    async def keep_back(self, hold: Hold, now: datetime) -> bool:
        return await self._change(lambda c: keeping_back.keep_back(c, hold, now))

    async def end_hold(self, hold: Hold) -> int | None:
        return await self._change(lambda c: keeping_back.end_hold(c, hold))

    async def let_go(self, notice_ids: Sequence[str]) -> int:
        return await self._change(lambda c: keeping_back.let_go(c, notice_ids))

    async def holds(self) -> tuple[Hold, ...]:
        return await keeping_back.holds(self._usable)

    async def told(self, entry: str, before: datetime) -> frozenset[str]:
        return await seen_corrections.told(self._usable, entry, before)

    async def corrected(self) -> tuple[Corrected, ...]:
        return await seen_corrections.corrected(self._usable)

    async def correct(self, seen: Sequence[Corrected], notices: Sequence[Notice]) -> int:
        return await self._change(lambda c: seen_corrections.correct(c, seen, notices))

    async def release(self, now: datetime, queue: Queue | None = None) -> None:
        if self._lost is not None:  # then nothing is there that could be given back
            return
        owners = [self._me.token]
        await self._change(lambda c: leasing.free(c, owners, now, queue))

    async def next_due(self) -> datetime | None:
        return await ledger_lists.next_due(self._usable)

    async def totals(self) -> Totals:
        return await ledger_lists.totals(self._usable)

    async def left(self, now: datetime) -> dict[str, int]:
        return await ledger_lists.left(self._usable, now)

    async def notices(self, wanted: Wanted = EVERYTHING) -> tuple[Notice, ...]:
        return await ledger_lists.notices(self._usable, wanted)

    async def notice(self, notice_id: str) -> Notice | None:
        return await ledger_lists.notice(self._usable, notice_id)

    async def attempts(self, notice_id: str) -> tuple[Attempt, ...]:
        return await ledger_lists.attempts(self._usable, notice_id)

    async def replay(self, notice_id: str, now: datetime) -> bool:
        async def change(connection: Connection) -> bool:
            await self._free_the_dead(connection, now)
            return await leasing.replay(connection, notice_id, now)

        return await self._change(change)

    async def retract(
        self, notice: Notice, reason: str, now: datetime, answer: Verdict | None = None
    ) -> bool:
        async def change(connection: Connection) -> bool:
            await self._free_the_dead(connection, now)
            return await retracting.retract(connection, notice, reason, now, answer)

        return await self._change(change)

    async def switch_on(self, channel: str) -> bool:
        return await self._change(lambda c: channel_states.switch_on(c, channel))

    async def pauses(self) -> tuple[Pause, ...]:
        return await channel_states.pauses(self._usable)

    async def lift(self, whom: Sequence[str]) -> bool:
        return await channel_states.lift(self._usable, whom)

    async def reset(self, channel: str, today: date, oldest: date, now: datetime) -> date | None:
        return await self._change(lambda c: channel_states.reset(c, channel, today, oldest, now))

    async def closings(self) -> dict[str, frozenset[str]]:
        return await planned_days.closings(self._usable)

    async def known(self) -> Known | None:
        return await told_alerts.known(self._usable)

    async def known_version(self) -> tuple[str, datetime | None] | None:
        return await told_alerts.known_version(self._usable)

    async def know(self, known: Known) -> None:
        await self._change(lambda c: told_alerts.know(c, known))

    async def alerts(self) -> dict[str, Told]:
        return await told_alerts.alerts(self._usable)

    async def keep_alerts(self, kept: Mapping[str, Told], ended: Collection[str]) -> None:
        await self._change(lambda c: told_alerts.keep_alerts(c, kept, ended))

    @property
    def _me(self) -> Presence:
        if self.presence is None:
            raise TypeError("a ledger that is looked at cannot be changed")
        return self.presence

    @property
    def _usable(self) -> Connections:
        """The connections. Raise Unwritable if the ledger was lost."""
        self._refuse_if_lost()
        return self._connections

    async def _change(self, work: Callable[[Connection], Awaitable[Result]]) -> Result:
        return await self._usable.change(work)

    async def _free_the_dead(self, connection: Connection, now: datetime) -> None:
        """Give back what dead processes held. From now on, no other process takes notices."""
        await connection.execute(leasing.LOCK)
        if dead := await self._me.gone(connection):
            await leasing.free(connection, dead, now)

    def _refuse_if_lost(self) -> None:
        if self._lost is not None:
            raise self._connections.refused(self._lost)
