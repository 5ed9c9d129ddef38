"""How connections are accepted, and how many there may be.

If there are too many, the one that has waited longest is closed for the new one. Why not refuse
the new one: a stranger who opens many and says nothing would keep everybody else out.

A system limits how many files and connections a process may have open. The files of the almanac
and the ledger, and what is being sent, need some of them. connections.py is one connection.
"""

import asyncio
import errno
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import Any, Protocol

import uvicorn

MOST_CONNECTIONS = 1_000
"""The most connections at a time, if the system allows the process twice as many open files."""

AT_ONCE = 32
"""The most connections that are accepted before those that are open are looked at again."""

QUEUE = 512
"""The most connections that the system keeps ready until they are accepted."""

_FULL = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}
"""The system gives no further connection. asyncio tries again after a second."""

_QUIET = 60.0
"""Seconds. The log says at most so often that the system gives no further connection."""

log = logging.getLogger("onthisday")


class Kept(Protocol):
    """A connection, for Places. Its transport can be closed at once."""

    transport: asyncio.Transport


class Places:
    """The places for connections, and who has them: the one that has waited longest is first."""

    def __init__(self) -> None:
        self.most = MOST_CONNECTIONS
        self._taken: dict[Kept, None] = {}

    def take(self, connection: Kept) -> None:
        """Give a connection a place, or note that its reader just did something.

        If there are too many, close the one that has waited longest.
        """
        self._taken.pop(connection, None)
        self._taken[connection] = None
        if len(self._taken) > self.most:
            longest = next(iter(self._taken))
            self.leave(longest)
            longest.transport.abort()

    def leave(self, connection: Kept) -> None:
        """Note that a connection is closed."""
        self._taken.pop(connection, None)


PLACES = Places()
"""The places of this process. The system's limit is one for the whole process, so this is too."""


class Accepting(uvicorn.Server):
    """uvicorn's server, which accepts a few connections at a time.

    Why: asyncio accepts as many as its queue is long before it looks at one of them. If the system
    gives no further connection, it logs this as often.
    """

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to accept connections."""
        PLACES.most = min(MOST_CONNECTIONS, most_open_files() // 2)
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(_Quiet())
        await super().startup(sockets)
        for listening in sockets or ():
            listening.listen(QUEUE)


class Beside(Accepting):
    """A second server in the same process. The first one handles the signals and ends it."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Handle no signal."""
        yield


class _Quiet:
    """Tells of errors of the event loop. It tells only once a minute that the system is full."""

    def __init__(self) -> None:
        self._told = float("-inf")

    def __call__(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if not (isinstance(error, OSError) and error.errno in _FULL):
            loop.default_exception_handler(context)
        elif loop.time() - self._told > _QUIET:
            self._told = loop.time()
            log.warning("no further connection can be accepted: %s", error.strerror)


def most_open_files() -> int:
    """Return how many files this process may have open. First ask the system for all it allows."""
    most = 2 * MOST_CONNECTIONS
    try:
        resource = import_module("resource")
    except ImportError:  # Windows does not have it
        return most
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(OSError, ValueError):  # macOS has a further limit
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
    return most if soft == resource.RLIM_INFINITY else int(soft)
