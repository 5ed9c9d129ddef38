"""Find the dates that a text names: the place, the date, and where its year was found.

``find_mentions`` takes a whole text. ``mentions_in`` takes lines and keeps only one paragraph in
memory, for texts that are too large. Both give the same result.

Not here: whether a mention becomes an entry (proposing.py). ``proposed`` says only that its date is
certain.

Called by service/proposing/drafting.py and checks/days_named.py.
"""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from onthisday.dates.calendars import Calendar
from onthisday.dates.historical_date import Precision
from onthisday.drafts.beside import beside, beside_words
from onthisday.drafts.chronology import DatedReading, YearFrom, dated
from onthisday.drafts.date_scan import readings
from onthisday.drafts.furniture import is_furniture
from onthisday.drafts.languages import LANGUAGES
from onthisday.drafts.pairs import as_one, bound_by_neighbours
from onthisday.drafts.paragraphs import Paragraph, lines_of, paragraphs
from onthisday.drafts.qualifiers import Qualified, qualified
from onthisday.drafts.reading import Reading
from onthisday.drafts.spoken import spoken
from onthisday.drafts.story_date import StoryDate
from onthisday.drafts.styles import must_ask

Doubt = Literal["bound", "approximate", "ambiguous", "inferred"]
"""Why a day is not proposed by default.

- ``bound``: it is not the day of the event ("before 12 March"), or one of two ("4 or 5 March").
- ``approximate``: the text says "around".
- ``ambiguous``: the words can be read in two ways.
- ``inferred``: the year is not written with the day.
"""


class Mention(NamedTuple):
    """Words of a text that name a date.

    - ``start``, ``end``: the place in code points. ``text`` is ``text[start:end]`` of the whole
      text.
    - ``value``: the date in EDTF. The year is ``XXXX`` if the text does not tell it.
    - ``year_from``: ``written`` if the year stands in these words, or at the other end of a range
      ("25 and 27 March 1956"). If it was inferred: from the same ``paragraph`` or an ``earlier``
      one.
    - ``proposed``: it is proposed by default. It is exact to the day, nothing makes it doubtful,
      and it does not belong to the page. If the text says "probably", ``value`` ends with ``?``.
    - ``furniture``: it stands in a masthead, a stamp or a copyright line (furniture.py).
    - ``calendar``: of ``value``, which is the date as written. None if the text does not say it,
      and its language is of a country that had the Julian calendar then: a person must be asked.
    - ``doubt``: why it is not proposed.
    - ``happened``: after "until 31 October 1961", the place of the words that tell what happened
      on that day, in code points. Otherwise None.
    """

    start: int
    end: int
    text: str
    value: str
    year_from: YearFrom
    proposed: bool
    furniture: bool
    precision: Precision
    calendar: Calendar | None
    language: str
    doubt: Doubt | None = None
    happened: int | None = None

    @property
    def julian(self) -> bool:
        """Whether the text says that the date is of the Julian calendar."""
        return self.calendar == "julian"

    @property
    def day(self) -> str:
        """The date without a mark such as ``?``: two mentions of one day have the same."""
        return self.value.rstrip("?~%")


def find_mentions(
    text: str, language: str | None = None, says: str | None = None
) -> tuple[Mention, ...]:
    """Return the dates that a text names, in order. No two share a character.

    ``language`` is a code of ``languages.LANGUAGES``. With None, the language of each paragraph is
    guessed (spoken.py); ``says`` is the one that the document claims. Raises KeyError for an
    unknown ``language``.
    """
    return tuple(mentions_in(lines_of(text), language, says))


def mentions_in(
    lines: Iterable[str], language: str | None = None, says: str | None = None
) -> Iterator[Mention]:
    """Yield the dates of a text that comes line by line, such as a file.

    Open the file with ``newline=""``, so that places count every code point. The memory depends on
    the longest line only.
    """
    yield from mentions_of(paragraphs(lines), language, says)


def mentions_of(
    whole: Iterable[Paragraph], language: str | None = None, says: str | None = None
) -> Iterator[Mention]:
    """Yield the dates of a text's paragraphs, as `find_mentions` does."""
    story = StoryDate()
    known = ((paragraph, language) for paragraph in whole) if language else spoken(whole, says)
    for paragraph, its_language in known:
        dates, story = _dates_in(paragraph, its_language, story)
        for date in dates:
            yield _mention(paragraph, date, its_language)


class _Date(NamedTuple):
    dated: DatedReading
    qualified: Qualified = Qualified()
    furniture: bool = False


def _dates_in(
    paragraph: Paragraph, language: str, story: StoryDate
) -> tuple[list[_Date], StoryDate]:
    found = list(readings(paragraph.text, language))
    if not found:
        return [], story
    telling: list[Reading] = []
    furniture: list[Reading] = []
    for reading in found:
        (furniture if is_furniture(paragraph.text, reading) else telling).append(reading)
    dates, story = dated(paragraph.text, telling, story)
    stamps, _ = dated(paragraph.text, furniture, StoryDate())
    told = _qualified(paragraph.text, dates, language)
    both = [*told, *(_Date(stamp, furniture=True) for stamp in stamps)]
    return sorted(both, key=lambda date: date.dated.reading.start), story


def _qualified(text: str, dates: list[DatedReading], language: str) -> list[_Date]:
    """Return dates with what the words and the dates beside them make of them."""
    words = beside_words(language)
    one_each = as_one(text, dates, words)
    readings_ = [date.reading for date in one_each]
    said = [_of(text, reading, language) for reading in readings_]
    bound = bound_by_neighbours(text, readings_, [each.bound for each in said], words)
    return [
        _Date(date, each if each.bound == is_bound else each._replace(bound=is_bound))
        for date, each, is_bound in zip(one_each, said, bound, strict=True)
    ]


def _of(text: str, reading: Reading, language: str) -> Qualified:
    if reading.precision != "day" or reading.year is None:
        return Qualified()
    start, end = reading.start, reading.end
    said = qualified(text, start, end, beside(text[start:end], language))
    return said._replace(bound=False) if reading.is_night else said


def _mention(paragraph: Paragraph, date: _Date, language: str) -> Mention:
    (reading, year_from), said, furniture = date
    if said.uncertain or said.approximate:
        approximate = reading.approximate or said.approximate
        reading = reading._replace(uncertain=said.uncertain, approximate=approximate)
    start, end = paragraph.places.of(reading.start), paragraph.places.after(reading.end)
    is_day = reading.precision == "day" and reading.year is not None
    doubt = _doubt(reading, said, year_from)
    asked = must_ask(reading, LANGUAGES[language])
    return Mention(
        start=start,
        end=end,
        text=paragraph.written[start - paragraph.start : end - paragraph.start],
        value=reading.edtf,
        year_from=year_from,
        proposed=is_day and doubt is None and not furniture,
        furniture=furniture,
        precision=reading.precision,
        calendar=None if asked else reading.style or "gregorian",
        language=language,
        doubt=doubt,
        happened=None if said.happened is None else paragraph.places.of(said.happened),
    )


def _doubt(reading: Reading, said: Qualified, year_from: YearFrom) -> Doubt | None:
    if said.bound:
        return "bound"
    if reading.approximate:
        return "approximate"
    if reading.ambiguous:
        return "ambiguous"
    return None if year_from == "written" else "inferred"
