"""Occasions: the entries that fall on a day. Also the next occasion after a day.

The rules are in docs/behaviour.md, "What falls on a day". The entries come from a `Published`
library (library.py). The caller says which day it is; no clock is read here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain, groupby, islice
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from onthisday.almanac.entry import ALL, Entry, LeapDay, Selection
from onthisday.dates.calendars import LEAP_DAY, MonthDay, gregorian_day, is_leap
from onthisday.dates.historical_date import HistoricalDate

if TYPE_CHECKING:
    from onthisday.almanac.library import Published

HORIZON = 366 * 9
"""How many days ahead to look for the next occasion: nine years.

Why so many: the next 29 February can be eight years away.
"""

AT_ONCE = 5_000
"""So many entries are read at a time, if many days are asked for. They take some 20 MB."""

MILESTONES = (10, 25)
"""A number of years that one of these divides is round."""

_LEAP_DAY_GOES_TO = {"feb-28": MonthDay(2, 28), "mar-1": MonthDay(3, 1), "omit": None}


class Occasion(NamedTuple):
    """An entry that falls on a day.

    - ``years``: how many years ago it was; None if the year is unknown.
    - ``observed``: the entry's own date, if ``day`` is another day of the year. Otherwise None.
    """

    entry: Entry
    day: date
    years: int | None
    observed: HistoricalDate | None = None

    @property
    def milestone(self) -> bool:
        """True for a round anniversary: ``years`` can be divided by 10 or by 25, and is not 0."""
        return _is_round(self.years)

    @property
    def id(self) -> str:
        """The occasion's id in its almanac: the entry's id and the year of ``day``.

        Each year has a new id. Editing the entry does not change the id.
        """
        return f"{self.entry.id}/{self.day.year}"


def occasions_on(
    library: "Published", day: date, leap_day: LeapDay, selection: Selection = ALL
) -> Iterator[Occasion]:
    """Yield the occasions of a day: the oldest first, occasions without a year last."""
    streams = [library.on(key, selection) for key in _keys_of(day)]
    if rules := _falling(library.rules, (day,)):
        streams.append(library.movable(selection, rules))
    for entry in _merged(streams):
        occasion = occasion_of(entry, day, leap_day)
        if occasion is not None and _admits(selection, occasion):
            yield occasion


def occasions_of_days(
    library: "Published",
    days: Iterable[date],
    leap_day: LeapDay,
    selection: Selection = ALL,
    at_once: int = AT_ONCE,
    least: int = 1,
) -> Iterator[tuple[date, list[Occasion]]]:
    """Yield those of the days that have occasions, each with them, as `occasions_on` sorts them.

    The library is asked for the days of about ``at_once`` entries, because they are kept in memory
    meanwhile, and for ``least`` days at least. If more days are wanted, it is asked for four times
    as many entries, up to 5,000.
    """
    counts = library.counts(selection)
    days = _may_fall_among(days, frozenset(counts), library.rules)
    for part in _parts(days, counts, at_once, least):
        moving = _by_day(_moving(library, part, selection), part, leap_day)
        entries: dict[MonthDay | None, list[Entry]] = {}
        years = {day.year for day in part} if selection.milestones else ()
        keys = sorted({key for day in part for key in _keys_of(day) if key in counts})
        for entry in library.on_days(keys, selection, years) if keys else ():
            entries.setdefault(entry.key, []).append(entry)
        for day in part:
            streams = [*_fixed(entries, day, leap_day), moving.get(day, [])]
            entered = _merged([each for each in streams if each])
            found = [each for entry in entered if (each := _falling_on(entry, day))]
            occasions = [each for each in found if _admits(selection, each)]
            if occasions:
                yield day, occasions


def _merged(streams: Sequence[Iterable[Entry]]) -> Iterable[Entry]:
    """Return the entries of streams, each of which is in order, in their order."""
    if len(streams) < 2:
        return chain(*streams)
    from heapq import merge  # loaded here: nearly every day has one stream

    return merge(*streams, key=order_of)


def _fixed(
    entries: Mapping[MonthDay | None, list[Entry]], day: date, leap_day: LeapDay
) -> Iterator[list[Entry]]:
    """Yield the entries of a day's own key, and those of 29 February that are kept on it."""
    own, *others = _keys_of(day)
    yield entries.get(own, [])
    for key in others:
        yield [each for each in entries.get(key, ()) if day_in(each, day.year, leap_day) == day]


