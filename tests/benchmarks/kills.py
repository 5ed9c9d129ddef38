"""Kill a real `tick` with kill -9 at random moments, many times, while it sends on loopback.

No message may be lost. A message may be repeated only as often as the ledger has an attempt of it
with an unknown outcome. Ends after the given number of kills or seconds, whichever comes first.

    python -m tests.benchmarks.kills [--kills 200] [--seconds 600] [--seed 1]
"""

import argparse
import json
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from random import Random

from tests.delivery.almanacs import entry_tree, run, write_almanac, write_config
from tests.delivery.sink import Sink, running_sink

CHANNELS, FIRST, DAYS = 150, date(2026, 1, 1), 300
KILLS_A_DAY = 8


class Told(Counter[tuple[str, str]]):
    """How often the receiver got each message, by channel and day."""

    @classmethod
    def by(cls, sink: Sink) -> "Told":
        """Count the messages that a receiver got."""
        data = (json.loads(received.body)["data"] for received in sink.received)
        return cls((each["channel"], each["day"]) for each in data)


def started(folder: Path, day: date, minute: int) -> "subprocess.Popen[bytes]":
    """Start a tick as if it were ``minute`` minutes after nine on a day."""
    now = f"{day}T09:{minute:02}:00Z"
    words = [sys.executable, "-m", "onthisday", "tick", "--now", now]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(words, cwd=folder, stdout=quiet, stderr=quiet)


class Killer:
    """Kills ticks at random moments. It learns how long a tick takes, and kills before that."""

    def __init__(self, folder: Path, chance: Random) -> None:
        self._folder, self._chance = folder, chance
        self.killed, self._length = 0, 3.0

    def kill_on(self, day: date, count: int) -> None:
        """Start ``count`` ticks of a day, one after another. Kill each that is still running."""
        for minute in range(count):
            begun = time.monotonic()
            process = started(self._folder, day, minute)
            try:
                process.wait(self._chance.uniform(0.3, 1) * self._length)
                self._length = min(self._length, time.monotonic() - begun)
            except subprocess.TimeoutExpired:
                process.kill()
                self.killed += process.wait() == -signal.SIGKILL


def finish(folder: Path, day: date) -> None:
    """Tick until no notice is waiting."""
    for hour in range(10, 20):
        if run(folder, "tick", "--now", f"{day}T{hour}:00:00Z").returncode == 0:
            return
    raise AssertionError("something is left")


def verdict(folder: Path, sink: Sink, days: list[date]) -> tuple[int, int]:
    """Return how many messages were repeated and how many attempts are unknown.

    Fail if a message is lost, or repeated more often than it has unknown attempts.
    """
    told = Told.by(sink)
    rows = sqlite3.connect(folder / "var" / "onthisday.db")
    sql = """SELECT channel, day, count(*) FROM attempts JOIN notices ON notices.id = notice
        WHERE outcome = 'unknown' GROUP BY channel, day"""
    unknown = {(channel, day): count for channel, day, count in rows.execute(sql)}
    states = dict(rows.execute("SELECT state, count(*) FROM notices GROUP BY state"))
    rows.close()
    wanted = {(f"room{n}", day.isoformat()) for n in range(CHANNELS) for day in days}
    lost = wanted - set(told)
    assert not lost, f"lost: {sorted(lost)[:5]}"
    assert states == {"sent": len(wanted)}, states
    wrong = [key for key, count in told.items() if count > 1 + unknown.get(key, 0)]
    assert not wrong, f"repeated and not unknown: {wrong[:5]}"
    return sum(told.values()) - len(told), sum(unknown.values())


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    until = time.monotonic() + options.seconds
    days = [FIRST + timedelta(days=ahead) for ahead in range(DAYS)]
    with tempfile.TemporaryDirectory() as name, running_sink() as sink:
        folder = Path(name)
        write_config(folder, sink.url, CHANNELS)
        write_almanac(folder, *(entry_tree(f"e{day:%m%d}", f"1956-{day:%m-%d}") for day in days))
        killer, used = Killer(folder, Random(options.seed)), []
        for day in days:
            if killer.killed >= options.kills or time.monotonic() > until:
                break
            used.append(day)
            killer.kill_on(day, KILLS_A_DAY)
            finish(folder, day)
        repeated, unknown = verdict(folder, sink, used)
        print(
            f"{killer.killed} kills, {CHANNELS * len(used):,} messages: "
            f"0 lost, {repeated} repeated, {unknown} attempts unknown"
        )


if __name__ == "__main__":
    main()
