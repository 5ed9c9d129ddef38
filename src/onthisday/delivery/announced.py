"""What a hub was told of each feed, and when it is told again (W3C, WebSub, section 7).

A feed is due if it says something else than when the hub last heard of it. If the hub does not
answer, or has trouble of its own, it is left alone for a while. If it refuses a feed, that feed
waits alone. Each wait is longer than the one before, up to an hour, or as long as the hub asks.

No input or output here; the time is an argument. Used by service/announcing.py.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from onthisday.delivery.pauses import LONGEST, Pause
from onthisday.delivery.request_reply import Verdict

_FIRST, _LONGEST = timedelta(minutes=1), timedelta(hours=1)

_THE_HUB = ""
"""Stands in ``waits`` for the hub itself, where a feed's address may stand."""

_ANOTHER_TIME = {408, 425, 429}
"""Statuses of a request that may be right, and that comes too early, too late or too often."""


class Wait(NamedTuple):
    """Says that a feed or the hub waits: after so many tries in a row, until then, and why."""

    tries: int
    until: datetime
    reason: str

    def holds(self, now: datetime) -> bool:
        """Return True if it still lasts. If its end is too far away, a wrong clock made it."""
        return Pause("the hub", self.until, self.reason).holds(now)


class Announced(NamedTuple):
    """What a hub was told.

    - ``hub``: its address.
    - ``told``: what each feed said when the hub last heard of it: a digest for each address.
    - ``waits``: why a feed, or all of them, are not told now.
    """

    hub: str
    told: Mapping[str, str] = {}
    waits: Mapping[str, Wait] = {}

    @property
    def trouble(self) -> str | None:
        """Say why the hub could not be told of a feed the last time; None if it could."""
        return next((wait.reason for wait in self.waits.values()), None)

    def among(self, topics: Mapping[str, str]) -> "Announced":
        """Forget the feeds that are not there any more. ``topics``: a digest for each feed."""
        told = {address: said for address, said in self.told.items() if address in topics}
        known = {_THE_HUB, *topics}
        waits = {whom: wait for whom, wait in self.waits.items() if whom in known}
        return self._replace(told=told, waits=waits)

    def due(self, topics: Mapping[str, str], now: datetime) -> list[str]:
        """Return the addresses of the feeds that the hub is to be told of now, in their order."""
        if self._waits(_THE_HUB, now):
            return []
        changed = (address for address, said in topics.items() if self.told.get(address) != said)
        return [address for address in changed if not self._waits(address, now)]

    def taken(self, topics: Mapping[str, str]) -> "Announced":
        """Note that the hub took a ping for these feeds."""
        over = {_THE_HUB, *topics}
        waits = {whom: wait for whom, wait in self.waits.items() if whom not in over}
        return self._replace(told={**self.told, **topics}, waits=waits)

    def failed(self, addresses: Iterable[str], verdict: Verdict, now: datetime) -> "Announced":
        """Note that the hub did not take a ping for these feeds."""
        whom = addresses if is_refused(verdict) else (_THE_HUB,)
        return self._replace(
            waits={**self.waits, **{each: self._longer(each, verdict, now) for each in whom}}
        )

    def _waits(self, whom: str, now: datetime) -> bool:
        return whom in self.waits and self.waits[whom].holds(now)

    def _longer(self, whom: str, verdict: Verdict, now: datetime) -> Wait:
        tries = self.waits[whom].tries + 1 if whom in self.waits else 1
        own = min(_FIRST * 2.0 ** min(tries - 1, 20), _LONGEST)
        asked = min(verdict.after or own, LONGEST)
        return Wait(tries, now + max(own, asked), _words_of(verdict))


def is_refused(verdict: Verdict) -> bool:
    """Return True if a hub refuses the feeds of one ping, and may take others."""
    status = verdict.status
    return status is not None and 400 <= status < 500 and status not in _ANOTHER_TIME


def _words_of(verdict: Verdict) -> str:
    if verdict.status is None:
        return verdict.detail
    said = f"it answered {verdict.status}"
    return f"{said}: {verdict.detail}" if verdict.detail else said
