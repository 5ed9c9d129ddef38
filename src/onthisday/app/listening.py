"""Listen on a port, and run the web server with a service until a signal asks to end.

serving.py has the service. Called by cli/serve.py.
"""

import socket

import uvicorn

from onthisday.adapters.web.accepting import AT_ONCE, QUEUE, Accepting
from onthisday.adapters.web.connections import Connection
from onthisday.adapters.web.server import Server
from onthisday.app.ending import on_ending
from onthisday.app.serving import Service

GRACE = 25
"""When the process is asked to end, it waits at most this many seconds for open requests."""


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
    listening.settimeout(0)
    return listening


def run(service: Service, listening: socket.socket) -> None:
    """Serve until a signal asks to end. Then wait for open requests and for what is being sent."""
    server = Server(
        service.current,
        lambda ready: service.health(ready=ready),
        service.measure,
        service.mend,
        service.lifespan,
    )
    config = uvicorn.Config(
        server,
        http=Connection,
        ws="none",
        backlog=AT_ONCE,
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE,
    )
    # uvicorn handles the signal. After that, it raises the signal again, and we must do nothing.
    on_ending(lambda: None)
    Accepting(config).run(sockets=[listening])
