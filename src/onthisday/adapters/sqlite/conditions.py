"""SQL conditions for what is asked of the compiled almanac, with the values for their marks.

Used by compiled_library.py. Not here: which entries may be published.
"""

from collections.abc import Collection, Sequence
from typing import Any

from onthisday.almanac.entry import Selection
from onthisday.almanac.occasions import MILESTONES
from onthisday.dates.calendars import MonthDay


def falling_on(days: Collection[MonthDay], selection: Selection) -> tuple[str, tuple[Any, ...]]:
    """Return conditions that choose the entries of a selection that fall on some days.

    A tag is asked for its entries of these days alone: it may have entries on every day. The date
    of its rows is the entry's day, or a month without one.
    """
    where, values = chosen_by(selection._replace(tags=()))
    numbers = tuple(map(number_of, days))
    if not selection.tags:
        return f"day IN ({marks(numbers)}){where}", (*numbers, *values)
    tags = f"tag IN ({marks(selection.tags)}) AND date IN ({marks(numbers)})"
    tagged = f"SELECT entry FROM tags WHERE {tags}"
    return f"id IN ({tagged}){where}", (*selection.tags, *numbers, *values)


def chosen_by(selection: Selection) -> tuple[str, tuple[str, ...]]:
    """Return conditions that choose the entries of a selection."""
    where = ""
    if selection.kinds:
        where += f" AND kind IN ({marks(selection.kinds)})"
    if selection.tags:
        tagged = f"SELECT entry FROM tags WHERE tag IN ({marks(selection.tags)})"
        where += f" AND id IN ({tagged})"
    if selection.disputed:
        where += " AND disputed = 1"
    if selection.without:
        tagged = f"SELECT entry FROM tags WHERE tag IN ({marks(selection.without)})"
        where += f" AND id NOT IN ({tagged})"
    return where, (*selection.kinds, *selection.tags, *selection.without)


def round_in(years: Collection[int], selection: Selection) -> tuple[str, tuple[int, ...]]:
    """Return a condition for the entries that are a round age in some years.

    An entry without a year has a very late one in its row, so it is not among them.
    """
    pairs = [(year, step) for year in years for step in selection.milestones or MILESTONES]
    each = " OR ".join(["(year < ? AND (? - year) % ? = 0)"] * len(pairs))
    return f" AND ({each})", tuple(number for year, step in pairs for number in (year, year, step))


def number_of(day: MonthDay) -> int:
    """Return the number of a day of the year, as rows have it: 225 for 25 February."""
    return day.month * 100 + day.day


def marks(values: Sequence[object]) -> str:
    """Return a place for each value."""
    return ",".join("?" * len(values))


def roundest(year: int) -> str:
    """Return an SQL order in which the entries with the roundest age in a year come first."""
    return ", ".join(f"({year} - year) % {step} > 0" for step in (100, 50, 25))
