"""The signals that ask a process to end. Used by `serve` and `tick`.

Windows sends Ctrl+Break, which Linux and macOS do not know. Why not `loop.add_signal_handler`: the
event loop of Windows has none.
"""

import signal
from collections.abc import Callable
from types import FrameType

_NAMES = ("SIGINT", "SIGTERM", "SIGBREAK")

ENDINGS = tuple(getattr(signal, name) for name in _NAMES if hasattr(signal, name))
"""Those of them that this system has."""


def on_ending(call: Callable[[], object]) -> None:
    """Call this, on the main thread and between any two steps of it, when the process is to end."""

    def called(_signal: int, _frame: FrameType | None) -> None:
        call()

    for ending in ENDINGS:
        signal.signal(ending, called)
