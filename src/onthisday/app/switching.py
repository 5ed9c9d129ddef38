"""How often the threads of a process take turns while it sends. Used by sending.py."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

SWITCH = 0.002
"""Seconds. While messages are sent, a busy thread must let another thread run after this time.

Python's own value is 0.005. The thread of the ledger waits that long after each statement, if
another thread is busy. With this value, a batch of changes takes a quarter of the time (measured).
"""


@contextmanager
def switching_sooner() -> Iterator[None]:
    """While the block runs, let the threads of this process take turns more often (SWITCH)."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(min(before, SWITCH))
    try:
        yield
    finally:
        sys.setswitchinterval(before)
