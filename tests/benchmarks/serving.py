"""Measure a cached feed from `serve`, and compare it with a bare ASGI application.

The application returns the same bytes. Both run on the same server with the same settings, each in
a process of its own. They are asked by turns over connections that stay open. Prints the median of
the ratios of requests a second, round by round: other work on the machine changes both.

    python -m tests.benchmarks.serving [--rounds 7] [--seconds 2]
"""

import argparse
import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.website.fixtures import entry_of, serving, write_almanac

CONNECTIONS = 32

BARE = """
import asyncio, socket, sys, uvicorn
status, length = int(sys.argv[1]), int(sys.argv[2])
body = sys.stdin.buffer.read()[:length] if status == 200 else b""
headers = [(name.encode(), value.encode()) for name, value in HEADERS]
async def app(scope, receive, send):
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})
listening = socket.create_server(("127.0.0.1", 0), backlog=2048)
listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
print(listening.getsockname()[1], flush=True)
uvicorn.Server(uvicorn.Config(app, lifespan="off", log_config=None, access_log=False,
    server_header=False)).run(sockets=[listening])
"""


class Asked:
    """Sends one request again and again on connections that stay open. Keeps the first reply."""

    def __init__(self, port: int, path: str, headers: str = "") -> None:
        self.port = port
        self.request = f"GET {path} HTTP/1.1\r\nHost: x\r\n{headers}\r\n".encode()

    async def first(self) -> tuple[int, list[tuple[str, str]], bytes]:
        """Return status, headers and body of one reply."""
        stream, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(self.request)
        head = (await stream.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = [
            (name, value) for name, _, value in (line.partition(": ") for line in head[1:-2])
        ]
        length = next((int(value) for name, value in headers if name == "content-length"), 0)
        body = await stream.readexactly(length)
        writer.close()
        return int(head[0].split()[1]), headers, body

    async def rate(self, seconds: float) -> float:
        """Return how many replies come in a second."""
        _, headers, body = await self.first()
        head = sum(len(name) + len(value) + 4 for name, value in headers)
        until = time.perf_counter() + seconds
        counts = await asyncio.gather(
            *(self._ask(until, head, len(body)) for _ in range(CONNECTIONS))
        )
        return sum(counts) / seconds

    async def _ask(self, until: float, _head: int, length: int) -> int:
        stream, writer = await asyncio.open_connection("127.0.0.1", self.port)
        count = 0
        while time.perf_counter() < until:
            writer.write(self.request)
            await stream.readuntil(b"\r\n\r\n")
            if length:
                await stream.readexactly(length)
            count += 1
        writer.close()
        return count


def bare(stack: ExitStack, status: int, headers: list[tuple[str, str]], body: bytes) -> int:
    """Start a bare application that always returns this reply. Return its port."""
    program = BARE.replace("HEADERS", repr([pair for pair in headers if pair[0] != "date"]))
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(status), str(len(body))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    stack.callback(process.wait)
    stack.callback(process.terminate)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(body)
    process.stdin.close()
    return int(process.stdout.readline())


async def compare(
    ours: Asked, other: Asked, rounds: int, seconds: float
) -> tuple[list[float], list[float]]:
    """Ask both by turns. Return the rates of both, round by round."""
    rates: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for asked, its in zip((ours, other), rates, strict=True):
            its.append(await asked.rate(seconds))
    return rates


async def measure(port: int, stack: ExitStack, options: Any) -> None:
    """Measure a feed. Print a line for the reply 200, and one for 304."""
    gzip = "Accept-Encoding: gzip\r\n"
    _, headers, _ = await Asked(port, "/feed.atom", gzip).first()
    etag = dict(headers)["etag"]
    for name, sent in (("200", gzip), ("304", f"{gzip}If-None-Match: {etag}\r\n")):
        ours = Asked(port, "/feed.atom", sent)
        status, replied, body = await ours.first()
        other = Asked(bare(stack, status, replied, body), "/feed.atom", sent)
        rates = await compare(ours, other, options.rounds, options.seconds)
        mine, theirs = map(statistics.median, rates)
        ratio = statistics.median(our / its for our, its in zip(*rates, strict=True))
        print(f"{name}: ours {mine:,.0f}/s, bare {theirs:,.0f}/s, ratio {ratio:.2f}")


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=2.0)
    options = parser.parse_args()
    days = [entry_of(f"e{day}", f"19{day:02}-{day % 12 + 1:02}-03") for day in range(30, 90)]
    with ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
        home, _ = stack.enter_context(serving(write_almanac(Path(folder), days)))
        asyncio.run(measure(urlsplit(home).port or 0, stack, options))


if __name__ == "__main__":
    main()
