"""Some hosts take a connection and never answer. They must not delay the other hosts."""

import asyncio
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from onthisday.adapters.http.http_sender import HttpSender
from onthisday.config import Channel, Config, Secret
from onthisday.service.sending.delivering import Delivery
from onthisday.service.sending.planning import plan_and_record
from tests.delivery.fakes import EVEN, SetClock, almanac_of, channel, config, entry
from tests.delivery.sink import Answer, Received, running_sink
from tests.delivery.stories import opened

LIBRARY = almanac_of(entry("speech"))
HUNG, GOOD, OF_EACH = 30, 100, 2
PATIENCE = 2.0


@pytest.fixture
def hung() -> Iterator[list[str]]:
    """Yield the URLs of servers that take connections and never answer."""
    with ExitStack() as stack:
        servers = [
            stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=64))
            for _ in range(HUNG)
        ]
        yield [f"http://127.0.0.1:{server.getsockname()[1]}/" for server in servers]


async def seconds_of_a_pass(folder: Path, settings: Config) -> float:
    """Plan and deliver; return how long the delivery takes."""
    clock = SetClock("2026-02-25T09:00")
    async with opened(folder) as ledger, HttpSender(total=PATIENCE) as sender:
        delivery = Delivery(ledger, sender, clock, clock, EVEN)
        await plan_and_record(ledger, settings, LIBRARY, clock.now())
        begun = time.monotonic()
        await delivery.deliver(settings, LIBRARY)
        return time.monotonic() - begun


@pytest.mark.slow
def test_thirty_hung_hosts_delay_no_other_by_a_second(tmp_path: Path, hung: list[str]) -> None:
    arrived: list[float] = []

    def answer(_: Received) -> Answer:
        arrived.append(time.monotonic())
        return Answer()

    with running_sink() as sink:
        sink.answer = answer
        good = [to(f"good{n}", f"{sink.url}{n}") for n in range(GOOD)]
        dead = [to(f"{url[-6:-1]}-{n}", url) for url in hung for n in range(OF_EACH)]
        (tmp_path / "alone").mkdir()
        alone = asyncio.run(seconds_of_a_pass(tmp_path / "alone", config(*good)))
        arrived.clear()
        (tmp_path / "beside").mkdir()
        begun = time.monotonic()
        asyncio.run(seconds_of_a_pass(tmp_path / "beside", config(*dead, *good)))
    assert len(arrived) == GOOD
    assert arrived[-1] - begun < alone + 1


def to(name: str, url: str) -> Channel:
    return channel(name, url=Secret(url), private_addresses=True)
