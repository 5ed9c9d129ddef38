"""Write a list of feeds as OPML 2.0 (opml.org/spec2.opml).

With the list, people can subscribe to many feeds at once.

Called by site/feed_paths.py.
"""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from onthisday.feeds.safe_text import one_line, uri_of

MEDIA_TYPE = "text/x-opml; charset=utf-8"


def render(title: str, feeds: Iterable[tuple[str, str, str]]) -> bytes:
    """Return the list. Each of ``feeds`` is a title, the feed's address and its page's address."""
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = one_line(title)
    body = SubElement(root, "body")
    for name, address, page in feeds:
        shown, feed, html = one_line(name), uri_of(address), uri_of(page)
        SubElement(body, "outline", type="rss", text=shown, title=shown, xmlUrl=feed, htmlUrl=html)
    indent(root)
    text: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
