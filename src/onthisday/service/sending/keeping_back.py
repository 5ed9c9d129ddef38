"""Keep notices back that a person holds, just before they are sent. Used by attempting.py.

An entry with a held tag is left out of a message about several. It gets a notice of its own, which
is `held`: so the others get their message, and nothing is lost.
"""

from collections.abc import Mapping
from typing import NamedTuple

from onthisday.config import Channel
from onthisday.delivery.keeping import kept_of, kept_words
from onthisday.delivery.ledger import Ledger
from onthisday.delivery.notice import Hold, Notice
from onthisday.service.sending.desk import Desk
from onthisday.service.sending.pace import Pace

FRESH = 1.0
"""Seconds. What people hold is read again after this time, also while many notices are sent."""


class Through(NamedTuple):
    """What may be sent of a notice; None if nothing. ``held``: the notices that are held now."""

    notice: Notice | None
    held: tuple[Notice, ...] = ()


class Keeper:
    """Keeps notices back, and remembers for a moment what people hold."""

    def __init__(self, ledger: Ledger, pace: Pace) -> None:
        self._ledger, self._pace = ledger, pace
        self._holds: tuple[Hold, ...] = ()
        self._read: float | None = None

    def look_again(self) -> None:
        """Read what people hold before the next notice is sent."""
        self._read = None

    async def let_through(self, desk: Desk, channel: Channel, notice: Notice) -> Through:
        """Return a leased notice, without the entries that are kept back. Raises NotHeld."""
        holds = await self._known()
        by_hand = channel.release == "by-hand"
        kept = kept_of(notice, holds, desk.composer.tags_of, by_hand=by_hand)
        if kept.by is not None:
            await self._ledger.hold(notice, kept.by, kept_words(kept.by))
            return Through(None, (notice,))
        return await self._without(desk, notice, kept.apart) if kept.apart else Through(notice)

    async def _known(self) -> tuple[Hold, ...]:
        now = self._pace.now()
        if self._read is None or not 0 <= now - self._read < FRESH:
            self._holds, self._read = await self._ledger.holds(), now
        return self._holds

    async def _without(self, desk: Desk, notice: Notice, apart: Mapping[str, str]) -> Through:
        rest = tuple(entry for entry in notice.entries if entry not in apart)
        held = tuple(_apart(desk, notice, entry, kept) for entry, kept in apart.items())
        return Through(await self._ledger.set_aside(notice, held, rest), held)


def _apart(desk: Desk, notice: Notice, entry: str, kept: str) -> Notice:
    """Return the held notice of one entry of a notice. Of a digest, it is about the entry's day."""
    alone = Notice(notice.channel, notice.day, notice.zone, (entry,), entry, "held", notice.due)
    day = desk.composer.day_of(notice, entry)
    span = (None, None) if day == notice.day else (day, day)
    return alone._replace(reason=kept_words(kept), kept=kept, first=span[0], last=span[1])
