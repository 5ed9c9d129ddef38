"""A reading: the date that some words say, before the text around them is looked at.

forms.py and vague_forms.py make readings. chronology.py adds what they leave open.
"""

from typing import NamedTuple

from onthisday.dates.edtf import Precision


class Reading(NamedTuple):
    """The date that some words of a text say. A part that the words leave open is None.

    - ``start``, ``end``: the place in the paragraph, in code points.
    - ``year``: 0 is 1 BC. For a decade, a century or an interval, it is the first year.
    - ``until``: the last year of an interval.
    - ``month``: 21 to 24 for a season.
    - ``shift``: a count of days or years from the date that the text named last. ``precision`` says
      which of the two. Then year, month and day are None.
    - ``ambiguous``: the words can be read in two ways, as in 03/04/1956.
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
    julian: bool = False
    ambiguous: bool = False

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
        return "-".join(parts) + ("~" if self.approximate else "")


def _year(year: int) -> str:
    return f"{year:05d}" if year < 0 else f"{year:04d}"
