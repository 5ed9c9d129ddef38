"""One date of GEDCOM: a day, a month or a year in one of its four calendars.

Called by gedcom_dates.py.
"""

import re
from typing import NamedTuple

from onthisday.dates import french_republican, hebrew
from onthisday.dates.calendars import MONTHS, Calendar, CivilDay, day_number, days_in_month
from onthisday.dates.calendars import gregorian_day as gregorian

_CALENDARS = {
    "FRENCH R": "french", "FRENCH_R": "french", "HEBREW": "hebrew", "JULIAN": "julian",
    "GREGORIAN": "gregorian",
}  # fmt: skip

_MONTH_TAGS = {
    "gregorian": "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC",
    "french": "VEND BRUM FRIM NIVO PLUV VENT GERM FLOR PRAI MESS THER FRUC COMP",
    "hebrew": "TSH CSH KSL TVT SHV ADR ADS NSN IYR SVN TMZ AAV ELL",
}

_MONTHS = {calendar: tags.split() for calendar, tags in _MONTH_TAGS.items()}
_MONTH = "|".join(month for months in _MONTHS.values() for month in months)
_DATE = re.compile(
    r"(?:@#D(?P<escape>[^@]+)@ ?|\b(?P<keyword>GREGORIAN|JULIAN|FRENCH_R|HEBREW|_\w+) )?"
    rf"(?:(?:\b(?P<day>[0-9]{{1,2}}) )?\b(?P<month>{_MONTH}) )?"
    r"\b(?P<year>[0-9]{1,4})\b(?P<before> ?(?:BCE|BC|B\.C\.))?"
)


class NoDay(ValueError):
    """Raised for a date that no calendar has. Its message says why."""


class Day(NamedTuple):
    """A date. ``year`` counts with a year 0. ``calendar``: also ``french`` and ``hebrew``."""

    calendar: str
    year: int
    month: int | None = None
    day: int | None = None

    @property
    def ours(self) -> Calendar | None:
        """The calendar, if EDTF can be written in it."""
        return self.calendar if self.calendar in {"gregorian", "julian"} else None  # type: ignore[return-value]

    @property
    def edtf(self) -> str:
        """The date as EDTF, in its own calendar. Only if that is one of ours."""
        year = f"{'-' * (self.year < 0)}{abs(self.year):04}"
        return "-".join([year, *(f"{part:02}" for part in (self.month, self.day) if part)])

    @property
    def words(self) -> str:
        """The date as people say it who use its calendar, such as ``11 Vendémiaire an III``."""
        year = f"an {_roman(self.year)}" if self.calendar == "french" else str(self.year)
        month = _NAMES[self.calendar][self.month - 1] if self.month else ""
        return " ".join(str(part) for part in (self.day, month, year) if part)

    def edges(self) -> tuple[str, str]:
        """Return the first and the last Gregorian day that it may mean, as EDTF. Raises NoDay."""
        last = self.month or (12 if self.ours else 13)
        first = self._number(self.month or 1, self.day or 1)
        end = self._number(last, self.day or self._days_in(last))
        return _edtf(first), _edtf(end)

    def _days_in(self, month: int) -> int:
        if self.calendar == "french":
            return french_republican.days_in_month(self.year, month)
        if self.calendar == "hebrew":
            return hebrew.days_in_month(self.year, month)
        return days_in_month(self.year, month, self.ours or "gregorian")

    def _number(self, month: int, day: int) -> int:
        try:
            if self.calendar == "french":
                return french_republican.number_of(self.year, month, day)
            if self.calendar == "hebrew":
                return hebrew.number_of(self.year, month, day)
        except ValueError as error:
            raise NoDay(str(error)) from error
        return day_number(CivilDay(self.year, month, day), self.ours or "gregorian")


_NAMES = {
    "gregorian": MONTHS, "julian": MONTHS, "french": french_republican.MONTHS,
    "hebrew": hebrew.MONTHS,
}  # fmt: skip


def day_of(text: str) -> Day | None:
    """Return the date that a text in capitals names; None if it is none. Raises NoDay."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    calendar = _calendar(found["escape"] or found["keyword"] or "GREGORIAN")
    months = _MONTHS.get(calendar, _MONTHS["gregorian"])
    if found["month"] and found["month"] not in months:
        return None
    year = int(found["year"])
    if year == 0:
        raise NoDay("no calendar has a year 0")
    month = months.index(found["month"]) + 1 if found["month"] else None
    if calendar == "hebrew" and month == hebrew.ADAR_I and not hebrew.is_leap(year):
        month = hebrew.ADAR  # many people write so in a year that has one Adar
    day = int(found["day"]) if found["day"] else None
    return Day(calendar, 1 - year if found["before"] else year, month, day)


def in_words(text: str) -> str:
    """Return a text with the dates in it as people say them, such as ``ABT 3 Ventôse an II``."""
    return _DATE.sub(lambda found: day.words if (day := day_of(found[0])) else found[0], text)


def _calendar(written: str) -> str:
    name = written.strip()
    if name not in _CALENDARS:
        raise NoDay(f"the calendar {name} is not known here")
    return _CALENDARS[name]


def _edtf(number: int) -> str:
    day = gregorian(number)
    return Day("gregorian", *day).edtf


def _roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]
