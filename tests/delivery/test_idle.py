"""What is remembered between ticks changes nothing but the time that a tick takes."""

import asyncio
import os
import time as clock_time
from collections.abc import Callable, Sequence
from datetime import date, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from onthisday.adapters.sqlite.sqlite_ledger import SqliteLedger
from onthisday.almanac.library import Library
from onthisday.app.workspace import Workspace
from onthisday.config import Channel, Config
from onthisday.delivery.notice import Notice
from onthisday.service.sending.idling import MOST, Idle
from onthisday.service.sending.planning import plan_and_record
from tests.delivery.almanacs import write_config
from tests.delivery.fakes import almanac_of, channel, config, entry, instant
from tests.delivery.inline_writer import InlineWriter

NOW = instant("2026-02-25T08:00")

ZONES = ("UTC", "Africa/Cairo", "Asia/Kolkata", "America/New_York", "Pacific/Kiritimati")


def library_of(days: Sequence[date]) -> Library:
    """Return a library with an entry on each of these days."""
    return almanac_of(
        *(entry(f"e{n}-{day:%m%d}", f"1956-{day:%m-%d}") for n, day in enumerate(days))
    )


def channels_of(chance: Random) -> tuple[Channel, ...]:
    """Return a few channels, each with its zone and hour."""
    return tuple(
        channel(f"c{n}", zone=chance.choice(ZONES), at=time(chance.randrange(24), 30))
        for n in range(chance.randrange(1, 5))
    )


class Twins:
    """Two ledgers that go through the same. The ticks of one of them remember."""

    def __init__(self, folder: Path, chance: Random) -> None:
        self.chance, self.now, self.idle = chance, NOW, Idle()
        self.days = [self._day() for _ in range(30)]
        self.config = config(*channels_of(chance))
        self.paths = [str(folder / f"{name}.db") for name in ("remembers", "looks")]
        self.ledgers = [SqliteLedger.open(path, InlineWriter) for path in self.paths]

    def _day(self) -> date:
        return self.now.date() + timedelta(days=self.chance.randrange(-20, 40))

    async def tick(self) -> None:
        """Plan in both ledgers. Afterwards they must be alike."""
        remembers, looks = self.ledgers
        library = library_of(self.days)
        planned = [
            await plan_and_record(remembers, self.config, library, self.now, None, self.idle),
            await plan_and_record(looks, self.config, library, self.now),
        ]
        assert planned[0].new == planned[1].new
        assert list(map(str, planned[0].faults)) == list(map(str, planned[1].faults))
        assert await remembers.channels() == await looks.channels()
        assert await remembers.notices() == await looks.notices()

    async def change(self) -> None:
        """Let time pass, or change what a person, a clock or another process may change."""
        kind = self.chance.random()
        self.now += timedelta(minutes=self.chance.choice([0, 1, 1, 5, 20, 60, 300]))
        if kind < 0.03:
            self.days[self.chance.randrange(len(self.days))] = self._day()
        elif kind < 0.06:
            self.config = config(*channels_of(self.chance))
        elif kind < 0.09:
            self.now -= timedelta(hours=self.chance.choice([1, 30, 200]))
        elif kind < 0.12:
            self.now += timedelta(days=self.chance.choice([1, 3, 12]))
        elif kind < 0.15:
            await self.by_another_process()

    async def by_another_process(self) -> None:
        """Set a channel back in both ledgers, as `channels reset` does."""
        name, today = self.config.channels[0].name, self.now.date()
        for path in self.paths:
            other = SqliteLedger.open(path, InlineWriter)
            await other.reset(name, today, today - timedelta(days=7), self.now)
            other.close()


@pytest.mark.parametrize("seed", range(8))
def test_ticks_that_remember_record_what_ticks_that_look_record(tmp_path: Path, seed: int) -> None:
    twins = Twins(tmp_path, Random(seed))

    async def story() -> None:
        for _ in range(150):
            await twins.tick()
            await twins.change()

    asyncio.run(story())
    for ledger in twins.ledgers:
        ledger.close()


def test_a_tick_that_has_nothing_to_do_looks_at_no_channel(tmp_path: Path) -> None:
    library, idle = almanac_of(entry("a")), Idle()
    settings = config(channel("one", at=time(9)), channel("two", at=time(10)))
    ledger = SqliteLedger.open(str(tmp_path / "ledger.db"), InlineWriter)
    looked: list[Notice] = []
    closings = ledger.closings

    async def seen() -> Any:
        looked.append(Notice("looked", NOW.date(), "UTC", ()))
        return await closings()

    ledger.closings = seen  # type: ignore[method-assign]

    async def looks(now: Any, settings: Config = settings) -> bool:
        """Run a tick. Return whether it looked at the channels."""
        looked.clear()
        await plan_and_record(ledger, settings, library, now, None, idle)
        return bool(looked)

    async def story() -> None:
        minute = timedelta(minutes=1)
        assert await looks(NOW)
        assert await looks(NOW + minute)
        assert not await looks(NOW + 2 * minute)
        assert not await looks(NOW + MOST)
        assert await looks(NOW + MOST + minute), "once in a while all are looked at"
        assert await looks(NOW + timedelta(hours=1)), "an hour has come"
        (found, *_) = [n for n in await ledger.notices() if n.channel == "one"]
        assert found.day == NOW.date()
        later = NOW + timedelta(hours=1, minutes=1)
        assert await looks(later)
        assert not await looks(later)
        assert await looks(later - minute), "the clock was set back"
        assert not await looks(later)
        assert await looks(later, config(channel("one", at=time(8))))

    asyncio.run(story())
    ledger.close()


EDITS: dict[str, Callable[[Path], object]] = {
    "nothing": lambda config: None,
    "config": lambda config: config.write_text(config.read_text().replace("room", "hall")),
    "variable": lambda config: os.environ.update(ONTHISDAY_NAME="other"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_a_config_is_read_again_only_if_it_may_say_something_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, edit: str
) -> None:
    monkeypatch.setenv("ONTHISDAY_NAME", "name")
    file = Path(write_config(tmp_path, "https://hooks.invalid/${ONTHISDAY_NAME}/"))
    clock_time.sleep(2.1)  # before, the file is fresh and is always read
    workspace = Workspace(str(file))
    before, _ = workspace.config(sending=True)
    EDITS[edit](file)
    after, _ = workspace.config(sending=True)
    assert (after is before) == (edit == "nothing")
    assert (after == before) == (edit == "nothing")
