"""Scopes: which entries a feed or a calendar is about.

All entries, the entries of one tag, or the entries on which sources disagree.

Called by feed.py, calendar.py and the pages of site/.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from onthisday.almanac.entry import ALL, Selection
from onthisday.locales.locale import Locale
from onthisday.views import source_words, words


class Scope(NamedTuple):
    """A filter for entries that has its own folder on the site.

    - ``folder``: the folder in an address, such as ``tags/stalin/``. Empty for all entries.
    - ``title``: returns, in a language, what is written after the title of the site.
    """

    folder: str
    selection: Selection
    title: Callable[[Locale], str | None] = lambda _: None

    def titled(self, site: str, locale: Locale) -> str:
        """Return the title of the site, with what this is of it: ``On this day – stalin``."""
        own = self.title(locale)
        return f"{locale.isolate(site)} – {locale.isolate(own)}" if own else site


EVERYTHING = Scope("", ALL)
DISPUTED = Scope("disputed/", Selection(disputed=True), source_words.where_they_differ)


@lru_cache(maxsize=64)
def of_tag(tag: str) -> Scope:
    """Return the scope of one tag: all entries that have the tag.

    It is the same value each time, so that what was made of it is found again.
    """
    folder = f"tags/{quote(tag, safe='')}/"
    return Scope(folder, Selection(tags=(tag,)), lambda _: words.tag_words(tag))
