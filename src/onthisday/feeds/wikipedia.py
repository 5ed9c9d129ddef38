"""An entry in the shape of Wikipedia's on-this-day API, which many programs read.

The fields are those of api.wikimedia.org/wiki/API_reference/Feed/On_this_day, as Wikimedia's
service (wikifeeds, spec.yaml) describes them. An article there is a page of this site here: first
that of the entry, then those of the documents that it rests on.

Called by site/wikipedia_paths.py. Not here: which entries are in which list.
"""

import json
from html import escape
from typing import Literal, NotRequired, TypedDict
from uuid import NAMESPACE_URL, uuid5
from zlib import crc32

from onthisday.config import Site
from onthisday.dates.historical_date import HistoricalDate
from onthisday.feeds.content import occasion_html, text_html
from onthisday.locales.direction import direction_of
from onthisday.locales.locale import Direction, Locale, locale_of
from onthisday.views import source_words, words
from onthisday.views.as_json import tree_of
from onthisday.views.together import sources_once
from onthisday.views.view import Day, OccasionView, SourceView


class Namespace(TypedDict):
    """The part of a wiki that a page is in. Here it is always that of articles."""

    id: int
    text: str


class Titles(TypedDict):
    """A title with ``_`` for spaces, as it is, and as HTML."""

    canonical: str
    normalized: str
    display: str


class Picture(TypedDict):
    """A picture. Width and height are in pixels; they are 0 if nobody knows them.

    Why not left out: programs of typed languages refuse the whole answer then.
    """

    source: str
    width: int
    height: int


class Urls(TypedDict):
    """The addresses of a page. All are the same here: its corrections are on it."""

    page: str
    revisions: str
    edit: str
    talk: str


class ContentUrls(TypedDict):
    """The addresses of a page for each kind of screen. They are the same here."""

    desktop: Urls
    mobile: Urls


class Summary(TypedDict):
    """A page of the site as Wikipedia's API sums up an article.

    - ``pageid``: a number made of its address below the site; it stays the same for ever.
    - ``revision``, ``tid``: others after each change of what the page says.
    - ``timestamp``: when the curator changed it last.
    - ``extract``: what happened, and its sources in short.
    - ``extract_html``: what feeds say of it, with every source and where they differ.
    """

    type: Literal["standard"]
    title: str
    displaytitle: str
    normalizedtitle: str
    namespace: Namespace
    titles: Titles
    pageid: int
    lang: str
    dir: Direction
    revision: str
    tid: str
    timestamp: str
    description: str
    description_source: Literal["local"]
    content_urls: ContentUrls
    extract: str
    extract_html: str
    thumbnail: NotRequired[Picture]
    originalimage: NotRequired[Picture]


class Happening(TypedDict):
    """What happened on a day. Holidays have no year. There is no year 0: -44 is 44 BC."""

    text: str
    pages: list[Summary]
    year: NotRequired[int]


class OnThisDay(TypedDict, total=False):
    """A day: one of the lists, or all of them."""

    selected: list[Happening]
    births: list[Happening]
    deaths: list[Happening]
    events: list[Happening]
    holidays: list[Happening]


KINDS = ("all", *OnThisDay.__annotations__)
"""What can be asked for: all lists of a day, or one of them."""


def happening(
    site: Site, view: OccasionView, changed: Day | None, picture: Picture | None
) -> Happening:
    """Return an entry in Wikipedia's shape. ``changed``: when the curator changed it last."""
    locale = locale_of(site.language)
    pages = [_of_entry(site, locale, view, changed, picture)]
    pages.extend(_of_source(site, locale, each) for each in sources_once(view.sources))
    found: Happening = {"text": words.sure_title(locale, view), "pages": pages}
    year = None if view.kind == "holiday" else year_of(view.date)
    return found if year is None else {**found, "year": year}


def year_of(date: HistoricalDate) -> int | None:
    """Return the Gregorian year as Wikipedia counts: 44 BC is -44. None if it is not known."""
    year = None if date.year is None else date.civil_year
    return year - 1 if year is not None and year < 1 else year


def _of_entry(
    site: Site, locale: Locale, view: OccasionView, changed: Day | None, picture: Picture | None
) -> Summary:
    page = _page(site, f"entries/{view.id}/", view.title, view)
    language = view.language or site.language
    page["lang"], page["dir"] = language, direction_of(language)
    page["timestamp"] = f"{changed or _beginning(site)}T00:00:00Z"
    page["description"] = words.since_line(locale, view)
    said = view.summary or view.title
    page["extract"] = f"{said} {source_words.sources_in_brief(locale, view)}"
    page["extract_html"] = occasion_html(locale, view)
    if picture:
        page["thumbnail"] = page["originalimage"] = picture
    return page


def _of_source(site: Site, locale: Locale, source: SourceView) -> Summary:
    page = _page(site, f"documents/{source.document}/", source.title, source)
    said = source_words.source_words(locale, source)
    page["description"] = page["extract"] = said
    page["extract_html"] = f"<p>{text_html(said)}</p>"
    return page


def _page(site: Site, path: str, title: str, content: OccasionView | SourceView) -> Summary:
    """Return what all pages have in common. ``content``: all that the page says."""
    url, canonical, display = f"{site.url}{path}", "_".join(title.split()), escape(title)
    urls: Urls = {"page": url, "revisions": url, "edit": url, "talk": url}
    revision = str(crc32(json.dumps(tree_of(content), ensure_ascii=False).encode()))
    return {
        "type": "standard",
        "title": canonical,
        "displaytitle": display,
        "normalizedtitle": title,
        "namespace": {"id": 0, "text": ""},
        "titles": {"canonical": canonical, "normalized": title, "display": display},
        "pageid": crc32(path.encode()) & 0x7FFFFFFF,  # a positive number in every language
        "lang": site.language,
        "dir": direction_of(site.language),
        "revision": revision,
        "tid": str(uuid5(NAMESPACE_URL, f"{url}#{revision}")),
        "timestamp": f"{_beginning(site)}T00:00:00Z",
        "description": "",
        "description_source": "local",
        "content_urls": {"desktop": urls, "mobile": urls},
        "extract": "",
        "extract_html": "",
    }


def _beginning(site: Site) -> str:
    """Return the date of the site's tag, from which on its ids are its own (RFC 4151).

    It stands for a change of which nobody wrote down the day.
    """
    return f"{site.tag.partition(',')[2]}-01-01"[:10]
