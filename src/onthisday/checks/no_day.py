"""Find entries that fall on no day of the year, although the curator has written a day somewhere.

Such an entry is on no page of a day, in no feed and in no message. Called by
service/checking/report.py.
"""

from collections.abc import Callable, Iterable, Iterator

from onthisday.almanac.entry import Entry
from onthisday.checks.faults import Fault
from onthisday.checks.said import spoken
from onthisday.dates.historical_date import HistoricalDate
from onthisday.dates.ranges import may_overlap
from onthisday.errors import TreePath

DaysIn = Callable[[str], Iterable[HistoricalDate]]
"""A function: it returns the days that a text names, also without a year (days_named.py)."""


def no_day_faults(entry: Entry, days_in: DaysIn) -> Iterator[Fault]:
    """Yield a fault if an entry falls on no day, and a day is in its date, answers or words."""
    if entry.key is not None or entry.rule is not None:
        return
    for path, where, day in _days(entry, days_in):
        message = f'entry "{entry.id}" falls on no day, though {where} {spoken(day)}; {_mend(day)}'
        yield Fault(path, "no-day", message)
        return


def _days(entry: Entry, days_in: DaysIn) -> Iterator[tuple[TreePath, str, HistoricalDate]]:
    """Yield the days that an entry gives, each with its place, and with words for the place."""
    for day in _own_days(entry.date):
        yield ("date",), "its date names", day
    for index, account in enumerate(entry.accounts):
        for place, answer in enumerate(account.answers):
            path = ("accounts", index, "answers", place, "date")
            if answer.date and _fits(answer.date, entry.date):
                yield path, "an answer gives", answer.date
    for key, text in (("as_written", entry.as_written), ("title", entry.title)):
        for day in days_in(text) if text else ():
            if _fits(day, entry.date):
                yield (key,), f"its {key} names", day


def _own_days(date: HistoricalDate) -> Iterator[HistoricalDate]:
    """Yield the days in an entry's date: of an interval or a set, its first one."""
    for part in date.parts or (date,):
        if part is not None and part.month_day is not None:
            yield part
            return
        yield from _own_days(part) if part and part.parts else ()


def _fits(day: HistoricalDate, date: HistoricalDate) -> bool:
    """Return True if ``day`` is exact to the day and may be the day of ``date``."""
    if day.month_day is None:
        return False
    if day.year is None and date.precision != "month":
        return True
    return may_overlap(day, date)


def _mend(day: HistoricalDate) -> str:
    """Return the last words of the message: what to write."""
    observed = day.month_day
    on = f'observe: "{observed.month:02}-{observed.day:02}"' if observed else "observe:"
    if day.approximate:
        return f"it is only approximate; write {on} to remember it then, or take the ~ out"
    if day.year is None or day.uncertain:
        return f"write {on} to remember it then"
    julian = " with calendar: julian" if day.calendar == "julian" else ""
    return f'write date: "{day.edtf}"{julian} if that is the day, or {on} to remember it then'
