"""A reading: the date that some words say, before the text around them is looked at.

forms.py and vague_forms.py make readings. chronology.py adds what they leave open.
"""

from typing import NamedTuple

from onthisday.dates.calendars import Calendar
from onthisday.dates.historical_date import Precision

_MARKS = {
    (False, False): "",
    (True, False): "?",
    (False, True): "~",
    (True, True): "%",
}


class Reading(NamedTuple):
    """The date that some words of a text say. A part that the words leave open is None.

    - ``start``, ``end``: the place in the paragraph, in code points.
    - ``year``: 0 is 1 BC. For a decade, a century or an interval, it is the first year.
    - ``until``: the last year of an interval.
    - ``month``: 21 to 24 for a season.
    - ``shift``: a count of days or years from the date that the text named last. ``precision`` says
      which of the two. Then year, month and day are None.
    - ``ambiguous``: the words can be read in two ways, as in 03/04/1956.
    - ``style``: the calendar that the text names. None if it names none.
    - ``uncertain``: the text says "probably" or the like.
    - ``is_night``: it is the night from this day to the next.
    """

    start: int
    end: int
    precision: Precision
    year: int | None = None
    month: int | None = None
    day: int | None = None
    until: int | None = None
    shift: int | None = None
    approximate: bool = False
    ambiguous: bool = False
    style: Calendar | None = None
    uncertain: bool = False
    is_night: bool = False

    @property
    def edtf(self) -> str:
        """The date in EDTF. A year that is not known is XXXX."""
        year = "XXXX" if self.year is None else _year(self.year)
        if self.precision == "century":
            return f"{year[:-2]}XX"
        if self.precision == "decade":
            return f"{year[:-1]}X"
        if self.precision == "interval":
            return f"{year}/{_year(self.until or 0)}"
        parts = (year, *(f"{part:02d}" for part in (self.month, self.day) if part is not None))
        return "-".join(parts) + _MARKS[self.uncertain, self.approximate]


def _year(year: int) -> str:
    return f"{year:05d}" if year < 0 else f"{year:04d}"
