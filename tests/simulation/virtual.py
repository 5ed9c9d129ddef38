"""An event loop whose time jumps, and a wall clock that people may set.

Nobody waits: if all tasks sleep, the loop's time jumps to the first one that wakes up.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any


class Stuck(Exception):
    """All tasks wait, and nothing will ever wake them."""


class VirtualLoop(asyncio.BaseEventLoop):
    """An asyncio event loop without sockets, threads and real time. Its time begins at 0 s."""

    def __init__(self) -> None:
        super().__init__()
        self._seconds = 0.0
        self._selector: Any = self
        self._clock_resolution = 1e-5  # a float of 30 years in seconds is not finer than this

    def time(self) -> float:
        """Return the seconds since the beginning. They only go forward."""
        return self._seconds

    def select(self, timeout: float | None) -> tuple[()]:
        """Jump to the next moment at which something happens. asyncio calls this."""
        if timeout is None:
            raise Stuck
        self._seconds += max(0.0, timeout)
        return ()

    def _process_events(self, event_list: Any) -> None:
        """Do nothing: no event comes from outside."""

    def _write_to_self(self) -> None:
        """Do nothing: no other thread wakes this loop."""

    def run_in_executor(  # type: ignore[override]
        self, executor: Any, func: Callable[..., Any], *args: Any
    ) -> Any:
        """Call a function at once, and not in a thread."""
        future = self.create_future()
        try:
            future.set_result(func(*args))
        except Exception as error:  # noqa: BLE001 - the caller of the future gets it
            future.set_exception(error)
        return future


class WallClock:
    """Implements `Clock`. It goes with the loop, and `jump` sets it forward or back."""

    def __init__(self, loop: VirtualLoop, begin: datetime) -> None:
        self._loop, self._zero = loop, begin

    def now(self) -> datetime:
        """Return the time that this machine believes it is."""
        return self._zero + timedelta(seconds=self._loop.time())

    def jump(self, by: timedelta) -> None:
        """Set the clock forward, or back."""
        self._zero += by
