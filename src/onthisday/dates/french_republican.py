"""The French Republican calendar: which Gregorian day a day of it is.

The calendar was in use from 22 September 1792, which is its first day, to the end of 1805, in its
year 14. A year has twelve months of 30 days, and five or six more days at its end. The years 3, 7
and 11 had six (decree of 4 Frimaire II).

Later years are not converted: for them there are several rules, which give different days.

Called by importers/gedcom_day.py.
"""

from onthisday.dates.calendars import CivilDay, day_number

MONTHS = (
    "Vendémiaire", "Brumaire", "Frimaire", "Nivôse", "Pluviôse", "Ventôse", "Germinal",
    "Floréal", "Prairial", "Messidor", "Thermidor", "Fructidor", "jour complémentaire",
)  # fmt: skip
"""The months. The 13th is the days at the end of the year."""

LAST_YEAR = 14

_BEFORE = day_number(CivilDay(1792, 9, 21))


def days_in_month(year: int, month: int) -> int:
    """Return how many days a month of the years 1 to 14 has. ``month`` is 1 to 13."""
    if month < 13:
        return 30
    return 6 if year % 4 == 3 else 5


def number_of(year: int, month: int, day: int) -> int:
    """Return the Julian day number of a day. Raises ValueError if the calendar does not have it."""
    if not 1 <= year <= LAST_YEAR:
        raise ValueError(f"the French Republican calendar has the years 1 to {LAST_YEAR}")
    if not (1 <= month <= 13 and 1 <= day <= days_in_month(year, month)):
        raise ValueError("the French Republican calendar does not have this day")
    return _BEFORE + 365 * (year - 1) + year // 4 + 30 * (month - 1) + day
