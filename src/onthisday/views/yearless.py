"""Entries in no year, as pages show them: JSON has them in the shape of a day.

Apart from view.py, because `today` needs none of this.
"""

from typing import NamedTuple

from onthisday.dates.calendars import MonthDay
from onthisday.views.view import OccasionView


class NextYearlessView(NamedTuple):
    """The first entry of a later day of any year."""

    id: str
    day: MonthDay
    title: str


class YearlessView(NamedTuple):
    """Entries in no year: those of a day of any year, or one by itself, which has no ``day``."""

    day: MonthDay | None
    zone: str
    occasions: tuple[OccasionView, ...]
    next: NextYearlessView | None = None
