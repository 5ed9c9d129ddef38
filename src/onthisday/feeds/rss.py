"""Write a feed as RSS 2.0 (rssboard.org/rss-specification), with the library feedgen.

feedgen 1.0 takes the last link as the link of the feed. So we add the address of the page last.
In RSS, an author must be an e-mail address. So we write the author as Dublin Core's ``creator``.
A description is HTML, so a plain text is escaped for HTML first, and then for XML.

Called by site/feed_paths.py.
"""

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

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
    for tag in item.tags:
        entry.category(term=tag)
    return entry
