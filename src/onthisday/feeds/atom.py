"""A feed as Atom (RFC 4287), by feedgen.

Why its own way round feedgen 1.0: entry links lose everything but ``href`` (python-feedgen#135),
so it gets one bare link and the others are put in by an extension; ``updated`` defaults to now, so
it is always set. feedgen is not thread-safe: feeds are rendered one at a time.
"""

from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from onthisday.feeds.feed import Feed, Item
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
    """A ``via`` link to each document that has an address (RFC 4287, section 4.2.7.2)."""

    def __init__(self) -> None:
        self._sources: tuple[tuple[str, str], ...] = ()

    def are(self, sources: tuple[tuple[str, str], ...]) -> None:
        """Take the addresses and titles."""
        self._sources = sources

    def extend_atom(self, entry: Any) -> Any:
        """Put the links in; feedgen's tree in memory has no namespace."""
        for address, title in self._sources:
            etree.SubElement(entry, "link", rel="via", href=address, title=title)
        return entry
