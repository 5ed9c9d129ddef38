"""The story's date: the date that a text has come to. It tells the year of a date without one.

Each date of the text may move the story's date. These rules were found on the odd-numbered articles
of WikiWars (tests/benchmarks/mentions.py):

- A day moves it.
- A year moves it if it stands at the beginning of a sentence or in a heading (narrative.py). So
  does the first year of a text, and a later year if no month was named yet. Other years are
  background.
- A month or a season moves it, unless it is before the story's month and does not stand at the
  beginning of a sentence.
- A heading with years begins a section, and the story's date is its first year. A heading with more
  than ten years is of a life or an age, and begins no section.
- A year in brackets, a decade, a century and "the year before" do not move it.

Called by chronology.py.
"""

from typing import NamedTuple

from onthisday.drafts.narrative import is_aside, is_heading, leads
from onthisday.drafts.reading import Reading

_LONGEST_SECTION = 10
"""In years. A heading with more years is of a life or an age."""


class StoryDate(NamedTuple):
    """The date that a text has come to while it is read. A part that is not known is None.

    ``written_here``: its year is written in the paragraph that is being read. ``section``: the
    first and the last year in the heading of the section.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    written_here: bool = False
    section: tuple[int, int] | None = None


def moved(story: StoryDate, reading: Reading, paragraph: str, *, written: bool) -> StoryDate:
    """Return the story's date after a date: moved to it, or unchanged.

    ``written``: the year of the date is written in this paragraph.
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
    day = None if reading.style == "julian" else reading.day
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
    """Return True if a year is in a section. A section is its first and its last year."""
    return section[0] <= year <= section[1]
