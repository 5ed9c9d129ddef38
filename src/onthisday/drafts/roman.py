"""Roman numerals in dates: ``25.II.1956``, ``12 May MDCCCXLVIII``, ``XIX secolo``.

Called by forms.py.
"""

import re

from onthisday.drafts.languages.language import numbered

MONTHS = numbered("I II III IV V VI VII VIII IX X XI XII")
"""The numerals of months."""

_YEAR = re.compile(
    r"(?P<M>M{1,2})(?P<D>D?)(?P<C>CM|CD|C{0,4})(?P<L>L?)(?P<X>XC|XL|X{0,4})(?P<V>V?)(?P<I>IX|IV|I{0,4})"
)
_VALUES = {"M": 1000, "D": 500, "C": 100, "L": 50, "X": 10, "V": 5, "I": 1}
_PAIRS = {"CM": 900, "CD": 400, "XC": 90, "XL": 40, "IX": 9, "IV": 4}


def roman_year(numeral: str) -> int | None:
    """Return the year that a numeral says, from 1000 on. None if it is none, such as MIMIC.

    Both MDCCCXC and MDCCCLXXXX are 1890.
    """
    match = _YEAR.fullmatch(numeral)
    if match is None or not all(_is_alone(match, *both) for both in ("DC", "LX", "VI")):
        return None
    return sum(
        _PAIRS.get(part) or len(part) * _VALUES[name] for name, part in match.groupdict().items()
    )


def _is_alone(match: re.Match[str], five: str, ones: str) -> bool:
    return not (match[five] and match[ones] in _PAIRS)
