"""Measure our sender with its ledger on disk, and compare it with httpx and aiohttp without one.

All post the same bodies, 64 at once, by turns, to one receiver on loopback (a process of its own).
Prints medians, and ratios of ours to httpx-aiohttp as it is usually called, and to aiohttp alone:
in messages a second, and in the processor's time. We plan and compose each message, render it, mark
it as `sending` at synchronous=FULL, post it and settle it. (The planning counts in the processor's
time alone.) The others only post it. All is measured with one core and with two, because our ledger
has a thread of its own.

    python -m tests.benchmarks.delivery [--rounds 5] [--messages 2000] [--cores 1 2] [--profile]
"""

import argparse
import asyncio
import cProfile
import os
import pstats
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import NamedTuple

import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from onthisday.adapters.http.http_sender import HttpSender
from onthisday.adapters.sqlite.sqlite_ledger import SqliteLedger
from onthisday.almanac.library import Library
from onthisday.app.interpreter import set_for_sending
from onthisday.config import Channel, Config, Secret
from onthisday.delivery.request_reply import Request
from onthisday.messages.chat_services import SERVICES
from onthisday.service.sending.composing import Composer
from onthisday.service.sending.delivering import Delivery
from onthisday.service.sending.pace import Pace
from onthisday.service.sending.planning import plan_and_record
from tests.delivery.fakes import SetClock, almanac_of, channel, config, entry

AT_ONCE = 64

SINK = """
import asyncio

class Sink(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport, self.buffer = transport, b""
    def data_received(self, data):
        self.buffer += data
        while True:
            head, end, rest = self.buffer.partition(b"\\r\\n\\r\\n")
            if not end:
                return
            length = int(head.lower().partition(b"content-length:")[2].split(b"\\r\\n")[0])
            if len(rest) < length:
                return
            self.buffer = rest[length:]
            self.transport.write(b"HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nok")

async def main():
    server = await asyncio.get_running_loop().create_server(Sink, "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()

asyncio.run(main())
"""

Post = Callable[[Request], Awaitable[object]]


@contextmanager
def sink() -> Iterator[str]:
    """Run a receiver of messages in a new process. Yield its URL."""
    process = subprocess.Popen([sys.executable, "-c", SINK], stdout=subprocess.PIPE)
    assert process.stdout is not None
    try:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}/"
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


async def rate(requests: list[Request], post: Post) -> float:
    """Post requests, 64 at once. Return how many a second."""
    waiting = iter(requests)

    async def worker() -> None:
        for request in waiting:
            await post(request)

    begun = time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(AT_ONCE)))
    return len(requests) / (time.perf_counter() - begun)


async def through_httpx(requests: list[Request], transport: httpx.AsyncBaseTransport) -> float:
    """Post with httpx's client, as it is usually called."""
    async with httpx.AsyncClient(transport=transport) as client:

        async def post(request: Request) -> None:
            headers = dict(request.headers)
            reply = await client.post(request.url, content=request.body, headers=headers)
            assert reply.status_code == 200

        return await rate(requests, post)


async def own_transport(requests: list[Request]) -> float:
    """Post with httpx's own transport."""
    limits = httpx.Limits(max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE)
    return await through_httpx(requests, httpx.AsyncHTTPTransport(limits=limits))


async def httpx_aiohttp(requests: list[Request]) -> float:
    """Post with httpx over aiohttp's connections."""
    session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=AT_ONCE))
    return await through_httpx(requests, AiohttpTransport(client=session))


async def raw_aiohttp(requests: list[Request]) -> float:
    """Post with aiohttp alone."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=AT_ONCE)) as session:

        async def post(request: Request) -> None:
            headers = dict(request.headers)
            async with session.post(request.url, data=request.body, headers=headers) as reply:
                assert reply.status == 200
                await reply.read()

        return await rate(requests, post)


CLOCK = SetClock("2026-02-25T09:00")


class Stamps:
    """This machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


async def ours(settings: Config, library: Library, profile: cProfile.Profile | None) -> float:
    """Send with our sender and a ledger on disk. Return messages a second, without the planning."""
    with set_for_sending(), tempfile.TemporaryDirectory(dir=".") as folder:
        ledger = SqliteLedger.open(str(Path(folder) / "ledger.db"))
        try:
            await plan_and_record(ledger, settings, library, CLOCK.now())
            async with HttpSender() as sender:
                delivery = Delivery(ledger, sender, CLOCK, Stamps(), Pace(jitter=Random(1).random))
                if profile:
                    profile.enable()
                begun = time.perf_counter()
                summary = await delivery.deliver(settings, library)
                took = time.perf_counter() - begun
                if profile:
                    profile.disable()
        finally:
            ledger.close()
    assert summary.sent == len(settings.channels), summary
    return summary.sent / took


