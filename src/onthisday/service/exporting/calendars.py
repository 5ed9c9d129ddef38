"""Use case: the days of the almanac, for programs that keep a calendar.

These files are for publication. So the births of people who may be living are left out, and what is
known only later.
"""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from onthisday.config import Site
from onthisday.feeds import ics
from onthisday.feeds.yearly import falls, yearly_of
from onthisday.service.exporting.export import Export
from onthisday.views.words import counted

if TYPE_CHECKING:
    from onthisday.almanac.library import Library, Published


def as_ics(site: Site, library: "Library", today: date) -> Export:
    """Return all entries that fall on a day, as an iCalendar file."""
    published = library.published(today)
    content = ics.lines(yearly_of(site, published, today))
    return Export(content, tuple(_left_out(site, library, published, today)))


def _left_out(site: Site, library: "Library", published: "Published", today: date) -> Iterator[str]:
    """Yield a sentence for the births that are not published, and one for what falls on no day."""
    entries = published.size()[0]
    if living := library.size()[0] - entries:
        birth = counted(living, "birth", "births")
        yield f"{birth} of people who may be living: left out, because a calendar is published"
    falling = sum(published.counts().values())
    falling += sum(falls(each, site.leap_day, today) for each in published.movable())
    if undated := entries - falling:
        what = counted(undated, "entry falls", "entries fall")
        yield f"{what} on no day: left out, because a calendar has only days"
