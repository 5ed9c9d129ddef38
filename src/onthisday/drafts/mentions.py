"""The dates that a text names: where, what date, where its year is from.

``find_mentions`` takes a whole text; ``mentions_in`` takes it line by line and keeps no more than a
paragraph, for texts that do not fit in memory. Both give the same. What a mention is good for, an
entry or none, is decided elsewhere: ``proposed`` says no more than that its date is certain.
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

    ``start`` and ``end`` are code points: ``text[start:end]`` of the whole text are its ``text``.
    ``value`` is the date in EDTF; a year that neither the words nor the text before them tell is
    ``XXXX``. ``year_from`` says where the year is from: ``written`` in these words (or with the
    other end of a range, "25 and 27 March 1956"), inferred from the same ``paragraph``, or from an
    ``earlier`` one. ``proposed``: precise to the day, its year written, neither approximate nor
    readable in two ways nor furniture. ``furniture``: of a masthead, a stamp or a copyright line.
    ``julian``: the text says Old Style; the value is as it stands there.
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
    """Return the dates that a text names, in order; no two share a character.

    ``language`` is a code of ``languages.LANGUAGES``; None guesses it, paragraph by paragraph.
    KeyError for another.
    """
    return tuple(mentions_in(lines_of(text), language))


def mentions_in(lines: Iterable[str], language: str | None = None) -> Iterator[Mention]:
    """Yield the dates of a text that is given as its lines: a file opened with ``newline=""``, say.

    Memory is bounded by the longest line.
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
    is_day = reading.precision == "day" and reading.year is not None
    return Mention(
        start=paragraph.start + reading.start,
        end=paragraph.start + reading.end,
        text=paragraph.text[reading.start : reading.end],
        value=reading.edtf,
        year_from=year_from,
        proposed=certain and is_day and year_from == "written",
        furniture=furniture,
        precision=reading.precision,
        julian=reading.julian,
        language=language,
    )
