"""Read what a saved page says of itself: ``meta`` elements, JSON-LD and its headings.

The names are those of Open Graph, schema.org, Dublin Core and Highwire Press. Called by html.py.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from onthisday.texts.about import About, about

_TITLES = ("og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title")
_AUTHORS = ("citation_author", "author", "article:author", "dc.creator", "dcterms.creator")
_PUBLISHERS = ("og:site_name", "citation_journal_title", "dc.publisher", "dcterms.publisher")
_DATES = (
    "article:published_time", "citation_publication_date", "citation_date", "dcterms.issued",
    "dc.date.issued", "dc.date", "dcterms.date", "datepublished", "date",
)  # fmt: skip

_SITE_AFTER = re.compile(r"\s[|–—·»:-]{1,2}\s")
_SITE_BEFORE = re.compile(r"\s[|–—·»:-]{1,2}\s\Z|:\s\Z")

_NOTHING: dict[str, Any] = {}

_MOST = 64 * 1024
"""Characters of a script of JSON-LD, at most."""


def page_about(root: etree._Element) -> About:
    """Return what a page says of itself."""
    said = _metas(root)
    linked = [*_articles(root), _NOTHING][0]
    authors = next((said[name] for name in _AUTHORS if name in said), [])
    title = root.findtext(".//title")
    titles = [*_all(said, _TITLES), linked.get("headline"), title]
    return about(
        titles=[_of_heading(root, each) for each in titles if isinstance(each, str)],
        authors=authors or _names(linked.get("author")),
        publishers=[*_all(said, _PUBLISHERS), *_names(linked.get("publisher"))],
        dates=[*_all(said, _DATES), linked.get("datePublished")],
        languages=[root.get("lang"), root.get("{http://www.w3.org/XML/1998/namespace}lang")],
    )


def _metas(root: etree._Element) -> dict[str, list[str]]:
    """Return the contents of the ``meta`` elements, by their names in small letters."""
    said: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name and meta.get("content"):
            said.setdefault(name.lower(), []).append(meta.get("content"))
    return said


def _all(said: Mapping[str, list[str]], names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        yield from said.get(name, ())


def _articles(root: etree._Element) -> Iterator[dict[str, Any]]:
    """Yield the objects of a page's JSON-LD that say when they were published."""
    for script in root.iter("script"):
        if script.get("type") == "application/ld+json" and script.text:
            try:
                tree = json.loads(script.text[:_MOST])
            except (ValueError, RecursionError):
                continue
            graph = tree.get("@graph") if isinstance(tree, dict) else None
            listed = tree if isinstance(tree, list) else graph or [tree]
            for each in listed if isinstance(listed, list) else ():
                if isinstance(each, dict) and ("datePublished" in each or "headline" in each):
                    yield each


def _names(value: Any) -> Iterator[str]:
    for each in value if isinstance(value, list) else [value]:
        name = each.get("name") if isinstance(each, dict) else each
        if isinstance(name, str):
            yield name


def _of_heading(root: etree._Element, title: str) -> str:
    """Return a title without the name of the site: the page's heading, if the title has it."""
    whole = " ".join(title.split())
    for heading in root.iter("h1"):
        words = " ".join("".join(heading.itertext()).split())
        if words and (
            (whole.startswith(words) and _SITE_AFTER.match(whole, len(words)))
            or (whole.endswith(words) and _SITE_BEFORE.search(whole[: -len(words)]))
        ):
            return words
    return whole
