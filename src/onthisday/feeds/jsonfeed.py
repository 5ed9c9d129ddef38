"""Write a feed as JSON Feed 1.1 (jsonfeed.org/version/1.1).

Why no library: the format is small. Called by site/feed_paths.py.
"""

import json
from datetime import datetime
from typing import Any

from onthisday.feeds.feed import Feed
from onthisday.feeds.items import Item

MEDIA_TYPE = "application/feed+json"


def render(feed: Feed) -> bytes:
    """Return the feed as a JSON Feed document."""
    tree = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.subtitle,
        "home_page_url": feed.url,
        "feed_url": f"{feed.stem}.json",
        "authors": [{"name": feed.author}],
        "language": feed.language,
        **({"hubs": [{"type": "WebSub", "url": feed.hub}]} if feed.hub else {}),
        "items": [_item(item) for item in feed.items],
    }
    return json.dumps(tree, ensure_ascii=False, indent=1).encode()


def _item(item: Item) -> dict[str, Any]:
    own = {"language": item.language} if item.language else {}
    return own | {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "summary": item.summary,
        "content_html": item.content,
        "date_published": _stamp(item.published),
        "date_modified": _stamp(item.updated),
        "tags": list(item.tags),
    }


def _stamp(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")
