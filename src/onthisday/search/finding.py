"""Find entries: ask an index for their ids, and show each one with its hits.

Used by `onthisday search` and the site's `/search/`. adapters/sqlite/search_file.py is the index.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, Protocol

from onthisday.almanac.translations import told_in
from onthisday.dates.historical_date import HistoricalDate
from onthisday.locales.locale import ENGLISH, Locale
from onthisday.search.marking import Marked, marked, snippet
from onthisday.search.query import Query, query_of
from onthisday.search.searched import searched

if TYPE_CHECKING:
    from onthisday.almanac.library import Published

SHOWN = 20
"""How many hits are shown, if nobody asks for another number."""

MOST_SHOWN = 100
"""How many hits are shown, at most."""


class SearchIndex(Protocol):
    """The words of what may be published of an almanac.

    Why a protocol, though only adapters/sqlite/search_file.py implements it: this room must not
    know SQL.
    """

    def find(self, query: Query) -> Iterator[str]:
        """Yield the ids of the entries that have all terms of a question.

        Those that have them in the title come first, then those that need the summary, the place,
        the tags or the date, then those that need answers, then those that need the titles of
        documents. Of these, whole words come before words that are only begun, and older entries
        before newer ones.
        """


Day = date
"""A day. A hit has a field of the name ``date``, which is a HistoricalDate."""


class Hit(NamedTuple):
    """An entry that was found.

    - ``when``: its date in words.
    - ``snippet``: the text that has the hits, cut to about two lines.
    - ``withdrawn``: since when the entry is withdrawn; None if it stands.
    - ``language``: that of the title.
    """

    id: str
    date: HistoricalDate
    when: str
    place: str | None
    title: Marked
    snippet: Marked
    withdrawn: Day | None = None
    language: str = ""


class Found(NamedTuple):
    """What was found. ``more``: whether there are more hits than were asked for."""

    query: Query
    hits: tuple[Hit, ...]
    more: bool


def find(
    library: "Published",
    index: SearchIndex,
    text: str,
    limit: int = SHOWN,
    locale: Locale = ENGLISH,
    native: str = "en",
) -> Found:
    """Return the entries that have all words of a text, as they are told in a language.

    ``limit``: at most so many. ``native``: the language of entries that do not say theirs.
    """
    show = partial(_hit, library, locale, native)
    query = query_of(text)
    if not query.terms:
        return Found(query, (), more=False)
    ids = islice(index.find(query), limit + 1)
    hits = tuple(hit for hit in (show(name, query) for name in ids) if hit)
    return Found(query, hits[:limit], len(hits) > limit)


def _hit(
    library: "Published", locale: Locale, native: str, entry_id: str, query: Query
) -> Hit | None:
    """Return an entry with its hits; None if it is gone meanwhile."""
    entry = library.entry(entry_id)
    if entry is None:
        return None
    own = searched(entry, library.document, (locale,))
    told, languages = told_in(entry, locale.tag, native)
    title, shown = marked(told.title, query.terms), (told.title, own.when, told.place or "")
    cut = snippet(shown, (told.summary or "", *own.texts), query.terms)
    return Hit(
        entry.id, entry.date, own.when, told.place, title, cut, entry.withdrawn, languages.title
    )
