"""Write a feed as Atom (RFC 4287), with the library feedgen.

feedgen 1.0 has faults (docs/formats.md). What we do about each:

- Of a link, feedgen keeps only ``href`` (python-feedgen#135). So feedgen writes one plain link for
  each entry, and our extension adds the other links.
- feedgen sets ``updated`` to the present time. So we always set ``updated``.
- feedgen cannot run in two threads at once. So feeds are made one at a time.

Called by site/feed_paths.py.
"""

from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from onthisday.feeds.feed import Feed
from onthisday.feeds.items import Item
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
    generator.generator("onthisday", version=__version__)
    generator.updated(feed.updated)
    generator.link(href=feed.url, rel="alternate", type="text/html")
    generator.link(href=f"{feed.stem}.atom", rel="self", type="application/atom+xml")
    for item in feed.items:
        generator.add_entry(_entry(item), order="append")
    document: bytes = generator.atom_str(pretty=True)
    return document


def _entry(item: Item) -> FeedEntry:
    entry = FeedEntry()
    entry.register_extension("sources", SourceLinks, rss=False)
    entry.id(item.id)
    entry.title(item.title)
    entry.link(href=item.url)
    entry.summary(item.summary)
    entry.content(item.content, type="html")
    entry.published(item.published)
    entry.updated(item.updated)
    for tag in item.tags:
        entry.category(term=tag)
    entry.sources.are(item.sources)
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