def _by_day(
    movable: Iterable[Entry], days: Iterable[date], leap_day: LeapDay
) -> dict[date, list[Entry]]:
    """Return the entries that fall on each day, in their order, for the years of some days."""
    found: dict[date, list[Entry]] = {}
    years = {day.year for day in days}
    for entry in movable:
        for day in filter(None, (day_in(entry, year, leap_day) for year in years)):
            found.setdefault(day, []).append(entry)
    return found


def _may_fall_among(
    days: Iterable[date], keys: frozenset[tuple[int, int]], rules: tuple[str, ...]
) -> Iterator[date]:
    """Yield those of the days on which an entry with one of these keys, or with a rule, may fall.

    The others cost next to nothing. A tag often has two or three days of a year, and is asked for
    all of them.
    """
    fixed = keys | {(2, 28), (3, 1)} if LEAP_DAY in keys else keys
    for year, of_year in groupby(days, key=attrgetter("year")):
        falling = fixed | _days_of_rules(rules, year)
        yield from (day for day in of_year if (day.month, day.day) in falling)


@lru_cache(64)  # each feed and calendar asks for the same few years
def _days_of_rules(rules: tuple[str, ...], year: int) -> frozenset[tuple[int, int]]:
    """Return month and day of each rule in a year."""
    from onthisday.dates.feasts import day_of  # loaded here: few almanacs have rules

    days = (day_of(rule, year) for rule in rules)
    return frozenset((day.month, day.day) for day in days if day)


def _parts(
    days: Iterable[date], counts: Mapping[MonthDay, int], at_once: int, least: int
) -> Iterator[list[date]]:
    """Yield days in growing parts of entries."""
    part: list[date] = []
    size = 0
    for day in days:
        part.append(day)
        size += sum(counts.get(key, 0) for key in _keys_of(day))
        if size >= at_once and len(part) >= least:
            yield part
            part, size, at_once = [], 0, min(4 * at_once, AT_ONCE)
    if part:
        yield part


def first_occasions(
    library: "Published", days: Iterable[date], leap_day: LeapDay, most: int
) -> Iterator[tuple[date, list[Occasion], int]]:
    """Yield those of the days that have occasions, each with at most so many, and how many more.

    The others are counted and not read, because a day may have thousands.
    """
    keys, rules = library.days(), library.rules
    for day in days:
        if _falling(rules, (day,)) or may_fall(day, keys):
            told = occasions_on(library, day, leap_day)
            found = list(islice(told, most))
            if found:
                left = next(told, None) and _count_on(library, day, leap_day) - most
                yield day, found, left or 0


def _count_on(library: "Published", day: date, leap_day: LeapDay) -> int:
    if len(_keys_of(day)) > 1:  # 29 February may be kept on this day: each entry says whether
        return sum(1 for _ in occasions_on(library, day, leap_day))
    fixed = library.count_on(MonthDay(day.month, day.day), day.year)
    if not (rules := _falling(library.rules, (day,))):
        return fixed
    counts = library.count_movable(day.year)
    return fixed + sum(counts.get(rule, 0) for rule in rules)


def next_occasion(
    library: "Published", day: date, leap_day: LeapDay, selection: Selection = ALL
) -> Occasion | None:
    """Return the first occasion after ``day``, or None if no occasion comes within nine years."""
    keys, rules = library.days(selection), library.rules
    first = day.toordinal() + 1
    for ordinal in range(first, min(first + HORIZON, date.max.toordinal() + 1)):
        later = date.fromordinal(ordinal)
        if _falling(rules, (later,)) or may_fall(later, keys):
            found = next(occasions_on(library, later, leap_day, selection), None)
            if found is not None:
                return found
    return None


