"""The Hebrew calendar: which Gregorian day a day of it is.

A day of it begins at sunset. Here it is the day on which the sun then rises, as in printed
calendars. Somebody who was born in the evening has a Hebrew date that is one day later.

The rules: Reingold and Dershowitz, Calendrical Calculations, 4th ed., chapter 8. A year begins with
the month Tishrei here, as in GEDCOM.

Called by importers/gedcom_day.py.
"""

MONTHS = (
    "Tishrei", "Cheshvan", "Kislev", "Tevet", "Shevat", "Adar I", "Adar",
    "Nisan", "Iyar", "Sivan", "Tammuz", "Av", "Elul",
)  # fmt: skip
"""The months, from the first of a year. Adar I is only in leap years."""

ADAR_I, ADAR = 6, 7
_EPOCH = 347998
"""The Julian day number that `_elapsed` counts from. 1 Tishrei 1 is a day later."""


def is_leap(year: int) -> bool:
    """Return True if a year has 13 months."""
    return (7 * year + 1) % 19 < 7


def days_in_month(year: int, month: int) -> int:
    """Return how many days a month has; 0 for Adar I in a year that does not have it."""
    length = _new_year(year + 1) - _new_year(year)
    if month == ADAR_I:
        return 30 if is_leap(year) else 0
    if month == 2:
        return 30 if length % 10 == 5 else 29
    if month == 3:
        return 29 if length % 10 == 3 else 30
    return 30 if month in {1, 5, 8, 10, 12} else 29


def number_of(year: int, month: int, day: int) -> int:
    """Return the Julian day number of a day. Raises ValueError if the calendar does not have it."""
    if not (1 <= year <= 9999 and 1 <= month <= 13 and 1 <= day <= days_in_month(year, month)):
        raise ValueError("the Hebrew calendar does not have this day")
    before = sum(days_in_month(year, earlier) for earlier in range(1, month))
    return _new_year(year) + before + day - 1


def _new_year(year: int) -> int:
    """Return the Julian day number of 1 Tishrei. It is put off for up to two days."""
    put_off = _elapsed(year)
    if _elapsed(year + 1) - put_off == 356:
        return _EPOCH + put_off + 2
    return _EPOCH + put_off + (put_off - _elapsed(year - 1) == 382)


def _elapsed(year: int) -> int:
    """Return the days from the epoch to the new moon of Tishrei, not on Sunday, Wednesday, Friday.

    An hour has 1,080 parts.
    """
    months = (235 * year - 234) // 19
    day = 29 * months + (12084 + 13753 * months) // 25920
    return day + (3 * (day + 1) % 7 < 3)
