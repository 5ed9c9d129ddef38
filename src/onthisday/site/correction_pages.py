"""The list of all corrections, the newest first. Used by website.py.

It has only what may be published, and nothing is left out: a long list has several pages. Not here:
the corrections of one entry, which its own page shows (entry_pages.py).
"""

from collections.abc import Iterator
from typing import NamedTuple

from onthisday.almanac.entry import Correction
from onthisday.site.page import MOST_LISTED, Page, SiteState, part_paths, route
from onthisday.views.view import OccasionView


class Part(NamedTuple):
    """One page of the list: entries with one correction each. ``more``: another page follows."""

    corrections: tuple[tuple[OccasionView, Correction], ...]
    number: int
    more: bool


def _corrections(state: SiteState, number: str | None) -> Page | None:
    which = int(number or 1)
    first = (which - 1) * MOST_LISTED
    shown = state.contents.corrections[first : first + MOST_LISTED]
    if which > 1 and not shown:
        return None
    path = f"/corrections/{number + '/' if number else ''}"
    told = tuple((state.presenter.entry(each.entry), each.correction) for each in shown)
    part = Part(told, which, len(state.contents.corrections) > first + MOST_LISTED)
    return state.html("corrections.html", path, part=part)


def _paths(state: SiteState) -> Iterator[str]:
    return part_paths("/corrections/", len(state.contents.corrections))


ROUTES = (
    route("/corrections/[{number}/]", _paths, _corrections, "All corrections, the newest first"),
)
