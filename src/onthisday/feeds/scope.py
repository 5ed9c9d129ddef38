"""Scopes: which entries a feed or a calendar is about.

All entries, the entries of one tag, or the entries on which sources disagree.

Called by feed.py, calendar.py and the pages of site/.
"""

from typing import NamedTuple
from urllib.parse import quote

from onthisday.almanac.entry import ALL, Selection
from onthisday.views import source_words, words


class Scope(NamedTuple):
    """A filter for entries that has its own folder on the site.

    - ``folder``: the folder in an address, such as ``tags/stalin/``. Empty for all entries.
    - ``title``: is written after the title of the site.
    """

    folder: str
    selection: Selection
    title: str | None = None


EVERYTHING = Scope("", ALL)
DISPUTED = Scope("disputed/", Selection(disputed=True), source_words.WHERE_THEY_DIFFER)


def of_tag(tag: str) -> Scope:
    """Return the scope of one tag: all entries that have the tag."""
    return Scope(f"tags/{quote(tag, safe='')}/", Selection(tags=(tag,)), words.tag_words(tag))
