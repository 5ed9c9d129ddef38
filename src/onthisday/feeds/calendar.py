"""A calendar and its events: the occasions from 30 days back to 400 days ahead.

Each event is on one day. Why no repeated event ("every 25 February"): it cannot say "70 years ago".
Why not the historic date: some calendar programs fail on dates before 1970 (tutanota#1567,
nextcloud/calendar#6912).

Called by site/feed_paths.py and planner.py. Not here: the format (ics.py).
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from onthisday.almanac.entry import Citation, Entry, LeapDay
from onthisday.almanac.occasions import Occasion, occasions_of_days
from onthisday.config import Site
from onthisday.dates.zones import start_of_day
from onthisday.feeds.feed import milestones_first
from onthisday.feeds.items import ChangedBy
from onthisday.feeds.safe_text import one_line, uri_of
from onthisday.feeds.scope import EVERYTHING, Scope
from onthisday.feeds.withdrawn import once_told, shown_of
from onthisday.locales.locale import locale_of
from onthisday.views import correction_words, source_words, words
from onthisday.views.presenter import Presenter
from onthisday.views.source_words import cited_words, document_words
from onthisday.views.together import shared_answers, sources_once
from onthisday.views.view import OccasionView

if TYPE_CHECKING:
    from onthisday.almanac.library import Library, Published

MOST_A_DAY = 100
"""A calendar shows at most this many occasions of one day."""

BACK, AHEAD = 30, 400
"""A calendar has this many days before today, and this many days after today."""

_NUMBER_0 = date(1970, 1, 1)
"""The day with the number 0 (`_version`)."""


class Event(NamedTuple):
    """An occasion as an event that lasts a whole day.

    - ``uid``: identifies the event. It stays the same if the entry is edited.
    - ``changed``: when the event last changed (`Events._changed`).
    - ``version``: a number that grows with each correction (`_version`).
    - ``cancelled``: True if its entry is withdrawn.
    - ``repeats``: the rule by which it is every year; None if it is once (yearly.py).
    - ``facts``: what the entry says exactly, as names and values, for programs that read it back.
    """

    uid: str
    day: date
    title: str
    description: str
    url: str
    tags: tuple[str, ...]
    changed: datetime
    version: int = 0
    place: str | None = None
    cancelled: bool = False
    repeats: str | None = None
    facts: tuple[tuple[str, str], ...] = ()


class EventCalendar(NamedTuple):
    """A calendar with its events.

    - ``url``: the address of the calendar's file; None if it is a copy that has no address.
    - ``events``: they are made while they are read, once, so that they are never all in memory.
    """

    title: str
    description: str
    url: str | None
    events: Iterable[Event]


def calendar_of(
    site: Site,
    library: "Published",
    day: date,
    scope: Scope = EVERYTHING,
    changed_by: ChangedBy | None = None,
) -> EventCalendar:
    """Return the calendar of the days around ``day``. ``changed_by``: see `Events`."""
    site = site._replace(url=uri_of(site.url))
    locale = locale_of(site.language)
    return EventCalendar(
        title=one_line(scope.titled(site.title, locale)),
        description=words.feed_subtitle(locale),
        url=f"{site.url}{scope.folder}calendar.ics",
        events=_events(Events(site, library, day, changed_by), library, day, scope, site.leap_day),
    )


def around(day: date) -> range:
    """Return the days of the calendar on a day, as their numbers."""
    first, last = max(1, day.toordinal() - BACK), day.toordinal() + AHEAD
    return range(first, min(last, date.max.toordinal()) + 1)


def _events(
    events: "Events", library: "Published", today: date, scope: Scope, leap_day: LeapDay
) -> Iterator[Event]:
    days, both = map(date.fromordinal, around(today)), library.with_withdrawn()
    for _, found in occasions_of_days(both, days, leap_day, scope.selection):
        shown = milestones_first(shown_of(once_told(found, AHEAD), MOST_A_DAY))
        yield from map(events.of, shown)


class Events:
    """Makes events as they are on ``today``. What all of them have in common is made once.

    - ``site``: its address is a URI already (`uri_of`).
    - ``changed_by``: returns when an entry was changed last, until today (`Entry.changed_by`).
    """

    def __init__(
        self, site: Site, library: "Library", today: date, changed_by: ChangedBy | None = None
    ) -> None:
        self._tag, self._zone = site.tag, ZoneInfo(site.zone)
        self._changed_by = changed_by or (lambda entry: entry.changed_by(today))
        self._locale = locale_of(site.language)
        self._first = date(_first_year(site, today), 1, 1)
        self._unchanged = datetime.combine(self._first, time(tzinfo=UTC))
        self._sources = words.labelled(self._locale, source_words.sources_heading(self._locale))
        self._documents: dict[str, str] = {}
        self.presenter = Presenter(library, site)

    def of(self, occasion: Occasion) -> Event:
        """Return the event of an occasion.

        If its entry is withdrawn, the event is cancelled. It is not only left out, because programs
        keep what they know.
        """
        is_disputed = bool(occasion.entry.accounts)  # only then does its view need documents
        view = (self.presenter.occasion if is_disputed else self.presenter.named)(occasion)
        event = self.of_view(view, occasion.entry, occasion.day)
        if not view.withdrawn:
            return event
        title = one_line(correction_words.withdrawn_title(self._locale, view.title))
        said = "\n".join(self._corrections(view))
        return event._replace(title=title, description=said, cancelled=True)

    def of_view(self, view: OccasionView, entry: Entry, day: date) -> Event:
        """Return the event of a view on a day. Without an occasion, its id is the entry's.

        The view needs no sources.
        """
        changed = self._changed_by(entry)
        return Event(
            uid=view.occasion or f"tag:{self._tag}:{entry.id}",
            day=day,
            title=one_line(words.headline(self._locale, view)),
            description=self._description(view, entry),
            url=view.url,
            tags=tuple(map(one_line, view.tags)),
            changed=self._changed(changed),
            version=_version(entry, changed),
            place=view.place and one_line(view.place),
        )

    def _changed(self, changed: date | None) -> datetime:
        """Return when an event last changed: the day on which its entry was last corrected.

        If the entry was never corrected, return 1 January of the year in ``site.tag``, which never
        changes. No correction counts as earlier than that. Why: if this time changes, calendar
        programs show the event as changed, and they ignore a change that is older than what they
        have.
        """
        if changed is None or changed <= self._first:
            return self._unchanged
        return start_of_day(changed, self._zone)

    def _description(self, view: OccasionView, entry: Entry) -> str:
        locale = self._locale
        parts = [words.since_line(locale, view), *filter(None, (view.summary,))]
        parts += self._corrections(view)
        parts.append(self._sources)
        parts += map(self._source, sources_once(entry.sources))
        for account in view.accounts:
            answers = shared_answers(account, view.date)
            said = (source_words.answer_words(locale, each) for each in answers)
            parts += [account.question, *(f"– {each}" for each in said)]
        return "\n".join(parts)

    def _source(self, cited: Citation) -> str:
        """Return a source in words. Its document is put in words once: many events cite it."""
        name, documents = cited.document, self._documents
        if name not in documents:
            documents[name] = document_words(self._locale, self.presenter.document(name))
        return cited_words(self._locale, documents[name], cited.page, cited.as_)

    def _corrections(self, view: OccasionView) -> list[str]:
        """Return each correction in words, the newest first."""
        corrections = reversed(view.corrections)
        return [correction_words.correction_words(self._locale, each) for each in corrections]


def _first_year(site: Site, today: date) -> int:
    """Return the year in ``site.tag``; 1970 if it is before that, or still to come.

    Why 1970: some calendar programs fail on earlier times.
    """
    year = int(site.tag.partition(",")[2][:4])
    return year if _NUMBER_0.year <= year <= today.year else _NUMBER_0.year


def _version(entry: Entry, changed: date | None) -> int:
    """Return the day of the last change as a number, and 1 for each correction; 0 without change.

    It is for SEQUENCE: calendar programs ignore a change without a higher number (RFC 5545, section
    3.8.7.4). Why the corrections are counted too: there may be two on one day. Why they are not
    counted alone: an entry may have `updated` and no corrections.
    """
    days = (changed - _NUMBER_0).days if changed else 0
    return max(0, days) + len(entry.corrections)
