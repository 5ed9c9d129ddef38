"""Which day of the year an answer of Wikipedia's API is about: the answer itself does not say.

The name of the file says it. If it does not, the pages may: many births and deaths link to the page
of their day. Called by wikimedia.py.
"""

import re
from collections import Counter
from functools import lru_cache

from onthisday.dates.calendars import MonthDay, days_in_month
from onthisday.dates.human_dates import edtf_of
from onthisday.importers.found import Broken

_FEWEST = 3
"""So many entries must link to a day before it counts."""


def day_of_text(text: str) -> MonthDay | None:
    """Return the day in a text such as ``02-25``, ``all_02_25``, ``2026-02-25`` or ``25 feb``."""
    words = re.findall(r"\d+|[^\W\d_]+", text)
    numbers = [word for word in words if word.isdecimal() and word.isascii()]
    if len(numbers) == 3 and len(numbers[0]) == 4:
        del numbers[0]
    if len(numbers) == 1 and len(numbers[0]) == 4:
        numbers = [numbers[0][:2], numbers[0][2:]]
    if len(numbers) == 2:
        return _day(*numbers)
    found = {_named(word, numbers[0]) for word in words} if len(numbers) == 1 else set()
    days = {day for day in found if day}
    return days.pop() if len(days) == 1 else None


def _named(word: str, number: str) -> MonthDay | None:
    written = "" if word.isdecimal() else edtf_of(f"{number} {word} 2000") or ""
    found = re.fullmatch(r"2000-(\d\d)-(\d\d)", written)
    return _day(found[1], found[2]) if found else None


def _day(month: str, day: str) -> MonthDay | None:
    if len(month) > 2 or len(day) > 2 or not 1 <= int(month) <= 12:
        return None
    possible = 1 <= int(day) <= days_in_month(None, int(month))
    return MonthDay(int(month), int(day)) if possible else None


class LinkedDays:
    """The days to whose pages the entries of an answer link."""

    def __init__(self) -> None:
        self._days: Counter[MonthDay] = Counter()

    def add(self, titles: tuple[str, ...]) -> None:
        """Count the days that an entry links to."""
        days = (_of_title(title) for title in titles)
        self._days.update({day for day in days if day})

    def common(self) -> MonthDay | None:
        """Return the day that nearly all link to; None if there are too few, or several."""
        most = self._days.most_common(1)
        clear = most and most[0][1] >= max(_FEWEST, 0.9 * self._days.total())
        return most[0][0] if clear else None


@lru_cache(1000)  # most entries link to the same day
def _of_title(title: str) -> MonthDay | None:
    short = len(title) <= 30 and re.search(r"(?<!\d)\d{1,2}(?!\d)", title)
    return day_of_text(title) if short and len(re.findall(r"\d+", title)) == 1 else None


def day_of_file(name: str, linked: LinkedDays) -> MonthDay:
    """Return the day of a file. Raises Broken if nobody knows, or the pages know it better."""
    named, common = day_of_text(name.rpartition(".")[0] or name), linked.common()
    if named and common and named != common:
        raise Broken(
            f"the file's name says {_written(named)}, but its pages link to {_written(common)};"
            " name the file after its day"
        )
    day = named or common
    if day is None:
        raise Broken("nobody can know the day; put it into the file's name, such as 02-25.json")
    return day


def _written(day: MonthDay) -> str:
    return f"{day.month:02}-{day.day:02}"
