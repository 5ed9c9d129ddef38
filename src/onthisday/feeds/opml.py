"""A list of feeds as OPML 2.0 (opml.org/spec2.opml), to subscribe to many at once."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, indent, tostring

MEDIA_TYPE = "text/x-opml; charset=utf-8"


def render(title: str, feeds: Iterable[tuple[str, str, str]]) -> bytes:
    """Return the list; each feed is its title, its own address and its page's."""
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = title
    body = SubElement(root, "body")
    for name, address, page in feeds:
        SubElement(body, "outline", type="rss", text=name, title=name, xmlUrl=address, htmlUrl=page)
    indent(root)
    text: str = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
