"""Remember until when nothing is due, so that a tick that has nothing to do is quick.

With thousands of channels, to look at each of them takes longer than all else in a tick. What was
found stays true as long as the config, the almanac and the ledger stay the same, until the next
hour at which a channel is due. Used by planning.py.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from onthisday.config import Config
from onthisday.delivery.notice import ChannelState
from onthisday.service.sending.completeness import Compared

MOST = timedelta(minutes=15)
"""After this time all channels are looked at again, whatever is remembered."""


class Seen(NamedTuple):
    """What planning depends on, and the times at which it was done.

    - ``states``: those of the ledger. The same dict means that nothing changed (`Ledger.channels`).
    - ``almanac``: the version of the library.
    - ``latest``: the later one of ``now`` and the real clock's time.
    """

    config: Config
    states: Mapping[str, ChannelState]
    almanac: str
    now: datetime
    latest: datetime

    def is_like(self, before: "Seen") -> bool:
        """Return True if only time has passed since ``before``."""
        return (
            self.states is before.states
            and self.almanac == before.almanac
            and self.config == before.config
            and self.now >= before.now
            and self.latest >= before.latest
        )


class Idle:
    """What one process remembers between its ticks, also of the almanac (``compared``)."""

    def __init__(self) -> None:
        self._seen: Seen | None = None
        self._until: datetime | None = None
        self.compared = Compared()

    def is_idle(self, seen: Seen) -> bool:
        """Return True if nothing can be due, because of what was noted."""
        if self._seen is None or self._until is None:
            return False
        return seen.now < self._until and seen.is_like(self._seen)

    def note(self, seen: Seen, hours: Iterable[datetime]) -> None:
        """Note that nothing was due. ``hours``: when each channel is due next."""
        self._seen, self._until = seen, min((*hours, seen.now + MOST))