def channels_of(kind: str, url: str, count: int) -> tuple[Channel, ...]:
    """Return ``count`` channels of one kind, which get the same message. Webhooks sign it."""
    secret = (Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),) if kind == "webhook" else ()
    return tuple(
        channel(f"c{n}", type=kind, url=Secret(f"{url}{n}"), secret=secret, private_addresses=True)
        for n in range(count)
    )


def requests_of(settings: Config, library: Library) -> list[Request]:
    """Return the requests that the channels get."""
    composer = Composer(settings.site, library)
    requests = []
    for each in settings.channels:
        notice = composer.sample(each, CLOCK.now().date())
        assert notice is not None
        message = composer.compose(notice)
        assert message is not None
        requests.append(SERVICES[each.type].render(message, each, Stamps().now()))
    return requests


class Speed(NamedTuple):
    """Messages a second, and microseconds of the processor's time for each."""

    rate: float
    cpu: float


def speed(count: int, sending: Callable[[], Awaitable[float]]) -> Speed:
    """Return how fast something sends ``count`` messages. It returns how many a second it sent."""

    async def whole() -> float:
        return await sending()

    begun = time.process_time()
    rate = asyncio.run(whole())
    return Speed(rate, (time.process_time() - begun) / count * 1e6)


def speeds(
    settings: Config, library: Library, rounds: int, profile: cProfile.Profile | None
) -> dict[str, Speed]:
    """Measure all senders by turns. Return their medians."""
    requests, found = requests_of(settings, library), dict[str, list[Speed]]()
    few, count = requests[: len(requests) // 4], len(requests)
    for _ in range(rounds):
        for name, counted, sending in (
            ("httpx", len(few), lambda: own_transport(few)),
            ("httpx-aiohttp", count, lambda: httpx_aiohttp(requests)),
            ("aiohttp", count, lambda: raw_aiohttp(requests)),
            ("ours", count, lambda: ours(settings, library, profile)),
        ):
            found.setdefault(name, []).append(speed(counted, sending))
    return {name: Speed(*map(statistics.median, zip(*all_, strict=True)))
            for name, all_ in found.items()}  # fmt: skip


def told(title: str, medians: dict[str, Speed]) -> str:
    """Return a title, the medians, and our ratios to the others. More than 1: we are faster."""
    mine = medians["ours"]
    lines = [f"{title}: ours {mine.rate:,.0f}/s, {mine.cpu:,.0f} µs of processor a message"]
    for name, other in medians.items():
        if name != "ours":
            shown = f"{other.rate:,.0f}/s, {other.cpu:,.0f} µs"
            ratios = f"{mine.rate / other.rate:.2f}; of processor: {other.cpu / mine.cpu:.2f}"
            lines.append(f"  {name}: {shown}; ratio to it {ratios}")
    return "\n".join(lines)


def compare(kind: str, url: str, options: argparse.Namespace, profile: cProfile.Profile) -> None:
    """Measure all senders for one type of channel, with each number of cores. Print it."""
    summary = "In our own words, what happened, and why it is remembered. " * 6
    library = almanac_of(entry("speech", summary=summary))
    settings = config(*channels_of(kind, url, options.messages))
    size = len(requests_of(settings, library)[0].body)
    for cores in options.cores:
        with only(cores):
            used = profile if options.profile else None
            medians = speeds(settings, library, options.rounds, used)
        print(told(f"{kind}, {size} bytes, cores: {cores}", medians), flush=True)


@contextmanager
def only(cores: int) -> Iterator[None]:
    """Let this process use so many cores inside the block, where the system can say so."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(before)[:cores])
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--messages", type=int, default=2000)
    parser.add_argument("--cores", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--profile", action="store_true", help="say where our time goes")
    options = parser.parse_args()
    profile = cProfile.Profile()
    with sink() as url:
        for kind in ("slack", "webhook"):
            compare(kind, url, options, profile)
    if options.profile:
        pstats.Stats(profile).sort_stats("tottime").print_stats(30)


if __name__ == "__main__":
    main()
