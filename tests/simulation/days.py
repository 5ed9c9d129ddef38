"""Which notices fall due, worked out again in other ways than the product's.

Nothing of planning, schedule or retries is used here: only zones, dates and the facts.
"""

from collections.abc import Collection, Sequence
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


@lru_cache(100_000)
def told_days(day: date, post: str, ahead: int) -> tuple[date, ...]:
    """Return the days that a channel is told of on a day of sending; () if it is told of none.

    All days around are looked at: which of them stand in the same week, or month, of the calendar?
    """
    first = day + timedelta(days=ahead)
    around = (first + timedelta(days=n) for n in range(-31, 32))
    page = {"week": "%G week %V", "month": "%Y month %m"}.get(post, "%Y-%m-%d")
    alike = tuple(each for each in around if each.strftime(page) == first.strftime(page))
    return alike if alike[0] == first else ()


def days_of(tree: Tree, day: date) -> tuple[date, ...]:
    """Return the days that this channel is told of on a day of sending."""
    return told_days(day, tree["post"], tree["ahead"])


class Expected:
    """Says what falls on a day, from plain facts."""

    def __init__(self, facts: Sequence[Fact], leap_day: str) -> None:
        self._leap_day = leap_day
        self._by_day: dict[str, list[Fact]] = {}
        for fact in facts:
            self._by_day.setdefault(fact.date[5:], []).append(fact)
        self._years = {fact.id: fact.date[:4] for fact in facts}

    def on(self, day: date, tree: Tree) -> dict[str, date]:
        """Return what passes a channel's filter for a day of sending: each entry with its day."""
        return {
            fact.id: each
            for each in days_of(tree, day)
            for fact in self._falling(each)
            if fact.date[:4] <= f"{each.year:04}" and _passes(fact, each, tree)
            if not fact.is_withdrawn(day)
        }

    def all_on(self, day: date, tree: Tree) -> set[str]:
        """Return the ids of all entries of a channel's days, whoever is told of them."""
        return {
            fact.id
            for each in days_of(tree, day)
            for fact in self._falling(each)
            if fact.date[:4] <= f"{each.year:04}" and not fact.is_withdrawn(day)
        }

    def mistake(self, told: Collection[str], day: date, tree: Tree) -> str | None:
        """Return what is wrong with the entries that a channel is told of; None if nothing is."""
        wanted = self.on(day, tree)
        if more := sorted(set(told) - wanted.keys()):
            return f"it has {', '.join(more)}, which do not belong to it"
        for each in dict.fromkeys(wanted.values()):
            there = [entry for entry, own in wanted.items() if own == each]
            got = [entry for entry in there if entry in told]
            most = tree.get("at_most", len(there))
            if len(got) != min(most, len(there)):
                return f"of {each} it has {len(got)} entries of {len(there)}, at most {most}"
            if self._rounds(got, each, most) != self._rounds(there, each, most):
                return f"of {each} it leaves out a rounder year than it has"
        return None

    def _rounds(self, entries: Collection[str], day: date, places: int) -> list[int]:
        """Return how round the roundest entries are. Half of the places are promised to these.

        One place alone is promised to them in even years.
        """
        half = places // 2 if places > 1 else int(day.year % 2 == 0)
        years = (day.year - int(self._years[entry]) for entry in entries)
        found = [next(step for step in (100, 50, 25, 10, 1) if n % step == 0) for n in years if n]
        return sorted((step for step in found if step > 1), reverse=True)[:half]

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
        and not any(tag in tree.get("without", ()) for tag in fact.tags)
        and (not tree.get("kinds") or fact.kind in tree["kinds"])
        and (not steps or (years > 0 and any(years % step == 0 for step in steps)))
    )


def notice_ids(tree: Tree, day: date, entries: Collection[str]) -> set[str]:
    """Return the ids of a day's notices."""
    whole = f"{tree['name']}/{day}"
    if tree["post"] == "each":
        return {f"{whole}/{entry}" for entry in entries}
    return {whole} if entries else set()
