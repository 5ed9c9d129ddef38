"""The list of all corrections, the newest first. Used by website.py.

It has only what may be published, and nothing is left out: a long list has several pages. Not here:
the corrections of one entry, which its own page shows (entry_pages.py).
"""

from collections.abc import Iterator
from typing import NamedTuple

from onthisday.almanac.entry import Correction
from onthisday.site.page import MOST_LISTED, NUMBER, Page, SiteState, part_paths, route


class Corrected(NamedTuple):
    """A correction, and the entry that it is of."""

    entry: str
    title: str
    correction: Correction


class Part(NamedTuple):
    """One page of the list. ``more``: True if another page follows."""

    corrections: tuple[Corrected, ...]
    number: int
    more: bool


def _listed(state: SiteState) -> list[Corrected]:
    """Return all corrections, the newest first. Of one day: by entry, its last one first."""
    found = [
        Corrected(entry.id, entry.title, each)
        for entry in state.corrected
        for each in reversed(entry.corrections)
    ]
    return sorted(found, key=lambda each: each.correction.on, reverse=True)


def _corrections(state: SiteState, number: str | None) -> Page | None:
    which = int(number or 1)
    rest = _listed(state)[(which - 1) * MOST_LISTED :]
    if which > 1 and not rest:
        return None
    path = f"/corrections/{number + '/' if number else ''}"
    part = Part(tuple(rest[:MOST_LISTED]), which, len(rest) > MOST_LISTED)
    return state.html("corrections.html", path, part=part)


def _paths(state: SiteState) -> Iterator[str]:
    return part_paths("/corrections/", sum(len(each.corrections) for each in state.corrected))


ROUTES = (route(rf"/corrections/{NUMBER}", _paths, _corrections),)
