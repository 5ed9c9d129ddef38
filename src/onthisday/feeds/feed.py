"""A feed and its items. They depend only on the site, the library and the day.

The id of an item is the id of its occasion. Each year has a new id, and editing an entry does not
change the id. Why: for a feed program, an item with a new id is a new item (Miniflux
internal/storage/entry.go; feedbin/support#597).

Called by site/feed_paths.py. Not here: the formats (atom.py, rss.py, jsonfeed.py).
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from onthisday.almanac.entry import ALL, Selection
from onthisday.almanac.occasions import Occasion, occasions_on
from onthisday.config import Site
from onthisday.dates.calendars import MonthDay
from onthisday.dates.zones import start_of_day
from onthisday.feeds.content import day_html, headed_html, occasion_html
from onthisday.feeds.scope import EVERYTHING, Scope
from onthisday.views import words
from onthisday.views.presenter import Presenter

if TYPE_CHECKING:
    from onthisday.almanac.library import Library

DAYS = 3
"""A feed has at least this many whole days, so that nobody misses an item over a weekend."""

MOST_A_DAY = 100
"""A feed shows at most this many items of one day. Then comes a link to the day's page."""


class Item(NamedTuple):
    """An occasion as a feed shows it.

    - ``summary``: plain text.
    - ``content``: HTML.
    - ``sources``: the address and the title of each document that has an address.
    """

    id: str
    url: str
    title: str
    summary: str
    content: str
    published: datetime
    updated: datetime
    tags: tuple[str, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()


class Feed(NamedTuple):
    """A feed with its items.

    - ``url``: the address of the page that shows the same entries.
    - ``stem``: the address of the feed, without its ending ``.atom``, ``.rss`` or ``.json``.
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


def feed_of(site: Site, library: "Library", day: date, scope: Scope = EVERYTHING) -> Feed:
    """Return a feed with one item for each occasion of ``day`` and of the days before.

    The newest day is first. No day is cut.
    """
    return _feed(site, scope, "feed", day, tuple(_items(site, library, day, scope.selection)))


def daily_feed_of(site: Site, library: "Library", day: date) -> Feed:
    """Return a feed with one item for each day, for people who want few items."""
    days = _days_of_feed(site, library, day, ALL)
    items = (_item_of_day(site, library, *found, day) for found in days)
    return _feed(site, EVERYTHING, "daily", day, tuple(items))


def _feed(site: Site, scope: Scope, name: str, day: date, items: tuple[Item, ...]) -> Feed:
    start = start_of_day(day, ZoneInfo(site.zone))
    return Feed(
        id=f"tag:{site.tag}:{scope.folder}{name}",
        title=clean(" – ".join(filter(None, (site.title, scope.title)))),
        subtitle=words.FEED_SUBTITLE,
        url=f"{site.url}{scope.folder}",
        stem=f"{site.url}{scope.folder}{name}",
        author=clean(site.author or site.title),
        rights=site.license and clean(site.license),
        language=site.language,
        updated=max((item.updated for item in items), default=start),
        items=items,
    )


def _items(site: Site, library: "Library", day: date, selection: Selection) -> Iterator[Item]:
    for earlier, occasions in _days_of_feed(site, library, day, selection):
        yield from _items_of_day(site, library, earlier, occasions, day)


def _days_of_feed(
    site: Site, library: "Library", day: date, selection: Selection
) -> Iterator[tuple[date, list[Occasion]]]:
    """Yield the days that have occasions, from ``day`` back, each with its occasions.

    End when there are at least three days and enough items (``site.feed_items``), or after a year.
    """
    days, count = 0, 0
    for earlier in _year_back(day):
        occasions = milestones_first(occasions_on(library, earlier, site.leap_day, selection))
        if not occasions:
            continue
        if days >= DAYS and count >= site.feed_items:
            return
        days, count = days + 1, count + len(occasions)
        yield earlier, occasions


def _year_back(day: date) -> Iterator[date]:
    """Yield a day and the days before it, for one year. No day of the year comes twice."""
    for back in range(min(366, day.toordinal())):
        earlier = day - timedelta(days=back)
        if earlier.year < day.year and (earlier.month, earlier.day) <= (day.month, day.day):
            return
        yield earlier


def milestones_first(occasions: Iterable[Occasion]) -> list[Occasion]:
    """Return a day's occasions with the milestones first, so that a limit does not cut them off."""
    return sorted(occasions, key=lambda occasion: not occasion.milestone)


def _items_of_day(
    site: Site, library: "Library", day: date, occasions: list[Occasion], today: date
) -> Iterator[Item]:
    zone = ZoneInfo(site.zone)
    presenter = Presenter(library, site.url, site.tag)
    for occasion in occasions[:MOST_A_DAY]:
        yield _item(presenter, occasion, zone, today)
    more = len(occasions) - MOST_A_DAY
    if more > 0:
        yield _link_to_day(site, day, more, start_of_day(day, zone))


def _item(presenter: Presenter, occasion: Occasion, zone: ZoneInfo, today: date) -> Item:
    view = presenter.occasion(occasion)
    published = start_of_day(occasion.day, zone)
    corrected = occasion.entry.updated
    updated = published
    if corrected and corrected <= today:
        updated = max(published, start_of_day(corrected, zone))
    return Item(
        id=presenter.occasion_id(occasion),
        url=view.url,
        title=clean(words.headline(view)),
        summary=clean(view.summary or view.title),
        content=clean(occasion_html(view)),
        published=published,
        updated=updated,
        tags=tuple(map(clean, view.tags)),
        sources=tuple((source.url, clean(source.title)) for source in view.sources if source.url),
    )


def _link_to_day(site: Site, day: date, more: int, published: datetime) -> Item:
    own = MonthDay(day.month, day.day)
    url = _url_of_day(site, day)
    title = words.more_on(more, own)
    link = f"tag:{site.tag}:days/{own}/{day.year}"
    return Item(link, url, title, title, day_html(title, url), published, published)


def _item_of_day(
    site: Site, library: "Library", day: date, occasions: list[Occasion], today: date
) -> Item:
    """Return one item with all occasions of a day."""
    own = MonthDay(day.month, day.day)
    each = tuple(_items_of_day(site, library, day, occasions, today))
    return Item(
        id=f"tag:{site.tag}:daily/{day}",
        url=_url_of_day(site, day),
        title=clean(words.day_headline(own, [occasion.entry.title for occasion in occasions])),
        summary="\n".join(item.title for item in each),
        content="\n".join(headed_html(item.title, item.url, item.content) for item in each),
        published=each[0].published,
        updated=max(item.updated for item in each),
        tags=tuple(sorted({tag for item in each for tag in item.tags})),
    )


def _url_of_day(site: Site, day: date) -> str:
    """Return the address of a day's page. It ends with the year, as those of occasions do."""
    return f"{site.url}days/{MonthDay(day.month, day.day)}/#{day.year}"


_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Return a text without the characters that XML 1.0 forbids (section 2.2).

    Line ends become ``\\n``.
    """
    return _NOT_XML.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