def _moving(library: "Published", days: Sequence[date], selection: Selection) -> Iterator[Entry]:
    """Yield the entries with a rule that may fall on one of some days.

    There may be thousands with a rule, and they have few different ones. So the rules are asked for
    first, and of the entries only those of this day are read.
    """
    rules = _falling(library.rules, days)
    return library.movable(selection, rules) if rules else iter(())


def _falling(rules: Sequence[str], days: Sequence[date]) -> list[str]:
    """Return the rules that fall on one of some days."""
    if not rules:
        return []
    from onthisday.dates.feasts import day_of  # loaded here: few almanacs have rules

    some, years = set(days), {day.year for day in days}
    return [rule for rule in rules if any(day_of(rule, year) in some for year in years)]


def may_fall(day: date, keys: frozenset[MonthDay]) -> bool:
    """Return True if an entry with one of these keys (`Entry.key`) may fall on this day.

    This is a fast test before the entries are read.
    """
    if (day.month, day.day) in keys:
        return True
    return LEAP_DAY in keys and LEAP_DAY in _keys_of(day)


def occasion_of(entry: Entry, day: date, leap_day: LeapDay) -> Occasion | None:
    """Return the occasion of an entry on a day.

    Return None if the entry does not fall on that day, or only in later years.
    """
    return _falling_on(entry, day) if day_in(entry, day.year, leap_day) == day else None


def _falling_on(entry: Entry, day: date) -> Occasion | None:
    """Return the occasion of an entry that falls on a day; None if it does so in later years."""
    year = entry.date.civil_year
    if year is not None and year >= day.year and not _has_happened(entry, day):
        return None
    years = None if year is None or entry.date.year is None else day.year - year
    own = entry.rule is not None or entry.date.month_day == MonthDay(day.month, day.day)
    return Occasion(entry, day, years, None if own else entry.date)


def _has_happened(entry: Entry, day: date) -> bool:
    """Return True unless a day is before all days that the date of an entry may mean."""
    days, year = entry.date.days, entry.date.civil_year or 0
    if year > day.year or days is None:
        return year <= day.year
    return (day.year, day.month, day.day) >= gregorian_day(days[0])


def last_occasion(entry: Entry, day: date, leap_day: LeapDay) -> Occasion | None:
    """Return the last occasion of an entry up to ``day``, also today; None in nine years."""
    first = day.toordinal()
    for ordinal in range(first, max(first - HORIZON, 0), -1):
        occasion = occasion_of(entry, date.fromordinal(ordinal), leap_day)
        if occasion is not None:
            return occasion
    return None


def order_of(entry: Entry) -> tuple[bool, int, str]:
    """Return a key for sorting entries: the oldest first, entries without a year last."""
    year = entry.date.civil_year
    return (year is None, year or 0, entry.id)


@lru_cache(1024)  # many thousand occasions are of the same few hundred years
def _is_round(years: int | None) -> bool:
    return any(years % step == 0 for step in MILESTONES) if years else False


@lru_cache(1024)  # feeds and calendars ask for the same year of days
def _keys_of(day: date) -> tuple[MonthDay, ...]:
    own = MonthDay(day.month, day.day)
    if own in {MonthDay(2, 28), MonthDay(3, 1)} and not is_leap(day.year):
        return (own, LEAP_DAY)
    return (own,)


def day_in(entry: Entry, year: int, leap_day: LeapDay) -> date | None:
    """Return the day on which an entry falls in a year, also before it happened; None if on none.

    ``year``: 1 to 9999.
    """
    if entry.rule is not None:
        from onthisday.dates.feasts import day_of  # loaded here: few almanacs have rules

        return day_of(entry.rule, year)
    key = entry.key
    if key == LEAP_DAY and not is_leap(year):
        key = _LEAP_DAY_GOES_TO[entry.leap_day or leap_day]
    return date(year, *key) if key else None


def _admits(selection: Selection, occasion: Occasion) -> bool:
    if not selection.milestones:
        return True
    years = occasion.years
    return bool(years) and any(years % step == 0 for step in selection.milestones)  # type: ignore[operator]
