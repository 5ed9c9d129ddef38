"""The days that a text names with day, month and year.

They are found as `draft` finds them. A date that `draft` would not propose, because it is doubtful,
is left out: an entry is not blamed for a doubtful date.

Used by service/checking/report.py.
"""

import re

from onthisday.drafts.mentions import find_mentions

_YEAR = re.compile(r"\d{3}|\b\d{1,2}\s(?:BC|AD|v\.)")


def days_named(text: str) -> frozenset[str]:
    """Return the days that a text names with their year, as EDTF.

    All languages of drafts/languages/ are read.
    """
    if not _YEAR.search(text):  # true for nearly all titles; this is faster
        return frozenset()
    return frozenset(mention.value for mention in find_mentions(text) if mention.proposed)
