"""Use case: make the message of a notice, from what the almanac says now.

A notice has only the ids of entries. So if an entry was corrected after the notice was planned, the
message has the correction. messages/ writes the message for each chat service.

Used by attempting.py and rehearsing.py, and by `channels preview` and `channels test`, whose notice
is not in the ledger.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache, partial
from zoneinfo import ZoneInfo

from onthisday.almanac.entry import Entry
from onthisday.almanac.library import Library
from onthisday.almanac.occasions import Occasion, last_occasion, occasion_of
from onthisday.config import Channel, Site
from onthisday.dates.calendars import MonthDay
from onthisday.dates.zones import start_of_day
from onthisday.delivery.notice import Notice
from onthisday.delivery.schedule import Span, day_of_sending, days_between, span_of
from onthisday.messages.message import DigestDay, Kind, Message
from onthisday.service.sending.making import choice_of, entries_told, next_told, notices_of
from onthisday.views.presenter import HasPicture, Presenter, every_picture
from onthisday.views.view import DayView, OccasionView

_start_of_day = lru_cache(1000)(start_of_day)


Days = tuple[tuple[date, tuple[OccasionView, ...]], ...]
"""Days that have occasions, each with them."""


class Composer:
    """Makes messages from one state of the almanac. What many channels share is made once.

    - ``has_picture``: see `Presenter`.
    - ``language``: what the messages are written in; by default that of the site. If the site has
      it too, they lead to its pages there.
    """

    def __init__(
        self,
        site: Site,
        library: Library,
        has_picture: HasPicture = every_picture,
        language: str | None = None,
    ) -> None:
        self._language = language or site.language
        self._site, self._library = site.in_language(self._language), library
        self._presenter = Presenter(library, self._site, has_picture, "posts", self._language)
        self.in_language = lru_cache(100)(partial(Composer, site, library, has_picture))
        self._views = lru_cache(1000)(self._views_of)
        self._days = lru_cache(1000)(self._days_of)

    def compose(
        self,
        notice: Notice,
        *,
        late: bool = False,
        test: bool = False,
        asked: date | None = None,
    ) -> Message | None:
        """Return the message of a notice; None if all its entries are left out.

        An entry is left out if it was deleted, if it no longer falls on a day that the notice is
        about, or if it may not be published (`Library.published`) on the day ``asked``. Without it,
        that is the notice's day.
        """
        asked = asked or notice.day
        if notice.correction is not None:
            return self._correcting(notice, notice.correction, asked, late=late)
        days = self._days(asked, notice.span, notice.entries)
        return self._telling(notice, days, late=late, test=test) if days else None

    def _telling(self, notice: Notice, days: Days, *, late: bool, test: bool) -> Message:
        """Return the message of a notice about these days."""
        first, last = notice.span
        occasions = tuple(view for _, views in days for view in views)
        return Message(
            id=notice.id,
            tag=self._site.tag,
            kind=_kind_of(notice),
            channel=notice.channel,
            view=DayView(first, notice.zone, occasions, None),
            timestamp=_start_of_day(notice.day, ZoneInfo(notice.zone)),
            url=self._page_of(days[0][0]),
            late=late,
            test=test,
            sent_on=None if first == notice.day else notice.day,
            days=self._listed(days) if notice.is_digest else (),
            last=last if notice.is_digest else None,
            site=self._site.title,
            language=self._language,
        )

    def tags_of(self, entry_id: str) -> tuple[str, ...]:
        """Return the tags of an entry; none if it is not in the almanac."""
        entry = self._library.entry(entry_id)
        return entry.tags if entry else ()

    def day_of(self, notice: Notice, entry_id: str) -> date:
        """Return the first of a notice's days on which an entry falls; of no day, the first."""
        days = self._days(notice.day, notice.span, (entry_id,))
        return days[0][0] if days else notice.span[0]

    def sample(self, channel: Channel, day: date) -> Notice | None:
        """Return a notice to try out a channel with. It is not for the ledger.

        It is about ``day``, or about the next day that has an occasion. Return None if no day in
        the next years has one.
        """
        library, leap_day = self._library, self._site.leap_day
        sent = day_of_sending(day, channel.post, channel.ahead)
        found = next_told(library, sent - timedelta(days=1), leap_day, channel)
        if found is None:
            return None
        span = span_of(found[0], channel.post, channel.ahead)
        assert span is not None
        published = library.published(found[0])
        entries = entries_told(published, span, leap_day, choice_of(channel))
        return next(notices_of(channel, found[0], entries))

    def _correcting(self, notice: Notice, on: date, asked: date, *, late: bool) -> Message | None:
        """Return the message that puts an entry right; None if there is no such correction."""
        entry = self._library.published(asked).entry(notice.entries[0])
        corrections = tuple(each for each in entry.corrections if each.on == on) if entry else ()
        if entry is None or not corrections:
            return None
        view = self._last_told(entry, asked)
        return Message(
            id=notice.id,
            tag=self._site.tag,
            kind="onthisday.correction",
            channel=notice.channel,
            view=DayView(notice.day, notice.zone, (view,), None),
            timestamp=_start_of_day(notice.day, ZoneInfo(notice.zone)),
            url=view.url,
            late=late,
            corrections=corrections,
            site=self._site.title,
            language=self._language,
        )

    def _last_told(self, entry: Entry, day: date) -> OccasionView:
        """Return the view of an entry's last occasion up to a day; without one, of the entry."""
        occasion = last_occasion(entry, day, self._site.leap_day)
        return self._presenter.occasion(occasion) if occasion else self._presenter.entry(entry)

    def _days_of(self, asked: date, span: Span, entries: tuple[str, ...]) -> Days:
        found = ((day, self._views(asked, day, entries)) for day in days_between(span))
        return tuple((day, views) for day, views in found if views)

    def _listed(self, days: Days) -> tuple[DigestDay, ...]:
        return tuple(DigestDay(day, len(views), self._page_of(day)) for day, views in days)

    def _page_of(self, day: date) -> str:
        return f"{self._site.url}days/{MonthDay(day.month, day.day)}/"

    def _views_of(
        self, asked: date, day: date, entries: tuple[str, ...]
    ) -> tuple[OccasionView, ...]:
        return tuple(map(self._presenter.occasion, self._occasions(asked, day, entries)))

    def _occasions(self, asked: date, day: date, entries: tuple[str, ...]) -> Iterator[Occasion]:
        library = self._library.published(asked)
        for entry_id in entries:
            entry = library.entry(entry_id)
            if entry is None or entry.withdrawn:
                continue
            occasion = occasion_of(entry, day, self._site.leap_day)
            if occasion:
                yield occasion


def _kind_of(notice: Notice) -> Kind:
    if notice.entry:
        return "onthisday.occasion"
    return "onthisday.digest" if notice.is_digest else "onthisday.day"
