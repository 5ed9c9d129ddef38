"""The ledger, as a protocol: the record of channels, days, notices and attempts.

Why a protocol, though SQLite alone implements it yet: another store is another class, and
tests/delivery/test_ledger.py is the contract of each.
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

    What a call has returned from is on disk. Calls may overlap. A notice is unique by its id. What
    a process holds when it dies is free at once. Raises OnThisDayError where the store fails.
    """

    async def channels(self) -> dict[str, ChannelState]:
        """Return every channel that was ever seen, by name."""

    async def open_days(self, plans: Sequence[Plan], now: datetime) -> int:
        """Insert the plans' notices and close their days; return how many notices are new.

        A plan that was made from another state of its channel than the ledger's now is left out
        whole: another tick was faster. A closed day is never opened again.
        """

    async def expire(self, before: date) -> int:
        """Give up what waits for a day before that one; return how many."""

    async def prune(self, before: datetime) -> int:
        """Forget the attempts that were made before an instant; return how many."""

    async def due(self, now: datetime, limit: int) -> tuple[Notice, ...]:
        """Return what `lease` would give, and leave it where it is."""

    async def lease(self, now: datetime, limit: int) -> tuple[Notice, ...]:
        """Take up to ``limit`` notices that are due and that nobody alive holds, oldest first.

        Notices of a channel that is off are not given. A notice whose holder died before
        `sending` waits again; one whose holder died after it is unknown.
        """

    async def reserve(self, bucket: str) -> bool:
        """Take the right to drain a bucket until `release`; return False where another process
        that is alive has it."""

    async def sending(self, notice: Notice, now: datetime, *, hold: bool) -> Notice:
        """Record that a leased notice is about to be sent, as one more try; return it so.

        ``hold`` says what becomes of it where its holder dies now: it is left for a person.
        """

    async def settle(self, settlement: Settlement) -> None:
        """Record how an attempt ended, and what becomes of its notice."""

    async def postpone(self, notice: Notice, until: datetime, reason: str) -> None:
        """Give a leased notice back unsent, not to be leased before that instant."""

    async def give_up(self, notice: Notice, reason: str) -> None:
        """Close a leased notice unsent: it is expired or, after an unknown try, stays unknown."""

    async def release(self, now: datetime) -> None:
        """Give back all that this ledger holds, as if its process had died."""

    async def backup(self, path: str) -> None:
        """Copy the whole ledger, as it is at one instant, while it is in use.

        The copy is on disk under its name whole or not at all. Raises Unwritable, also where
        something stands there already.
        """

    async def next_due(self) -> datetime | None:
        """Return when the next notice is due; None where none waits."""

    async def totals(self) -> Totals:
        """Return how it stands; a million notices must be counted in an eye's blink."""

    async def left(self) -> dict[str, int]:
        """Return how many notices of each channel are to be tried (again) some time."""

    async def notices(
        self, channel: str | None = None, state: str | None = None, since: date | None = None
    ) -> tuple[Notice, ...]:
        """Return notices, newest day first."""

    async def notice(self, notice_id: str) -> Notice | None:
        """Return a notice, or None."""

    async def attempts(self, notice_id: str) -> tuple[Attempt, ...]:
        """Return a notice's attempts, in order."""

    async def replay(self, notice_id: str, now: datetime) -> bool:
        """Make a notice wait again, due at once, with all its tries before it.

        Returns False where it is held by a process that is alive.
        """

    async def switch_on(self, channel: str) -> bool:
        """Lift what switched a channel off; return whether it was off."""
