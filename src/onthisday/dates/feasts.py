"""Days that move with Easter. An entry names such a day with a rule: ``easter-2``, ``paskha+39``.

``easter`` is Easter Sunday of the western churches, ``paskha`` that of the Orthodox churches. Both
come as Gregorian days. The number counts days before or after that Sunday.

Not here: feasts of other calendars. Called by schema/ (reads a rule) and almanac/occasions.py.
"""

import re
from datetime import date, timedelta

from onthisday.dates.calendars import CivilDay, gregorian_from_julian

_RULE = re.compile(r"(easter|paskha)([+-]\d{1,3})?", re.ASCII)


def parse_rule(text: str) -> str:
    """Return a rule as it was written. Raises ValueError if the text is not a rule."""
    match = _RULE.fullmatch(text)
    if match is None or abs(int(match[2] or 0)) > 366:
        raise ValueError(f'"{text}" is no rule; write easter, easter-2, easter+39 or paskha+1')
    return text


def day_of(rule: str, year: int) -> date | None:
    """Return the day on which a rule falls in a Gregorian year, or None if there is none.

    A rule falls in no year before 1583, because the Gregorian calendar is not older, and in no
    year after 9998. The day is counted from the Easter of the same year. If the day then lies in
    another year, the rule does not fall in this year. So a rule falls at most once a year.
    """
    feast, shift = _RULE.fullmatch(rule).groups()  # type: ignore[union-attr]
    if not 1583 <= year <= 9998:
        return None
    sunday = easter(year) if feast == "easter" else paskha(year)
    day = sunday + timedelta(days=int(shift or 0))
    return day if day.year == year else None


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
