"""Use case: make the message of a notice, from what the almanac says now.

A notice has only the ids of entries. So if an entry was corrected after the notice was planned, the
message has the correction. messages/ writes the message for each chat service.

Used by delivering.py and rehearsing.py, and by `channels preview` and `channels test`, whose notice
is not in the ledger.
"""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from onthisday.almanac.library import Library
from onthisday.almanac.occasions import Occasion, next_occasion, occasion_of, occasions_on
from onthisday.config import Channel, Site
from onthisday.dates.calendars import MonthDay
from onthisday.dates.zones import start_of_day
from onthisday.delivery.notice import Notice
from onthisday.messages.message import Message
from onthisday.views.choosing import chosen
from onthisday.views.presenter import HasPicture, Presenter, every_picture
from onthisday.views.view import DayView, OccasionView

_start_of_day = lru_cache(1000)(start_of_day)


class Composer:
    """Makes messages from one state of the almanac. What many channels share is made once.

    ``has_picture``: see `Presenter`.
    """

    def __init__(
        self, site: Site, library: Library, has_picture: HasPicture = every_picture
    ) -> None:
        self._site, self._library = site, library
        self._presenter = Presenter(library, site.url, site.tag, has_picture, "posts")
        self._views = lru_cache(1000)(self._views_of)
        self._view = lru_cache(1000)(self._view_of)

    def compose(self, notice: Notice, *, late: bool = False, test: bool = False) -> Message | None:
        """Return the message of a notice; None if all its entries are left out.

        An entry is left out if it was deleted, if it no longer falls on the notice's day, or if it
        may not be published on that day (almanac/living.py).
        """
        view = self._view(notice.day, notice.zone, notice.entries)
        if not view.occasions:
            return None
        return Message(
            id=notice.id,
            tag=self._site.tag,
            kind="onthisday.occasion" if notice.entry else "onthisday.day",
            channel=notice.channel,
            view=view,
            timestamp=_start_of_day(notice.day, ZoneInfo(notice.zone)),
            url=f"{self._site.url}days/{MonthDay(notice.day.month, notice.day.day)}/",
            late=late,
            test=test,
        )

    def sample(self, channel: Channel, day: date) -> Notice | None:
        """Return a notice to try out a channel with. It is not for the ledger.

        Its day is ``day``, or the next day that has an occasion. Return None if no day in the next
        years has one.
        """
        site, selection = self._site, channel.selection
        library = self._library.published(day)
        found = list(occasions_on(library, day, site.leap_day, selection))
        if not found:
            following = next_occasion(library, day, site.leap_day, selection)
            if following is None:
                return None
            day = following.day
            found = list(occasions_on(library, day, site.leap_day, selection))
        some = found if channel.at_most is None else chosen(found, channel.at_most)
        entries = tuple(occasion.entry.id for occasion in some)
        if channel.post == "each":
            return Notice(channel.name, day, channel.zone, entries[:1], entries[0])
        return Notice(channel.name, day, channel.zone, entries)

    def _view_of(self, day: date, zone: str, entries: tuple[str, ...]) -> DayView:
        view = self._presenter.day(day, zone, (), None)
        return view._replace(occasions=self._views(day, entries))

    def _views_of(self, day: date, entries: tuple[str, ...]) -> tuple[OccasionView, ...]:
        return tuple(map(self._presenter.occasion, self._occasions(day, entries)))

    def _occasions(self, day: date, entries: tuple[str, ...]) -> Iterator[Occasion]:
        library = self._library.published(day)
        for entry_id in entries:
            entry = library.entry(entry_id)
            occasion = entry and occasion_of(entry, day, self._site.leap_day)
            if occasion:
                yield occasion
