"""The births, deaths and marriages of a text: the kind of each date, and titles for a whole life.

If a sentence tells a birth and a death ("born on …, died on …", "(9 January 1811 – 30 June 1879)",
"* 9. Januar 1811"), each day gets a title of its own, and the birth learns when the person died.

Called by proposing.py. Not here: which word belongs to which date (life_words.py).
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from onthisday.almanac.entry import Kind, Span
from onthisday.drafts.context import Context
from onthisday.drafts.languages import LANGUAGES
from onthisday.drafts.life_words import Day, has_life_words, kinds_of, subject
from onthisday.drafts.mentions import Mention

_SIGNED = re.compile(r"[*†✝✞+]\s?\Z")
_AND = {
    "en": "and",
    "de": "und",
    "fr": "et",
    "it": "ed?",
    "es": "[ye]",
    "pt": "e",
    "nl": "en",
    "ru": "и",
}
_JOINTS = {code: re.compile(rf"[,;]\s|\s{word}\s") for code, word in _AND.items()}
"""What stands between two clauses that tell a birth and a death, by language."""


class Life(NamedTuple):
    """What a date is.

    - ``kind``: None if no word says it.
    - ``title``: None if the words of the passage make a good title.
    - ``clause``: the passage, up to where it begins to tell of another date; for the title.
    - ``own``: the clause without what it tells of a date before; for the place.
    - ``died``: of a birth: when the person died, as EDTF, if the same passage tells it.
    """

    kind: Kind | None
    title: str | None
    clause: Span
    own: Span
    died: str | None = None
    is_part: bool = False
    """Whether other clauses of the passage tell of other dates."""


class Lives:
    """A text's dates, with what each of them is. ``dates`` may be days, months or years."""

    def __init__(self, context: Context, dates: Iterable[Mention]) -> None:
        self._context, self._dates = context, sorted(dates)
        self._read: dict[Span, dict[Mention, Life]] = {}

    def of(self, mention: Mention, passage: Span) -> Life:
        """Return what a mention is in its passage."""
        if passage not in self._read:  # many dates may stand in one passage
            self._read[passage] = self._lives(passage)
        return self._read[passage].get(mention) or Life(None, None, passage, passage)

    def tells_lives(self, passage: Span) -> bool:
        """Return True if a passage has a word for a birth, a death or a marriage."""
        language = self._dates[bisect_left(self._dates, passage.end, key=_start) - 1].language
        return has_life_words(self._context.words(passage), language)

    def _lives(self, passage: Span) -> dict[Mention, Life]:
        first = bisect_left(self._dates, passage.start, key=_start)
        last = bisect_left(self._dates, passage.end, key=_start)
        inside = [date for date in self._dates[first:last] if date.end <= passage.end]
        if not inside:
            return {}
        words, language = self._context.words(passage), inside[0].language
        days = [_day(date, passage) for date in inside]
        kinds = kinds_of(words, days, language)
        whole = {"birth", "death"} <= {*kinds}
        told = [whole or _is_signed(words, day) for day in days]
        person = self._person(passage, days, language) if any(told) else None
        died = _died(inside, kinds)
        lives, begin = {}, passage.start
        for place, (date, kind) in enumerate(zip(inside, kinds, strict=True)):
            end = _end(words, days, kinds, place, language) if whole else len(words)
            clause = Span(passage.start, passage.start + end)
            title = _title(kind, person, language) if told[place] else None
            own = Span(begin, clause.end) if whole else passage
            lives[date] = Life(kind, title, clause, own, died if kind == "birth" else None, whole)
            begin = clause.end if clause != passage else date.end
        return lives

    def _person(self, passage: Span, days: list[Day], language: str) -> str | None:
        """Return whose life a passage tells, if one person alone is named."""
        people = self._context.antecedent(passage)
        return people[0] if people else subject(self._context.words(passage), days, language)


def _is_signed(words: str, day: Day) -> bool:
    return _SIGNED.search(words, max(0, day.start - 2), day.start) is not None


def _start(date: Mention) -> int:
    return date.start


def _day(date: Mention, passage: Span) -> Day:
    year = date.value[:4]
    number = int(year) if year.isdecimal() else None
    return Day(date.start - passage.start, date.end - passage.start, number)


def _died(dates: list[Mention], kinds: list[Kind | None]) -> str | None:
    """Return when the person died whose birth is told, if there is one birth and one death."""
    deaths = [date for date, kind in zip(dates, kinds, strict=True) if kind == "death"]
    if kinds.count("birth") != 1 or len(deaths) != 1 or deaths[0].calendar != "gregorian":
        return None
    birth, death = dates[kinds.index("birth")].value, deaths[0].value
    return death if death[:4].isdecimal() and birth[:4] <= death[:4] else None


def _title(kind: Kind | None, person: str | None, language: str) -> str | None:
    spoken = LANGUAGES[language]
    forms = {"birth": spoken.is_born, "death": spoken.dies}
    return forms[kind].format(person) if person and kind in forms else None


def _end(words: str, days: list[Day], kinds: list[Kind | None], place: int, language: str) -> int:
    """Return where a passage begins to tell of the next birth or death after a date."""
    told = [day for day, kind in zip(days[place + 1 :], kinds[place + 1 :], strict=True) if kind]
    if kinds[place] is None or not told:
        return len(words)
    joints = list(_JOINTS[language].finditer(words, days[place].end, told[0].start))
    return joints[-1].start() if joints else len(words)
