"""Historical dates as EDTF writes them: which text is which date.

EDTF is a standard for dates: ISO 8601-2:2019, annex A (loc.gov/standards/datetime). It has three
levels. This module reads all of them, except times of day (level 0) and dates of which nothing is
known (``XXXX``).

It checks every date against its calendar: 29 February 1955 does not exist.

Why our own reader: the library edtf accepts impossible days, and the library undate drops ``?``
and ``~``. Tests compare this reader with edtf.

What a mark inside a date means (``2004-06~-11``, level 2): each part has a mark of its own
(`HistoricalDate.marks`), because the words say which part is in doubt. If only the year is, the
day is still remembered.

Not here: the value (historical_date.py), one date alone (edtf_single.py), what to write if a text
is not EDTF (human_dates.py), how dates compare (ranges.py), dates in words (views/date_words.py),
on which day a date is remembered (almanac/occasions.py).
"""

from onthisday.dates.calendars import Calendar
from onthisday.dates.edtf_single import NoDate, single
from onthisday.dates.historical_date import HistoricalDate, Precision


def parse(text: str, calendar: Calendar = "gregorian") -> HistoricalDate:
    """Return the date that an EDTF text names.

    Raises NoDate, which is a ValueError, if the text is not EDTF or has no such month. Raises
    ValueError if the date is impossible.
    """
    if text.startswith(("[", "{")):
        return _set(text, calendar)
    return _interval(text, calendar) if "/" in text else single(text, calendar)


def _interval(text: str, calendar: Calendar) -> HistoricalDate:
    ends = text.split("/")
    if len(ends) != 2:
        raise NoDate(text)
    start, end = (None if end in {"", ".."} else single(end, calendar) for end in ends)
    first = start or end
    if first is None:
        raise ValueError(f'"{text}" has neither a beginning nor an end')
    if start and end and _ends_before(start, end):
        raise ValueError(f'"{text}" ends before it begins')
    return _of_parts(text, "interval", first, (start, end))


def _set(text: str, calendar: Calendar) -> HistoricalDate:
    if (text[0], text[-1]) not in {("[", "]"), ("{", "}")}:
        raise ValueError(f'"{text}" is no set; write it as "[1917,1918]"')
    written = [part.strip() for part in text[1:-1].split(",")]
    if any(part.startswith("..") for part in written[1:]):
        raise ValueError(f'"{text}" has a beginning that is open; put ".." first: "[..1760]"')
    if any(part.endswith("..") for part in written[:-1]):
        raise ValueError(f'"{text}" has an end that is open; put ".." last: "[1760..]"')
    members = tuple(_member(part, calendar) for part in written)
    return _of_parts(text, "set", min(members, key=_order), members)


def _member(text: str, calendar: Calendar) -> HistoricalDate:
    """Read a member of a set. ``1667..1672`` and ``..1760`` become intervals."""
    start, dots, end = text.partition("..")
    return _interval(f"{start or '..'}/{end or '..'}", calendar) if dots else single(text, calendar)


def _of_parts(
    text: str,
    precision: Precision,
    first: HistoricalDate,
    parts: tuple[HistoricalDate | None, ...],
) -> HistoricalDate:
    return first._replace(
        edtf=text,
        precision=precision,
        uncertain=any(part.uncertain for part in parts if part),
        approximate=any(part.approximate for part in parts if part),
        marks="",
        parts=parts,
    )


def _ends_before(start: HistoricalDate, end: HistoricalDate) -> bool:
    """Say whether an interval surely ends before it begins: 1936-05/1936 does not."""
    begins, ends = start.days, end.days
    return begins is not None and ends is not None and ends[1] < begins[0]


def _order(found: HistoricalDate) -> tuple[bool, int, int, int]:
    """Return the key that sorts dates: the earliest first, dates without a year last."""
    year = found.civil_year if found.year is None else found.year
    return (year is None, year or 0, found.month or 0, found.day or 0)
