"""The list of all entries, the oldest first, with a way to each part of it. Used by website.py."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from onthisday.almanac.entry import ALL, Entry
from onthisday.locales.locale import Locale
from onthisday.site.page import MOST_LISTED, Page, SiteState, only, part, part_paths, route
from onthisday.views.vague_words import years_words
from onthisday.views.view import OccasionView

_STEPS = (1, 10, 100, 1_000, 10_000, 100_000)

_MOST_SPANS = 24
"""So many spans of years are named, at most. A reader sees them at a glance."""

_FEWEST = 3
"""So many entries a span has, on average, at least. A span of one entry helps nobody."""


class _Span(NamedTuple):
    """Some years with entries: a year, a decade, a century. ``name`` is None for "no year".

    - ``mark``: the name of its place on a page.
    - ``page``: the number of the page on which it begins.
    """

    name: str | None
    mark: str
    entries: int
    page: int


class _Stretch(NamedTuple):
    """The entries of a page that are of one span."""

    name: str | None
    mark: str
    views: tuple[OccasionView, ...]


def _entries(state: SiteState, number: str | None = None) -> Page | None:
    found = part(lambda first: state.library.selected(ALL, first), number)
    if found is None:
        return None
    step = _step(state)
    return state.html(
        "entries.html",
        f"/entries/{f'page/{number}/' if number else ''}",
        total=sum(state.contents.years.values()),
        spans=tuple(_spans(state, step)),
        stretches=tuple(_stretches(state, found.entries, step)),
        part=found,
    )


def _step(state: SiteState) -> int:
    """Return how many years a span has, so that there are not too many of them."""
    years = [year for year in state.contents.years if year is not None]
    most = min(_MOST_SPANS, sum(state.contents.years.values()) // _FEWEST)
    few = (step for step in _STEPS if len({year // step for year in years}) <= most)
    return next(few, _STEPS[-1])


def _spans(state: SiteState, step: int) -> Iterator[_Span]:
    before, years = 0, state.contents.years.items()
    for first, group in groupby(years, lambda item: _first_year(item[0], step)):
        count = sum(number for _, number in group)
        yield _Span(*_named(state.locale, first, step), count, before // MOST_LISTED + 1)
        before += count


def _stretches(state: SiteState, entries: tuple[Entry, ...], step: int) -> Iterator[_Stretch]:
    for first, group in groupby(entries, lambda each: _first_year(each.date.civil_year, step)):
        yield _Stretch(*_named(state.locale, first, step), state.titles(group))


def _first_year(year: int | None, step: int) -> int | None:
    return None if year is None else year // step * step


def _named(locale: Locale, first: int | None, step: int) -> tuple[str | None, str]:
    if first is None:
        return None, "no-year"
    return years_words(locale, first, first + step - 1), f"from{first}"


def _paths(state: SiteState) -> Iterator[str]:
    further = part_paths("/entries/page/", sum(state.contents.years.values()))
    next(further)
    return further


ROUTES = (
    only("/entries/", _entries, "All entries, the oldest first"),
    route("/entries/page/{number}/", _paths, _entries, "Further pages of all entries"),
)
