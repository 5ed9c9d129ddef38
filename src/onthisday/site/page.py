"""What the sections of the site share: a page, a route, and the state that they are made from."""

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
"""Entries on a page of a list; the next page has the following ones."""

Files = Callable[[str], bytes | None]
"""Gives what is in a file, a picture or a text, by its name; None where there is none."""


class Page(NamedTuple):
    """What a path holds. ``modified`` is the instant its content is from."""

    body: bytes
    media_type: str
    modified: datetime


class SiteState:
    """What the site is a function of, and what every section makes its pages with."""

    def __init__(
        self, site: Site, library: "Library", day: date, pictures: Files, texts: Files
    ) -> None:
        self.site, self.library, self.day, self.pictures = site, library, day, pictures
        self.text = cache(lambda document: held_text(document, texts))
        self.presenter = Presenter(library, site.url, site.tag)

    @cached_property
    def counts(self) -> dict[MonthDay, int]:
        """How many entries each day of the year has, in order; asked for by every day's page."""
        return self.library.counts()

    def html(self, template: str, path: str, **shown: object) -> Page:
        """Return a page of a template, as of the almanac's last change."""
        return self.page(rendering.render(template, self.site, path, **shown).encode(), HTML)

    def json(self, value: Any) -> Page:
        """Return a view as JSON."""
        text = json.dumps(tree_of(value), ensure_ascii=False)
        return self.page(f"{text}\n".encode(), JSON)

    def page(self, body: bytes, media_type: str) -> Page:
        """Return what a path holds, as of the almanac's last change."""
        return Page(body, media_type, self.library.modified)

    def of_today(self, page: Page) -> Page:
        """Return a page that turned at midnight, if the almanac is older."""
        start = start_of_day(self.day, ZoneInfo(self.site.zone))
        return page._replace(modified=max(page.modified, start))

    def views(self, entries: Iterable[Entry]) -> tuple[OccasionView, ...]:
        """Return the views of entries, in no year."""
        return tuple(map(self.presenter.entry, entries))


class Route(NamedTuple):
    """Paths of one kind: their pattern, those that exist, and what renders one.

    ``render`` is given the pattern's groups, and returns None where there is no such path.
    """

    pattern: re.Pattern[str]
    paths: Callable[[SiteState], Iterable[str]]
    render: Callable[..., Page | None]


def route(
    pattern: str, paths: Callable[[SiteState], Iterable[str]], render: Callable[..., Page | None]
) -> Route:
    """Return the route of a pattern."""
    return Route(re.compile(pattern), paths, render)


def only(path: str, render: Callable[[SiteState], Page | None]) -> Route:
    """Return the route of a single path."""
    return route(re.escape(path), lambda _: (path,), render)


class ListPart(NamedTuple):
    """A page of a long list: its entries, its number from 1, and whether more follow."""

    entries: tuple[Entry, ...]
    number: int
    more: bool


NUMBER = r"(?:([2-9]|[1-9]\d{1,5})/)?"
"""The part of a list in a path: nothing for the first, ``2/`` for the second."""


def part(listed: Callable[[int], Iterator[Entry]], number: str | None) -> ListPart | None:
    """Return a part of a list, by its number in a path; None where it is past the end.

    ``listed`` yields the list from the entry of a number, from 0, on.
    """
    which = int(number or 1)
    found = tuple(islice(listed((which - 1) * MOST_LISTED), MOST_LISTED + 1))
    if not found and which > 1:
        return None
    return ListPart(found[:MOST_LISTED], which, len(found) > MOST_LISTED)


def part_paths(path: str, count: int) -> Iterator[str]:
    """Yield the paths of a list's parts."""
    yield path
    yield from (f"{path}{number}/" for number in range(2, -(-count // MOST_LISTED) + 1))
