"""The dates of `calendar(1)`: what stands before the tab of a line.

Such as ``01/07``, ``Jan 7``, ``7 янв.``, ``11/SunLast``, ``May Sun+2``, ``Easter-2``,
``2018/1/31``, ``06``. What falls every week or every month is no entry, because an entry falls once
a year; its reason says so.

The order of month and day is that of `calendar`: the month first, if both are numbers and the
first is no more than 12. A ``*`` behind a date says that the day is another one each year.

Called by calendar.py. Not here: the year in the words of a line (calendar_years.py).
"""

import re
from collections.abc import Collection
from typing import NamedTuple

from onthisday.dates.calendars import days_in_month
from onthisday.dates.feasts import WEEKDAYS
from onthisday.importers.calendar_words import EASTER, PASKHA, SKY, month, weekday


class NoEntry(ValueError):
    """What falls on these days is no entry. The message says why, for `Refused`."""


class Day(NamedTuple):
    """A day of the year. ``year``: if the date names one. ``moves``: it had a ``*`` behind it."""

    month: int
    day: int
    year: int | None = None
    moves: bool = False


class Month(NamedTuple):
    """A month without a day. `calendar` shows it on the first day of the month."""

    month: int


class Moving(NamedTuple):
    """A day by a rule (dates/feasts.py). ``month``: where the day most often is."""

    rule: str
    month: int


class Easters(NamedTuple):
    """What a file calls Easter and Orthodox Easter, in small letters."""

    western: Collection[str] = EASTER
    orthodox: Collection[str] = PASKHA


_EASTER = re.compile(r"(?P<name>[^\W\d_]+) ?(?P<shift>[+-] ?\d{1,3})?")
_TOKEN = re.compile(
    r"(?P<word>[^\W\d_]+(?:'[^\W\d_]+)?)\.?(?P<nth>[+-]\d)?(?P<shift>[+-]\d{1,2})?|(?P<number>\d+)"
)
_LEFT = re.compile(r"[\s/,.-]*")
"""What may stand between the parts of a date."""

_NO_DATE = "has no date that is known here; write it as 12/31, or leave it out"
_WEEKLY = "falls every week; an entry falls once a year, so this is none"
_MONTHLY = "falls every month; an entry falls once a year, so this is none"
_DAILY = "falls every day; an entry falls once a year, so this is none"
_SKY = "is a day that is reckoned from the sky; it is not known here. Write its date for each year"


NAMES = Easters()
"""What Easter is called if the file does not say it."""


def date_of(field: str, easters: Easters = NAMES) -> Day | Month | Moving:
    """Return what stands before the tab of a line. Raises NoEntry."""
    bare = " ".join(field.lower().split())
    if set(bare) <= set("* /") and "*" in bare:
        raise NoEntry(_DAILY)
    plain = bare.rstrip("* ")
    if moving := _easter(plain, easters):
        return moving
    words, numbers = _parts(plain)
    if not words and len(numbers) == 1 and "*" in bare:
        raise NoEntry(_MONTHLY)
    found = _together(words, numbers)
    return found._replace(moves="*" in bare) if isinstance(found, Day) else found


class _Word(NamedTuple):
    text: str
    nth: str
    shift: str


def _parts(plain: str) -> tuple[list[_Word], list[int]]:
    words: list[_Word] = []
    numbers: list[int] = []
    read_to = 0
    for token in _TOKEN.finditer(plain):
        if not _LEFT.fullmatch(plain, read_to, token.start()):
            raise NoEntry(_NO_DATE)
        read_to = token.end()
        if token["number"]:
            if words and token.start() and plain[token.start() - 1].isalpha():
                raise NoEntry(_NO_DATE)
            numbers.append(int(token["number"][:6]))
        else:
            words.append(_Word(token["word"], token["nth"] or "", token["shift"] or ""))
    if not _LEFT.fullmatch(plain, read_to) or not (words or numbers) or len(words) > 2:
        raise NoEntry(_NO_DATE)
    return words, numbers


