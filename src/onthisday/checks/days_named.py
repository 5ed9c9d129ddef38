"""Find the days that a text names with day, month and year.

The code of `draft` finds the days. A doubtful date, which `draft` would not propose, is not in the
result, so that `check` does not report an entry because of it.

Used by service/checking/report.py.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache

from onthisday.dates.edtf import parse
from onthisday.dates.historical_date import HistoricalDate
from onthisday.drafts.date_scan import may_name_day
from onthisday.drafts.mentions import find_mentions

_YEAR = re.compile(r"\d(?:\d\d|\d?\s(?:BC|AD|v\.))")


@lru_cache(maxsize=1024)  # a source and an answer may cite one passage
def days_named(text: str) -> frozenset[str]:
    """Return the days that a text names with their year, as EDTF (such as `1969-07-20`).

    The text may be in any language of drafts/languages/.
    """
    if not _YEAR.search(text):  # true for nearly all titles; this is faster
        return frozenset()
    if not _may_name_day(text):
        return frozenset()
    mentions = find_mentions(text)
    return frozenset(one.value for one in mentions if one.proposed and _is_gregorian(one.value))


def days_in(text: str) -> Iterator[HistoricalDate]:
    """Yield the days that a text names, also those without a year or of the Julian calendar."""
    for one in find_mentions(text) if _may_name_day(text) else ():
        if one.precision == "day" and one.doubt is None:
            with suppress(ValueError):  # 29 February 1900, and nobody says that it is Julian
                yield parse(one.value, one.calendar or "gregorian")


def _may_name_day(text: str) -> bool:
    line = text.strip()
    return not line.isprintable() or may_name_day(line)  # printable: it has no line break


def _is_gregorian(day: str) -> bool:
    """Return False for 29 February 1900, which is a day of the Julian calendar alone."""
    try:
        parse(day)
    except ValueError:
        return False
    return True
