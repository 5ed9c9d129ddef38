"""`Pace`: how time passes while messages are sent. Used by attempting.py and recording.py."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from typing import NamedTuple


class Pace(NamedTuple):
    """Time and chance, so that a test can replace them.

    - ``now``: returns seconds; it only goes forward.
    - ``sleep``: waits for some seconds.
    - ``jitter``: returns a random number between 0 and 1, so that waits differ.
    """

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    jitter: Callable[[], float] = random.random  # noqa: S311  nothing here is secret


REAL_PACE = Pace()
