"""`serve` under a clock that is set back or forward: its ticks, its day, and its `/healthz`."""

import asyncio
import sys
import urllib.request
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from onthisday.app import timer
from onthisday.app.serving import Service
from onthisday.app.workspace import Workspace
from onthisday.delivery.health import Health
from tests.delivery.fakes import SetClock, instant
from tests.website.fixtures import (
    TICKING,
    entry_of,
    health,
    program_serving,
    wait_for,
    write_almanac,
)

FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)


class Steady:
    """Seconds that only go forward, as a test says."""

    seconds = 1000.0

    def now(self) -> float:
        return self.seconds


def service_at(folder: Path, at: str, **site: str) -> tuple[Service, SetClock, Steady]:
    """Return a service, and its two clocks. It has not ticked yet."""
    config = write_almanac(folder, [entry_of("first", "1956-02-25")], **site)
    clock, steady = SetClock(at), Steady()
    return Service(Workspace(str(config)), clock=clock, steady=steady.now), clock, steady


def health_of(service: Service) -> Health:
    return service.health(ready=False)[1]


def day_at(service: Service, at: str) -> str:
    return service.current(instant(at).timestamp()).website.day.isoformat()


def test_a_day_lasts_from_its_midnight_to_the_next(tmp_path: Path) -> None:
    service, _, _ = service_at(tmp_path, "2026-02-25T09:00", zone="Pacific/Kiritimati")
    assert day_at(service, "2026-02-25T09:59") == "2026-02-25"
    first = service.current(instant("2026-02-25T09:00").timestamp())
    assert first is service.current(first.since) is service.current(first.until - 0.001)
    after = service.current(first.until)
    assert after.website.day == first.website.day + timedelta(days=1)


def test_a_page_made_under_a_clock_that_was_ahead_is_made_anew(tmp_path: Path) -> None:
    service, _, _ = service_at(tmp_path, "2036-07-01T00:00")
    assert day_at(service, "2036-07-01T00:00") == "2036-07-01"
    assert day_at(service, "2026-02-25T23:59") == "2026-02-25"
    assert day_at(service, "2026-02-24T00:00") == "2026-02-24"


def test_health_tells_of_a_tick_that_is_still_to_come(tmp_path: Path) -> None:
    service, clock, _ = service_at(tmp_path, "2026-02-25T09:00")
    asyncio.run(service.tick())
    clock.set("2026-02-25T08:59")
    assert health_of(service)["status"] == "ok"  # a minute is what clocks are corrected by
    clock.set("2025-02-25T09:00")
    said = health_of(service)
    assert said["status"] == "degraded"
    trouble = said["trouble"] or ""
    assert "the clock was set back: the last tick was at 2026-02-25T09:00:00" in trouble
    asyncio.run(service.tick())
    assert health_of(service)["status"] == "ok"


def test_health_tells_when_no_tick_has_ended_for_long(tmp_path: Path) -> None:
    service, clock, steady = service_at(tmp_path, "2026-02-25T09:00")
    steady.seconds += 4 * timer.EVERY
    assert health_of(service)["status"] == "ok"
    steady.seconds += 1
    said = health_of(service)
    assert said["status"] == "degraded"
    assert "no tick has ended for 121 seconds; one should end every 30" in (said["trouble"] or "")
    asyncio.run(service.tick())
    clock.set("2036-02-25T09:00")  # ten years by the wall clock are no age
    assert health_of(service)["status"] == "ok"


def test_the_age_of_a_tick_is_measured_by_the_clock_that_goes_forward(tmp_path: Path) -> None:
    service, clock, steady = service_at(tmp_path, "2026-02-25T09:00")
    asyncio.run(service.tick())
    clock.set("2020-02-25T09:00")
    steady.seconds += 7
    measures = asyncio.run(service.measure({}))
    assert (measures.tick_age, measures.is_degraded) == (7, True)


def test_beats_are_less_than_a_minute_apart() -> None:
    assert timer.pause(30, 0) == 30
    assert timer.pause(30, 1) == 35


def page(address: str) -> str:
    with urllib.request.urlopen(address, timeout=10) as reply:
        return str(reply.read().decode())


async def ticks_of(seconds: float, takes: float) -> tuple[int, int]:
    """Return how many ticks there were in some seconds, and how many ran at once."""
    running = most = count = 0

    async def tick() -> None:
        nonlocal running, most, count
        running, count = running + 1, count + 1
        most = max(most, running)
        await asyncio.sleep(takes)
        running -= 1

    async with timer.ticking(tick, 0.05):
        await asyncio.sleep(seconds)
    await asyncio.sleep(0.1)
    return count, most


def test_it_ticks_again_and_again_and_stops() -> None:
    count, most = asyncio.run(ticks_of(0.5, takes=0))
    assert 3 <= count <= 10
    assert most == 1


def test_a_tick_that_takes_long_runs_alone() -> None:
    assert asyncio.run(ticks_of(0.5, takes=1)) == (1, 1)


def test_a_tick_that_runs_when_the_timer_stops_is_no_error(
    caplog: pytest.LogCaptureFixture,
) -> None:
    asyncio.run(ticks_of(0.1, takes=9))
    assert [each for each in caplog.records if each.levelname == "ERROR"] == []


@pytest.mark.parametrize("turns", range(8))
def test_a_timer_that_stops_while_a_tick_begins_logs_no_error(
    caplog: pytest.LogCaptureFixture, turns: int
) -> None:
    async def stopped() -> None:
        async with timer.ticking(partial(asyncio.sleep, 9)):
            for _ in range(turns):
                await asyncio.sleep(0)
        await asyncio.sleep(0.01)

    asyncio.run(stopped())
    assert [each.message for each in caplog.records if each.levelname == "ERROR"] == []


def test_a_tick_that_fails_is_not_the_last() -> None:
    async def failing() -> int:
        count = 0

        async def tick() -> None:
            nonlocal count
            count += 1
            raise ValueError("a defect")

        async with timer.ticking(tick, 0.05), asyncio.timeout(30):
            while count < 2:
                await asyncio.sleep(0.01)
        return count

    assert asyncio.run(failing()) > 1


@pytest.mark.program
@pytest.mark.slow
@pytest.mark.skipif(FAKETIME is None, reason="there is no libfaketime: apt install libfaketime")
@pytest.mark.parametrize("jump", ["-1y", "+11y"])
def test_serve_goes_on_under_a_clock_that_jumps(tmp_path: Path, jump: str) -> None:
    config = write_almanac(tmp_path, [entry_of("first", "1956-02-25")])
    clock = tmp_path / "clock"
    clock.write_text("+0")
    environ = {
        "LD_PRELOAD": str(FAKETIME),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "NO_FAKE_STAT": "1",
    }
    program = ("env", *(f"{name}={value}" for name, value in environ.items()), sys.executable)
    with program_serving(*program, "-c", TICKING, str(config)) as (home, _):
        wait_for(lambda: health(home)["ticked"] is not None)
        before = health(home)["ticked"]
        clock.write_text(jump)
        wait_for(lambda: abs(int(health(home)["ticked"][:4]) - int(before[:4])) >= 1, seconds=10)
        assert health(home)["status"] == "ok"
        ticked = health(home)["ticked"]
        wait_for(lambda: health(home)["ticked"] != ticked, seconds=10)
        assert health(home)["day"][:4] == ticked[:4]
        write_almanac(tmp_path, [entry_of("first", "1956-02-25", title="Mended")])
        wait_for(lambda: "Mended" in page(f"{home}entries/first/"), seconds=10)
