"""Check the corrections of an entry: their days, and whether they change anything.

Called by service/checking/report.py. Not here: whether the cited passages say what a correction
says now (not_in_passage.py).
"""

from collections.abc import Iterator
from datetime import date

from onthisday.almanac.entry import Correction, Entry
from onthisday.checks.faults import Fault
from onthisday.checks.said import short_day
from onthisday.dates.calendars import CivilDay, day_number
from onthisday.dates.ranges import range_of


def correction_faults(entry: Entry, today: date) -> Iterator[Fault]:
    """Yield a fault for each correction that is to come or looks wrong, and if one withdraws."""
    before: Correction | None = None
    for index, each in enumerate(entry.corrections):
        path, where = ("corrections", index), f'entry "{entry.id}": corrections[{index}]'
        if wrong := _wrong(each, before, entry):
            yield Fault(path, "correction", f"{where} {wrong}")
        if each.on > today:
            until = f"counts from {short_day(each.on)} on; until then it is ignored everywhere"
            yield Fault((*path, "on"), "correction-to-come", f"{where} {until}")
        if each.now is None:
            yield Fault(path, "withdrawn", _withdrawn(entry, each, today))
        before = each


def _wrong(correction: Correction, before: Correction | None, entry: Entry) -> str | None:
    """Return what is wrong with a correction, and the mend. ``before``: the one that it follows."""
    if correction.now is not None and _words(correction.was) == _words(correction.now):
        return "says the same in was and now; write what the entry said before, or take it out"
    if before and correction.on < before.on:
        days = f"{short_day(correction.on)} comes after {short_day(before.on)}"
        return f"is out of order: {days}; put the older one first"
    if _number(correction.on) < range_of(entry.date).first:
        return f"is dated {short_day(correction.on)}, before what it corrects; correct on"
    return None


def _withdrawn(entry: Entry, last: Correction, today: date) -> str:
    is_, falls = ("is", "falls") if last.on <= today else ("will be", "will fall")
    said = f'entry "{entry.id}" {is_} withdrawn from {short_day(last.on)} on, so it {falls}'
    mend = "add now: to its last correction, or silence this with a reason"
    return f"{said} on no day; if the fact stands, {mend}"


def _words(text: str) -> str:
    return " ".join(text.split())


def _number(day: date) -> int:
    return day_number(CivilDay(day.year, day.month, day.day))
