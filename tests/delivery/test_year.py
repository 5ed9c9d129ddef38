"""A year of ticks with a real server: whatever happens, each channel gets one message a day."""

import asyncio
import json
from collections import Counter
from datetime import date, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest

from onthisday.adapters.http.http_sender import HttpSender
from onthisday.config import Secret
from onthisday.dates.zones import local_day
from onthisday.service.sending.delivering import Delivery
from onthisday.service.sending.pace import Pace
from onthisday.service.sending.planning import plan_and_record
from tests.delivery.fakes import SetClock, almanac_of, channel, config, entry, instant
from tests.delivery.sink import Answer, Received, running_sink
from tests.delivery.stories import opened

ZONES = {
    "cairo": ("Africa/Cairo", time(0)), "havana": ("America/Havana", time(0)),
    "kolkata": ("Asia/Kolkata", time(0)), "kiritimati": ("Pacific/Kiritimati", time(9)),
    "new-york": ("America/New_York", time(2, 30)), "utc": ("UTC", time(9)),
}  # fmt: skip

LEAP_YEAR = [date(2024, 1, 1) + timedelta(days=ahead) for ahead in range(366)]
LIBRARY = almanac_of(*(entry(f"e{day:%m%d}", f"1956-{day:%m-%d}") for day in LEAP_YEAR))


@pytest.mark.slow
def test_a_year_is_one_message_a_day_and_channel(tmp_path: Path) -> None:
    chance, clock = Random(1956), SetClock("2023-12-31T11:00")

    async def run_for_a_while(url: str, ticks: int) -> None:
        """Do what one process does: open the ledger, run a tick, close the ledger."""
        channels = (
            channel(name, url=Secret(f"{url}{name}"), zone=zone, at=at, private_addresses=True)
            for name, (zone, at) in ZONES.items()
        )
        settings = config(*channels)
        async with opened(tmp_path) as ledger, HttpSender() as sender:
            delivery = Delivery(ledger, sender, clock, clock, Pace(jitter=chance.random))
            for _ in range(ticks):
                clock.at += timedelta(minutes=chance.choice([30, 300, 900, 1500]))
                await plan_and_record(ledger, settings, LIBRARY, clock.at)
                await delivery.deliver(settings, LIBRARY)

    def answer(_: Received) -> Answer:
        return Answer(503) if chance.random() < 0.1 else Answer()

    with running_sink() as sink:
        sink.answer = answer
        while clock.at < instant("2025-01-02T12:00"):
            asyncio.run(run_for_a_while(sink.url, 40))
        sink.answer = lambda _: Answer()
        for _ in range(10):
            asyncio.run(run_for_a_while(sink.url, 1))
            clock.at += timedelta(days=1)

    bodies = {received.headers["webhook-id"]: received.body for received in sink.received}
    told = Counter(
        (data["channel"], data["day"]) for data in (json.loads(b)["data"] for b in bodies.values())
    )
    assert set(told.values()) == {1}
    for name, (zone, _) in ZONES.items():
        first = local_day(instant("2023-12-31T12:00"), ZoneInfo(zone))
        expected = {day.isoformat() for day in LEAP_YEAR if day > first}
        assert expected <= {day for channel_, day in told if channel_ == name}
