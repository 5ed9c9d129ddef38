"""What a passage says, and whether a claim is among it.

Claims are compared by value: "1.5 million" is said by "one and a half million", "Second World War"
by "World War II", "Stalin's" by "Stalinist". Called by not_in_passage.py.
"""

from fractions import Fraction
from functools import cached_property

from onthisday.checks.saying.claims import Claim, Kind, is_year
from onthisday.checks.saying.given_dates import named, years_of
from onthisday.checks.saying.name_forms import PEOPLES, SHORT
from onthisday.checks.saying.named import folded, is_form_of
from onthisday.checks.saying.read_text import ReadText
from onthisday.checks.saying.statements import YEARS, NamedDate
from onthisday.dates.historical_date import HistoricalDate
from onthisday.drafts.numbers import Number
from onthisday.drafts.spelled_numbers import Value


class Said:
    """What a text says.

    ``dates``: also said. ``published``: also said, but a month or a day only with its year.
    """

    def __init__(
        self,
        read: ReadText,
        dates: tuple[HistoricalDate, ...] = (),
        published: tuple[HistoricalDate, ...] = (),
    ) -> None:
        self.read = read
        self._dates, self._published = dates, published

    def has(self, claim: Claim) -> bool:
        """Return True if the text says what is claimed."""
        if claim.kind == "name":
            word = folded(claim.words)
            return self._has_word(word) or self._has_initial(word, claim.family)
        if claim.date is not None:
            return (
                self._has_date(claim.date, self.dates)
                or self._has_date(claim.date, self.read.dates_read)
                or any(claim.date in named(each) for each in self._published)
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
        if claim.counted and claim.counted in self.read.counted:
            return self.read.counted[claim.counted] | self.read.counted.get("", frozenset())
        forms = (name for name in self.read.numerals if claim.of and is_form_of(claim.of, name))
        return frozenset().union(*map(self.read.numerals.__getitem__, forms)) or None

    def has_kind(self, kind: Kind) -> bool:
        """Return True if the text says anything of that kind, to show the nearest passage."""
        if kind == "figure":
            return bool(self.read.statements.numbers)
        return kind in {"day", "month"} and bool(self.read.statements.dates)

    def _has_word(self, word: str) -> bool:
        if word in self.read.words:
            return True
        if word in PEOPLES or word in SHORT:
            whole = (PEOPLES[word],) if word in PEOPLES else SHORT[word]
            return any(map(self._has_form, whole))
        return self._has_form(word) or word in self.read.whole_names or word in self.read.initials

    def _has_initial(self, first: str, family: str) -> bool:
        """Return True if the text has the first letter of a name before the last name."""
        if not family or not self.read.initialled:
            return False
        near = [name for name, letters in self.read.initialled if first[0] in letters]
        return any(is_form_of(folded(one), name) for one in family.split() for name in near)

    def _has_form(self, word: str) -> bool:
        near = self.read.starting.get(word[:3], ())
        return any(is_form_of(word, each) for each in near)

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
        said = {date for words in self.read.statements.dates for date in words.dates}
        return frozenset(said.union(*map(named, self._dates)))

    @cached_property
    def years(self) -> frozenset[int]:
        """The years that the text and the dates name."""
        numbers, given = self.read.statements.numbers, (*self._dates, *self._published)
        said = {value for number in numbers if not number.decade for value in number.values}
        years = {value for value in said if isinstance(value, int) and value in YEARS}
        return frozenset(years | {year for date in given for year in years_of(date)})

    def _has_pair(self, claimed: tuple[int, int]) -> bool:
        """Return True if both years are said, and neither is named together with another one."""
        pairs = {pair.years for pair in self.read.statements.pairs} | set(map(_ends, self._dates))
        if claimed in pairs:
            return True
        is_split = any(claimed[0] == first or claimed[1] == last for first, last in pairs)
        return not is_split and self.years.issuperset(claimed)

    def _rounds(self, claimed: Number) -> bool:
        """Return True if a number here is the claimed one when it is rounded: 24,978 is 25,000."""
        said = {
            n for each in self.read.statements.numbers if not is_year(each) for n in each.values
        }
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
        return any(_is_said_by(claimed, number) for number in self.read.statements.numbers)


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
