"""A feed and its items. They depend only on the site, the library and the day.

The id of an item is the id of its occasion. Each year has a new id, and editing an entry does not
change the id. Why: for a feed program, an item with a new id is a new item (Miniflux
internal/storage/entry.go; feedbin/support#597).

Called by site/feed_paths.py. Not here: the items (items.py), and the formats (atom.py,
rss.py, jsonfeed.py).
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from onthisday.almanac.entry import ALL, Selection
from onthisday.almanac.occasions import Occasion, occasions_of_days
from onthisday.config import Site
from onthisday.dates.calendars import LEAP_DAY
from onthisday.dates.zones import start_of_day
from onthisday.feeds.items import ChangedBy, Item, Items
from onthisday.feeds.safe_text import one_line, uri_of
from onthisday.feeds.scope import EVERYTHING, Scope
from onthisday.feeds.withdrawn import once_told
from onthisday.locales.locale import locale_of
from onthisday.views import words
from onthisday.views.presenter import HasPicture, every_picture

if TYPE_CHECKING:
    from onthisday.almanac.library import Published

DAYS = 3
"""A feed has at least this many whole days, so that nobody misses an item over a weekend."""

DAILY = 30
"""A feed with one item for each day has this many days."""


class Feed(NamedTuple):
    """A feed with its items.

    - ``url``: the address of the page that shows the same entries.
    - ``stem``: the address of the feed, without its ending ``.atom``, ``.rss`` or ``.json``.
    - ``hub``: the address of the hub that tells subscribers of news (W3C, WebSub).
    """

    id: str
    title: str
    subtitle: str
    url: str
    stem: str
    author: str
    rights: str | None
    language: str
    updated: datetime
    items: tuple[Item, ...]
    hub: str | None = None


def feed_of(
    site: Site,
    library: "Published",
    day: date,
    scope: Scope = EVERYTHING,
    has_picture: HasPicture = every_picture,
    changed_by: ChangedBy | None = None,
) -> Feed:
    """Return a feed with one item for each occasion of ``day`` and of the days before.

    The newest day is first. No day is cut. ``has_picture``: see `Presenter`. ``changed_by``: see
    `Items`.
    """
    made = Items(site, library, day, has_picture, changed_by)
    days = _days_of_feed(site, library, day, scope.selection)
    items = (item for found in days for item in made.of_day(*found))
    return _feed(made.site, scope, "feed", day, tuple(items))


def daily_feed_of(
    site: Site,
    library: "Published",
    day: date,
    has_picture: HasPicture = every_picture,
    changed_by: ChangedBy | None = None,
) -> Feed:
    """Return a feed with one item for each day, for people who want few items."""
    made = Items(site, library, day, has_picture, changed_by)
    days = islice(_days_with_occasions(site, library, day, ALL, DAILY), DAILY)
    items = (made.whole_day(*found) for found in days)
    return _feed(made.site, EVERYTHING, "daily", day, tuple(items))


def _feed(site: Site, scope: Scope, name: str, day: date, items: tuple[Item, ...]) -> Feed:
    start, locale = start_of_day(day, ZoneInfo(site.zone)), locale_of(site.language)
    return Feed(
        id=f"tag:{site.tag}:{site.folder}{scope.folder}{name}",
        title=one_line(scope.titled(site.title, locale)),
        subtitle=words.feed_subtitle(locale),
        url=f"{site.url}{scope.folder}",
        stem=f"{site.url}{scope.folder}{name}",
        author=one_line(site.author or site.title),
        rights=site.license and one_line(site.license),
        language=site.language,
        updated=max((item.updated for item in items), default=start),
        items=items,
        hub=site.hub and uri_of(site.hub),
    )


def _days_of_feed(
    site: Site, library: "Published", day: date, selection: Selection
) -> Iterator[tuple[date, list[Occasion]]]:
    """Yield days with their occasions, from ``day`` back.

    End when there are at least three days and enough items (``site.feed_items``), or after a year.
    What is withdrawn counts: else a feed would show older items again.
    """
    count = 0
    days = _days_with_occasions(site, library, day, selection, DAYS, site.feed_items)
    for number, found in enumerate(days, start=1):
        yield found
        count += min(len(found[1]), site.feed_at_most)
        if number >= DAYS and count >= site.feed_items:
            return


def _days_with_occasions(
    site: Site, library: "Published", day: date, selection: Selection, least: int, items: int = 1
) -> Iterator[tuple[date, list[Occasion]]]:
    """Yield the days of one year that have occasions, from ``day`` back, each with them.

    ``least``, ``items``: how many days, and how many occasions, a feed will have at least. The
    library is asked for them at once.
    """
    both, days = library.with_withdrawn(), map(date.fromordinal, reversed(year_back(day)))
    for earlier, found in occasions_of_days(both, days, site.leap_day, selection, items, least):
        if occasions := once_told(found):
            yield earlier, milestones_first(occasions)


def year_back(day: date) -> range:
    """Return the days of one year up to a day, as their numbers. No day of the year comes twice."""
    if day.year == 1:
        return range(1, day.toordinal() + 1)
    own = (2, 28) if (day.month, day.day) == LEAP_DAY else (day.month, day.day)
    return range(date(day.year - 1, *own).toordinal() + 1, day.toordinal() + 1)


def milestones_first(occasions: Iterable[Occasion]) -> list[Occasion]:
    """Return a day's occasions with the milestones first, so that a limit does not cut them off."""
    return sorted(occasions, key=lambda occasion: not occasion.milestone)
