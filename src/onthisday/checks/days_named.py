"""The days that a text writes out, as `draft` would propose them: what is doubtful is not held
against an entry. Used by service/checking/report.py."""

import re

from onthisday.drafts.mentions import find_mentions

_YEAR = re.compile(r"\d{3}|\b\d{1,2}\s(?:BC|AD|v\.)")


def days_named(text: str) -> frozenset[str]:
    """Return as EDTF the days that a text names with their year, in any language that is read."""
    if not _YEAR.search(text):  # nearly all titles and summaries: finding costs more
        return frozenset()
    return frozenset(mention.value for mention in find_mentions(text) if mention.proposed)
