"""What a ledger must do: the protocol for the record of channels, days, notices and attempts.

Why a protocol, although only SQLite implements it now (adapters/sqlite/sqlite_ledger.py): another
store can then be another class. tests/delivery/test_ledger.py tests what every such class must do.
Called by service/sending/, app/ and the commands.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

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

if TYPE_CHECKING:
    from datetime import date, datetime

    from onthisday.delivery.alerts import Told
    from onthisday.delivery.buckets import Queue
    from onthisday.delivery.pauses import Pause
    from onthisday.delivery.request_reply import Verdict
    from onthisday.delivery.retries import Settlement


class Ledger(Protocol):
    """The record of channels, days, notices and attempts.

    - When a call returns, its change is on the disk.
    - Calls may overlap.
    - No two notices have the same id.
    - If a process dies, others may take its notices: at once, or as soon as the store can tell.
    - Every call raises OnThisDayError if the store fails.
    """

    async def check_place(self) -> None:
        """Raise Unwritable if the store is not the one that was opened, or is damaged.

        For example, its file was deleted, emptied, replaced or overwritten. Then nothing may be
        sent: what was sent is not known, and it would be sent again.
        """

    async def channels(self) -> dict[str, ChannelState]:
        """Return the state of every channel that was ever seen, by the channel's name.

        If it is the same dict as before, nothing was changed in the ledger meanwhile.
        """

    async def open_days(self, plans: Sequence[Plan], now: datetime) -> int:
        """Add the notices of the plans, and close the days of the plans.

        Return how many notices are new. A closed day is never opened again, except as `Plan` says.
        If another process has closed or opened days of a channel since its plan was made, that
        whole plan is left out.
        """

    async def expire(self, before: date) -> int:
        """Close the notices that still wait and whose day is before ``before``. Return how many.

        A notice that a person asked for again (`replay`) is kept.
        """

    async def hasten(self, after: datetime, now: datetime) -> int:
        """Make the notices due now that wait for a time after ``after``. Return how many.

        A wrong clock made such a time.
        """

    async def prune(self, before: datetime) -> int:
        """Delete the attempts that were made before ``before``, so that the ledger stays small.

        Return how many.
        """

    async def due(
        self, now: datetime, limit: int, barred: Collection[str] = ()
    ) -> tuple[Notice, ...]:
        """Return the notices that `lease` would take. Nothing is changed."""

    async def lease(
        self,
        now: datetime,
        limit: int,
        barred: Collection[str] = (),
        queue: Queue | None = None,
    ) -> tuple[Notice, ...]:
        """Take up to ``limit`` notices for this process, so that no other process sends them.

        Only notices are taken that are due and that no living process holds, the oldest first.
        Channels that are switched off are left out, those named in ``barred``, and those of which
        another living process holds a notice: two processes would not keep a channel's order. With
        a ``queue``, only notices of its channels are taken.

        If a process died while it held a notice, the notice is free again, in its earlier state.
        But if the process was sending it, nobody knows whether it arrived: its state is `unknown`,
        and it is tried again, but not more often than REPEATS (retries.py).
        """

    async def due_channels(self, now: datetime) -> frozenset[str]:
        """Return the channels that have notices which `lease` would take."""

    async def reserve(self, bucket: str) -> bool:
        """Take a bucket for this process: until `release`, no other process may send its notices.

        Return False if another living process has the bucket.
        """

    async def sending(self, notice: Notice, now: datetime, *, hold: bool) -> Notice:
        """Record that a leased notice is about to be sent. Return it with one more attempt counted.

        With ``hold``: if the process dies now, the notice is not tried again until a person asks
        for it. Raises NotHeld if this process does not hold the notice.
        """

    async def settle(self, settlement: Settlement) -> None:
        """Record how an attempt ended, which state its notice has now, and the pause, if any.

        A pause that lasts longer already is kept.

        Raises NotHeld if this process does not hold the notice as `sending`.
        """

    async def put_back(self, notice: Notice, reason: str) -> None:
        """Give back a leased notice that was not sent. It keeps its place in the queue.

        Raises NotHeld if this process does not hold the notice.
        """

    async def postpone(self, notice: Notice, until: datetime, reason: str) -> None:
        """Give back a leased notice that was not sent.

        It is due again at ``until``, and not before. Raises NotHeld.
        """

    async def give_up(self, notice: Notice, reason: str) -> None:
        """Close a notice that this process holds and that will not be sent.

        Its state becomes `expired`. It becomes `unknown` if nobody knows whether one of its
        attempts arrived. Raises NotHeld.
        """

    async def hold(self, notice: Notice, kept: str, reason: str) -> None:
        """Give back a leased notice that is kept back: its state becomes `held`.

        ``kept`` says by what (`Notice.kept`). If this is a hold that has ended meanwhile, the
        notice waits again. Raises NotHeld if this process does not hold it.
        """

    async def set_aside(
        self, notice: Notice, apart: Sequence[Notice], rest: tuple[str, ...]
    ) -> Notice:
        """Add `held` notices for some entries of a leased notice. Return it with the ``rest``.

        Then the rest can be sent, and the others later. If the hold of one has ended meanwhile, it
        waits. Raises NotHeld.
        """

    async def keep_back(self, hold: Hold, now: datetime) -> bool:
        """Keep notices back from now on. Return False if this hold is there already."""

    async def end_hold(self, hold: Hold) -> int | None:
        """End a hold. The notices that it kept back wait again.

        Return how many they are; None if there is no such hold.
        """

    async def let_go(self, notice_ids: Sequence[str]) -> int:
        """Let `held` notices go, so that the next tick sends them. Return how many.

        Nothing keeps these notices back again, because a person asked for them.
        """

    async def holds(self) -> tuple[Hold, ...]:
        """Return what people keep back."""

    async def told(self, entry: str, before: datetime) -> frozenset[str]:
        """Return the channels that were told of an entry before an instant, or may have been.

        A message that was deleted (`retracted`) told nothing.
        """

    async def corrected(self) -> tuple[Corrected, ...]:
        """Return the corrections that were seen."""

    async def correct(self, seen: Sequence[Corrected], notices: Sequence[Notice]) -> int:
        """Record corrections that were seen, and add the notices that tell them.

        Return how many notices are new. A channel gets one notice for each correction.
        """

    async def release(self, now: datetime, queue: Queue | None = None) -> None:
        """Give back all notices and buckets that this process holds, as if the process had died.

        With a ``queue``, only the notices of its channels, and the bucket of its name.
        """

    async def next_due(self) -> datetime | None:
        """Return when the next notice is due; None if no notice waits."""

    async def totals(self) -> Totals:
        """Return the counts of notices and channels. This is quick even with a million notices."""

    async def left(self, now: datetime) -> dict[str, int]:
        """Return, for each channel, how many notices that were due will still be tried.

        A notice that waits for its hour, and was never tried or put off, does not count.
        """

    async def notices(self, wanted: Wanted = EVERYTHING) -> tuple[Notice, ...]:
        """Return the notices that are wanted.

        The newest day comes first. The notices of a day are in the order in which they were added.
        """

    async def notice(self, notice_id: str) -> Notice | None:
        """Return the notice with this id; None if there is none."""

    async def attempts(self, notice_id: str) -> tuple[Attempt, ...]:
        """Return the attempts of a notice, the oldest first."""

    async def replay(self, notice_id: str, now: datetime) -> bool:
        """Put a notice back in the queue, so that the next tick sends it.

        Its attempts and its doubts count from 0 again. Return False, and change nothing, if a
        living process holds the notice or if there is none. If the notice was `retracted`, the
        names of its messages are forgotten, because these messages are deleted.
        """

    async def retract(
        self, notice: Notice, reason: str, now: datetime, answer: Verdict | None = None
    ) -> bool:
        """Record that a notice's message was deleted, or that it will never be sent.

        Its state becomes `retracted`, and it is not tried any more. An ``answer`` is recorded as an
        attempt that ended as `deleted`. Return False, and change nothing, if a process holds the
        notice, or if its state, its attempts or its names are not those of ``notice`` any more.
        """

    async def alerts(self) -> dict[str, Told]:
        """Return the conditions that are known, by their keys (delivery/alerts.py)."""

    async def keep_alerts(self, kept: Mapping[str, Told], ended: Collection[str]) -> None:
        """Record what is known of conditions, and forget those that ended."""

    async def switch_on(self, channel: str) -> bool:
        """Switch a channel on; return True if it was off."""

    async def pauses(self) -> tuple[Pause, ...]:
        """Return the pauses that services asked for. Some may be over."""

    async def lift(self, whom: Sequence[str]) -> bool:
        """End the pauses of channels and buckets (`names_of`). Return True if there was one."""

    async def reset(self, channel: str, today: date, oldest: date, now: datetime) -> date | None:
        """Undo what a wrong clock did to a channel: its closed days in the future open again.

        - ``today``: the date in the channel's zone.
        - ``oldest``: the oldest day that may still be sent.

        Days from ``oldest`` on that have no notice are open again, if they come after the last day
        that has one. Notices that expired and were never tried wait again. Notices of days to come
        that were never tried are deleted, save corrections and what was set aside from a message
        that stays. A notice that waits for a time to come is due now.

        Return the new last closed day; None if the ledger does not know the channel.
        """

    async def closings(self) -> dict[str, frozenset[str]]:
        """Return which entries fell on a day when it was closed without a notice, by digest."""

    async def known(self) -> Known | None:
        """Return what the last tick knew of the almanac; None if there was no tick."""

    async def known_version(self) -> tuple[str, datetime | None] | None:
        """Return the version and ``missing_since`` of `known`. This is quick."""

    async def know(self, known: Known) -> None:
        """Keep what this tick knows of the almanac."""
