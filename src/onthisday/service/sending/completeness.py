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


class Compared:
    """Remembers that two almanacs have the same entries, as long as the process runs.

    Why: if several machines share a ledger, each has compiled the almanac for itself, and each
    version has another name.
    """

    def __init__(self) -> None:
        self._same: tuple[str, str] | None = None

    def same(self, one: str, other: str) -> bool:
        """Return True if it was noted that these two versions have the same entries."""
        return self._same == (one, other)

    def note(self, one: str, other: str) -> None:
        """Note that these two versions have the same entries."""
        self._same = one, other


async def look_for_gone(
    ledger: Ledger,
    library: Library,
    now: datetime,
    compared_before: Compared | None = None,
    *,
    keep: bool = True,
) -> ManyGone | None:
    """Compare the almanac with what the last tick knew. Return the fault if many entries are gone.

    With ``keep``, the ledger keeps what this tick knows, if that is something new.
    """
    version, missing_since = await ledger.known_version() or ("", None)
    seen = compared_before or Compared()
    is_same = version == library.version or seen.same(version, library.version)
    if is_same and missing_since is None:
        return None
    before, entries = await ledger.known(), frozenset(library.ids())
    if compared_before is not None and before == Known(version, entries):
        seen.note(version, library.version)
        return None
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
