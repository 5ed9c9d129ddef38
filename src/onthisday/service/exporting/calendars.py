"""Use case: the days of the almanac, for programs that keep a calendar.

These files are for publication. So the births of people who may be living are left out, and what is
known only later.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING

from onthisday.config import Site
from onthisday.feeds import calendar_file, ics
from onthisday.feeds.calendar_file import LeftOut
from onthisday.feeds.yearly import falls, yearly_of
from onthisday.service.exporting.export import Export
from onthisday.views.words import counted

if TYPE_CHECKING:
    from onthisday.almanac.library import Library, Published


def as_ics(site: Site, library: "Library", today: date) -> Export:
    """Return all entries that fall on a day, as an iCalendar file."""
    published = library.published(today)
    content = ics.lines(yearly_of(site, published, today))
    return Export(content, _left_out(site, library, published, today))


def as_calendar(site: Site, library: "Library", today: date) -> Export:
    """Return all entries that fall on a day, as a file of `calendar(1)`."""
    published = library.published(today)
    counts: Counter[LeftOut] = Counter()
    content = calendar_file.lines(site, published, today, counts)
    told = chain(_left_out(site, library, published, today), _not_said(counts))
    return Export(content, told)


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


def _not_said(counts: "Counter[LeftOut]") -> Iterator[str]:
    """Yield a sentence for each kind of entry that a file of `calendar(1)` cannot say."""
    if to_come := counts["to come"]:
        what = counted(to_come, "entry is", "entries are")
        yield f"{what} of a year to come: left out, because `calendar` shows a line in every year"
    if moved := counts["another day"]:
        what = counted(moved, "entry falls", "entries fall")
        why = "left out, because `calendar` would show another day in some years"
        yield f"{what} on a day such as 29 February or the fifth Monday: {why}"
