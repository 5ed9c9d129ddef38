"""Jubilees: round anniversaries of what is dated to a month or a year, and of what has a day.

"This year, 120 years ago" is true of an entry that is dated ``1906``, though it falls on no day.
The rules are in docs/behaviour.md, "Round years without a day". Called by the first page, by
`upcoming`, and when an almanac is compiled (`jubilee_month`). No clock is read here.

Why an interval of several years is no jubilee, nor a decade: nobody can tell whether its beginning
or its end is meant. Why not a month of the Julian calendar: it lies in two Gregorian months, so
such an entry is one of its year.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from heapq import merge
from itertools import chain
from typing import TYPE_CHECKING, Literal, NamedTuple

from onthisday.almanac.entry import ALL, Entry, LeapDay, Selection
from onthisday.almanac.occasions import Occasion, occasions_of_days, order_of
from onthisday.dates.historical_date import HistoricalDate

if TYPE_CHECKING:
    from onthisday.almanac.library import Published

Precision = Literal["year", "month", "day"]

_ORDER: tuple[Precision, ...] = ("year", "month", "day")

_AMONG = 500
"""The first page takes turns among so many entries, at most."""


class Coming(NamedTuple):
    """A day, a month or a year, with its occasions.

    - ``day``: the day, or the first day of the month or of the year.
    - ``occasions``: the oldest first. Read them before the next `Coming` is asked for.
    """

    day: date
    precision: Precision
    occasions: Iterable[Occasion]


def jubilee_month(entry: Entry) -> int | None:
    """Return the month (1 to 12) in which an entry without a day can have a jubilee.

    Return 0 if it has its jubilees in a whole year, as if it is dated to a year or a season. Return
    None if it falls on a day, or if its date names more than one year, or none.
    """
    found = entry.date
    if entry.rule is not None or entry.key is not None or found.year is None:
        return None
    return _month_of(found) if found.lies_in_one_year else None


def _month_of(found: HistoricalDate) -> int:
    if found.civil is not None:
        return found.civil.month
    months = {_month_of(part) for part in found.parts if part} or {found.month or 0}
    month = months.pop()
    return month if not months and month <= 12 and found.calendar == "gregorian" else 0


def jubilees_in(
    library: "Published",
    year: int,
    month: int | None,
    selection: Selection = ALL,
) -> Iterator[Occasion]:
    """Yield the jubilees of a civil year or, with ``month``, of one month of it. The oldest first.

    The day of such an occasion is the first one of the year or of the month.
    """
    return (_jubilee(entry, year, month) for entry in library.jubilees(year, month, selection))


def _jubilee(entry: Entry, year: int, month: int | None) -> Occasion:
    return Occasion(entry, date(year, month or 1, 1), year - (entry.date.civil_year or 0))


def coming(
    library: "Published",
    first: date,
    last: date,
    leap_day: LeapDay,
    selection: Selection = ALL,
    *,
    undated: bool = False,
) -> Iterator[Coming]:
    """Yield what comes from a day to another one, in order. What has no occasion is left out.

    With ``undated``, also what `jubilees_between` yields. A year comes before its January, and a
    month before its first day.
    """
    days = map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))
    dated = occasions_of_days(library, days, leap_day, selection)
    fixed = (Coming(day, "day", occasions) for day, occasions in dated)
    others = jubilees_between(library, first, last, selection) if undated else ()
    return merge(fixed, others, key=lambda each: (each.day, _ORDER.index(each.precision)))


def jubilees_between(
    library: "Published", first: date, last: date, selection: Selection = ALL
) -> Iterator[Coming]:
    """Yield the years and the months that have jubilees, from a day to another one, in order.

    A year or a month counts if at least one of these days is a part of it.
    """
    for year in range(first.year, last.year + 1):
        begin = first.month if year == first.year else 1
        end = last.month if year == last.year else 12
        for month in (None, *range(begin, end + 1)):
            found = jubilees_in(library, year, month, selection)
            if begun := next(found, None):
                yield Coming(begun.day, "month" if month else "year", chain((begun,), found))


def jubilees_shown(
    library: "Published", day: date, month: int | None, places: int
) -> list[Occasion]:
    """Return some jubilees of the day's year or of its month, for the first page. Oldest first.

    Half of the places, rounded down, are for the roundest numbers of years: 100 before 50, 25 and
    10. The others go round, so each day shows other ones. Dates that are only approximate are left
    out, as they are among days.
    """
    ids = library.roundest(day.year, month, _AMONG)
    shown = (library.entry(each) for each in _by_turns(ids, places, day.toordinal()))
    found = sorted(filter(None, shown), key=order_of)
    return [_jubilee(entry, day.year, month) for entry in found]


def _by_turns(ids: list[str], places: int, turn: int) -> list[str]:
    """Return the first ones, and of the others those whose turn it is."""
    fixed, others = ids[: places // 2], ids[places // 2 :]
    left = min(places - len(fixed), len(others))
    begin = turn * left
    return fixed + [others[(begin + n) % len(others)] for n in range(left)]
