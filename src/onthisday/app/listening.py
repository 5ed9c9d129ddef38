"""Run a service until a signal asks to end: with its web server, or without one.

serving.py has the service. Called by cli/serve.py and cli/work.py.
"""

import asyncio
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Literal

import uvicorn

from onthisday.adapters.web.accepting import AT_ONCE, QUEUE, Accepting, Beside
from onthisday.adapters.web.connections import Connection
from onthisday.adapters.web.inside import Inside
from onthisday.adapters.web.server import Server
from onthisday.app.ending import on_ending
from onthisday.app.serving import Service
from onthisday.delivery.health import Health
from onthisday.site import rendering

GRACE = 25
"""When the process is asked to end, it waits at most this many seconds for open requests."""


KEPT_BY_SYSTEM = 256 * 1024
"""So many bytes of an answer does the system keep for a reader. They pass in 0.1 s at 20 Mbit/s."""

SWITCH = 0.0005
"""Seconds. So soon a thread that makes a page lets the event loop go on. Python's own is 0.005.

An answer takes several turns of the loop. With Python's own, it takes 20 ms while a page is made.
"""


def bind(host: str, port: int) -> socket.socket:
    """Return a socket that listens on a host and a port.

    Raise OSError. Port 0 means any free port.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, port), family=family, backlog=QUEUE)
    # Without TCP_NODELAY, a reply that is written in two parts (headers and body) waits 40 ms for
    # an acknowledgement. asyncio sets TCP_NODELAY only on sockets that it has made itself. So it is
    # set here; the socket of each connection inherits it.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    # Linux keeps up to 4 MB for a reader who takes nothing. With a thousand of them it is too much.
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KEPT_BY_SYSTEM)
    listening.settimeout(0)
    return listening


def run(service: Service, listening: socket.socket, inside: socket.socket | None = None) -> None:
    """Serve until a signal asks to end. Then wait for open requests and for what is being sent.

    ``inside``: where the operator's own listener is (adapters/web/inside.py).
    """

    def health(ready: bool) -> tuple[int, Health]:  # noqa: FBT001
        return service.health(ready=ready)

    @asynccontextmanager
    async def lifespan(app: Any) -> AsyncIterator[None]:
        operator = Inside(health, lambda: service.measure(server.answered))
        await server.begin()
        async with service.lifespan(app), _beside(operator, inside):
            yield

    sys.setswitchinterval(SWITCH)
    rendering.prepare()
    server = Server(service.current, health, service.mend, service.searching.find, lifespan)
    # uvicorn handles the signal. After that, it raises the signal again, and we must do nothing.
    on_ending(lambda: None)
    Accepting(_config(server, lifespan="on")).run(sockets=[listening])


def work(service: Service, inside: socket.socket | None = None) -> None:
    """Send what is due until a signal asks to end, and serve nothing.

    Then wait for what is being sent. ``inside``: where the operator's own listener is.
    """
    asyncio.run(_work(service, inside))


async def _work(service: Service, inside: socket.socket | None) -> None:
    def health(ready: bool) -> tuple[int, Health]:  # noqa: FBT001
        return service.health(ready=ready)

    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    on_ending(lambda: loop.call_soon_threadsafe(ended.set))
    operator = Inside(health, lambda: service.measure({}))
    async with service.lifespan(None), _beside(operator, inside):
        await ended.wait()


def _config(app: Any, *, lifespan: Literal["on", "off"]) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=Connection,
        ws="none",
        backlog=AT_ONCE,
        lifespan=lifespan,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )


@asynccontextmanager
async def _beside(app: Any, listening: socket.socket | None) -> AsyncIterator[None]:
    """Serve a second application while the block runs, if there is a socket for it."""
    if listening is None:
        yield
        return
    server = Beside(_config(app, lifespan="off"))
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    try:
        yield
    finally:
        server.should_exit = True
        await serving
