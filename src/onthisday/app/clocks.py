"""The clocks that a process may have: this machine's, and that of `--now`."""

import time
from datetime import UTC, datetime, timedelta


class SystemClock:
    """This machine's clock."""

    def now(self) -> datetime:
        """Return the time now."""
        return datetime.now(UTC)


SYSTEM_CLOCK = SystemClock()


class ClockFrom:
    """Implements `Clock`. It begins at the instant that was given, and goes on from there.

    It is for `--now`. Why it does not stand still: a message may have to wait for some seconds.
    """

    def __init__(self, instant: datetime) -> None:
        self._instant, self._begun = instant, time.monotonic()

    def now(self) -> datetime:
        """Return the time that was given, and the time since then."""
        return self._instant + timedelta(seconds=time.monotonic() - self._begun)
