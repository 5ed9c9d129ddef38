"""The items of a feed: an occasion, or a whole day, as a feed shows it.

Called by feed.py. Not here: which days a feed has.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from onthisday.almanac.occasions import Occasion
from onthisday.characters import clean
from onthisday.config import Site
from onthisday.dates.calendars import MonthDay
from onthisday.dates.zones import start_of_day
from onthisday.feeds.content import day_html, headed_html, occasion_html
from onthisday.feeds.safe_text import one_line, uri_of
from onthisday.views import words
from onthisday.views.choosing import chosen
from onthisday.views.presenter import HasPicture, Presenter
from onthisday.views.together import sources_once

if TYPE_CHECKING:
    from onthisday.almanac.library import Published


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


class Items:
    """Makes the items of a feed as it is on ``today``."""

    def __init__(
        self, site: Site, library: "Published", today: date, has_picture: HasPicture
    ) -> None:
        self.site = site._replace(url=uri_of(site.url))
        self._zone, self._today = ZoneInfo(site.zone), today
        self._presenter = Presenter(library, self.site.url, site.tag, has_picture)

    def of_day(self, day: date, occasions: list[Occasion]) -> Iterator[Item]:
        """Yield an item for each occasion of a day, or for those that are chosen."""
        shown = chosen(occasions, self.site.feed_at_most)
        yield from map(self._item, shown)
        more = len(occasions) - len(shown)
        if more > 0:
            yield self._link_to_day(day, more)

    def whole_day(self, day: date, occasions: list[Occasion]) -> Item:
        """Return one item with all occasions of a day."""
        titles = [words.sure_title(occasion.entry) for occasion in occasions]
        each = tuple(self.of_day(day, occasions))
        return Item(
            id=f"tag:{self.site.tag}:daily/{day}",
            url=self._url_of(day),
            title=one_line(words.day_headline(MonthDay(day.month, day.day), titles)),
            summary="\n".join(item.title for item in each),
            content="\n".join(headed_html(item.title, item.url, item.content) for item in each),
            published=each[0].published,
            updated=max(item.updated for item in each),
            tags=tuple(sorted({tag for item in each for tag in item.tags})),
        )

    def _item(self, occasion: Occasion) -> Item:
        view = self._presenter.occasion(occasion)
        published = start_of_day(occasion.day, self._zone)
        return Item(
            id=self._presenter.occasion_id(occasion),
            url=view.url,
            title=one_line(words.headline(view)),
            summary=clean(view.summary or view.title),
            content=clean(occasion_html(view)),
            published=published,
            updated=self._corrected(occasion) or published,
            tags=tuple(map(one_line, view.tags)),
            sources=tuple(
                (uri_of(address), one_line(source.title))
                for source in sources_once(view.sources)
                if (address := source.url or source.archived)
            ),
        )

    def _corrected(self, occasion: Occasion) -> datetime | None:
        """Return when the entry was corrected after the occasion's day; None if it was not.

        A day that is still to come does not count.
        """
        corrected = occasion.entry.updated
        if corrected is None or not occasion.day < corrected <= self._today:
            return None
        return start_of_day(corrected, self._zone)

    def _link_to_day(self, day: date, more: int) -> Item:
        own, url = MonthDay(day.month, day.day), self._url_of(day)
        title, published = words.more_on(more, own), start_of_day(day, self._zone)
        link = f"tag:{self.site.tag}:days/{own}/{day.year}"
        return Item(link, url, title, title, day_html(title, url), published, published)

    def _url_of(self, day: date) -> str:
        """Return the address of a day's page. It ends with the year, as an occasion's does."""
        return f"{self.site.url}days/{MonthDay(day.month, day.day)}/#{day.year}"
