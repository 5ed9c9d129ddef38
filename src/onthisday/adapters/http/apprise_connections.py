"""Judge the addresses that Apprise connects to. Used by apprise.py.

Apprise opens its own sockets, in many modules and libraries. But Python tells its audit hooks of
each connection before it is made, with the socket's address. If a hook raises, no connection is
made.

A block of code is watched with `public_only`, and so are the threads that it starts. All other code
of the process connects as before.

What cannot be judged: Python 3.11 tells nothing of new threads. On Windows, Python tells nothing of
the connections that asyncio makes. Apprise connects in these ways for XMPP alone, and for MQTT when
a connection breaks. docs/services.md says so.
"""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from onthisday.adapters.http.addresses import RefusedAddress
from onthisday.adapters.http.public_addresses import is_public


class Watch:
    """What a watched block did: ``connected`` to a public address; was ``refused`` another one.

    ``allowed``: addresses with ports that need not be public. They are the proxy's.
    """

    def __init__(self) -> None:
        self.connected = self.refused = False
        self.allowed: set[tuple[str, int]] = set()

    def judge(self, address: Any) -> None:
        """Raise RefusedAddress if an address of a socket is not public.

        The address of a socket in the file system is a text or bytes. That is this machine.
        """
        if isinstance(address, tuple) and (
            address[:2] in self.allowed or is_public(str(address[0]))
        ):
            self.connected = True
            return
        self.refused = True
        raise RefusedAddress


@contextmanager
def public_only() -> Iterator[Watch]:
    """Refuse all connections of this block to addresses that are not public."""
    _listen()
    watch = Watch()
    token = _watch.set(watch)
    try:
        yield watch
    finally:
        _watch.reset(token)


def watching() -> Watch | None:
    """Return what watches this thread; None if nothing does."""
    return _watch.get() or _threads.get(threading.current_thread())


_watch: ContextVar[Watch | None] = ContextVar("watch", default=None)

_threads: WeakKeyDictionary[threading.Thread, Watch] = WeakKeyDictionary()
"""The threads that watched blocks have started. Some go on after their block."""


@cache
def _listen() -> None:
    """Have Python call `_hear`. A hook stays as long as the process, so it is set only once."""
    sys.addaudithook(_hear)


def _hear(event: str, values: tuple[Any, ...]) -> None:
    if event in _CONNECTING:
        watch = watching()
        if watch is not None and values[1] is not None:  # None: the socket is connected already
            watch.judge(values[1])
    elif event in _STARTING:
        watch = watching()
        thread = getattr(values[0], "__self__", None)
        if watch is not None and isinstance(thread, threading.Thread):
            _threads[thread] = watch


_CONNECTING = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_STARTING = frozenset({"_thread.start_new_thread", "_thread.start_joinable_thread"})
