"""Notice that many entries are gone from the almanac since the last tick.

Why: a file may be moved away, cut short or half copied just when a day is due. If the day was
closed then, its messages would be lost. So for some time no day is closed (faults.WAIT). Used by
planning.py and rehearsing.py.
"""

from datetime import datetime

from onthisday.almanac.library import Library
from onthisday.delivery.ledger import Ledger
from onthisday.delivery.notice import Known
from onthisday.service.sending.faults import WAIT, ManyGone

FEW = 2
"""If fewer entries than this are gone, it is nothing to tell."""

PART = 10
"""More than one in PART must be gone."""


async def look_for_gone(
    ledger: Ledger, library: Library, now: datetime, *, keep: bool = True
) -> ManyGone | None:
    """Compare the almanac with what the last tick knew. Return the fault if many entries are gone.

    With ``keep``, the ledger keeps what this tick knows.
    """
    if await ledger.known_version() == (library.version, None):
        return None
    before, entries = await ledger.known(), frozenset(library.ids())
    known = compared(before, library.version, entries, now)
    if keep and known != before:
        await ledger.know(known)
    if known.missing_since is None:
        return None
    return ManyGone(len(known.entries - entries), len(known.entries))


def compared(before: Known | None, version: str, entries: frozenset[str], now: datetime) -> Known:
    """Return what is known now.

    If many entries are gone, this is still what was known before, and since when they are gone.
    """
    if before is None or not _many(len(before.entries - entries), len(before.entries)):
        return Known(version, entries)
    since = min(before.missing_since or now, now)  # the clock may have been set back
    if now - since >= WAIT:
        return Known(version, entries)
    return Known(version, before.entries, since)


def _many(gone: int, before: int) -> bool:
    return gone >= FEW and gone * PART > before
