"""Days that move from year to year. An entry names such a day with a rule.

- ``easter-2``, ``paskha+39``: days before or after Easter. ``easter`` is Easter Sunday of the
  western churches, ``paskha`` that of the Orthodox churches. Both come as Gregorian days.
- ``5/mon+3``, ``11/sun-last``: the third Monday of May, the last Sunday of November.
- ``10/sat+2-2``, ``11/sun-last-7``: days before or after one of these: the Thursday before the
  second Saturday of October, the last Sunday but one of November.

Not here: feasts of other calendars. Called by schema/ (reads a rule), almanac/occasions.py and
almanac/movable.py; views/date_words.py says a rule in words.
"""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from onthisday.dates.calendars import CivilDay, days_in_month, gregorian_from_julian

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The days of the week as rules name them, from Monday."""

_AROUND_EASTER = re.compile(r"(easter|paskha)([+-]\d{1,3})?", re.ASCII)

_OF_MONTH = re.compile(
    rf"(0?[1-9]|1[0-2])/({'|'.join(WEEKDAYS)})(?:\+([1-5])|-last)([+-]\d{{1,2}})?", re.ASCII
)


_NAMED = {
    "easter": "easter", "easter sunday": "easter", "easter monday": "easter+1",
    "shrove tuesday": "easter-47", "ash wednesday": "easter-46", "palm sunday": "easter-7",
    "maundy thursday": "easter-3", "good friday": "easter-2", "ascension": "easter+39",
    "ascension day": "easter+39", "pentecost": "easter+49", "whit sunday": "easter+49",
    "whitsun": "easter+49", "whit monday": "easter+50", "trinity sunday": "easter+56",
    "corpus christi": "easter+60", "orthodox easter": "paskha",
}  # fmt: skip
"""The rules of feasts that people may write by their names."""


class AroundEaster(NamedTuple):
    """So many days after the Easter of the western churches, or of the Orthodox ones.

    A number below 0 counts days before it.
    """

    orthodox: bool
    shift: int


class WeekdayOfMonth(NamedTuple):
    """The nth weekday of a month, and so many days after it.

    ``weekday`` is 0 for Monday. ``nth`` None is the last one. A ``shift`` below 0 counts days
    before it.
    """

    month: int
    weekday: int
    nth: int | None
    shift: int = 0


def parse_rule(text: str) -> str:
    """Return a rule as it was written. Raises ValueError if the text is not a rule."""
    parts_of(text)
    return text


@lru_cache(1000)
def parts_of(text: str) -> AroundEaster | WeekdayOfMonth:
    """Return what a rule says. Raises ValueError if the text is not a rule."""
    found = _AROUND_EASTER.fullmatch(text)
    if found and abs(int(found[2] or 0)) <= 366:
        return AroundEaster(found[1] == "paskha", int(found[2] or 0))
    found = _OF_MONTH.fullmatch(text)
    if found:
        nth = int(found[3]) if found[3] else None
        return WeekdayOfMonth(int(found[1]), WEEKDAYS.index(found[2]), nth, int(found[4] or 0))
    named = _NAMED.get(" ".join(re.findall(r"[a-z]+", text.lower())))
    mend = named or "easter, easter-2, paskha+39, 5/mon+3 or 11/sun-last"
    raise ValueError(f'"{text}" is no rule; write {mend}')


@lru_cache(10_000)  # many entries have the same few rules
def day_of(rule: str, year: int) -> date | None:
    """Return the day on which a rule falls in a Gregorian year, or None if there is none.

    A rule falls in no year before 1583, because the Gregorian calendar is not older, and in no
    year after 9998. A day around Easter is counted from the Easter of the same year, and one around
    a weekday from the month of the same year. If it then lies in another year, the rule does not
    fall in this year. A month without a fifth Monday has no day for it. So a rule falls at most
    once a year.
    """
    if not 1583 <= year <= 9998:
        return None
    parts = parts_of(rule)
    fixed = (
        _weekday_of(parts, year) if isinstance(parts, WeekdayOfMonth) else _easter_of(parts, year)
    )
    day = fixed and fixed + timedelta(days=parts.shift)
    return day if day and day.year == year else None


def _easter_of(rule: AroundEaster, year: int) -> date:
    return paskha(year) if rule.orthodox else easter(year)


def _weekday_of(rule: WeekdayOfMonth, year: int) -> date | None:
    length = days_in_month(year, rule.month)
    first = 1 + (rule.weekday - date(year, rule.month, 1).weekday()) % 7
    number = first + 7 * ((length - first) // 7 if rule.nth is None else rule.nth - 1)
    return date(year, rule.month, number) if number <= length else None


def easter(year: int) -> date:
    """Return Easter Sunday of the western churches (Nature, 20 April 1876, anonymous)."""
    golden, century, in_century = year % 19, year // 100, year % 100
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - correction + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (in_century // 4) - epact - in_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def paskha(year: int) -> date:
    """Return Orthodox Easter Sunday as a Gregorian day (Meeus's method for the Julian calendar)."""
    epact = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - epact + 34) % 7
    month, day = divmod(epact + weekday + 114, 31)
    return date(*gregorian_from_julian(CivilDay(year, month, day + 1)))
