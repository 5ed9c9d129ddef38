"""The page of each day of the year, with entries of all years. Also the page of the whole year.

Used by website.py. Not here: today's page (today_page.py).
"""

from bisect import bisect
from collections.abc import Iterable, Iterator
from itertools import islice

from onthisday.almanac.entry import Entry
from onthisday.dates.calendars import MonthDay, days_in_month
from onthisday.site.page import MOST_OF_DAY, MOST_WHOLE, Page, SiteState, part, part_paths, route
from onthisday.views.date_words import month_alone
from onthisday.views.view import OccasionView
from onthisday.views.yearless import NextYearlessView, YearlessView

_ALSO = 10
"""So many entries of its month, without a day, are named on the page of a day."""


def every_day() -> Iterator[MonthDay]:
    """Yield the 366 days of a year that has 29 February."""
    for month in range(1, 13):
        for day in range(1, days_in_month(None, month) + 1):
            yield MonthDay(month, day)


def beside(own: MonthDay, occupied: Iterable[MonthDay]) -> tuple[MonthDay, MonthDay] | None:
    """Return the last day before a day of the year, and the first after it, that have entries.

    - ``occupied``: the days that have entries, in order. After 31 December comes 1 January.

    Return None if no other day has entries.
    """
    others = [day for day in occupied if day != own]
    if not others:
        return None
    place = bisect(others, own)
    return others[place - 1], others[place % len(others)]


def _day(state: SiteState, month: str, day: str, number: str | None) -> Page | None:
    own = month_day_of(month, day)
    found = own and part(lambda first: state.contents.on(own, first), number, MOST_OF_DAY)
    if own is None or found is None:
        return None
    is_first = found.number == 1
    whole = MOST_WHOLE if is_first else 0
    page = state.html(
        "day.html",
        f"/days/{own}/{number + '/' if number else ''}",
        own=own,
        views=_views(state, found.entries[:whole], own),
        named=state.titles(found.entries[whole:]),
        more=state.contents.counts.get(own, 0) - len(found.entries),
        part=found,
        following=None if found.entries else _next_of(state, own),
        around=beside(own, state.contents.counts),
        month=month_alone(state.locale, own.month),
        moving=[
            (state.presenter.titled(each.entry), each.years)
            for each in state.contents.feasts_on(own)
        ],
        also=_also(state, own.month) if is_first else (),
    )
    return turning(state, page)


def _also(state: SiteState, month: int) -> tuple[OccasionView, ...]:
    """Return the first entries that are dated to a month alone."""
    return state.titles(islice(state.library.undated(month), _ALSO))


def _views(state: SiteState, entries: Iterable[Entry], own: MonthDay) -> tuple[OccasionView, ...]:
    return tuple(as_on(own, view) for view in state.views(entries))


def as_on(own: MonthDay, view: OccasionView) -> OccasionView:
    """Return an entry of a day. One that is remembered on a day of another date says so."""
    return view._replace(observed=None if view.rule or view.date.month_day == own else view.date)


def turning(state: SiteState, page: Page) -> Page:
    """Return a page that changes with the year, if the almanac has entries whose day moves."""
    return state.of_year(page) if state.library.rules else page


def _day_json(state: SiteState, month: str, day: str) -> Page | None:
    own = month_day_of(month, day)
    if own is None:
        return None
    views = _views(state, state.contents.on(own), own)
    page = state.json(YearlessView(own, state.site.zone, views, _next_of(state, own)))
    return turning(state, page)


def month_day_of(month: str, day: str) -> MonthDay | None:
    """Return a day of the year from its digits; None if no year has it."""
    found = MonthDay(int(month), int(day))
    if 1 <= found.month <= 12 and 1 <= found.day <= days_in_month(None, found.month):
        return found
    return None


def _next_of(state: SiteState, own: MonthDay) -> NextYearlessView | None:
    """Return the first entry after this day of the year: on the next day that has an entry."""
    around = beside(own, state.contents.counts)
    later = around[1] if around else own
    entry = next(state.contents.on(later), None)
    if entry is None:
        return None
    view = state.presenter.titled(entry)
    return NextYearlessView(view.id, later, view.title, view.languages.title)


def _paths(state: SiteState) -> Iterator[str]:
    for own in every_day():
        yield from part_paths(f"/days/{own}/", state.contents.counts.get(own, 0), MOST_OF_DAY)


def _year(state: SiteState, number: str | None) -> Page | None:
    found = part(lambda first: state.library.undated(first=first), number)
    if found is None:
        return None
    counts = state.contents.counts
    page = state.html(
        "year.html",
        f"/year/{number + '/' if number else ''}",
        months=[
            (month_alone(state.locale, month), list(_month(month, counts)))
            for month in range(1, 13)
        ],
        total=sum(counts.values()),
        days=len(counts),
        year=state.year,
        moving=list(_moving(state)),
        views=state.titles(found.entries),
        part=found,
    )
    return turning(state, page)


def _moving(state: SiteState) -> Iterator[tuple[MonthDay, OccasionView]]:
    """Yield the entries whose day moves, by their days in this year. Each comes with its day."""
    for day, entry in state.contents.moving():
        yield day, state.presenter.titled(entry)


def _month(month: int, counts: dict[MonthDay, int]) -> Iterator[tuple[MonthDay, int, int]]:
    """Yield the days of a month. Each day comes with its number of entries and its colour.

    The colour is from 0 (no entry) to 4 (many entries).
    """
    for day in range(1, days_in_month(None, month) + 1):
        own = MonthDay(month, day)
        count = counts.get(own, 0)
        strength = sum(count >= least for least in (1, 3, 10, 50))
        yield own, count, strength


def _year_paths(state: SiteState) -> Iterator[str]:
    return part_paths("/year/", sum(1 for _ in state.library.undated()))


ROUTES = (
    route("/days/{month}-{day}/[{number}/]", _paths, _day, "A day of the year"),
    route(
        "/days/{month}-{day}/index.json",
        lambda _: (f"/days/{own}/index.json" for own in every_day()),
        _day_json,
        "A day of the year, as JSON",
        schema="occasions",
    ),
    route("/year/[{number}/]", _year_paths, _year, "The year, and what has no day"),
)
