"""What a ledger promises: the protocol of the record of channels, days, notices and attempts.

Why a protocol, although only SQLite implements it now (adapters/sqlite/sqlite_ledger.py): another
store can then be another class. tests/delivery/test_ledger.py tests what every such class must do.
Called by service/sending/, app/ and the commands.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import date, datetime

    from onthisday.delivery.notice import Attempt, ChannelState, Notice, Plan, Totals
    from onthisday.delivery.retries import Settlement


class Ledger(Protocol):
    """The record of channels, days, notices and attempts.

    When a call returns, its change is on the disk. Calls may overlap. Each id has one notice. If a
    process dies, the notices that it held are free at once. Every call raises OnThisDayError if the
    store fails.
    """

    async def channels(self) -> dict[str, ChannelState]:
        """Return the state of every channel that was ever seen, by its name."""

    async def open_days(self, plans: Sequence[Plan], now: datetime) -> int:
        """Add the notices of the plans and close their days; return how many notices are new.

        If another tick was faster and has closed days of the channel meanwhile, the whole plan is
        left out. A closed day is never opened again.
        """

    async def expire(self, before: date) -> int:
        """Close the notices that wait for a day before ``before``; return how many.

        A notice that a person asked for again (`replay`) is kept.
        """

    async def prune(self, before: datetime) -> int:
        """Delete the attempts that were made before an instant; return how many."""

    async def due(self, now: datetime, limit: int) -> tuple[Notice, ...]:
        """Return the notices that `lease` would take, without taking them."""

    async def lease(self, now: datetime, limit: int) -> tuple[Notice, ...]:
        """Take up to ``limit`` notices that are due and that no living process holds.

        The oldest come first. Notices of a channel that is off are not taken. If a process died
        while it held a notice: before `sending` the notice waits again, after it the notice is
        unknown.
        """

    async def reserve(self, bucket: str) -> bool:
        """Take the right to send the notices of a bucket; it lasts until `release`.

        Return False if another living process has it.
        """

    async def sending(self, notice: Notice, now: datetime, *, hold: bool) -> Notice:
        """Record that a leased notice is about to be sent; return it with one more try.

        With ``hold``, if the process dies now, the notice is not tried again until a person asks
        for it.
        """

    async def settle(self, settlement: Settlement) -> None:
        """Record how an attempt ended, and what becomes of its notice."""

    async def postpone(self, notice: Notice, until: datetime, reason: str) -> None:
        """Give a leased notice back unsent. It is due again at ``until``, and not before."""

    async def give_up(self, notice: Notice, reason: str) -> None:
        """Close a leased notice unsent. It becomes expired; after an unknown try, unknown."""

    async def release(self, now: datetime) -> None:
        """Give back all notices and buckets that this ledger holds, as if its process had died."""

    async def backup(self, path: str) -> None:
        """Copy the whole ledger as it is at one instant, while it is in use.

        The file ``path`` is there when it is whole, or not at all. Raises Unwritable, also if there
        is a file already.
        """

    async def next_due(self) -> datetime | None:
        """Return when the next notice is due; None if none waits."""

    async def totals(self) -> Totals:
        """Return the counts of notices and channels, at once, even if there are a million."""

    async def left(self) -> dict[str, int]:
        """Return how many notices of each channel will be tried (again) at some time."""

    async def notices(
        self, channel: str | None = None, state: str | None = None, since: date | None = None
    ) -> tuple[Notice, ...]:
        """Return notices, those of the newest day first. ``since`` is the first day wanted."""

    async def notice(self, notice_id: str) -> Notice | None:
        """Return the notice with an id; None if there is none."""

    async def attempts(self, notice_id: str) -> tuple[Attempt, ...]:
        """Return the attempts of a notice, the first one first."""

    async def replay(self, notice_id: str, now: datetime) -> bool:
        """Make a notice wait again. It is due at once, and may be tried as often as a new one.

        Return False if a living process holds it, or if there is no such notice.
        """

    async def switch_on(self, channel: str) -> bool:
        """Switch a channel on; return True if it was off."""
