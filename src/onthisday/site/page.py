"""The values that the modules of the site share: a page, a route, and the state of the site."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from functools import cache, cached_property, partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from onthisday.almanac.entry import Entry
from onthisday.almanac.movable import Feasts
from onthisday.almanac.pictures import is_shown
from onthisday.checks.cited_text import held_text
from onthisday.checks.logo import logo_fault
from onthisday.config import Site
from onthisday.dates.calendars import MonthDay
from onthisday.dates.zones import start_of_day
from onthisday.locales.locale import locale_of
from onthisday.search.folding import fold
from onthisday.site import rendering
from onthisday.site.all_corrections import Corrected, newest_first
from onthisday.site.browser_index import BrowserIndex, index_of
from onthisday.views.as_json import tree_of
from onthisday.views.presenter import Presenter
from onthisday.views.view import OccasionView

if TYPE_CHECKING:
    from onthisday.almanac.library import Published

HTML = "text/html; charset=utf-8"
JSON = "application/json"

MOST_LISTED = 100
"""How many entries a page of a list has. If there are more, the list has further pages."""

Files = Callable[[str], bytes | None]
"""A function: it takes a file's name and returns the bytes of the file, or None.

The file is a picture or the text of a document.
"""


def _nothing(_name: str) -> bytes | None:
    return None


class SiteFiles(NamedTuple):
    """The files that a site shows, beside what is in its library.

    - ``pictures``: returns a picture of the almanac's folder by its name.
    - ``texts``: returns the text of a document by the name of its file.
    - ``logo``: returns the site's logo.
    """

    pictures: Files = _nothing
    texts: Files = _nothing
    logo: Callable[[], bytes | None] = lambda: None


class Page(NamedTuple):
    """The content of a path.

    - ``media_type``: what it is, such as ``text/html``.
    - ``modified``: when the content last changed.
    """

    body: bytes
    media_type: str
    modified: datetime


class SiteState:
    """Everything that the site depends on. All pages are made from this value."""

    def __init__(
        self,
        site: Site,
        library: "Published",
        day: date,
        files: SiteFiles,
        changed: datetime,
    ) -> None:
        self.library, self.day, self.pictures = library, day, files.pictures
        self.logo = files.logo() if site.logo else None
        is_shown_logo = site.logo and logo_fault(site.logo, self.logo) is None
        self.site = site if is_shown_logo else site._replace(logo=None)
        self.locale = locale_of(site.language)
        self._changed = max(changed, self._opened())
        self.text = cache(lambda document: held_text(document, files.texts))
        self.has_picture = cache(partial(is_shown, pictures=files.pictures))
        self.presenter = Presenter(library, site.url, site.tag, self.has_picture)

    def _opened(self) -> datetime:
        """Return when the last birth came among what is published, because it was 110 years ago."""
        opened = self.library.opened
        if opened is None:
            return datetime.min.replace(tzinfo=UTC)
        return start_of_day(opened, ZoneInfo(self.site.zone))

    @cached_property
    def feasts(self) -> Feasts:
        """The entries whose day moves from year to year, as they fall in this year."""
        return Feasts(self.library.movable(), self.day.year)

    @cached_property
    def fixed_counts(self) -> dict[MonthDay, int]:
        """The number of entries that fall on each day in every year."""
        return self.library.counts()

    @cached_property
    def counts(self) -> dict[MonthDay, int]:
        """The number of entries that fall on each day in this year. The days are in order.

        Counted only once, because the page of every day needs it.
        """
        fixed, moving = self.fixed_counts, self.feasts.counts()
        days = sorted(fixed.keys() | moving.keys()) if moving else fixed
        return {day: fixed.get(day, 0) + moving.get(day, 0) for day in days}

    def on(self, day: MonthDay, first: int = 0) -> Iterator[Entry]:
        """Yield the entries that fall on a day in this year, without the first ones.

        Those whose day moves come last. A page asks this, never the library, which has no day for
        them.
        """
        moving = self.feasts.this_year(day)
        if not moving:
            return self.library.on(day, first=first)
        left_out = max(0, first - self.fixed_counts.get(day, 0))
        return chain(self.library.on(day, first=first), moving[left_out:])

    @cached_property
    def years(self) -> dict[int | None, int]:
        """The number of entries of each year, for the pages of the list of all entries."""
        return self.library.years()

    @cached_property
    def cited(self) -> dict[str, int]:
        """The number of entries that cite each document that is cited."""
        return self.library.cited()

    @cached_property
    def corrections(self) -> tuple[Corrected, ...]:
        """All corrections, the newest first. They are sorted once, for all pages of their list."""
        return newest_first(self.library)

    @cached_property
    def document_ids(self) -> tuple[str, ...]:
        """The ids of all documents, sorted by title."""
        titles = ((fold(each.title), each.id) for each in self.library.documents())
        return tuple(name for _, name in sorted(titles))

    @cached_property
    def browser_index(self) -> BrowserIndex:
        """The words of all entries, if they are few enough. Made only for the files of words."""
        return index_of(self.library, self.locale)

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
        return Page(body, media_type, self._changed)

    def of_today(self, page: Page) -> Page:
        """Return a page that changes each day: ``modified`` is never before last midnight."""
        start = start_of_day(self.day, ZoneInfo(self.site.zone))
        return page._replace(modified=max(page.modified, start))

    def of_year(self, page: Page) -> Page:
        """Return a page that changes each year: ``modified`` is never before its first midnight."""
        start = start_of_day(date(self.day.year, 1, 1), ZoneInfo(self.site.zone))
        return page._replace(modified=max(page.modified, start))

    def views(self, entries: Iterable[Entry]) -> tuple[OccasionView, ...]:
        """Return entries as pages show them, without the number of years since."""
        return tuple(map(self.presenter.entry, entries))


class Route(NamedTuple):
    """A kind of path, such as the pages of all tags.

    - ``pattern``: matches the paths of this kind.
    - ``paths``: returns all paths of this kind that exist.
    - ``render``: makes the page of a path from the state and the groups of the pattern. It returns
      None if there is no such path.
    """

    pattern: re.Pattern[str]
    paths: Callable[[SiteState], Iterable[str]]
    render: Callable[..., Page | None]


def route(
    pattern: str, paths: Callable[[SiteState], Iterable[str]], render: Callable[..., Page | None]
) -> Route:
    """Return a route. ``pattern`` is a regular expression as a text."""
    return Route(re.compile(pattern), paths, render)


def only(path: str, render: Callable[[SiteState], Page | None]) -> Route:
    """Return a route that has only one path."""
    return route(re.escape(path), lambda _: (path,), render)


PAGE = r"page/([2-9]|[1-9]\d{1,5})/"
"""The end of the path of a further page of a list whose paths may be names: ``page/2/``.

An entry may have the id ``2``, so its page is ``/entries/2/``.
"""


class ListPart(NamedTuple):
    """One page of a long list of entries.

    - ``number``: the number of the page, from 1.
    - ``more``: True if another page follows.
    """

    entries: tuple[Entry, ...]
    number: int
    more: bool


NUMBER = r"(?:([2-9]|[1-9]\d{1,5})/)?"
"""The end of the path of a list's page: nothing for the first page, ``2/`` for the second."""


def part(listed: Callable[[int], Iterator[Entry]], number: str | None) -> ListPart | None:
    """Return one page of a list, or None if the list has no such page.

    - ``listed``: yields the entries of the list, without the first n.
    - ``number``: the number of the page in the path; None for the first page.
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
