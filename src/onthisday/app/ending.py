"""The signals that ask a process to end. Used by `serve` and `tick`.

Windows has one signal more, for Ctrl+Break. Why not `loop.add_signal_handler`: the event loop of
Windows does not have it.
"""

import signal
from collections.abc import Callable
from types import FrameType

_NAMES = ("SIGINT", "SIGTERM", "SIGBREAK")

ENDINGS = tuple(getattr(signal, name) for name in _NAMES if hasattr(signal, name))
"""The signals of _NAMES that this system has."""


def on_ending(call: Callable[[], object]) -> None:
    """Call ``call`` when a signal asks the process to end.

    Python calls it on the main thread, in the middle of whatever runs there. So it must do little.
    """

    def called(_signal: int, _frame: FrameType | None) -> None:
        call()

    for ending in ENDINGS:
        signal.signal(ending, called)
