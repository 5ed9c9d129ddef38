"""The values that the modules of the site share: a page, a route, and the state of the site."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from onthisday.almanac.entry import Entry
from onthisday.config import Site
from onthisday.dates.zones import start_of_day
from onthisday.feeds.feed import Feed, daily_feed_of, feed_of, year_back
from onthisday.feeds.lasting import Window, same_until
from onthisday.feeds.scope import EVERYTHING, Scope
from onthisday.locales.locale import locale_of
from onthisday.site import rendering
from onthisday.site.contents import Contents
from onthisday.site.path_parts import pattern_of
from onthisday.site.traces import remembered, remembered_property
from onthisday.views.as_json import tree_of
from onthisday.views.presenter import Presenter
from onthisday.views.view import OccasionView

HTML = "text/html; charset=utf-8"
JSON = "application/json"
SCRIPT = "text/javascript; charset=utf-8"

MOST_LISTED = 100
"""How many entries a page of a list has. If there are more, the list has further pages."""

MOST_OF_DAY, MOST_WHOLE = 50, 20
"""How many entries a page of a day has, and how many of them it shows whole, with their sources.

Of the others it has the date and the title. Why so few: nobody reads a hundred whole entries, and
to make them would take most of a page's time.
"""

_FEEDS = 4
"""So many feeds are kept. One may have a megabyte."""


class Page(NamedTuple):
    """The content of a path.

    - ``media_type``: what it is, such as ``text/html``.
    - ``modified``: when the content last changed.
    - ``links``: addresses that `serve` says in a header, each with what it is: its own (``self``)
      and that of the hub.
    """

    body: bytes
    media_type: str
    modified: datetime
    links: tuple[tuple[str, str], ...] = ()


class SiteState:
    """The site in one of its languages. All pages of that language are made from this value.

    - ``contents``: what all languages have in common.
    - ``feed``: returns the feed of a scope. The last few are kept, because a feed is written in
      three formats, one after the other.
    """

    def __init__(self, site: Site, contents: Contents) -> None:
        self.site, self.contents, self.locale = site, contents, locale_of(site.language)
        self.library = contents.library
        self.has_picture = contents.has_picture
        self.presenter = Presenter(self.library, site, self.has_picture)
        self.feed = remembered(self._feed, _FEEDS)

    @property
    def day(self) -> date:
        """The day. A page that asks for it is made anew each day."""
        return self.contents.time.day

    @property
    def year(self) -> int:
        """The year of the day. A page that asks for it is made anew each year."""
        return self.contents.time.year

    def day_for(self, scope: Scope, window: Window) -> date:
        """Return the day, for what shows the occasions of a window of days.

        It is made anew on the day on which the window may have other occasions.
        """
        until = same_until(self.library, scope.selection, self.contents.time.unnoted, window)
        return self.contents.time.lasting(until)

    def _feed(self, scope: Scope) -> Feed:
        about = self.site, self.library, self.day_for(scope, year_back), scope
        return self._dated(feed_of(*about, self.has_picture, self.contents.changed_by))

    @remembered_property
    def daily_feed(self) -> Feed:
        """The feed with an item a day."""
        about = self.site, self.library, self.day_for(EVERYTHING, year_back)
        return self._dated(daily_feed_of(*about, self.has_picture, self.contents.changed_by))

    def _dated(self, feed: Feed) -> Feed:
        """Return a feed, and note that it changes each day if it is empty: then it says the day."""
        if not feed.items:
            self.contents.time.daily()
        return feed

    def html(self, template: str, path: str, **shown: object) -> Page:
        """Return a page made with a template. ``modified`` is the last change."""
        return self.page(rendering.render(template, self.site, path, **shown).encode(), HTML)

    def json(self, value: Any) -> Page:
        """Return a value as a page of JSON."""
        return self.json_text(json.dumps(tree_of(value), ensure_ascii=False))

    def json_text(self, text: str) -> Page:
        """Return a text that is JSON as a page."""
        return self.page(f"{text}\n".encode(), JSON)

    def page(self, body: bytes, media_type: str) -> Page:
        """Return a page with this content. ``modified`` is the last change."""
        return Page(body, media_type, self.contents.changed)

    def of_today(self, page: Page) -> Page:
        """Return a page that changes each day: ``modified`` is never before last midnight."""
        start = start_of_day(self.contents.time.unnoted, ZoneInfo(self.site.zone))
        return page._replace(modified=max(page.modified, start))

    def of_year(self, page: Page) -> Page:
        """Return a page that changes each year: ``modified`` is never before its first midnight."""
        begin = date(self.contents.time.unnoted.year, 1, 1)
        start = start_of_day(begin, ZoneInfo(self.site.zone))
        return page._replace(modified=max(page.modified, start))

    def views(self, entries: Iterable[Entry]) -> tuple[OccasionView, ...]:
        """Return entries as pages show them, without the number of years since."""
        return tuple(map(self.presenter.entry, entries))

    def titles(self, entries: Iterable[Entry]) -> tuple[OccasionView, ...]:
        """Return entries for a list of their titles (`Presenter.titled`)."""
        return tuple(map(self.presenter.titled, entries))


class Route(NamedTuple):
    """A kind of path, such as the pages of all tags.

    - ``path``: as OpenAPI writes it, ``/days/{month}-{day}/``, but brackets are around what may be
      missing. path_parts.py has what may stand in braces. ``pattern`` matches such paths.
    - ``paths``: returns all paths of this kind that exist; None if only `serve` answers them.
    - ``render``: makes the page of a path from the state and the parts in braces. It returns
      None if there is no such path.
    - ``about``: what it is, for openapi.py; so are the rest.
    - ``schema``: which of the schemas (schemas.py) its JSON has.
    - ``query``: what may be asked after "?" (path_parts.py).
    """

    path: str
    pattern: re.Pattern[str]
    paths: Callable[[SiteState], Iterable[str]] | None
    render: Callable[..., Page | None]
    about: str
    media_type: str
    schema: str | None
    query: tuple[str, ...] = ()


def route(
    path: str,
    paths: Callable[[SiteState], Iterable[str]] | None,
    render: Callable[..., Page | None],
    about: str,
    media_type: str = HTML,
    *,
    schema: str | None = None,
) -> Route:
    """Return a route. If it has a schema, it is JSON."""
    kind = JSON if schema and media_type == HTML else media_type
    return Route(path, pattern_of(path), paths, render, about, kind, schema)


def only(
    path: str,
    render: Callable[[SiteState], Page | None],
    about: str,
    media_type: str = HTML,
    *,
    schema: str | None = None,
) -> Route:
    """Return a route that has only one path."""
    return route(path, lambda _: (path,), render, about, media_type, schema=schema)


def asking(own: Route, *query: str) -> Route:
    """Return a route of which these things may be asked after "?"."""
    return own._replace(query=query)


class ListPart(NamedTuple):
    """One page of a long list of entries.

    - ``number``: the number of the page, from 1.
    - ``more``: True if another page follows.
    """

    entries: tuple[Entry, ...]
    number: int
    more: bool


def part(
    listed: Callable[[int], Iterator[Entry]], number: str | None, most: int = MOST_LISTED
) -> ListPart | None:
    """Return one page of a list, or None if the list has no such page.

    - ``listed``: yields the entries of the list, without the first n.
    - ``number``: the number of the page in the path; None for the first page.
    - ``most``: how many entries a page has.
    """
    which = int(number or 1)
    found = tuple(islice(listed((which - 1) * most), most + 1))
    if not found and which > 1:
        return None
    return ListPart(found[:most], which, len(found) > most)


def part_paths(path: str, count: int, most: int = MOST_LISTED) -> Iterator[str]:
    """Yield the paths of all pages of a list that has ``count`` entries."""
    yield path
    yield from (f"{path}{number}/" for number in range(2, -(-count // most) + 1))
