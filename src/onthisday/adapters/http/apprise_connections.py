"""Judge the addresses that Apprise connects to. Used by apprise.py.

Apprise opens its own sockets, in many modules and libraries. But Python tells its audit hooks of
each connection before it is made, with the socket's address. If a hook raises, no connection is
made.

A block of code is watched with `watched`, and so are the threads that it starts. All other code
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
from onthisday.adapters.public_addresses import is_public


class Watch:
    """What a watched block did, and what it may do.

    - ``public_only``: only public addresses are allowed.
    - ``proxies``: the addresses of proxies, with their ports. They need not be public.
    - ``refused``: a connection to another address than a public one was refused.
    - ``sent``: something may have reached a service.
    """

    def __init__(self, *, public_only: bool) -> None:
        self.public_only = public_only
        self.proxies: set[tuple[str, int]] = set()
        self.refused = self.sent = False

    def judge(self, address: Any) -> None:
        """Raise RefusedAddress if the address of a socket is not allowed.

        The address of a socket in the file system is a text or bytes. That is this machine.
        """
        if isinstance(address, tuple) and address[:2] in self.proxies:
            return  # what is sent over HTTP then tells whether it is for the proxy alone
        if self.public_only and not (isinstance(address, tuple) and is_public(str(address[0]))):
            self.refused = True
            raise RefusedAddress
        self.sent = True

    def hear(self, data: Any) -> None:
        """Note what is sent over HTTP. A request for a tunnel (CONNECT) is for the proxy alone."""
        self.sent |= not (isinstance(data, bytes) and data.startswith(b"CONNECT "))


@contextmanager
def watched(*, public_only: bool) -> Iterator[Watch]:
    """Watch the connections of this block. With ``public_only``, refuse those that are private."""
    _listen()
    watch = Watch(public_only=public_only)
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
    elif event == "http.client.send":
        watch = watching()
        if watch is not None:
            watch.hear(values[1])
    elif event in _STARTING:
        watch = watching()
        thread = getattr(values[0], "__self__", None)
        if watch is not None and isinstance(thread, threading.Thread):
            _threads[thread] = watch


_CONNECTING = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_STARTING = frozenset({"_thread.start_new_thread", "_thread.start_joinable_thread"})
