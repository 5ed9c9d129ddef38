"""An editor's planner as a calendar: days, and jubilees on the first day of their month or year.

An event has the id of its occasion, so a planner that is taken in again changes the events that are
there already. Called by cli/planner.py. Not here: which occasions come (almanac/jubilees.py).
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from onthisday.almanac.jubilees import Coming
from onthisday.config import Site
from onthisday.feeds.calendar import Event, EventCalendar, Events
from onthisday.feeds.safe_text import one_line, uri_of
from onthisday.locales.locale import locale_of
from onthisday.views import words

if TYPE_CHECKING:
    from onthisday.almanac.library import Library


def planner_of(
    site: Site, library: "Library", plan: Iterable[Coming], today: date, title: str
) -> EventCalendar:
    """Return the calendar of what comes."""
    site, locale = site._replace(url=uri_of(site.url)), locale_of(site.language)
    return EventCalendar(
        title=one_line(f"{locale.isolate(site.title)} – {title}"),
        description=words.feed_subtitle(locale),
        url=None,
        events=_events(site, library, plan, today),
    )


def _events(site: Site, library: "Library", plan: Iterable[Coming], today: date) -> Iterator[Event]:
    events, locale = Events(site, library, today), locale_of(site.language)
    for each in plan:
        for occasion in each.occasions:
            event = events.of(occasion)
            if each.precision != "day":
                view = events.presenter.occasion(occasion)
                within = words.this_month_or_year(locale, view, month=each.precision == "month")
                title = words.titled(locale, within, view.title)
                event = event._replace(title=one_line(title))
            yield event
