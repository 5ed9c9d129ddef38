"""The items of a feed: an occasion, or a whole day, as a feed shows it.

Called by feed.py. Not here: which days a feed has.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from onthisday.almanac.entry import Entry
from onthisday.almanac.occasions import Occasion
from onthisday.config import Site
from onthisday.dates.calendars import MonthDay
from onthisday.dates.zones import start_of_day
from onthisday.feeds.content import day_html, headed_html, occasion_html, withdrawn_html
from onthisday.feeds.safe_text import one_line, uri_of
from onthisday.feeds.withdrawn import shown_of, standing
from onthisday.locales.locale import Locale, locale_of
from onthisday.views import correction_words, words
from onthisday.views.presenter import HasPicture, Presenter
from onthisday.views.together import sources_once
from onthisday.views.view import OccasionView

if TYPE_CHECKING:
    from onthisday.almanac.library import Published


ChangedBy = Callable[[Entry], date | None]
"""A function: it takes an entry and returns when it was changed last."""


class Item(NamedTuple):
    """An occasion as a feed shows it.

    - ``summary``: plain text.
    - ``content``: HTML.
    - ``sources``: the address and the title of each document that has an address.
    - ``language``: that of its texts, if it is another one than the feed's.
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
    language: str | None = None


class Items:
    """Makes the items of a feed as it is on ``today``.

    ``changed_by``: returns when an entry was changed last, until today (`Entry.changed_by`).
    """

    def __init__(
        self,
        site: Site,
        library: "Published",
        today: date,
        has_picture: HasPicture,
        changed_by: ChangedBy | None = None,
    ) -> None:
        self.site = site._replace(url=uri_of(site.url))
        self._zone = ZoneInfo(site.zone)
        self._changed_by = changed_by or (lambda entry: entry.changed_by(today))
        self._locale = locale_of(site.language)
        self._presenter = Presenter(library, self.site, has_picture)

    def of_day(self, day: date, occasions: list[Occasion]) -> Iterator[Item]:
        """Yield an item for each occasion of a day, or for those that are chosen."""
        shown = shown_of(occasions, self.site.feed_at_most)
        yield from map(self._item, shown)
        more = len(standing(occasions)) - len(standing(shown))
        if more > 0:
            yield self._link_to_day(day, more)

    def whole_day(self, day: date, occasions: list[Occasion]) -> Item:
        """Return one item with all occasions of a day."""
        told = standing(occasions) or occasions
        own, title = MonthDay(day.month, day.day), self._title_of(told[0].entry)
        each = tuple(self.of_day(day, occasions))
        return Item(
            id=f"tag:{self.site.tag}:daily/{day}",
            url=self._url_of(day),
            title=one_line(words.day_headline(self._locale, own, title, len(told) - 1)),
            summary="\n".join(item.title for item in each),
            content="\n".join(headed_html(item.title, item.url, item.content) for item in each),
            published=each[0].published,
            updated=max(item.updated for item in each),
            tags=tuple(sorted({tag for item in each for tag in item.tags})),
        )

    def _title_of(self, entry: Entry) -> str:
        title = words.sure_title(self._locale, self._presenter.titled(entry))
        if entry.withdrawn:
            return correction_words.withdrawn_title(self._locale, title)
        return title

    def _item(self, occasion: Occasion) -> Item:
        view = self._presenter.occasion(occasion)
        published = start_of_day(occasion.day, self._zone)
        item = Item(
            id=self._presenter.occasion_id(occasion),
            url=view.url,
            title=one_line(words.headline(self._locale, view)),
            summary=view.summary or view.title,
            content=occasion_html(self._locale, view),
            published=published,
            updated=self._corrected(occasion) or published,
            tags=tuple(map(one_line, view.tags)),
            sources=tuple(
                (uri_of(address), one_line(source.title))
                for source in sources_once(view.sources)
                if (address := source.url or source.archived)
            ),
        )
        if view.language != self.site.language:
            item = item._replace(language=view.language)
        return _as_withdrawn(self._locale, item, view) if view.withdrawn else item

    def _corrected(self, occasion: Occasion) -> datetime | None:
        """Return when the entry was changed after the occasion's day; None if it was not.

        A day that is still to come does not count.
        """
        corrected = self._changed_by(occasion.entry)
        if corrected is None or corrected <= occasion.day:
            return None
        return start_of_day(corrected, self._zone)

    def _link_to_day(self, day: date, more: int) -> Item:
        own, url = MonthDay(day.month, day.day), self._url_of(day)
        title, published = words.more_on(self._locale, more, own), start_of_day(day, self._zone)
        link = f"tag:{self.site.tag}:days/{own}/{day.year}"
        return Item(link, url, title, title, day_html(title, url), published, published)

    def _url_of(self, day: date) -> str:
        """Return the address of a day's page. It ends with the year, as an occasion's does."""
        return f"{self.site.url}days/{MonthDay(day.month, day.day)}/#{day.year}"


def _as_withdrawn(locale: Locale, item: Item, view: OccasionView) -> Item:
    """Return the item of a withdrawn entry: it has only what was wrong, and no sources."""
    return item._replace(
        title=one_line(correction_words.withdrawn_title(locale, view.title)),
        summary=correction_words.correction_words(locale, view.corrections[-1]),
        content=withdrawn_html(locale, view),
        sources=(),
    )
