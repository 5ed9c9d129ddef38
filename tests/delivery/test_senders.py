"""What sends is opened when the first request goes out, and not before."""

import asyncio
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from onthisday.app.senders import SenderOnDemand, load
from onthisday.delivery.request_reply import Failure, Reply, Request
from tests.delivery.almanacs import write_config
from tests.delivery.sink import running_sink


def replies(url: str, count: int, load: Callable[[], None]) -> list[Reply | Failure]:
    """Send some requests at once. Return what came of them."""

    async def whole() -> list[Reply | Failure]:
        async with SenderOnDemand(load=load) as sender:
            request = Request("POST", url, (), b"hello", True)
            return await asyncio.gather(*(sender.send(request) for _ in range(count)))

    return asyncio.run(whole())


def test_many_requests_at_once_open_it_once() -> None:
    loads: list[int] = []

    def counted() -> None:
        loads.append(1)
        load()

    with running_sink() as sink:
        found = replies(sink.url, 20, counted)
    assert all(isinstance(each, Reply) for each in found)
    assert len(sink.received) == 20
    assert len(loads) == 1


def test_what_cannot_be_loaded_was_never_sent_and_is_tried_again() -> None:
    loads = []

    def lacking() -> None:
        loads.append(1)
        raise ImportError("no library")

    found = replies("http://127.0.0.1:9/", 3, lacking)
    assert found == [Failure(False, "nothing can be sent: ImportError: no library")] * 3
    assert len(loads) == 3


TICK = """
import sys
from onthisday.cli import main
assert main(["tick", "--now", "2026-02-25T09:00:00Z"]) == 0
print("aiohttp" in sys.modules)
"""


@pytest.mark.program
def test_a_tick_with_nothing_to_send_loads_no_library_for_it(tmp_path: Path) -> None:
    with running_sink() as sink:
        write_config(tmp_path, sink.url)
        told = [
            subprocess.run(
                [sys.executable, "-c", TICK],
                cwd=tmp_path,
                capture_output=True,
                encoding="utf-8",
                check=True,
            ).stdout
            for _ in range(2)
        ]
    assert told == ["1 sent\nTrue\n", "nothing was due\nFalse\n"]
