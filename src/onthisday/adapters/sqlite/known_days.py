"""On which day what is published changed last, though the almanac itself did not change.

On that day a birth was 110 years ago, or a correction began. Used by compiled_library.py.
"""

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onthisday.adapters.sqlite.noted_rows import NotedRows
    from onthisday.adapters.sqlite.shared_rows import SharedRows

DAY_1 = 1_721_425
"""The Julian day number of Python's day with the number 0, which is the day before 1 January 1."""

SHUT = "SELECT id FROM entries WHERE opens > {}"
"""The entries that are shut on the day that has this number."""


def shut_after(rows: "SharedRows | NotedRows", asked: date | None) -> int | None:
    """Return a Julian day number: entries that open later are shut. None if no entry is shut.

    It is that of the last day, until ``asked``, on which an entry opened.
    """
    if not asked or asked.toordinal() + DAY_1 >= int(rows.meta["opens"]):
        return None
    return last_opened(rows, asked) + DAY_1


def withdrawn_until(rows: "SharedRows | NotedRows", known: date | None) -> int | None:
    """Return a number of a day: entries withdrawn until then are gone. None if no entry is gone.

    It is that of the last day, until ``known``, on which an entry was withdrawn.
    """
    if not known or rows.meta["withdrawn"] == "0":
        return None
    sql = "SELECT max(withdrawn) FROM entries WHERE withdrawn <= ?"
    [(number,)] = rows.found(sql, (known.toordinal(),))
    return number or None


def last_opened(rows: "SharedRows | NotedRows", asked: date | None) -> int:
    """Return the number of the day on which the last birth was 110 years ago; 0 if none was."""
    if not asked or rows.meta["opens"] == "0":
        return 0
    sql = "SELECT max(opens) FROM entries WHERE opens <= ?"
    [(number,)] = rows.found(sql, (asked.toordinal() + DAY_1,))
    return number - DAY_1 if number else 0


def last_corrected(rows: "SharedRows | NotedRows", known: date, shut: int | None) -> int:
    """Return the number of the day of the last correction of entries that are open; 0 if none."""
    if rows.meta["corrected"] == "0":
        return 0
    of_open = f"entry NOT IN ({SHUT.format(shut)})" if shut else "1"
    sql = f"SELECT max(day) FROM corrections WHERE day <= ? AND {of_open}"
    [(number,)] = rows.found(sql, (known.toordinal(),))
    return number or 0
