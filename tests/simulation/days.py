"""Which notices fall due, worked out again in other ways than the product's.

Nothing of planning, schedule or retries is used here: only zones, dates and the facts.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from tests.simulation.almanacs import Fact

Tree = dict[str, Any]

_zone = cache(ZoneInfo)


def day_in(zone: str, now: datetime) -> date:
    """Return the date that people in a zone have now."""
    return now.astimezone(_zone(zone)).date()


def _wall(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(_zone(zone)).replace(tzinfo=None)


@lru_cache(100_000)
def comes_at(day: date, hour: str, zone: str) -> datetime:
    """Return the first instant at which a clock in the zone shows this hour, or a later one.

    It is searched for minute by minute, from the earliest instant that any zone allows.
    """
    wall = datetime.combine(day, time.fromisoformat(hour))
    around = [wall.replace(tzinfo=UTC) + timedelta(hours=ahead) for ahead in (-40, 40)]
    offsets = {instant.astimezone(_zone(zone)).utcoffset() for instant in around}
    exact = [wall.replace(tzinfo=UTC) - offset for offset in offsets if offset is not None]
    hits = [instant for instant in exact if _wall(instant, zone) == wall]
    if hits:
        return min(hits)
    before, after = min(exact) - timedelta(hours=26), max(exact) + timedelta(hours=26)
    while after - before > timedelta(seconds=1):  # in a gap: search where it ends
        middle = before + (after - before) // 2
        before, after = (before, middle) if _wall(middle, zone) > wall else (middle, after)
    return after.replace(microsecond=0)


@lru_cache(100_000)
def was_there(day: date, zone: str) -> bool:
    """Return True if the zone had this date. Some zones left one out."""
    return day_in(zone, comes_at(day, "00:00", zone)) == day


def last_due(tree: Tree, now: datetime) -> date:
    """Return the last day whose hour has come to a channel."""
    today = day_in(tree["zone"], now)
    is_due = comes_at(today, tree["at"], tree["zone"]) <= now
    return today if is_due else today - timedelta(days=1)


class Expected:
    """Says what falls on a day, from plain facts."""

    def __init__(self, facts: Sequence[Fact], leap_day: str) -> None:
        self._leap_day = leap_day
        self._by_day: dict[str, list[Fact]] = {}
        for fact in facts:
            self._by_day.setdefault(fact.date[5:], []).append(fact)

    def on(self, day: date, tree: Tree) -> list[str]:
        """Return the ids of the entries that a channel is told of on a day."""
        return [
            fact.id for fact in self._falling(day)
            if fact.date[:4] <= f"{day.year:04}" and _passes(fact, day, tree)
        ]  # fmt: skip

    def all_on(self, day: date) -> set[str]:
        """Return the ids of all entries of a day, whoever is told of them."""
        return {fact.id for fact in self._falling(day) if fact.date[:4] <= f"{day.year:04}"}

    def _falling(self, day: date) -> list[Fact]:
        found = self._by_day.get(f"{day:%m-%d}", [])
        is_leap = day.year % 4 == 0 and (day.year % 100 != 0 or day.year % 400 == 0)
        if is_leap or (day.month, day.day) not in {(2, 28), (3, 1)}:
            return found
        here = "feb-28" if day.month == 2 else "mar-1"
        leaps = self._by_day.get("02-29", [])
        return [*found, *(fact for fact in leaps if (fact.leap_day or self._leap_day) == here)]


def _passes(fact: Fact, day: date, tree: Tree) -> bool:
    years = day.year - int(fact.date[:4])
    steps = tree.get("milestones")
    return (
        (not tree.get("tags") or any(tag in tree["tags"] for tag in fact.tags))
        and (not tree.get("kinds") or fact.kind in tree["kinds"])
        and (not steps or (years > 0 and any(years % step == 0 for step in steps)))
    )


def notice_ids(tree: Tree, day: date, entries: Sequence[str]) -> dict[str, list[str]]:
    """Return the notices of a day: for each id, the ids of its entries."""
    whole = f"{tree['name']}/{day}"
    if tree["post"] == "each":
        return {f"{whole}/{entry}": [entry] for entry in entries}
    return {whole: list(entries)} if entries else {}
