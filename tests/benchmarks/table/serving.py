"""`onthisday serve` beside a bare ASGI application, and beside nginx with the files of `build`.

All give the same feed, compressed, each from a process of its own. They are asked in turns over
connections that stay open. A Python program asks, and nginx is faster than it. So the processor's
time of a reply is measured too, of the server alone.
"""

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.benchmarks.serving import Asked, bare
from tests.benchmarks.table.memory import cpu_seconds, family
from tests.benchmarks.table.processes import OURS, run
from tests.benchmarks.table.running import Run, said
from tests.benchmarks.table.values import Figure, Line, least
from tests.website.fixtures import free_port, program_serving
from tests.website.servers import NGINX, nginx, running

_PATH = "/feed.atom"
_GZIP = "Accept-Encoding: gzip\r\n"
_SECONDS = 2.0


class Server(NamedTuple):
    """A server that runs: its port, and its process with its children."""

    port: int
    pid: int


class Rate(NamedTuple):
    """How many replies came in a second, and the processor's microseconds for each."""

    replies: float
    micros: float


def measure(run_: Run) -> Iterator[Line]:
    """Yield the lines of the replies 200 and 304."""
    config = run_.compiled(1_000)
    with ExitStack() as stack:
        servers = {"ours": stack.enter_context(_serve(config))}
        if NGINX:
            servers["nginx"] = stack.enter_context(_nginx(config))
        for reply in ("200", "304"):
            said(f"serve, {reply}")
            asked = _asked(servers["ours"], reply)
            like = asyncio.run(Asked(servers["ours"].port, _PATH, asked).first())
            assert str(like[0]) == reply, like
            app = _started(lambda: bare(stack, *like))  # noqa: B023
            yield from _lines(reply, _in_turns({**servers, "bare ASGI": app}, reply, run_.rounds))


def _asked(server: Server, reply: str) -> str:
    """Return the headers that make a server give a reply: 304 to who has its ETag."""
    if reply == "200":
        return _GZIP
    _, headers, _ = asyncio.run(Asked(server.port, _PATH, _GZIP).first())
    etag = next((value for name, value in headers if name.lower() == "etag"), "")
    return f"{_GZIP}If-None-Match: {etag}\r\n"


def _lines(reply: str, rates: dict[str, Rate]) -> Iterator[Line]:
    mine = rates.pop("ours")
    for name, theirs in rates.items():
        target = least(0.95) if name == "bare ASGI" else None
        yield Line(f"`serve`, cached {reply}", "32 connections", Figure(mine.replies, "replies/s"),
                   name, Figure(theirs.replies, "replies/s"), target)  # fmt: skip
        yield Line(f"`serve`, cached {reply}, CPU of a reply", "32 connections",
                   Figure(mine.micros, "µs"), name, Figure(theirs.micros, "µs"))  # fmt: skip


def _in_turns(servers: dict[str, Server], reply: str, rounds: int) -> dict[str, Rate]:
    """Ask each server in turns. Return the medians."""
    asked = {name: _asked(server, reply) for name, server in servers.items()}
    rates: dict[str, list[Rate]] = {name: [] for name in servers}
    for _ in range(rounds):
        for name, server in servers.items():
            rates[name].append(_rate(server, asked[name]))
    return {name: Rate(*map(median, zip(*found, strict=True))) for name, found in rates.items()}


def _rate(server: Server, asked: str) -> Rate:
    """Ask one server for some seconds."""
    path = Asked(server.port, _PATH, asked)
    before = cpu_seconds(server.pid)
    replies = asyncio.run(path.rate(_SECONDS))
    used = cpu_seconds(server.pid) - before
    return Rate(replies, used / (replies * _SECONDS) * 1e6)


@contextmanager
def _serve(config: Path) -> Iterator[Server]:
    """Run our server."""
    words = (OURS, "--config", str(config), "serve", "--listen", "127.0.0.1:0")
    with program_serving(*words) as (home, process):
        yield Server(urlsplit(home).port or 0, process.pid)


@contextmanager
def _nginx(config: Path) -> Iterator[Server]:
    """Run nginx with the files that `build` writes, as deploy/nginx.conf says."""
    site, state, port = config.parent / "files", config.parent / "nginx", free_port()
    if not site.exists():
        run([OURS, "--config", str(config), "build", str(site)])
    state.mkdir(exist_ok=True)
    before = set(family(os.getpid()))
    command = nginx(state, site, port)
    file = state / "nginx.conf"
    endless = "access_log off; keepalive_requests 100000000;"  # or it closes after a thousand
    file.write_text(file.read_text("utf-8").replace("access_log off;", endless), encoding="utf-8")
    with running(command, state, port):
        yield Server(port, min(set(family(os.getpid())) - before))


def _started(start: Callable[[], int]) -> Server:
    """Start a server in a new process. ``start`` returns its port."""
    before = set(family(os.getpid()))
    port = start()
    return Server(port, min(set(family(os.getpid())) - before))
