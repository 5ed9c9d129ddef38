"""Write a feed as Atom (RFC 4287), with the library feedgen.

feedgen 1.0 has faults (docs/formats.md). What we do about each:

- Of a link, feedgen keeps only ``href`` (python-feedgen#135). So feedgen writes one plain link for
  each entry, and our extension adds the other links.
- feedgen gives most texts no type. So our extension declares those that need one.
- feedgen sets ``updated`` to the present time. So we always set ``updated``.
- feedgen cannot run in two threads at once. So feeds are made one at a time.

Called by site/feed_paths.py.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from onthisday.feeds.content import text_html
from onthisday.feeds.feed import Feed
from onthisday.feeds.items import Item
from onthisday.feeds.safe_text import numbered, plain_texts
from onthisday.version import __version__

MEDIA_TYPE = "application/atom+xml; charset=utf-8"


def render(feed: Feed) -> bytes:
    """Return the feed as an Atom document."""
    generator = FeedGenerator()
    generator.id(feed.id)
    generator.title(feed.title)
    generator.subtitle(feed.subtitle)
    generator.author(name=feed.author)
    generator.language(feed.language)
    generator.rights(feed.rights)
    generator.register_extension("texts", DeclaredTexts, rss=False)
    generator.generator("onthisday", version=__version__)
    times = tuple(_told_apart(feed.items))
    generator.updated(max(times, default=feed.updated))
    generator.link(href=feed.url, rel="alternate", type="text/html")
    generator.link(href=f"{feed.stem}.atom", rel="self", type="application/atom+xml")
    if feed.hub:
        generator.link(href=feed.hub, rel="hub")
    for item, updated in zip(feed.items, times, strict=True):
        generator.add_entry(_entry(item, updated), order="append")
    document: bytes = generator.atom_str(pretty=True)
    return numbered(document, _PLAIN)


_PLAIN = plain_texts("title", "subtitle", "rights", "summary", "name")


def _told_apart(items: tuple[Item, ...]) -> Iterator[datetime]:
    """Yield when each item was updated. The first items of a second are a little later.

    Why: programs that sort by this time keep the order of the feed. No two entries should have the
    same time (RFC 4287, section 3.3). 100 milliseconds are enough for 100,000 items of a second.
    """
    seen: Counter[datetime] = Counter()
    for item in items:
        yield item.updated + timedelta(microseconds=max(0, 99_999 - seen[item.updated]))
        seen[item.updated] += 1


def _entry(item: Item, updated: datetime) -> FeedEntry:
    entry = FeedEntry()
    entry.register_extension("sources", SourceLinks, rss=False)
    entry.register_extension("texts", DeclaredTexts, rss=False)
    entry.register_extension("told", TextLanguage, rss=False)
    entry.told.is_(item.language)
    entry.id(item.id)
    entry.title(item.title)
    entry.link(href=item.url)
    entry.summary(item.summary)
    entry.content(item.content, type="html")
    entry.published(item.published)
    entry.updated(updated)
    # All at once: with each call, feedgen goes through all tags again.
    entry.category([{"term": tag} for tag in item.tags])
    entry.sources.are(item.sources)
    return entry


class DeclaredTexts(BaseEntryExtension):  # type: ignore[misc]
    """Declares a text as HTML that has several lines, or that looks like HTML with its end tag.

    Why: else the line ends are lost, and some programs guess that it is HTML and hide its tags (RFC
    4287, section 3.1.1). Why not every text: some programs show all titles as plain text.
    """

    def extend_atom(self, parent: Any) -> Any:
        """Change the texts of a feed or an entry."""
        for name in ("title", "subtitle", "rights", "summary"):
            text = parent.find(name)
            if text is not None and re.search(r"</\w|\n", text.text or ""):
                text.text, text.attrib["type"] = text_html(text.text), "html"
        return parent


class TextLanguage(BaseEntryExtension):  # type: ignore[misc]
    """Says the language of an entry, if it is not that of the feed (RFC 4287, section 2)."""

    def __init__(self) -> None:
        self._language: str | None = None

    def is_(self, language: str | None) -> None:
        """Set the language, as BCP 47."""
        self._language = language

    def extend_atom(self, entry: Any) -> Any:
        """Set ``xml:lang`` of an entry."""
        if self._language:
            entry.set("{http://www.w3.org/XML/1998/namespace}lang", self._language)
        return entry


class SourceLinks(BaseEntryExtension):  # type: ignore[misc]
    """Adds a ``via`` link for each source that has an address (RFC 4287, section 4.2.7.2)."""

    def __init__(self) -> None:
        self._sources: tuple[tuple[str, str], ...] = ()

    def are(self, sources: tuple[tuple[str, str], ...]) -> None:
        """Set the sources: the address and the title of each source."""
        self._sources = sources

    def extend_atom(self, entry: Any) -> Any:
        """Add the links to an entry. No XML namespace is set, as in feedgen's own elements."""
        for address, title in self._sources:
            etree.SubElement(entry, "link", rel="via", href=address, title=title)
        return entry
