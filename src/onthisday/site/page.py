"""The values that the modules of the site share: a page, a route, and the state of the site."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from functools import cache, cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from onthisday.almanac.entry import Entry
from onthisday.checks.cited_text import held_text
from onthisday.config import Site
from onthisday.dates.calendars import MonthDay
from onthisday.dates.zones import start_of_day
from onthisday.site import rendering
from onthisday.views.as_json import tree_of
from onthisday.views.presenter import Presenter
from onthisday.views.view import OccasionView

if TYPE_CHECKING:
    from onthisday.almanac.library import Library

HTML = "text/html; charset=utf-8"
JSON = "application/json"

MOST_LISTED = 100
"""Entries on one page of a list. If there are more, the list has a further page."""

Files = Callable[[str], bytes | None]
"""Returns the bytes of a file (a picture or a text) by its name; None if there is none."""


class Page(NamedTuple):
    """The content of a path. ``modified`` is when the content last changed."""

    body: bytes
    media_type: str
    modified: datetime


class SiteState:
    """Everything that the site depends on. Every module of the site makes its pages from it."""

    def __init__(
        self, site: Site, library: "Library", day: date, pictures: Files, texts: Files
    ) -> None:
        self.site, self.library, self.day, self.pictures = site, library, day, pictures
        self.text = cache(lambda document: held_text(document, texts))
        self.presenter = Presenter(library, site.url, site.tag)

    @cached_property
    def counts(self) -> dict[MonthDay, int]:
        """The number of entries of each day of the year. Kept, because every day's page asks."""
        return self.library.counts()

    def html(self, template: str, path: str, **shown: object) -> Page:
        """Return a page made with a template. Its time is that of the almanac's last change."""
        return self.page(rendering.render(template, self.site, path, **shown).encode(), HTML)

    def json(self, value: Any) -> Page:
        """Return a view as a page of JSON."""
        text = json.dumps(tree_of(value), ensure_ascii=False)
        return self.page(f"{text}\n".encode(), JSON)

    def page(self, body: bytes, media_type: str) -> Page:
        """Return a page of bytes. Its time is that of the almanac's last change."""
        return Page(body, media_type, self.library.modified)

    def of_today(self, page: Page) -> Page:
        """Return a page that changes each day: its time is last midnight at the earliest."""
        start = start_of_day(self.day, ZoneInfo(self.site.zone))
        return page._replace(modified=max(page.modified, start))

    def views(self, entries: Iterable[Entry]) -> tuple[OccasionView, ...]:
        """Return the views of entries, without a year."""
        return tuple(map(self.presenter.entry, entries))


class Route(NamedTuple):
    """A kind of path: its pattern, all paths that exist, and the function that makes a page.

    ``render`` takes the state and the groups of the pattern. It returns None if there is no such
    path.
    """

    pattern: re.Pattern[str]
    paths: Callable[[SiteState], Iterable[str]]
    render: Callable[..., Page | None]


def route(
    pattern: str, paths: Callable[[SiteState], Iterable[str]], render: Callable[..., Page | None]
) -> Route:
    """Return a route with this pattern, a regular expression."""
    return Route(re.compile(pattern), paths, render)


def only(path: str, render: Callable[[SiteState], Page | None]) -> Route:
    """Return a route that has only one path."""
    return route(re.escape(path), lambda _: (path,), render)


class ListPart(NamedTuple):
    """A page of a long list: its entries, its number from 1, and whether more follow."""

    entries: tuple[Entry, ...]
    number: int
    more: bool


NUMBER = r"(?:([2-9]|[1-9]\d{1,5})/)?"
"""The end of a path in a long list: nothing for the first page, ``2/`` for the second."""


def part(listed: Callable[[int], Iterator[Entry]], number: str | None) -> ListPart | None:
    """Return one page of a list; None if the list is not so long.

    ``number`` is as in the path. ``listed(n)`` yields the list, but skips the first n entries.
    """
    which = int(number or 1)
    found = tuple(islice(listed((which - 1) * MOST_LISTED), MOST_LISTED + 1))
    if not found and which > 1:
        return None
    return ListPart(found[:MOST_LISTED], which, len(found) > MOST_LISTED)


def part_paths(path: str, count: int) -> Iterator[str]:
    """Yield the paths of all pages of a list that has ``count`` entries."""
    yield path
    yield from (f"{path}{number}/" for number in range(2, -(-count // MOST_LISTED) + 1))
