"""Find the dates that a text names: the place, the date, and where its year was found.

``find_mentions`` takes a whole text. ``mentions_in`` takes lines and keeps only one paragraph in
memory, for texts that are too large. Both give the same result.

Not here: whether a mention becomes an entry (proposing.py). ``proposed`` says only that its date is
certain.

Called by service/proposing/drafting.py and checks/days_named.py.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from onthisday.dates.edtf import Precision
from onthisday.drafts.chronology import DatedReading, YearFrom, dated
from onthisday.drafts.date_scan import readings
from onthisday.drafts.furniture import is_furniture
from onthisday.drafts.languages import guessed
from onthisday.drafts.paragraphs import Paragraph, lines_of, paragraphs
from onthisday.drafts.reading import Reading
from onthisday.drafts.story_date import StoryDate


class Mention(NamedTuple):
    """Words of a text that name a date.

    - ``start``, ``end``: the place in code points. ``text`` is ``text[start:end]`` of the whole
      text.
    - ``value``: the date in EDTF. The year is ``XXXX`` if the text does not tell it.
    - ``year_from``: ``written`` if the year stands in these words, or at the other end of a range
      ("25 and 27 March 1956"). If it was inferred: from the same ``paragraph`` or an ``earlier``
      one.
    - ``proposed``: the date is certain. It is exact to the day, its year is written, it is not
      approximate, it cannot be read in two ways, and it does not belong to the page.
    - ``furniture``: it stands in a masthead, a stamp or a copyright line (furniture.py).
    - ``julian``: the text says Old Style. ``value`` is then the Julian date, as written.
    """

    start: int
    end: int
    text: str
    value: str
    year_from: YearFrom
    proposed: bool
    furniture: bool
    precision: Precision
    julian: bool
    language: str


def find_mentions(text: str, language: str | None = None) -> tuple[Mention, ...]:
    """Return the dates that a text names, in order. No two share a character.

    ``language`` is a code of ``languages.LANGUAGES``. With None, the language of each paragraph is
    guessed. Raises KeyError for an unknown code.
    """
    return tuple(mentions_in(lines_of(text), language))


def mentions_in(lines: Iterable[str], language: str | None = None) -> Iterator[Mention]:
    """Yield the dates of a text that comes line by line, such as a file.

    Open the file with ``newline=""``, so that places count every code point. The memory depends on
    the longest line only.
    """
    story, spoken = StoryDate(), language or "en"
    for paragraph in paragraphs(lines):
        if language is None:
            spoken = guessed(paragraph.text, spoken)
        dates, story = _dates_in(paragraph, spoken, story)
        for date in dates:
            yield _mention(paragraph, date, spoken)


class _Date(NamedTuple):
    dated: DatedReading
    furniture: bool = False


def _dates_in(
    paragraph: Paragraph, language: str, story: StoryDate
) -> tuple[list[_Date], StoryDate]:
    telling: list[Reading] = []
    furniture: list[Reading] = []
    for reading in readings(paragraph.text, language):
        (furniture if is_furniture(paragraph.text, reading) else telling).append(reading)
    dates, story = dated(paragraph.text, telling, story)
    stamps, _ = dated(paragraph.text, furniture, StoryDate())
    both = [*(_Date(date) for date in dates), *(_Date(stamp, furniture=True) for stamp in stamps)]
    return sorted(both, key=lambda date: date.dated.reading.start), story


def _mention(paragraph: Paragraph, date: _Date, language: str) -> Mention:
    (reading, year_from), furniture = date
    certain = not (reading.approximate or reading.ambiguous or furniture)
    start, end = paragraph.places.of(reading.start), paragraph.places.after(reading.end)
    is_day = reading.precision == "day" and reading.year is not None
    return Mention(
        start=start,
        end=end,
        text=paragraph.written[start - paragraph.start : end - paragraph.start],
        value=reading.edtf,
        year_from=year_from,
        proposed=certain and is_day and year_from == "written",
        furniture=furniture,
        precision=reading.precision,
        julian=reading.julian,
        language=language,
    )
