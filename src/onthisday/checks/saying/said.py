"""What a passage says, and whether a claim is among it.

Claims are compared by value: "1.5 million" is said by "one and a half million", "Second World War"
by "World War II", "Stalin's" by "Stalinist". Called by not_in_passage.py.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property

from onthisday.checks.saying.claims import Claim, Kind, counted_after, is_year, name_before
from onthisday.checks.saying.name_forms import PEOPLES, SHORT
from onthisday.checks.saying.named import folded, initialled_names, initials_in, is_form_of
from onthisday.checks.saying.statements import YEARS, NamedDate, Statements, as_read, statements_of
from onthisday.dates.edtf import parse
from onthisday.dates.historical_date import HistoricalDate
from onthisday.drafts.mentions import find_mentions
from onthisday.drafts.numbers import Number
from onthisday.drafts.spelled_numbers import Value

_WORD = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*")


_AFTER_ARTICLE = re.compile(r"(?<=['’])[^\W\d_]+(?:['’.][^\W\d_]+)*")
_PARTED = re.compile(r"(?<![^\W\d_])([^\W\d_]+)[-‐]\s*\n\s*([^\W\d_]+)")
"""A word that is parted at the end of a line."""

_FOLLOWED = re.compile(r"[\s-]*\w")

_NEAR = 3
"""How many words after a number may be what it counts."""


class Said:
    """What a text says. It is read only as far as a claim needs it.

    ``dates``: also said. ``published``: also said, but a month or a day only with its year.
    """

    def __init__(
        self,
        text: str,
        language: str,
        dates: tuple[HistoricalDate, ...] = (),
        published: tuple[HistoricalDate, ...] = (),
    ) -> None:
        self.text, self.language = as_read(text), language
        self._dates, self._published = dates, published

    def has(self, claim: Claim) -> bool:
        """Return True if the text says what is claimed."""
        if claim.kind == "name":
            word = folded(claim.words)
            return self._has_word(word) or self._has_initial(word, claim.family)
        if claim.date is not None:
            return (
                self._has_date(claim.date, self.dates)
                or self._has_date(claim.date, self.dates_read)
                or any(claim.date in _named(each) for each in self._published)
            )
        if claim.years is not None:
            return self._has_pair(claim.years)
        assert claim.number is not None
        if claim.rounded and self._rounds(claim.number):
            return True
        beside = self._beside(claim)
        if beside is not None:
            return not beside.isdisjoint(claim.number.values)
        return self._counts(claim, claim.number)

    def _beside(self, claim: Claim) -> frozenset[Value] | None:
        """Return the numbers beside a claim's own word, "delegates" or "Louis". None without it."""
        if claim.counted and claim.counted in self._counted:
            return self._counted[claim.counted] | self._counted.get("", frozenset())
        forms = (name for name in self._numerals if claim.of and is_form_of(claim.of, name))
        return frozenset().union(*map(self._numerals.__getitem__, forms)) or None

    def has_kind(self, kind: Kind) -> bool:
        """Return True if the text says anything of that kind, to show the nearest passage."""
        if kind == "figure":
            return bool(self._statements.numbers)
        return kind in {"day", "month"} and bool(self._statements.dates)

    def _has_word(self, word: str) -> bool:
        if word in self._words:
            return True
        if word in PEOPLES or word in SHORT:
            whole = (PEOPLES[word],) if word in PEOPLES else SHORT[word]
            return any(map(self._has_form, whole))
        return self._has_form(word) or word in self._whole_names or word in self._initials

    def _has_initial(self, first: str, family: str) -> bool:
        """Return True if the text has the first letter of a name before the last name."""
        last = [folded(name) for name in family.split()]
        named = [name for name, letters in self._initialled if first[0] in letters] if last else []
        return any(is_form_of(one, name) for one in last for name in named)

    def _has_form(self, word: str) -> bool:
        near = self._starting.get(word[:3], ())
        return any(is_form_of(word, each) for each in near)

    @cached_property
    def _words(self) -> frozenset[str]:
        found = set(map(folded, _WORD.findall(self.text)))
        found.update(folded(tail) for tail in _AFTER_ARTICLE.findall(self.text))
        found.update(folded(match[1] + match[2]) for match in _PARTED.finditer(self.text))
        return frozenset(found | {word.removesuffix("s") for word in found if len(word) > 4})

    @cached_property
    def _starting(self) -> dict[str, list[str]]:
        starting: dict[str, list[str]] = {}
        for word in self._words:
            starting.setdefault(word[:3], []).append(word)
        return starting

    @cached_property
    def _whole_names(self) -> frozenset[str]:
        """The names of which the text has a short one, or that of a people."""
        peoples = {PEOPLES[word] for word in self._words if word in PEOPLES}
        return frozenset(peoples.union(*(SHORT[word] for word in self._words if word in SHORT)))

    @cached_property
    def _initialled(self) -> tuple[tuple[str, str], ...]:
        return tuple(initialled_names(self.text))

    @cached_property
    def _initials(self) -> frozenset[str]:
        return frozenset(initials_in(self.text))

    @cached_property
    def _statements(self) -> Statements:
        return statements_of(self.text, self.language)

    def _has_date(self, claimed: NamedDate, said: frozenset[NamedDate]) -> bool:
        """Return True if a date is among others. One without its year may be of any year said."""
        years = {None, claimed.year} if claimed.year in self.years else {claimed.year}
        return any(
            claimed.month == date.month
            and claimed.day in {None, date.day}
            and (claimed.year is None or date.year in years)
            for date in said
        )

    @cached_property
    def dates(self) -> frozenset[NamedDate]:
        """The days and months that the text names, and those that were given with it."""
        said = {date for words in self._statements.dates for date in words.dates}
        return frozenset(said.union(*map(_named, self._dates)))

    @cached_property
    def dates_read(self) -> frozenset[NamedDate]:
        """The days that the text names only together with other words: "the 25th"."""
        found = find_mentions(self.text, self.language)
        days = (parse(mention.day) for mention in found if mention.precision == "day")
        return frozenset().union(*map(_named, days))

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that the text and the dates name."""
        numbers, given = self._statements.numbers, (*self._dates, *self._published)
        said = {value for number in numbers if not number.decade for value in number.values}
        years = {value for value in said if isinstance(value, int) and value in YEARS}
        return frozenset(years | {year for date in given for year in years_of(date)})

    def _has_pair(self, claimed: tuple[int, int]) -> bool:
        """Return True if both years are said, and neither is named together with another one."""
        pairs = {pair.years for pair in self._statements.pairs} | set(map(_ends, self._dates))
        if claimed in pairs:
            return True
        is_split = any(claimed[0] == first or claimed[1] == last for first, last in pairs)
        return not is_split and self.years.issuperset(claimed)

    @cached_property
    def _counted(self) -> dict[str, frozenset[Value]]:
        """The numbers before a word. Between them may stand words: "1,400 Soviet delegates".

        Those that no word follows are under "". They may count anything.
        """
        counted: dict[str, frozenset[Value]] = {}
        for number in self._statements.numbers:
            if not is_year(number):
                for word in self._words_counted(number):
                    counted[word] = counted.get(word, frozenset()) | number.values | number.parts
        return counted

    def _words_counted(self, number: Number) -> list[str]:
        words = counted_after(self.text, number.end, _NEAR).split()
        is_alone = not number.orders and _FOLLOWED.match(self.text, number.end) is None
        return words or ([""] if is_alone else [])

    @cached_property
    def _numerals(self) -> dict[str, frozenset[Value]]:
        """The Roman numerals after a name."""
        numerals: dict[str, frozenset[Value]] = {}
        for number in self._statements.numbers:
            if name := name_before(self.text, number):
                numerals[name] = numerals.get(name, frozenset()) | number.values
        return numerals

    def _rounds(self, claimed: Number) -> bool:
        """Return True if a number here is the claimed one when it is rounded: 24,978 is 25,000."""
        said = {n for each in self._statements.numbers if not is_year(each) for n in each.values}
        return any(_is_rounded(value, one) for value in claimed.values for one in said)

    def _counts(self, claim: Claim, claimed: Number) -> bool:
        """Return True if a number here, a day or a year says what is claimed."""
        if claim.may_be_day and any(date.day in claimed.values for date in self.dates):
            return True
        if claim.century and any((year + 99) // 100 in claimed.values for year in self.years):
            return True
        if claimed.decade and any(year // 10 * 10 in claimed.values for year in self.years):
            return True
        if claimed.values & self.years:
            return True
        return any(_is_said_by(claimed, number) for number in self._statements.numbers)


def _is_said_by(claimed: Number, said: Number) -> bool:
    """Return True if a number says another one. "The 20th" does not say that there were 20."""
    if claimed.decade != said.decade:
        return False
    if not (claimed.counts and said.counts) and not (claimed.orders and said.orders):
        return False
    return not claimed.values.isdisjoint(said.values | said.parts)


def _is_rounded(value: Value, said: Value) -> bool:
    if value != int(value) or value < _LEAST_ROUNDED:
        return False
    digits = str(int(value))
    zeros = len(digits) - len(digits.rstrip("0"))
    is_close = abs(Fraction(said) - value) * _CLOSE <= value
    return is_close and round(said, -zeros) == value


_CLOSE = 20
"""A rounded number differs by at most one in this many."""

_LEAST_ROUNDED = 5
"""From what number on "almost" may round another one."""


def _ends(date: HistoricalDate) -> tuple[int, int]:
    """Return the first and the last year of a date."""
    years = sorted(years_of(date)) or [0]
    return years[0], years[-1]


def _parts_of(date: HistoricalDate) -> Iterator[HistoricalDate]:
    if not date.parts:
        yield date
    for part in date.parts:
        if part is not None:
            yield from _parts_of(part)


def _named(date: HistoricalDate) -> Iterator[NamedDate]:
    """Yield the days and months of a date. A Julian date gives its own day and the Gregorian."""
    for part in _parts_of(date):
        if part.month and part.month <= 12:
            yield NamedDate(part.year, part.month, part.day)
        if part.civil is not None:
            yield NamedDate(*part.civil)


def years_of(date: HistoricalDate) -> Iterator[int]:
    """Yield the years of a date. A year before our era is written without its sign: 44 BC."""
    for part in _parts_of(date):
        if part.year is not None:
            for year in {part.year, part.civil_year or part.year}:
                yield year if year > 0 else 1 - year
