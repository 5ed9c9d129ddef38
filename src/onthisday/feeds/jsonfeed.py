"""Write a feed as JSON Feed 1.1 (jsonfeed.org/version/1.1).

Why no library: the format is small. Called by site/feed_paths.py.
"""

import json
from datetime import datetime
from typing import Literal, NotRequired, TypedDict

from onthisday.feeds.feed import Feed
from onthisday.feeds.items import Item

MEDIA_TYPE = "application/feed+json"


class Author(TypedDict):
    """Who made the feed."""

    name: str


class Hub(TypedDict):
    """Who tells readers of news at once."""

    type: Literal["WebSub"]
    url: str


class JsonItem(TypedDict):
    """An item. ``language``: that of its texts, if it is another one than the feed's."""

    id: str
    url: str
    title: str
    summary: str
    content_html: str
    date_published: str
    date_modified: str
    tags: list[str]
    language: NotRequired[str]


class JsonFeed(TypedDict):
    """A feed as JSON Feed 1.1."""

    version: Literal["https://jsonfeed.org/version/1.1"]
    title: str
    description: str
    home_page_url: str
    feed_url: str
    authors: list[Author]
    language: str
    hubs: NotRequired[list[Hub]]
    items: list[JsonItem]


def render(feed: Feed) -> bytes:
    """Return the feed as a JSON Feed document."""
    tree: JsonFeed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.subtitle,
        "home_page_url": feed.url,
        "feed_url": f"{feed.stem}.json",
        "authors": [{"name": feed.author}],
        "language": feed.language,
        "items": [_item(item) for item in feed.items],
    }
    if feed.hub:
        tree = {"hubs": [{"type": "WebSub", "url": feed.hub}], **tree}
    return json.dumps(tree, ensure_ascii=False, indent=1).encode()


def _item(item: Item) -> JsonItem:
    own: JsonItem = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "summary": item.summary,
        "content_html": item.content,
        "date_published": _stamp(item.published),
        "date_modified": _stamp(item.updated),
        "tags": list(item.tags),
    }
    return {"language": item.language, **own} if item.language else own


def _stamp(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")
