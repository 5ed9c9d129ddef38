r"""The whole almanac as a file of `calendar(1)`, which BSD and Debian have.

A line is a day, a tab and words: ``02/25<tab>Khrushchev denounces Stalin [Source: Fakti], 1956``.
Lines that begin with a tab go on with the words. The day may be a rule, such as ``Easter-2``.

Why no library: the format is a line. Called by service/exporting/calendars.py. Not here: reading
such files (importers/calendar.py).
"""

import re
import textwrap
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Literal

from onthisday.almanac.entry import Entry, LeapDay
from onthisday.characters import ended
from onthisday.config import Site
from onthisday.dates.calendars import LEAP_DAY
from onthisday.dates.feasts import AroundEaster, parts_of
from onthisday.feeds.safe_text import one_line
from onthisday.feeds.yearly import as_remembered, falls
from onthisday.locales.locale import Locale, locale_of
from onthisday.views import source_words, words
from onthisday.views.presenter import Presenter
from onthisday.views.view import OccasionView

if TYPE_CHECKING:
    from onthisday.almanac.library import Published

LeftOut = Literal["to come", "another day"]
"""Why an entry that falls on a day is not in the file.

- "to come": it happens in a later year, and `calendar` shows each line in every year.
- "another day": `calendar` would show it on a wrong day in some years.
"""

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_SHIFTS = range(-80, 231)
"""So far from Easter a day lies in the same year, whenever Easter is.

If a day lies before 1 January, Debian's `calendar` 12.1.8 never ends.
"""

_WIDTH = 76

_EATEN = re.compile(r"(?<=/)(?=[/*])|(?<=_)(?=_)")
"""The place inside ``/*``, ``//`` and ``__``.

`calendar` gives its files to the C preprocessor, which leaves out comments and fills in
``__LINE__``.
"""

_BROKEN = re.compile(r"(?<=\\)\n\t|\n\t(?=#)")
"""The end of a line that the C preprocessor would join, and a line that it takes for its own."""

_EMPTY = "\N{WORD JOINER}"
"""Nobody sees it, and it parts two signs."""


def lines(
    site: Site, library: "Published", today: date, left_out: "Counter[LeftOut]"
) -> Iterator[bytes]:
    """Yield the lines of the file. ``left_out`` counts the entries that are not in it meanwhile."""
    presenter, locale = Presenter(library, site), locale_of(site.language)
    yield b"LANG=UTF-8\n"
    fixed = chain.from_iterable(map(library.on, sorted(library.days())))
    for entry in chain(fixed, library.movable()):
        if not falls(entry, site.leap_day, today):
            continue
        when = _when(entry, site.leap_day)
        if (entry.first_year or today.year) > today.year:
            left_out["to come"] += 1
        elif when is None:
            left_out["another day"] += 1
        else:
            view = as_remembered(entry, presenter.entry(entry))
            yield line_of(when, words_of(locale, view)).encode()


def words_of(locale: Locale, view: OccasionView) -> str:
    """Return the words of an entry, with its year at the end, as such files have it: ``, 44 BC``.

    A date that does not name one year stands there as a whole, as does the date of an entry that
    is remembered on another day.
    """
    sources = f"[{source_words.sources_in_brief(locale, view).removesuffix('.')}]"
    if view.date.year is None:
        return one_line(f"{words.sure_title(locale, view)} {sources}")
    if view.observed or not view.date.names_one_year:
        return one_line(f"{view.title} {sources} ({words.occasion_date(locale, view)})")
    year = words.year_of(locale, view)
    return one_line(f"{words.sure_title(locale, view)} {sources}, {year}")


def line_of(when: str, text: str) -> str:
    """Return a line, with its end. Long words stay whole."""
    parted = _EATEN.sub(_EMPTY, text)
    wrapped = textwrap.wrap(parted, _WIDTH, break_long_words=False, break_on_hyphens=False)
    said = "\n\t".join(ended(wrapped))
    return f"{when}\t{_BROKEN.sub(' ', said)}\n"


def _when(entry: Entry, leap_day: LeapDay) -> str | None:
    """Return the day of an entry, or None if `calendar` cannot say it.

    It shows 29 February on 1 March in other years, and the fifth Monday of a month that has only
    four in the next month. It counts no days from a weekday.
    """
    if entry.rule is not None:
        return _of_rule(entry.rule)
    key = entry.key
    if key is None or (key == LEAP_DAY and (entry.leap_day or leap_day) != "mar-1"):
        return None
    return f"{key.month:02}/{key.day:02}"


def _of_rule(rule: str) -> str | None:
    parts = parts_of(rule)
    if isinstance(parts, AroundEaster):
        name = "Paskha" if parts.orthodox else "Easter"
        shift = f"{parts.shift:+}" if parts.shift else ""
        return f"{name}{shift}" if parts.shift in _SHIFTS else None
    if parts.nth == 5 or parts.shift:
        return None
    which = f"+{parts.nth}" if parts.nth else "Last"
    return f"{parts.month:02}/{_WEEKDAYS[parts.weekday]}{which}"
