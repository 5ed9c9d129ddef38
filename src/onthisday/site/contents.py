"""What the site shows, in no language: its library, its day and its files.

All languages of a site share one value, so that nothing is counted, sorted or read once for each.
page.py has the site in one language. Made by website.py.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from onthisday.almanac.entry import Entry
from onthisday.almanac.movable import Falling, Feast, RuleDays, days_around, feasts_of
from onthisday.almanac.pictures import is_shown
from onthisday.checks.cited_text import held_text
from onthisday.dates.calendars import MonthDay
from onthisday.dates.zones import start_of_day
from onthisday.locales.locale import locale_of
from onthisday.search.folding import fold
from onthisday.site.all_corrections import Corrected, newest_first
from onthisday.site.browser_index import BrowserIndex, index_of
from onthisday.site.noted_world import Files, NotedDay, NotedFiles
from onthisday.site.traces import Question, remembered, remembered_property

if TYPE_CHECKING:
    from onthisday.almanac.library import Published
    from onthisday.config import Site


def _nothing(_name: str) -> bytes | None:
    return None


_ENTRIES = 128


class SiteFiles(NamedTuple):
    """The files that a site shows, beside what is in its library.

    - ``pictures``: returns a picture of the almanac's folder by its name.
    - ``texts``: returns the text of a document by the name of its file.
    - ``logo``: returns the site's logo.
    """

    pictures: Files = _nothing
    texts: Files = _nothing
    logo: Callable[[], bytes | None] = lambda: None


class Contents:
    """What pages of all languages are made from. It notes what is asked (traces.py).

    - ``time``: the day, and the year.
    - ``entry``: returns an entry by its id, or None. The last few are kept, because an entry has
      several pages, one after the other.
    - ``changed``: when anything of it changed last.
    - ``text``: returns the text of a document, or None.
    """

    def __init__(
        self, site: "Site", library: "Published", day: date, files: SiteFiles, changed: datetime
    ) -> None:
        self.library, self.time = library.noting(), NotedDay(day)
        self.pictures = NotedFiles("picture", files.pictures)
        self._texts = NotedFiles("text", files.texts)
        self.logo = files.logo() if site.logo else None
        self.changed = max(changed, _opened(library, ZoneInfo(site.zone)))
        self.entry = remembered(self.library.entry, _ENTRIES)
        self.text = remembered(partial(held_text, texts=self._texts))
        self.has_picture = remembered(partial(is_shown, pictures=self.pictures))
        self._languages = tuple(language for language, _ in site.folders)

    def answer(self, question: Question) -> str:
        """Ask a noted question again. Return the digest of the answer as it is now."""
        for each in (self.pictures, self._texts):
            if (found := each.answer(question)) is not None:
                return found
        return self.library.answer(question)

    def changed_by(self, entry: Entry) -> date | None:
        """Return when an entry was changed last (`Entry.changed_by`).

        A page that asks this changes with the next change, if one is still to come.
        """
        if entry.updated is None and not entry.corrections:
            return None
        day = self.time.unnoted
        changes = (entry.updated, *(each.on for each in entry.corrections))
        to_come = min((each for each in changes if each and each > day), default=date.max)
        return entry.changed_by(self.time.lasting(to_come))

    @remembered_property
    def rule_days(self) -> RuleDays:
        """The days on which the rules of entries fall around this year."""
        return RuleDays(self.library.rules, self.time.year)

    @remembered_property
    def counts(self) -> dict[MonthDay, int]:
        """The number of entries of each day of the year. The days are in order.

        Those with a rule count on their day in this year, from their first year on. The others
        count always, because a page of a day is of all years. Counted only once, because the page
        of every day needs it.
        """
        fixed = self.library.counts()
        moving = self.rule_days.counts(self.library.count_movable(self.time.year))
        days = sorted(fixed.keys() | moving.keys()) if moving else fixed
        return {day: fixed.get(day, 0) + moving.get(day, 0) for day in days}

    def on(self, day: MonthDay, first: int = 0) -> Iterator[Entry]:
        """Yield the entries of a day of the year, without the first ones (``first``).

        Those whose day moves come last, if they fall there in this year. A page asks this, never
        the library, which has no day for them. They are read when their turn comes, because often
        only the first entry is wanted.
        """
        yield from self.library.on(day, first=first)
        left_out = max(0, first - self.library.counts().get(day, 0)) if first else 0
        moving = self._feasts(self.rule_days.this_year(day))
        yield from (feast.entry for feast in islice(moving, left_out, None))

    def feasts_on(self, day: MonthDay) -> tuple[Feast, ...]:
        """Return the entries whose day moves that fall on a day in some years around this year."""
        return tuple(self._feasts(self.rule_days.on(day)))

    def _feasts(self, falling: Falling) -> Iterator[Feast]:
        """Yield the entries of some rules. Only these are read: few rules fall on a day."""
        entries = self.library.movable(rules=tuple(falling)) if falling else ()
        return feasts_of(entries, falling)

    def moving(self) -> list[tuple[MonthDay, Entry]]:
        """Return all entries whose day moves, by their days in this year. Each has its day."""
        found = (
            (MonthDay(day.month, day.day), entry)
            for entry in self.library.movable()
            for day in days_around(entry, self.time.year, 0, 0)
        )
        return sorted(found, key=itemgetter(0))

    @remembered_property
    def years(self) -> dict[int | None, int]:
        """The number of entries of each year, for the pages of the list of all entries."""
        return self.library.years()

    @remembered_property
    def cited(self) -> dict[str, int]:
        """The number of entries that cite each document that is cited."""
        return self.library.cited()

    @remembered_property
    def corrections(self) -> tuple[Corrected, ...]:
        """All corrections, the newest first. They are sorted once, for all pages of their list."""
        return newest_first(self.library)

    @remembered_property
    def document_ids(self) -> tuple[str, ...]:
        """The ids of all documents, sorted by title."""
        titles = ((fold(each.title), each.id) for each in self.library.documents())
        return tuple(name for _, name in sorted(titles))

    @remembered_property
    def ids(self) -> tuple[str, ...]:
        """The ids of all entries, the oldest first, for the files with which browsers search."""
        return tuple(self.library.ids_by_date())

    @remembered_property
    def browser_index(self) -> BrowserIndex:
        """The words of all entries, if they are few enough. Made only for the files of words."""
        return index_of(self.library, tuple(map(locale_of, self._languages)))


def _opened(library: "Published", zone: ZoneInfo) -> datetime:
    """Return when the last birth came among what is published, because it was 110 years ago."""
    opened = library.opened
    if opened is None:
        return datetime.min.replace(tzinfo=UTC)
    return start_of_day(opened, zone)
