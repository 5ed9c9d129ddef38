"""The story's date: the date that a text has come to, which tells a year that is not written.

The rules were found on the odd-numbered articles of WikiWars (tests/benchmarks/mentions.py):
- a year moves the story's date where it leads a sentence or heads a section (narrative.py);
  elsewhere it is background, and so is a month before the one that the text has come to;
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


def moved(story: StoryDate, reading: Reading, paragraph: str, *, written: bool) -> StoryDate:
    """Return where the story's date stands after a dated reading: there, or where it was.

    ``written`` says whether the reading's year is written in this paragraph.
    """
    if reading.year is None or reading.precision in {"decade", "century"}:
        return story
    written = written or story.written_here
    if reading.precision in {"year", "interval"}:
        return _moved_to_year(story, reading, paragraph, written=written)
    leading = leads(paragraph, reading)
    if not leading and reading.precision != "day" and _is_before(reading, story):
        return story
    month = None if reading.precision == "season" else reading.month
    section = story.section
    if leading and section and reading.precision == "day" and not is_within(reading.year, section):
        section = None
    day = None if reading.julian else reading.day
    return StoryDate(reading.year, month, day, written, section)


def _moved_to_year(
    story: StoryDate, reading: Reading, paragraph: str, *, written: bool
) -> StoryDate:
    year, until = reading.year or 0, reading.until or reading.year or 0
    if is_heading(paragraph) and reading.shift is None:
        is_section = until - year <= _LONGEST_SECTION
        return StoryDate(year, None, None, written, (year, until)) if is_section else story
    if year == story.year:
        return story._replace(written_here=written)
    looks_back = reading.shift is not None and reading.shift < 0
    if looks_back or is_aside(paragraph, reading):
        return story
    goes_on = story.year is None or (story.month is None and year > story.year)
    if goes_on or leads(paragraph, reading):
        return StoryDate(year, None, None, written, story.section)
    return story


def _is_before(reading: Reading, story: StoryDate) -> bool:
    ours = (reading.year or 0, reading.month or 0)
    return story.year is not None and story.month is not None and ours < (story.year, story.month)


def is_within(year: int, section: tuple[int, int]) -> bool:
    """Say whether a year is one of a section's."""
    return section[0] <= year <= section[1]
