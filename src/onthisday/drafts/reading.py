"""A reading: what some words say of a date by themselves.

Made by ``forms`` and ``vague_forms``, completed by ``chronology``.
"""

from typing import NamedTuple

from onthisday.dates.edtf import Precision


class Reading(NamedTuple):
    """What some words say of a date, and what they leave open.

    ``start`` and ``end`` are code points in the paragraph. ``year`` is astronomical, and the first
    one of a decade, a century or an interval, whose last is ``until``. ``month`` is 21 to 24 for a
    season. ``shift`` counts days or years (``precision`` says which) from the date told last; where
    it is given, nothing else is. ``ambiguous`` is what can be read in two ways: 03/04/1956.
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
        """The date in EDTF; a year that is not known is XXXX."""
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
