"""Births of people who may be living: from which day on such an entry may be published.

A birth is not published until 110 years after it, because the person may be living. The curator can
say that it may be published (``living:``), or that the person has died (``died:``).

The day is worked out once, when the almanac is compiled. `Library.published` leaves out the entries
whose day is still to come, so everything that is published passes there. The curator's own tools,
such as `check`, see all entries.

Why 110 years: nearly nobody gets older, and archives and family historians use the same number.
"""

from onthisday.almanac.entry import Entry
from onthisday.dates.calendars import CivilDay, day_number, gregorian_day
from onthisday.dates.historical_date import HistoricalDate
from onthisday.dates.ranges import range_of

YEARS = 110
"""So many years after a birth it may be published."""


def public_from(entry: Entry) -> int | None:
    """Return the first day on which an entry may be published, as a Julian day number.

    Return None if it may always be published. Of a birth it is the day 110 years after the last day
    that its date may mean: of ``1934`` and ``1934?`` it is 31 December 2044. If documents give
    several dates, the last one counts. A birth without a year, or "in 1934 or later", has a day
    that never comes.
    """
    if entry.kind != "birth" or entry.living or entry.died:
        return None
    answers = (answer for account in entry.accounts for answer in account.answers)
    return old_from(entry.date, *(answer.date for answer in answers if answer.date))


def old_from(*dates: HistoricalDate) -> int:
    """Return the Julian day number on which somebody is 110 years old, at the latest.

    ``dates``: the dates that documents give for the birth.
    """
    last = gregorian_day(max(range_of(each).last for each in dates))
    # In a year without 29 February, this is the number of 1 March.
    return day_number(CivilDay(last.year + YEARS, last.month, last.day))
