"""The clock of a text: the date that it has come to, which tells a year that is not written.

The rules were found on the odd-numbered articles of WikiWars (tests/benchmarks/mentions.py):
- a year moves the clock where it leads a sentence or heads a section (narrative.py); elsewhere it
  is background, and so is a month before the one the text has come to;
- a heading with years is a section, and its first year is where it begins; a life is no section;
- what is in brackets, a decade and "the year before" move nothing.
"""

from typing import NamedTuple

from onthisday.drafts.narrative import is_aside, is_heading, leads
from onthisday.drafts.reading import Reading

_LONGEST_SECTION = 10
"""In years; a heading with more is of a life, or of an age."""


class StoryDate(NamedTuple):
    """The date that a text has come to, as far as it says.

    ``written_here`` says whether its year is written in the paragraph that is being read.
    ``section`` are the first and last year of the section's heading.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    written_here: bool = False
    section: tuple[int, int] | None = None


def moved(clock: StoryDate, reading: Reading, paragraph: str, *, written: bool) -> StoryDate:
    """Return where the clock stands after a dated reading: there, or where it was.

    ``written`` says whether the reading's year is written in this paragraph.
    """
    if reading.year is None or reading.precision in {"decade", "century"}:
        return clock
    written = written or clock.written_here
    if reading.precision in {"year", "interval"}:
        return _moved_to_year(clock, reading, paragraph, written=written)
    leading = leads(paragraph, reading)
    if not leading and reading.precision != "day" and _is_before(reading, clock):
        return clock
    month = None if reading.precision == "season" else reading.month
    section = clock.section
    if leading and section and reading.precision == "day" and not is_within(reading.year, section):
        section = None
    day = None if reading.julian else reading.day
    return StoryDate(reading.year, month, day, written, section)


def _moved_to_year(
    clock: StoryDate, reading: Reading, paragraph: str, *, written: bool
) -> StoryDate:
    year, until = reading.year or 0, reading.until or reading.year or 0
    if is_heading(paragraph) and reading.shift is None:
        is_section = until - year <= _LONGEST_SECTION
        return StoryDate(year, None, None, written, (year, until)) if is_section else clock
    if year == clock.year:
        return clock._replace(written_here=written)
    looks_back = reading.shift is not None and reading.shift < 0
    if looks_back or is_aside(paragraph, reading):
        return clock
    goes_on = clock.year is None or (clock.month is None and year > clock.year)
    if goes_on or leads(paragraph, reading):
        return StoryDate(year, None, None, written, clock.section)
    return clock


def _is_before(reading: Reading, clock: StoryDate) -> bool:
    ours = (reading.year or 0, reading.month or 0)
    return clock.year is not None and clock.month is not None and ours < (clock.year, clock.month)


def is_within(year: int, section: tuple[int, int]) -> bool:
    """Say whether a year is one of a section's."""
    return section[0] <= year <= section[1]
