"""How long a feed or a calendar stays the same, if the almanac does.

It shows the occasions of a window of days around today. With each new day, one day comes into the
window and another one leaves it. As long as no entry can fall on those days, a feed and a calendar
are what they were. So they need not be made anew.

Called by site/page.py and site/feed_paths.py.
"""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from onthisday.almanac.entry import Selection
from onthisday.almanac.occasions import may_fall

if TYPE_CHECKING:
    from onthisday.almanac.library import Published

Window = Callable[[date], range]
"""A function: it takes a day and returns the days that are shown then, as their numbers."""

_FARTHEST = 366
"""So many days ahead are looked at. Most entries fall on a day of each year."""


def same_until(library: "Published", selection: Selection, day: date, window: Window) -> date:
    """Return a day after ``day``: before it, the window has the occasions that it has on ``day``.

    That is so if the almanac stays the same. The library is asked on which days entries can fall,
    and reads no entry.
    """
    both = library.with_withdrawn()
    keys = frozenset(both.counts(selection))
    last = _last_looked_at(day)
    moving = _falling(both.rules, day.year - 1, last.year + 2)
    for later, others in _moves(window, day):
        if any(other in moving or may_fall(other, keys) for other in others):
            return later
    return last


def _last_looked_at(day: date) -> date:
    return date.fromordinal(min(day.toordinal() + _FARTHEST, date.max.toordinal()))


@lru_cache(4)  # the same for each tag
def _moves(window: Window, day: date) -> tuple[tuple[date, tuple[date, ...]], ...]:
    """Return each later day, with the days that then come into the window or leave it."""
    moves, before = [], window(day)
    numbers = range(day.toordinal() + 1, _last_looked_at(day).toordinal())
    for later in map(date.fromordinal, numbers):
        now = window(later)
        others = (*range(before.start, now.start), *range(before.stop, now.stop))
        moves.append((later, tuple(map(date.fromordinal, others))))
        before = now
    return tuple(moves)


@lru_cache(4)
def _falling(rules: tuple[str, ...], first: int, last: int) -> frozenset[date]:
    """Return the days on which one of the rules falls in some years."""
    if not rules:
        return frozenset()
    from onthisday.dates.feasts import day_of  # loaded here: few almanacs have rules

    years = range(max(1, first), min(last, date.max.year) + 1)
    found = (day_of(rule, year) for rule in rules for year in years)
    return frozenset(filter(None, found))
