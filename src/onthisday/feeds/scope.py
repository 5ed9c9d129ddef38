"""Scopes: what a feed or a calendar is about. Everything, one tag, or where sources disagree.

Called by feed.py, calendar.py and the pages of site/.
"""

from typing import NamedTuple
from urllib.parse import quote

from onthisday.almanac.entry import ALL, Selection
from onthisday.views import words


class Scope(NamedTuple):
    """A selection of entries that has its own folder on the site.

    ``folder`` is as in an address: ``tags/stalin/``, or empty for everything. ``title`` is added to
    the site's title.
    """

    folder: str
    selection: Selection
    title: str | None = None


EVERYTHING = Scope("", ALL)
DISPUTED = Scope("disputed/", Selection(disputed=True), words.WHERE_THEY_DIFFER)


def of_tag(tag: str) -> Scope:
    """Return the scope of a tag."""
    return Scope(f"tags/{quote(tag, safe='')}/", Selection(tags=(tag,)), tag)
