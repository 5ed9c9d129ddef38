"""A run: channels are added all the time, and processes send to them through all trouble.

python -m tests.chaos --minutes 10 --notices 5000 --seed 7
"""

import argparse
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import NamedTuple

from tests.chaos.judging import Judged, is_done, judged, rows_of
from tests.chaos.members import Place
from tests.chaos.trouble import Trouble
from tests.delivery.almanacs import entry_tree, write_almanac, write_channels
from tests.delivery.postgres_server import Server, new_database, started
from tests.delivery.sink import Answer, Received, Sink, running_sink

ENTRIES = 20
"""Entries on the day. Each channel gets a message for each."""

HOSTS = 8
"""The channels are on so many hosts. Each host is in a queue, so several processes send."""

AFTERWARDS = 180.0
"""Seconds within which everything must have been sent after the trouble."""


class Plan(NamedTuple):
    """How long there is trouble, and how many notices are sent."""

    seconds: float
    channels: int
    seed: int

    @property
    def notices(self) -> int:
        return self.channels * ENTRIES


class Told(NamedTuple):
    """What became of a run."""

    judged: Judged
    took: float
    gap: float
    counts: dict[str, int]
    starts: int

    def __str__(self) -> str:
        done = ", ".join(f"{count} {name}" for name, count in sorted(self.counts.items()))
        found = self.judged
        return (
            f"{found.notices:,} notices, {found.arrivals:,} arrived ({found.repeats} again);"
            f" {found.unknown} outcomes are unknown\n"
            f"{done}; {self.starts} starts\n"
            f"the last was sent {self.took:.0f} s after the trouble;"
            f" the longest silence took {self.gap:.0f} s"
        )


class Story:
    """One run in one folder."""

    def __init__(self, plan: Plan, folder: Path, server: Server, sinks: list[Sink]) -> None:
        self._plan, self._folder, self._sinks = plan, folder, sinks
        self._store = new_database(server.address)
        self._zone, self._there = _zone_at_noon(), 0
        self._times: list[float] = []
        for sink in sinks:
            sink.answer = self._answer
        self._chance = Random(plan.seed)
        names = [("serve", 1), ("serve", 2), ("work", 1), ("work", 2)]
        self.places = [Place(folder, command, number) for command, number in names]
        day = datetime.now(UTC) + self._zone[1]
        write_almanac(
            folder, *(entry_tree(f"e{n:02}", f"1956-{day:%m-%d}") for n in range(ENTRIES))
        )
        self._add_channels(0.0)
        self._trouble = Trouble(self._chance, self.places, server, plan.seconds)

    def _answer(self, _: Received) -> Answer:
        """Take a message, more or less slowly."""
        self._times.append(time.monotonic())
        time.sleep(0.02 + 0.5 * (len(self._times) * 7919 % 100 / 100) ** 2)
        return Answer()

    def _add_channels(self, passed: float) -> None:
        """Write a config with the channels that are there by now. All are there at nine tenths."""
        there = min(self._plan.channels, 1 + int(self._plan.channels * passed / 0.9))
        if there > self._there:
            self._there = there
            keys = {"type": "webhook", "zone": self._zone[0], "at": "00:00", "post": "each"}
            channels = (
                {"name": f"room{n:04}", "url": self._url(n), "private_addresses": True}
                for n in range(there)
            )
            new = self._folder / "new"
            new.mkdir(exist_ok=True)
            write_channels(new, *(channel | keys for channel in channels), store=self._store)
            (new / "config.yaml").replace(self._folder / "config.yaml")

    def _url(self, number: int) -> str:
        return f"{self._sinks[number % len(self._sinks)].url}{number}"

    def run(self) -> Told:
        """Make trouble, put everything right, and wait for the last notice."""
        while (passed := self._trouble.passed) < 1:
            self._look(passed)
        self._trouble.end()
        ended = time.monotonic()
        while not self._is_done() and time.monotonic() < ended + AFTERWARDS:
            self._look(None)
        took = max(0.0, max(self._times, default=0.0) - ended)
        self._end()
        received = [each for sink in self._sinks for each in sink.received]
        found = judged(rows_of(self._store), received, self._plan.notices)
        wrong = [each for place in self.places for each in (*place.wrong, *place.errors())]
        found = found._replace(wrong=(*found.wrong, *wrong))
        times = sorted(self._times)
        pairs = pairwise(times)
        gap = max((after - before for before, after in pairs), default=0.0)
        starts = sum(place.starts for place in self.places)
        return Told(found, took, gap, dict(self._trouble.counts), starts)

    def _look(self, passed: float | None) -> None:
        self._add_channels(1.0 if passed is None else passed)
        if passed is not None:
            self._trouble.look()
        for place in self.places:
            place.look()
        time.sleep(0.1 if passed is not None else 0.5)

    def _is_done(self) -> bool:
        return is_done(rows_of(self._store), self._plan.notices)

    def _end(self) -> None:
        """End all processes in order."""
        for place in self.places:
            place.begins_at = float("inf")
            place.end(float("inf"))
        while any(place.process is not None for place in self.places):
            for place in self.places:
                place.look()
            time.sleep(0.1)


def _zone_at_noon() -> tuple[str, timedelta]:
    """Return a zone where it is about noon, so that no day ends meanwhile, and its offset."""
    ahead = 12 - datetime.now(UTC).hour
    return f"Etc/GMT{-ahead:+}" if ahead else "Etc/GMT", timedelta(hours=ahead)


@contextmanager
def _story(plan: Plan) -> Iterator[Story]:
    server = started()
    with (
        ExitStack() as stack,
        tempfile.TemporaryDirectory(prefix="onthisday-chaos-") as folder,
    ):
        sinks = [stack.enter_context(running_sink()) for _ in range(HOSTS)]
        story = Story(plan, Path(folder), server, sinks)
        try:
            yield story
        finally:
            for place in story.places:
                place.kill(0.0)
            server.end()


def told(plan: Plan) -> Told:
    """Run a story with a PostgreSQL of its own, and tell what became of it."""
    with _story(plan) as story:
        return story.run()


def main() -> int:
    """Run a story. Return 1 if something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m tests.chaos")
    parser.add_argument("--minutes", type=float, default=10.0, help="of trouble")
    parser.add_argument("--notices", type=int, default=5000, help="how many, in twenties")
    parser.add_argument("--seed", type=int, default=int(time.time()), help="of what is done")
    args = parser.parse_args()
    print(f"seed {args.seed}", flush=True)
    found = told(Plan(60 * args.minutes, args.notices // ENTRIES, args.seed))
    print(found, *found.judged.wrong, sep="\n")
    return 1 if found.judged.wrong else 0
