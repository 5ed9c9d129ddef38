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

from onthisday.almanac.entry import Entry
from onthisday.almanac.occasions import Occasion, occasions_of_days
from onthisday.characters import clean
from onthisday.config import Site
from onthisday.dates.zones import start_of_day
from onthisday.feeds.feed import milestones_first
from onthisday.feeds.safe_text import one_line, uri_of
from onthisday.feeds.scope import EVERYTHING, Scope
from onthisday.feeds.withdrawn import once_told, shown_of
from onthisday.locales.locale import Locale, locale_of
from onthisday.views import correction_words, source_words, words
from onthisday.views.presenter import Presenter
from onthisday.views.together import shared_answers, sources_once
from onthisday.views.view import OccasionView

if TYPE_CHECKING:
    from onthisday.almanac.library import Published

MOST_A_DAY = 100
"""A calendar shows at most this many occasions of one day."""

BACK, AHEAD = 30, 400
"""A calendar has this many days before today, and this many days after today."""

_NUMBER_0 = date(1970, 1, 1)
"""The day with the number 0 (`_version`)."""


class Event(NamedTuple):
    """An occasion as an event that lasts a whole day.

    - ``uid``: identifies the event. It stays the same if the entry is edited.
    - ``changed``: when the event last changed (`_changed`).
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

    ``url`` is the address of the calendar's file; None if it is a copy that has no address.
    """

    title: str
    description: str
    url: str | None
    events: Iterable[Event]


def calendar_of(
    site: Site, library: "Published", day: date, scope: Scope = EVERYTHING
) -> EventCalendar:
    """Return the calendar of the days around ``day``."""
    site = site._replace(url=uri_of(site.url))
    locale = locale_of(site.language)
    return EventCalendar(
        title=one_line(scope.titled(site.title, locale)),
        description=words.feed_subtitle(locale),
        url=f"{site.url}{scope.folder}calendar.ics",
        events=tuple(_events(site, library, day, scope)),
    )


def _events(site: Site, library: "Published", today: date, scope: Scope) -> Iterator[Event]:
    presenter = Presenter(library, site)
    first, last = max(1, today.toordinal() - BACK), today.toordinal() + AHEAD
    days = map(date.fromordinal, range(first, min(last, date.max.toordinal()) + 1))
    both = library.with_withdrawn()
    for _, found in occasions_of_days(both, days, site.leap_day, scope.selection):
        for occasion in milestones_first(shown_of(once_told(found, AHEAD), MOST_A_DAY)):
            yield event_of(site, presenter, occasion, today)


def event_of(site: Site, presenter: Presenter, occasion: Occasion, today: date) -> Event:
    """Return the event of an occasion, as it is on ``today``.

    If its entry is withdrawn, the event is cancelled. It is not only left out, because programs
    keep what they know.
    """
    view, locale = presenter.occasion(occasion), locale_of(site.language)
    event = event_of_view(site, view, occasion.entry, occasion.day, today)
    if not view.withdrawn:
        return event
    title = one_line(correction_words.withdrawn_title(locale, view.title))
    corrections = reversed(view.corrections)
    said = "\n".join(correction_words.correction_words(locale, each) for each in corrections)
    return event._replace(title=title, description=clean(said), cancelled=True)


def event_of_view(site: Site, view: OccasionView, entry: Entry, day: date, today: date) -> Event:
    """Return the event of a view on a day. Without an occasion, its id is the entry's."""
    locale = locale_of(site.language)
    return Event(
        uid=view.occasion or f"tag:{site.tag}:{entry.id}",
        day=day,
        title=one_line(words.headline(locale, view)),
        description=clean(_description(locale, view)),
        url=view.url,
        tags=tuple(map(one_line, view.tags)),
        changed=_changed(site, entry, today),
        version=_version(entry, today),
        place=view.place and one_line(view.place),
    )


def _changed(site: Site, entry: Entry, today: date) -> datetime:
    """Return when an event last changed: the day on which its entry was last corrected.

    If the entry was never corrected, return 1 January of the year in ``site.tag``, which never
    changes. No correction counts as earlier than that. Why: if this time changes, calendar programs
    show the event as changed, and they ignore a change that is older than what they have.
    """
    first = date(_first_year(site, today), 1, 1)
    corrected = entry.changed_by(today)
    if corrected is None or corrected <= first:
        return datetime.combine(first, time(tzinfo=UTC))
    return start_of_day(corrected, ZoneInfo(site.zone))


def _first_year(site: Site, today: date) -> int:
    """Return the year in ``site.tag``; 1970 if it is before that, or still to come.

    Why 1970: some calendar programs fail on earlier times.
    """
    year = int(site.tag.partition(",")[2][:4])
    return year if _NUMBER_0.year <= year <= today.year else _NUMBER_0.year


def _version(entry: Entry, today: date) -> int:
    """Return the day of the last change as a number, and 1 for each correction; 0 without change.

    It is for SEQUENCE: calendar programs ignore a change without a higher number (RFC 5545, section
    3.8.7.4). Why the corrections are counted too: there may be two on one day. Why they are not
    counted alone: an entry may have `updated` and no corrections.
    """
    changed = entry.changed_by(today)
    days = (changed - _NUMBER_0).days if changed else 0
    return max(0, days) + len(entry.corrections)


def _description(locale: Locale, view: OccasionView) -> str:
    parts = [words.since_line(locale, view), *filter(None, (view.summary,))]
    parts += [
        correction_words.correction_words(locale, each) for each in reversed(view.corrections)
    ]
    parts += [words.labelled(locale, source_words.sources_heading(locale))]
    parts += [source_words.source_words(locale, source) for source in sources_once(view.sources)]
    for account in view.accounts:
        answers = shared_answers(account, view.date)
        said = (source_words.answer_words(locale, each) for each in answers)
        parts += [account.question, *(f"– {each}" for each in said)]
    return "\n".join(parts)
