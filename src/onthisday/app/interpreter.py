"""How Python runs a process that sends, builds or compiles: how its threads take turns, and when it
looks for garbage.

Used by sending.py, publishing.py, making_process.py, workspace.py, compiling_apart.py and
reading_process.py.
"""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

SWITCH = 0.002
"""Seconds. While messages are sent, a busy thread must let another thread run after this time.

Python's own value is 0.005. The thread of the ledger waits that long after each statement, if
another thread is busy. With this value, a batch of changes takes a quarter of the time (measured).
"""

GARBAGE = 5000
"""So many new objects may be there before Python looks for some that refer to each other in a
circle, and that nothing else refers to.

Python's own value is 700. A process that sends holds thousands of notices, so it would look often,
and find nothing: this took a sixth of the time of a message (measured).
"""


@contextmanager
def set_for_sending() -> Iterator[None]:
    """While the block runs, let threads take turns sooner, and look for garbage less often."""
    switch, garbage = sys.getswitchinterval(), gc.get_threshold()
    sys.setswitchinterval(min(switch, SWITCH))
    gc.set_threshold(GARBAGE, *garbage[1:])
    try:
        yield
    finally:
        sys.setswitchinterval(switch)
        gc.set_threshold(*garbage)


NEW = 200_000
"""So many new objects may be there before Python looks for garbage where it finds little."""


@contextmanager
def set_for_compiling() -> Iterator[None]:
    """While the block runs, look for garbage rarely.

    Entries are values that refer to each other in no circle. Python would look often, and find
    nothing: this took a tenth of the time to read an entry (measured).
    """
    threshold = gc.get_threshold()
    gc.set_threshold(NEW, *threshold[1:])
    try:
        yield
    finally:
        gc.set_threshold(*threshold)


@contextmanager
def set_for_building() -> Iterator[None]:
    """While the block runs, look for garbage rarely, and not in what is there already.

    Python would look often, through all that a site is made from, and find little: this took a
    sixth of the time of a page (measured).
    """
    gc.freeze()
    try:
        with set_for_compiling():
            yield
    finally:
        gc.unfreeze()
