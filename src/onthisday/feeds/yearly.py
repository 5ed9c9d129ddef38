"""The whole almanac as a calendar to take into another program: an event an entry, every year.

iCalendar has no rule for so many days from Easter, or from a weekday of a month. Such an entry is
written out: an event for each of the years around, with the id that it has in `/calendar.ics`. Why
no RDATE: Outlook refuses an event that has RDATE and no RRULE (MS-OXCICAL).

Why this is not what people subscribe to: an event of every year cannot say "70 years ago"
(calendar.py).

Called by calendar_file.py and service/exporting/calendars.py. Not here: the format (ics.py).
"""

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from onthisday.almanac.entry import Entry, LeapDay
from onthisday.almanac.movable import days_around
from onthisday.almanac.occasions import day_in, occasion_of
from onthisday.config import Site
from onthisday.dates.calendars import LEAP_DAY
from onthisday.dates.feasts import AroundEaster, WeekdayOfMonth, parts_of
from onthisday.feeds.calendar import Event, EventCalendar, Events
from onthisday.feeds.safe_text import one_line, uri_of
from onthisday.locales.locale import locale_of
from onthisday.views import words
from onthisday.views.view import OccasionView

if TYPE_CHECKING:
    from onthisday.almanac.library import Published

FIRST_YEAR = 1970
"""No event begins before this year: some programs fail on earlier days (calendar.py)."""

_RAREST = 40
"""So many years may lie between two Februaries with a fifth Monday, as from 1880 to 1920."""

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_LEAP_DAYS: dict[LeapDay, str] = {
    "feb-28": "BYMONTH=2;BYMONTHDAY=-1",
    "mar-1": "BYYEARDAY=60",
    "omit": "BYMONTH=2;BYMONTHDAY=29",
}
"""29 February, by what becomes of it in other years: the 60th day of a year is 1 March in them."""


def yearly_of(site: Site, library: "Published", today: date) -> EventCalendar:
    """Return the calendar of all entries that fall on a day.

    They are in the order of the year. Those whose day moves come last.
    """
    site = site._replace(url=uri_of(site.url))
    return EventCalendar(
        title=one_line(site.title),
        description=words.feed_subtitle(locale_of(site.language)),
        url=None,
        events=_events(site, library, today),
    )


def falls(entry: Entry, leap_day: LeapDay, today: date) -> bool:
    """Return True if an entry is in the calendar."""
    if _is_written_out(entry):
        return bool(days_around(entry, today.year))
    return _first_day(entry, leap_day) is not None


def _events(site: Site, library: "Published", today: date) -> Iterator[Event]:
    events = Events(site, library, today)
    fixed = chain.from_iterable(map(library.on, sorted(library.days())))
    for entry in chain(fixed, library.movable()):
        if _is_written_out(entry):
            yield from _written_out(site, events, entry, today)
        elif first := _first_day(entry, site.leap_day):
            yield _repeated(site, events, entry, first)


def as_remembered(entry: Entry, view: OccasionView) -> OccasionView:
    """Return the view of an entry as one of every year: it says if that is not its own day."""
    is_own = entry.observe in {None, entry.date.month_day}
    return view if is_own else view._replace(observed=entry.date)


def _is_written_out(entry: Entry) -> bool:
    if entry.rule is None:
        return False
    parts = parts_of(entry.rule)
    return isinstance(parts, AroundEaster) or parts.shift != 0


def _repeated(site: Site, events: Events, entry: Entry, first: date) -> Event:
    """Return the one event of an entry. It begins when the entry first falls since 1970."""
    view = as_remembered(entry, events.presenter.entry(entry))
    event = events.of_view(view, entry, first)
    title = one_line(words.dated_title(locale_of(site.language), view))
    repeats = f"FREQ=YEARLY;{_rule(entry, site.leap_day)}"
    return event._replace(title=title, repeats=repeats, facts=_facts(entry))


def _written_out(site: Site, events: Events, entry: Entry, today: date) -> Iterator[Event]:
    for day in days_around(entry, today.year):
        occasion = occasion_of(entry, day, site.leap_day)
        if occasion is not None:
            yield events.of(occasion)._replace(facts=_facts(entry))


def _first_day(entry: Entry, leap_day: LeapDay) -> date | None:
    first = max(entry.first_year or FIRST_YEAR, FIRST_YEAR)
    years = range(first, min(first + _RAREST, date.max.year) + 1)
    days = filter(None, (day_in(entry, year, leap_day) for year in years))
    return next((day for day in days if occasion_of(entry, day, leap_day)), None)


def _rule(entry: Entry, leap_day: LeapDay) -> str:
    """Return when an entry falls in a year, as a rule of iCalendar (RFC 5545, section 3.3.10)."""
    if entry.rule is not None:
        parts = parts_of(entry.rule)
        assert isinstance(parts, WeekdayOfMonth)
        return f"BYMONTH={parts.month};BYDAY={parts.nth or -1}{_WEEKDAYS[parts.weekday]}"
    key = entry.key
    assert key is not None
    if key == LEAP_DAY:
        return _LEAP_DAYS[entry.leap_day or leap_day]
    return f"BYMONTH={key.month};BYMONTHDAY={key.day}"


def _facts(entry: Entry) -> tuple[tuple[str, str], ...]:
    """Return what the words of an event do not say exactly (importers/ics_own.py reads it)."""
    calendar = _unlike(entry.date.calendar, "gregorian")
    observe = entry.observe and f"{entry.observe.month:02}-{entry.observe.day:02}"
    died = entry.died if isinstance(entry.died, bool) else entry.died.edtf
    facts = (
        ("DATE", entry.date.edtf),
        ("CALENDAR", calendar),
        ("KIND", _unlike(entry.kind, "event")),
        ("RULE", entry.rule),
        ("OBSERVE", observe),
        ("LEAP-DAY", entry.leap_day),
        ("TITLE", entry.title),
        ("SUMMARY", entry.summary),
        ("BRIEF", entry.brief),
        ("LANGUAGE", entry.language),
        ("TONE", _unlike(entry.tone, "neutral")),
        ("LIVING", entry.living),
        ("DIED", died),
        ("FEATURED", entry.featured),
    )
    return tuple((name, "true" if value is True else value) for name, value in facts if value)


def _unlike(value: str, default: str) -> str | None:
    return None if value == default else value
