"""Find the days that a text names with day, month and year.

The code of `draft` finds the days. A doubtful date, which `draft` would not propose, is not in the
result, so that `check` does not report an entry because of it.

Used by service/checking/report.py.
"""

import re

from onthisday.dates.edtf import parse
from onthisday.drafts.mentions import find_mentions

_YEAR = re.compile(r"\d{3}|\b\d{1,2}\s(?:BC|AD|v\.)")


def days_named(text: str) -> frozenset[str]:
    """Return the days that a text names with their year, as EDTF (such as `1969-07-20`).

    The text may be in any language of drafts/languages/.
    """
    if not _YEAR.search(text):  # true for nearly all titles; this is faster
        return frozenset()
    mentions = find_mentions(text)
    return frozenset(one.value for one in mentions if one.proposed and _is_gregorian(one.value))


def _is_gregorian(day: str) -> bool:
    """Return False for 29 February 1900, which is a day of the Julian calendar alone."""
    try:
        parse(day)
    except ValueError:
        return False
    return True
