"""The Julian and the proleptic Gregorian calendar, for any year.

Years are astronomical: 0 is 1 BC, -43 is 44 BC. Python's own dates begin at the year 1, so they
cannot hold these. The arithmetic counts days by the Julian day number of their noon (Explanatory
Supplement to the Astronomical Almanac, 3rd ed., section 15.11).

Not here: time zones and hours (zones.py).
"""

from typing import Literal, NamedTuple

Calendar = Literal["gregorian", "julian"]
CALENDARS: tuple[Calendar, ...] = ("gregorian", "julian")

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


class MonthDay(NamedTuple):
    """A month and a day without a year, as in "25 February"."""

    month: int
    day: int

    def __str__(self) -> str:
        """Return ``02-25``, as in the address of a day's page."""
        return f"{self.month:02d}-{self.day:02d}"


class CivilDay(NamedTuple):
    """A day of one year. The year may be before the year 1."""

    year: int
    month: int
    day: int


LEAP_DAY = MonthDay(2, 29)
"""29 February. almanac/occasions.py decides where it goes in years that do not have it."""


def is_leap(year: int, calendar: Calendar = "gregorian") -> bool:
    """Return True if February has 29 days in that year."""
    return year % 4 == 0 and (calendar == "julian" or year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int | None, month: int, calendar: Calendar = "gregorian") -> int:
    """Return how many days a month has. If the year is unknown, February has 29."""
    if month == 2:
        return 29 if year is None or is_leap(year, calendar) else 28
    return 30 if month in {4, 6, 9, 11} else 31


def gregorian_from_julian(day: CivilDay) -> CivilDay:
    """Return the Gregorian date of a day that is given in the Julian calendar."""
    return gregorian_day(day_number(day, "julian"))


def day_number(day: CivilDay, calendar: Calendar = "gregorian") -> int:
    """Return the Julian day number of a day's noon. The next day has the next number, in any year.

    The formulas count years from March, so that 29 February is a year's last day.
    """
    before_march = (14 - day.month) // 12
    year = day.year + 4800 - before_march
    month = day.month + 12 * before_march - 3
    number = day.day + (153 * month + 2) // 5 + 365 * year + year // 4
    return number - (32083 if calendar == "julian" else 32045 + year // 100 - year // 400)


def gregorian_day(number: int) -> CivilDay:
    """Return the Gregorian date of the day that has this Julian day number."""
    since = number + 32044
    century = (4 * since + 3) // 146097
    return _civil(century, since - 146097 * century // 4)


def julian_day(number: int) -> CivilDay:
    """Return the date in the Julian calendar of the day that has this Julian day number."""
    return _civil(0, number + 32082)


def _civil(century: int, in_century: int) -> CivilDay:
    """Return the date of a day that is counted in a century, or in all Julian years."""
    year = (4 * in_century + 3) // 1461
    in_year = in_century - 1461 * year // 4
    month = (5 * in_year + 2) // 153
    return CivilDay(
        100 * century + year - 4800 + month // 10,
        month + 3 - 12 * (month // 10),
        in_year - (153 * month + 2) // 5 + 1,
    )
