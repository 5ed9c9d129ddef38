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
    last = min(day.toordinal() + _FARTHEST, date.max.toordinal())
    moving = _falling(both.rules, day.year - 1, date.fromordinal(last).year + 2)
    before = window(day)
    for later in map(date.fromordinal, range(day.toordinal() + 1, last)):
        now = window(later)
        for number in (*range(before.start, now.start), *range(before.stop, now.stop)):
            other = date.fromordinal(number)
            if other in moving or may_fall(other, keys):
                return later
        before = now
    return date.fromordinal(last)


@lru_cache(4)
def _falling(rules: tuple[str, ...], first: int, last: int) -> frozenset[date]:
    """Return the days on which one of the rules falls in some years."""
    if not rules:
        return frozenset()
    from onthisday.dates.feasts import day_of  # loaded here: few almanacs have rules

    years = range(max(1, first), min(last, date.max.year) + 1)
    found = (day_of(rule, year) for rule in rules for year in years)
    return frozenset(filter(None, found))
