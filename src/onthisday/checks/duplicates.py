"""Find two entries that tell the same event: on the same day, or on two different days.

likeness.py says how alike two entries are. Called by service/checking/comparing.py, which goes
through the days of the year.
"""

from collections import Counter, deque
from collections.abc import Iterable, Iterator

from onthisday.checks.faults import Fault
from onthisday.checks.likeness import MOST_IN_BUCKET, Sketch, candidates, has_same_title, is_near
from onthisday.checks.said import year_words
from onthisday.dates.calendars import (
    MONTHS,
    CivilDay,
    MonthDay,
    day_number,
    gregorian_day,
    julian_day,
)
from onthisday.dates.ranges import range_of

_TELLING_WORDS = 8
"""If two entries have at least this many words, and all are the same, that is not by chance."""

CALENDARS_APART = 13
"""How many days the Julian calendar is behind the Gregorian: at most 13 between 1582 and 2100."""


def duplicate_faults(sketches: list[Sketch]) -> Iterator[tuple[str, Fault]]:
    """Yield a fault for each entry that tells the same as an earlier entry of the same day.

    ``sketches`` are the entries of one day of the year. Each fault comes with the id of the later
    entry. An entry gets at most one of these faults.
    """
    told: set[str] = set()
    first: dict[str, Sketch] = {}
    beginnings = Counter(sketch.begins for sketch in sketches)
    for sketch in sketches:
        if beginnings[sketch.begins] == 1:
            continue
        before = first.setdefault(sketch.said, sketch)
        if before is not sketch and _may_be_one(before, sketch):
            told.add(sketch.id)
            yield sketch.id, _duplicate(sketch, before, "exact-duplicate", "in the same words as")
    for before, sketch in candidates(sketches):
        if not {before.id, sketch.id} & told and is_near(before, sketch):
            told.add(sketch.id)
            yield sketch.id, _duplicate(sketch, before, "near-duplicate", "much the same as")


def _may_be_one(one: Sketch, other: Sketch) -> bool:
    """Return True if two entries with the same words may tell the same event.

    If the years surely differ, the entries must have many words. Why: things that happen every year
    often have the same few words ("Easter fair").
    """
    return (
        range_of(one.date).overlaps(range_of(other.date)) or len(one.said.split()) >= _TELLING_WORDS
    )


def _duplicate(sketch: Sketch, before: Sketch, rule: str, how: str) -> Fault:
    message = (
        f'entry "{sketch.id}" is told {how} "{before.id}", on the same day; '
        "keep one with the sources of both, or silence this with a reason"
    )
    return Fault(("title",), rule, message, (before.id,))


_Named = dict[CivilDay, list[Sketch]]
"""The entries of some dates."""


class TwoDates:
    """Finds an event that two entries tell on two different days.

    Call `faults` with the entries of each day of the year, in order. This object remembers the last
    two weeks and compares each day with them. After 31 December, call `faults` again with the first
    two weeks of January, so that December and January are compared.
    """

    def __init__(self) -> None:
        self._window: deque[_Named] = deque(maxlen=CALENDARS_APART + 1)
        self._told: set[tuple[str, str]] = set()

    def faults(
        self, sketches: Iterable[Sketch], exchanged: Iterable[Sketch] = ()
    ) -> Iterator[tuple[str, Fault]]:
        """Yield a fault for each entry of a day whose event is also told on another day.

        Each fault comes with the entry's id. The other day may be:

        - the day before,
        - the same day in the other calendar: 25 October 1917 (Julian) was 7 November (Gregorian),
        - the day with month and day exchanged, such as 3 April and 4 March. ``exchanged`` are the
          entries of that day.
        """
        dated = [sketch for sketch in sketches if sketch.civil]
        across = _named(exchanged)
        for sketch in dated:
            for before, how in self._others(sketch, across):
                pair = (before.id, sketch.id)
                if pair not in self._told and has_same_title(before, sketch):
                    self._told.add(pair)
                    yield sketch.id, _two_dates(sketch, before, how)
        self._window.append(_named(dated))

    def _others(self, sketch: Sketch, across: _Named) -> Iterator[tuple[Sketch, str]]:
        if sketch.civil is None:
            return
        number = day_number(sketch.civil)
        before, julian = gregorian_day(number - 1), julian_day(number)
        for named in self._window:
            for other in named.get(before, ()):
                yield other, "a day apart"
            for other in named.get(julian, ()):
                yield other, "the same day in the Julian and the Gregorian calendar"
        year, month, day = sketch.civil
        for other in across.get(CivilDay(year, day, month), ()):
            yield other, "with month and day exchanged"


def exchanged(day: MonthDay) -> MonthDay | None:
    """Return the day with month and day exchanged: 4 March for 3 April.

    Return None if the new day is not earlier in the year, so that no pair is compared twice.
    """
    return MonthDay(day.day, day.month) if day.day < day.month else None


def _named(sketches: Iterable[Sketch]) -> _Named:
    """Return sketches by date. If very many have the same date, keep only the first 50."""
    named: _Named = {}
    for sketch in sketches:
        if sketch.civil:
            kept = named.setdefault(sketch.civil, [])
            if len(kept) < MOST_IN_BUCKET:
                kept.append(sketch)
    return named


def _two_dates(sketch: Sketch, before: Sketch, how: str) -> Fault:
    days = " and ".join(_day_words(each.civil) for each in (before, sketch) if each.civil)
    message = (
        f'entry "{sketch.id}" has the title of "{before.id}", and their dates are {how}: {days}; '
        "keep one, and tell the other date in an account, or silence this with a reason"
    )
    return Fault(("date",), "two-dates", message, (before.id,))


def _day_words(civil: CivilDay) -> str:
    year, month, day = civil
    return f"{day} {MONTHS[month - 1]} {year_words(year)}"
