"""Today's page, the same as JSON, and a small page that other sites can show in a frame.

Used by website.py.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple

from onthisday.almanac.jubilees import jubilees_shown
from onthisday.almanac.occasions import Occasion, first_occasions, next_occasion, occasions_on
from onthisday.feeds.feed import milestones_first
from onthisday.site.page import MOST_OF_DAY, MOST_WHOLE, Page, SiteState, asking, only
from onthisday.views.view import DayView, OccasionView

_A_YEAR = 366

_COMING = 5
"""How many of the next days that have entries are named."""

_LISTED = 10
"""How much of each kind is named, if the day has no entries."""

_JUBILEES = 5
"""How many jubilees of this month are named, and how many of this year, if the day has entries."""

_EMBEDDED, _MOST_EMBEDDED = 3, 10
"""The page for frames shows so many entries if nobody asks for others, and at most so many."""

_OF_A_DAY = 3
"""How many entries of another day are named."""


class _Shown(NamedTuple):
    """A day that has entries.

    - ``occasions``: the first of them, to be shown whole.
    - ``named``: the next ones, of which only the date and the title are shown.
    - ``more``: how many more there are.
    """

    day: date
    occasions: tuple[OccasionView, ...]
    named: tuple[OccasionView, ...]
    more: int


class _Instead(NamedTuple):
    """What today's page shows if nothing is recorded for today.

    - ``before``: the last day that has entries, at most a year ago.
    - ``rounds``: round anniversaries of this year on a day, without those of that last day.
    - ``others``: some entries that fall on no day, if there is nothing else.
    """

    before: _Shown | None
    rounds: tuple[OccasionView, ...]
    others: tuple[OccasionView, ...]


class _Jubilees(NamedTuple):
    """Round anniversaries of what is dated to this month, and of what is dated to this year."""

    month: tuple[OccasionView, ...]
    year: tuple[OccasionView, ...]


def _today(state: SiteState) -> Page:
    shown = next(_shown(state, (state.day,), MOST_WHOLE, MOST_OF_DAY), None)
    coming = _coming(state, whole=0)
    jubilees = _jubilees(state, _JUBILEES if shown else _LISTED)
    instead = None if shown else _instead(state, more=bool(coming or any(jubilees)))
    following = None if coming else _following(state)
    page = state.html(
        "today.html",
        "/",
        day=state.day,
        shown=shown,
        coming=coming,
        jubilees=jubilees,
        instead=instead,
        following=following and state.presenter.next(following),
    )
    return state.of_today(page)


def _jubilees(state: SiteState, places: int) -> _Jubilees:
    found = (
        jubilees_shown(state.library, state.day, month, places) for month in (state.day.month, None)
    )
    return _Jubilees(*(tuple(map(state.presenter.named, each)) for each in found))


def _coming(state: SiteState, whole: int) -> tuple[_Shown, ...]:
    """Return the next days that have entries, at most a year ahead (``whole``: as in `_days`)."""
    return tuple(islice(_days(state, 1, whole), _COMING))


def _instead(state: SiteState, *, more: bool) -> _Instead:
    """Return what stands in the day's place. ``more``: other parts of the page have something."""
    before = next(_days(state, -1, _OF_A_DAY), None)
    told = {each.id for each in before.occasions} if before else set()
    rounds = tuple(islice((each for each in _rounds(state) if each.id not in told), _LISTED))
    enough = before or rounds or more
    others = () if enough else state.titles(islice(state.library.undated(), _LISTED))
    return _Instead(before, rounds, others)


def _days(state: SiteState, step: int, whole: int) -> Iterator[_Shown]:
    """Yield the days of a year before today or after it (``step``) that have entries.

    ``whole``: how many entries of a day are shown whole.
    """
    numbers = (state.day.toordinal() + step * ahead for ahead in range(1, _A_YEAR + 1))
    days = (date.fromordinal(each) for each in numbers if 1 <= each <= date.max.toordinal())
    return _shown(state, days, whole, _OF_A_DAY)


def _shown(state: SiteState, days: Iterable[date], whole: int, most: int) -> Iterator[_Shown]:
    """Yield those of the days that have entries, each with at most ``most`` of them.

    ``whole``: so many of these are shown whole.
    """
    for day, occasions, more in first_occasions(state.library, days, state.site.leap_day, most):
        shown = tuple(map(state.presenter.occasion, occasions[:whole]))
        yield _Shown(day, shown, tuple(map(state.presenter.named, occasions[whole:])), more)


def _rounds(state: SiteState) -> Iterator[OccasionView]:
    """Yield the entries that are a round number of years old this year, with that number.

    A date that names no exact year, as a decade, is not among them.
    """
    year = state.year
    for entry in state.library.round_in(year):
        if entry.date.names_one_year and entry.date.civil_year is not None:
            years = year - entry.date.civil_year
            yield state.presenter.titled(entry)._replace(years=years, milestone=True)


def _embedded(state: SiteState) -> Page:
    """Return the page for frames. Its script shows more entries or fewer (templates/embed.js)."""
    found = milestones_first(occasions_on(state.library, state.day, state.site.leap_day))
    items = [(state.day, state.presenter.occasion(each)) for each in found[:_MOST_EMBEDDED]]
    if not items:
        coming = _coming(state, whole=_OF_A_DAY)
        items = [(other.day, each) for other in coming for each in other.occasions]
    page = state.html(
        "embed.html",
        "/embed/",
        day=state.day,
        today=bool(found),
        items=items[:_MOST_EMBEDDED],
        shown=_EMBEDDED,
    )
    return state.of_today(page)


def _json(state: SiteState) -> Page:
    return state.of_today(state.json(_view(state)))


def _view(state: SiteState) -> DayView:
    occasions = occasions_on(state.library, state.day, state.site.leap_day)
    return state.presenter.day(state.day, state.site.zone, occasions, _following(state))


def _following(state: SiteState) -> Occasion | None:
    return next_occasion(state.library, state.day, state.site.leap_day)


ROUTES = (
    only("/", _today, "Today"),
    only("/index.json", _json, "Today, as JSON", schema="occasions"),
    asking(only("/embed/", _embedded, "Today, to show in a frame"), "items", "theme"),
)