def _together(words: list[_Word], numbers: list[int]) -> Day | Month | Moving:
    days = [(word, found) for word in words if (found := weekday(word.text)) is not None]
    others = [word.text for word in words if weekday(word.text) is None]
    months = [number for text in others if (number := month(text)) is not None]
    if any(part in word.text for word in words for part in SKY):
        raise NoEntry(_SKY)
    if len(months) + len(days) != len(words) or len(months) > 1 or len(days) > 1:
        raise NoEntry(_NO_DATE)
    if days:
        return _weekday(*days[0], [*months, *numbers])
    if months:
        return _of_month(months[0], numbers)
    return _of_numbers(numbers)


def _weekday(word: _Word, found: tuple[int, str], months: list[int]) -> Moving:
    number, nth = found
    nth, shift = (nth, word.nth or word.shift) if nth else (word.nth, word.shift)
    if not months:
        raise NoEntry(_MONTHLY if nth else _WEEKLY)
    if len(months) > 1 or not 1 <= months[0] <= 12 or nth in {"+0", "-0"}:
        raise NoEntry(_NO_DATE)
    day, count = WEEKDAYS[number], int(nth or "+1")
    if not -5 <= count <= 5:
        raise NoEntry(f"has no {abs(count)}th {day} in any month")
    days = int(shift or 0) + (0 if count > 0 else 7 * (count + 1))
    ordinal = f"+{count}" if count > 0 else "-last"
    return Moving(f"{months[0]}/{day}{ordinal}{f'{days:+}' if days else ''}", months[0])


def _of_month(month: int, numbers: list[int]) -> Day | Month:
    """Return a date whose month is a word. A number above 31 is the year."""
    years = [number for number in numbers if number > 31]
    days = [number for number in numbers if number <= 31]
    if len(years) > 1 or len(days) > 1:
        raise NoEntry(_NO_DATE)
    if not days:
        return Month(month)
    return _day(month, days[0], years[0] if years else None)


def _of_numbers(numbers: list[int]) -> Day | Month:
    if len(numbers) == 1:
        if 1 <= numbers[0] <= 12:
            return Month(numbers[0])
        raise NoEntry(_MONTHLY if 13 <= numbers[0] <= 31 else _NO_DATE)
    if len(numbers) == 3:
        year, *rest = numbers if numbers[0] > 31 else (numbers[2], *numbers[:2])
        if year <= 31:
            raise NoEntry(_NO_DATE)
        return _day(*_month_first(rest), year)
    if len(numbers) != 2:
        raise NoEntry(_NO_DATE)
    return _day(*_month_first(numbers))


def _month_first(numbers: list[int]) -> tuple[int, int]:
    first, second = numbers
    return (second, first) if first > 12 else (first, second)


def _day(month: int, day: int, year: int | None = None) -> Day:
    if not 1 <= month <= 12 or not 1 <= day <= days_in_month(year, month):
        raise NoEntry("has a day that no calendar has")
    return Day(month, day, year)


def _easter(plain: str, easters: Easters) -> Moving | None:
    found = _EASTER.fullmatch(plain)
    if found is None:
        return None
    name, shift = found["name"], int((found["shift"] or "0").replace(" ", ""))
    if name not in easters.western and name not in easters.orthodox:
        return None
    if abs(shift) > 366:
        raise NoEntry("is more than a year from Easter")
    rule = "paskha" if name in easters.orthodox else "easter"
    return Moving(f"{rule}{f'{shift:+}' if shift else ''}", _usual_month(shift, rule))


def _usual_month(shift: int, rule: str) -> int:
    """Return the month where the day most often is: Easter is around 8 April, Paskha 19 April."""
    of_year = (98 if rule == "easter" else 109) + shift
    return min(12, max(1, (of_year - 1) * 12 // 365 + 1))
