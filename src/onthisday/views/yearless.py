"""Views of entries without a year: for the page of a day of any year, and of one entry.

Their JSON has the same keys as a day's. Why not in view.py: `today` does not need them, and must
start fast.
"""

from typing import NamedTuple

from onthisday.dates.calendars import MonthDay
from onthisday.views.view import OccasionView


class NextYearlessView(NamedTuple):
    """The first entry of the next day of the year that has one. ``language``: as in NextView."""

    id: str
    day: MonthDay
    title: str
    language: str = ""


class YearlessView(NamedTuple):
    """Entries as they are shown without a year.

    They are all entries of a day of the year, or a single entry. Then ``day`` is None.
    """

    day: MonthDay | None
    zone: str
    occasions: tuple[OccasionView, ...]
    next: NextYearlessView | None = None
