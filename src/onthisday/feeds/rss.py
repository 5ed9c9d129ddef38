"""Write a feed as RSS 2.0 (rssboard.org/rss-specification), with the library feedgen.

feedgen 1.0 takes the last link as the link of the feed. So we add the address of the page last.
Of Atom's links it writes only ``self``, so our extension writes the link to the hub.
In RSS, an author must be an e-mail address. So we write the author as Dublin Core's ``creator``.
A description is HTML, so a plain text is escaped for HTML first, and then for XML.

Called by site/feed_paths.py.
"""

from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from onthisday.feeds.content import text_html
from onthisday.feeds.feed import Feed
from onthisday.feeds.items import Item
from onthisday.feeds.safe_text import numbered, plain_texts
from onthisday.version import __version__

MEDIA_TYPE = "application/rss+xml; charset=utf-8"

TIME_TO_LIVE = 60
"""How many minutes a program may keep the feed before it looks again.

With more than an hour, a new day would come too late.
"""


def render(feed: Feed) -> bytes:
    """Return the feed as an RSS document."""
    generator = FeedGenerator()
    generator.load_extension("dc")
    generator.title(feed.title)
    generator.description(text_html(feed.subtitle))
    generator.language(feed.language)
    generator.copyright(feed.rights)
    generator.generator("onthisday", version=__version__)
    generator.ttl(TIME_TO_LIVE)
    generator.updated(feed.updated)
    generator.link(href=f"{feed.stem}.rss", rel="self", type="application/rss+xml")
    generator.link(href=feed.url, rel="alternate")
    generator.register_extension("hub", HubLink, atom=False)
    generator.hub.is_(feed.hub)
    for item in feed.items:
        generator.add_entry(_entry(item, feed.author), order="append")
    document: bytes = generator.rss_str(pretty=True)
    return numbered(document, _PLAIN)


_PLAIN = plain_texts("title", "category", "copyright", "dc:creator")


def _entry(item: Item, author: str) -> FeedEntry:
    entry = FeedEntry()
    entry.load_extension("dc", atom=False, rss=True)
    entry.guid(item.id, permalink=False)
    entry.title(item.title)
    entry.link(href=item.url)
    entry.summary(text_html(item.summary))
    entry.content(item.content, type="html")
    entry.published(item.published)
    entry.updated(item.updated)
    entry.dc.dc_creator(author)
    # All at once: with each call, feedgen goes through all tags again.
    entry.category([{"term": tag} for tag in item.tags])
    return entry


class HubLink(BaseExtension):  # type: ignore[misc]
    """Adds the link to the hub to a feed (W3C, WebSub, section 4)."""

    def __init__(self) -> None:
        self._hub: str | None = None

    def is_(self, hub: str | None) -> None:
        """Set the address of the hub; None: the feed has no hub."""
        self._hub = hub

    def extend_rss(self, feed: Any) -> Any:
        """Add the link after the feed's own address, before the first item."""
        if self._hub:
            link = etree.Element("{http://www.w3.org/2005/Atom}link", href=self._hub, rel="hub")
            feed.find("channel/{http://www.w3.org/2005/Atom}link").addnext(link)
        return feed
