"""What a feed or a calendar is of: everything, a tag, or where sources disagree."""

from typing import NamedTuple
from urllib.parse import quote

from onthisday.almanac.entry import ALL, Selection
from onthisday.views import words


class Scope(NamedTuple):
    """A selection with a place of its own on the site.

    ``folder`` is that place, as it stands in an address: empty for everything, else
    ``tags/stalin/``. ``title`` is what to add to the site's title.
    """

    folder: str
    selection: Selection
    title: str | None = None


EVERYTHING = Scope("", ALL)
DISPUTED = Scope("disputed/", Selection(disputed=True), words.WHERE_THEY_DIFFER)


def of_tag(tag: str) -> Scope:
    """Return the scope of a tag."""
    return Scope(f"tags/{quote(tag, safe='')}/", Selection(tags=(tag,)), tag)
