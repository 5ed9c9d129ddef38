"""The almanac as Wikipedia's on-this-day API gives its own: a day, as JSON.

From `serve` alone. Why: programs ask for `/02/25` and `/2/25`, without a slash or an ending, so a
server of static files would not know what such a file holds. Faults are told as that API tells them
(faults.py). Used by website.py. Not here: the shape of an entry (feeds/wikipedia.py).
"""

import json
from collections.abc import Callable

from onthisday.almanac.entry import Entry
from onthisday.almanac.picture_size import size_of
from onthisday.dates.calendars import MonthDay
from onthisday.feeds.wikipedia import Happening, Picture, happening
from onthisday.site.day_pages import as_on, month_day_of, turning
from onthisday.site.page import Page, SiteState, route
from onthisday.views.view import ImageView

API = "/api/rest_v1/"

ON_THIS_DAY = f"{API}feed/onthisday/"

_LISTS: dict[str, Callable[[Entry], bool]] = {
    "selected": lambda entry: entry.featured,
    "births": lambda entry: entry.kind == "birth",
    "deaths": lambda entry: entry.kind == "death",
    "events": lambda entry: entry.kind in {"event", "marriage"},
    "holidays": lambda entry: entry.kind == "holiday",
}
"""The lists of a day, each with the entries that are in it."""


def _day(state: SiteState, kind: str, month: str, day: str) -> Page | None:
    own = month_day_of(month, day)
    if own is None:
        return None
    entries = sorted(state.contents.on(own), key=_newest_first)
    lists = _LISTS if kind == "all" else {kind: _LISTS[kind]}
    found = {
        name: [_happening(state, own, entry) for entry in filter(is_in, entries)]
        for name, is_in in lists.items()
    }
    return turning(state, state.json_text(json.dumps(found, ensure_ascii=False)))


def _newest_first(entry: Entry) -> tuple[bool, int]:
    """Return a key for sorting. Entries without a year come last."""
    year = entry.date.civil_year
    return year is None, -(year or 0)


def _happening(state: SiteState, own: MonthDay, entry: Entry) -> Happening:
    view = as_on(own, state.presenter.entry(entry))
    changed = state.contents.changed_by(entry)
    return happening(state.site, view, changed, view.image and _picture(state, view.image))


def _picture(state: SiteState, image: ImageView) -> Picture:
    content = image.file and state.contents.pictures(image.file)
    width, height = size_of(content) if content else (None, None)
    return {"source": image.url, "width": width or 0, "height": height or 0}


ROUTES = (
    route(
        f"{ON_THIS_DAY}{{type}}/{{MM}}/{{DD}}",
        None,
        _day,
        "A day in the shape of Wikipedia's on-this-day API",
        schema="wikipedia",
    ),
)
