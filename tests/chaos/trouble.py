"""What is done to the processes and to PostgreSQL, and when."""

import time
from collections import Counter
from random import Random

from tests.chaos.members import Place
from tests.delivery.postgres_server import Server

STOPS = (2.0, 15.0, 25.0, 45.0)
"""Seconds for which a process stands still. Its lease is 20 s (adapters/postgres/presence.py)."""


class Trouble:
    """Makes trouble for some seconds, and counts it.

    - ``pause``: the longest time between two blows, in seconds.
    """

    def __init__(self, chance: Random, places: list[Place], server: Server, seconds: float) -> None:
        self._chance, self._places, self._server = chance, places, server
        self._begun, self._seconds = time.monotonic(), seconds
        self._pause = min(8.0, seconds / 12)
        self._next = self._begun + self._pause
        self._restarts = [("fast", 1 / 3), ("immediate", 2 / 3)]
        self._up_at = 0.0
        self.counts: Counter[str] = Counter()

    @property
    def passed(self) -> float:
        """The part of the time that is over."""
        return (time.monotonic() - self._begun) / self._seconds

    def look(self) -> None:
        """Do what is due."""
        now = time.monotonic()
        if self._up_at and now >= self._up_at:
            self._server.start()
            self._up_at = 0.0
        if self._restarts and self.passed >= self._restarts[0][1]:
            how, _ = self._restarts.pop(0)
            self._server.stop(how)
            self._up_at = now + self._chance.uniform(1, 6)
            self.counts[f"PostgreSQL stopped ({how})"] += 1
        if now >= self._next:
            self._next = now + self._chance.uniform(0.2, 1) * self._pause
            self._strike()

    def _strike(self) -> None:
        free = [place for place in self._places if place.is_free]
        if not free:
            return
        place = self._chance.choice(free)
        blow = self._chance.choices(["SIGKILL", "SIGTERM", "SIGSTOP"], [4, 2, 3])[0]
        pause = self._chance.uniform(0, 4)
        if blow == "SIGKILL":
            place.kill(pause)
        elif blow == "SIGTERM":
            place.end(pause)
        else:
            place.stop(self._chance.choice(STOPS))
        self.counts[blow] += 1

    def end(self) -> None:
        """Put everything right again."""
        if self._up_at:
            self._server.start()
            self._up_at = 0.0
        for place in self._places:
            place.go_on()
