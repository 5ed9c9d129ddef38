"""Find the days that a text names with day, month and year.

The code of `draft` finds the days. A doubtful date, which `draft` would not propose, is not in the
result, so that `check` does not report an entry because of it.

Used by service/checking/report.py.
"""

import re

from onthisday.drafts.mentions import find_mentions

_YEAR = re.compile(r"\d{3}|\b\d{1,2}\s(?:BC|AD|v\.)")


def days_named(text: str) -> frozenset[str]:
    """Return the days that a text names with their year, as EDTF (such as `1969-07-20`).

    The text may be in any language of drafts/languages/.
    """
    if not _YEAR.search(text):  # true for nearly all titles; this is faster
        return frozenset()
    return frozenset(mention.value for mention in find_mentions(text) if mention.proposed)
