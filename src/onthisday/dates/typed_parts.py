"""One date as people type it: a day, a month, a year, or a part of them.

`part_of` reads it. A part of a range may leave something out: ``7 Jun`` in ``7 Jun-14 Jul 1916``.
Used by typed_dates.py.
"""

import re
from typing import NamedTuple

from onthisday.dates import typed_words as words
from onthisday.dates.calendars import CivilDay, day_number, gregorian_day

_ROMAN = {"i": 1, "v": 5, "x": 10}


class Part(NamedTuple):
    """A date, of which something may be left out.

    ``month`` may be a season, 21 to 24. ``whole`` is the EDTF of a decade or a century.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    whole: str | None = None

    @property
    def edtf(self) -> str:
        if self.whole:
            return self.whole
        year = self.year or 0
        named = f"Y{year}" if abs(year) > 9999 else f"{'-' * (year < 0)}{abs(year):04}"
        named += f"-{self.month:02}" if self.month else ""
        return f"{named}-{self.day:02}" if self.day else named

    @property
    def number(self) -> int:
        """A number by which days, months or years that follow each other differ by one."""
        year, month = self.year or 0, self.month or 1
        if self.day:
            return day_number(CivilDay(year, month, self.day))
        return 12 * year + month if self.month else year

    def moved(self, step: int) -> "Part":
        """Return the day, month or year before or after this one. A season stays as it is."""
        if self.whole or (self.month or 0) > 12:
            return self
        if self.day:
            found = gregorian_day(self.number + step)
            return Part(found.year, found.month, found.day)
        if self.month:
            year, month = divmod(12 * (self.year or 0) + self.month - 1 + step, 12)
            return Part(year, month + 1)
        return Part((self.year or 0) + step)

    def completed(self, first: "Part") -> "Part | None":
        """Return the second date of a range, with what it leaves out from the first."""
        if self.month is None:
            return self._replace(year=first.year, month=first.month) if first.day else None
        return self._replace(year=first.year)

    def before(self, last: "Part", *, in_order: bool) -> "Part | None":
        """Return the first of two dates, with what it leaves out from the last.

        With ``in_order``, 30 December before 2 January 1945 is of 1944.
        """
        if self.year is not None:
            return self
        month = self.month or last.month
        if month is None or (self.day is None) != (last.day is None):
            return None
        later = in_order and (month, self.day or 0) > (last.month or month, last.day or 0)
        return Part((last.year or 0) - later, month, self.day)

    def with_month(self, first: "Part") -> "Part":
        """Return ``5 1956`` of ``March 3-5 1956`` with its month."""
        return self._replace(month=first.month) if self.day and not self.month else self


def is_earlier(one: Part, other: Part) -> bool:
    """Return True if a range from ``one`` to ``other`` does not end before it begins."""
    keys = [(part.year or 0, part.month or 0, part.day or 0) for part in (one, other)]
    depth = min(sum(bool(item) for item in key) for key in keys)
    return keys[0][: max(1, depth)] <= keys[1][: max(1, depth)]


def short_year(text: str) -> bool:
    """Return True if a text may be a date with a year of two digits: ``25 Feb 56``."""
    return any(
        re.fullmatch(form, text)
        for form in (
            rf"(?:{_DAY} {words.OF} ?)?{_MONTH} '?\d\d",
            rf"{_MONTH} {_DAY} '?\d\d",
            r"\d{1,2}[./-]\d{1,2}[./-]'?\d\d",
            r"'?\d{1,2}",
        )
    )


def part_of(text: str) -> Part | None:
    """Return the date, or the part of one, that a text names; None if it names none."""
    bare = _FIRST.sub("1 ", _LEADING.sub("", text.strip()))
    for form in _FORMS:
        match = form.fullmatch(bare)
        if match is not None:
            found = _part(match.groupdict())
            return found if found and _exists(found) else None
    return _feast(bare) or _vague(bare)


def _part(named: dict[str, str | None]) -> Part | None:
    month, day = named.get("month"), named.get("day")
    roman = named.get("roman")
    number = str(_roman(roman)) if roman else named.get("number")
    written = named.get("year")
    year = _year(written) if written else None
    which = _NAMES[month] if month else int(number) if number else None
    return Part(year, which, int(day) if day else None)


def _exists(part: Part) -> bool:
    """Return True if a date can exist. A day that a month does not have is told later, by name."""
    if part.month is not None and not (1 <= part.month <= 12 or 21 <= part.month <= 24):
        return False
    return part.day is None or (1 <= part.day <= 31 and (part.month or 0) <= 12)


def _year(text: str) -> int:
    """Return a year with 0 for 1 BC: -43 for ``44 bc``."""
    number = int(re.sub(r"\D", "", text))
    return 1 - number if re.search(words.BEFORE_CHRIST, text) else number


def _feast(text: str) -> Part | None:
    match = re.fullmatch(
        rf"(?P<feast>.{{3,30}}?) {words.OF} ?(?P<year>\d{{4}}){words.YEAR_WORD}", text
    )
    day = words.FEASTS.get(match["feast"].strip()) if match else None
    if match is None or day is None:
        return None
    return Part(int(match["year"]), int(day[:2]), int(day[3:]))


def _vague(text: str) -> Part | None:
    """Read a decade or a century."""
    decade = words.DECADE.fullmatch(re.sub(r"^(\d{3})-$", r"\g<1>0s", text))  # 195-
    if decade is not None and decade[0] != f"{decade['decade']}0":
        return Part(10 * int(decade["decade"]), whole=f"{decade['decade']}X")
    century = words.CENTURY.fullmatch(text)
    if century is None or century["era"]:
        return None
    nth = int(century["nth"] or 0) or _roman(century["roman"] or century["latin"] or "")
    return Part(100 * (nth - 1), whole=f"{nth - 1:02}XX") if 1 <= nth <= 21 else None


def _roman(numeral: str) -> int:
    values = [_ROMAN.get(letter.replace("х", "x"), 0) for letter in numeral]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < later else value for value, later in pairs)


_NAMES = words.MONTHS | words.SEASONS
_MONTH = "(?:" + "|".join(sorted(map(re.escape, _NAMES), key=len, reverse=True)) + r")\.?"
_DAY = r"\d{1,2}(?:st|nd|rd|th|er|re|ten|ter|te|e|\.?[ºª°]|\.|-?го|-?е)?"
_LEADING = re.compile(rf"^(?:{words.LEADING}\.?(?![^\W\d_]) ?)+")
_FIRST = re.compile(rf"^{words.FIRST} ")
_D = _DAY.replace(r"\d{1,2}", r"(?P<day>\d{1,2})", 1)
_M = _MONTH.replace("(?:", "(?P<month>", 1)
_Y = (
    rf"(?P<year>(?:{words.AFTER_CHRIST} ?)?\d{{3,4}}|(?:{words.AFTER_CHRIST} ?)\d{{1,2}}"
    rf"|\d{{1,5}}{words.YEAR_WORD} ?{words.BEFORE_CHRIST}|\d{{1,4}} ?{words.AFTER_CHRIST})"
    rf"{words.YEAR_WORD}"
)
_FORMS = tuple(
    re.compile(form)
    for form in (
        _Y,
        rf"{_D} ?{words.OF} ?{_M} ?{words.OF} ?{_Y}",
        rf"{_D}-{_M}-{_Y}",
        rf"{_M} {_D} {_Y}",
        rf"{_Y} {_M} {_D}",
        rf"{_Y} {_D} {_M}",
        rf"{_M} ?{words.OF} ?{_Y}",
        rf"{_Y} {_M}",
        r"(?P<year>\d{4})[-/.](?P<number>\d{1,2})[-/.](?P<day>\d{1,2})",
        r"(?P<year>\d{4})(?P<number>\d\d)(?P<day>\d\d)",
        r"(?P<year>\d{4})[-/.](?P<number>0?[1-9]|1[0-2])",
        r"(?P<number>0?[1-9]|1[0-2])[-/.](?P<year>\d{4})",
        r"(?P<day>\d{1,2})[-/. ](?P<roman>[ivx]{1,4})[-/. ](?P<year>\d{4})",
        r"(?P<roman>[ivx]{1,4})[-/. ](?P<year>\d{4})",
        rf"{_D} ?{words.OF} ?{_M}",
        rf"{_M} {_D}",
        _M,
        r"(?P<day>\d{1,2}) (?P<year>\d{4})",
        _D,
        r"(?P<number>\d\d)-(?P<day>\d\d)",
    )
)
