"""Find the year of a date that does not write it, from the dates before it, as a reader does.

A text says "In 1941 …" and later "on 7 December". ``dated`` takes the dates of a paragraph and the
story's date (story_date.py): the date that the text has come to. It gives each date its year, and
returns the story's date after the paragraph. If no year can be known, the date stays without one.

Why these rules: they were found on the odd-numbered articles of WikiWars
(tests/benchmarks/mentions.py). "Right" is how many in 100 found days are right, "found" is how many
in 100 days of the texts are found:

- the year that was named last: 92 right, 85 found;
- only a year at the beginning of a sentence moves the story's date: 96 and 89;
- headings with years begin a section, too: 99 and 92.

If a month is eight or more months before the story's month, it is of the next year: stories go
forward more often than back.

Called by mentions.py.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import zip_longest
from typing import Literal, NamedTuple

from onthisday.dates.calendars import days_in_month
from onthisday.drafts.reading import Reading
from onthisday.drafts.story_date import StoryDate, is_within, moved

YearFrom = Literal["written", "paragraph", "earlier"]

_JOINS = re.compile(
    r"\s{0,3}(?:[-‐‑–—,&/]|and|or|to|until|till|through|und|oder|bis|auf|et|ou|au|e|o|al|y|a|ao|para"
    r"|en|of|op|tot|и|или|либо|по|до|на)?\s{0,3}(?:(?:on|the|am|den|zum|il|el|le|op|em|o|lo)\s)?"
)
"""The words between two dates that share a year: "from 3 May to 5 May 1945", "3 and 5 May"."""
_NEXT_YEAR = 8
"""If a month is this many months before the story's month, it is of the next year."""


class DatedReading(NamedTuple):
    """A reading that is complete, and where its year was found.

    ``written``: in its own words. ``paragraph``, ``earlier``: it was inferred from a year that is
    written in the same paragraph or in an earlier one.
    """

    reading: Reading
    year_from: YearFrom


def dated(
    paragraph: str, found: Sequence[Reading], story: StoryDate
) -> tuple[list[DatedReading], StoryDate]:
    """Return a paragraph's dates, and the story's date after it.

    ``found`` are its readings in order, ``story`` is the story's date before it. A reading that
    counts from another day ("two days later") is left out if that day is not known.
    """
    story = story._replace(written_here=False)
    dates = []
    for reading, later in zip_longest(found, found[1:]):
        one = _dated(paragraph, reading, later, story)
        if one is not None:
            dates.append(one)
            written = one.year_from == "written"
            story = moved(story, one.reading, paragraph, written=written)
    return dates, story


def _dated(
    paragraph: str, reading: Reading, later: Reading | None, story: StoryDate
) -> DatedReading | None:
    year_from: YearFrom = "paragraph" if story.written_here else "earlier"
    if reading.shift is not None:
        shifted = _shifted(reading, reading.shift, story)
        return shifted and DatedReading(shifted, year_from)
    if reading.precision == "day" and reading.month is None:
        nth = _of_the_storys_month(reading, story)
        return nth and DatedReading(nth, year_from)
    if reading.year is not None:
        return DatedReading(reading, "written")
    if later is not None and _is_joined(paragraph, reading, later):
        return _before_the_other_end(reading, later)
    dated = _in_year(reading, _nearest(reading, story))
    return DatedReading(dated, "written" if dated.year is None else year_from)


def _in_year(reading: Reading, year: int | None) -> Reading:
    """Give a reading its year. A 29 February stays without one if the year does not have it."""
    if reading.day is not None and reading.day > days_in_month(year, reading.month or 1):
        return reading
    return reading._replace(year=year)


def _is_joined(paragraph: str, reading: Reading, later: Reading) -> bool:
    dated = later.year is not None and later.precision in {"day", "month"}
    return dated and _JOINS.fullmatch(paragraph[reading.end : later.start]) is not None


def _before_the_other_end(reading: Reading, later: Reading) -> DatedReading:
    """Give the first date of a range (``reading``) its year, which only the second date has.

    It is the year of the second date (``later``), or one year less if the first date would
    otherwise come after the second.

    In ``30 April – 2 May 1945`` both days are in 1945. In ``30 December – 2 January 1945`` the
    first day is in 1944.
    """
    year = later.year or 0
    if (reading.month or 0) <= (later.month or 0):
        return DatedReading(_in_year(reading, year), "written")
    return DatedReading(_in_year(reading, year - 1), "paragraph")


def _nearest(reading: Reading, story: StoryDate) -> int | None:
    year = story.year
    if year is None or reading.month is None:
        return None
    if story.section and not story.written_here and not is_within(year, story.section):
        year = story.section[0]
    elif story.month is not None and story.month - reading.month >= _NEXT_YEAR:
        year += 1
    return year


def _shifted(reading: Reading, shift: int, story: StoryDate) -> Reading | None:
    if story.year is None:
        return None
    if reading.precision == "year":
        return reading._replace(year=story.year + shift)
    if story.month is None or story.day is None or not 1 < story.year < 9999:
        return None
    day = date(story.year, story.month, story.day) + timedelta(days=shift)
    return reading._replace(year=day.year, month=day.month, day=day.day)


def _of_the_storys_month(reading: Reading, story: StoryDate) -> Reading | None:
    if story.year is None or story.month is None or reading.day is None:
        return None
    exists = reading.day <= days_in_month(story.year, story.month)
    return reading._replace(year=story.year, month=story.month) if exists else None
