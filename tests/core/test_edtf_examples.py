"""Every example of the specification of EDTF is read as it says, or is refused (cases/edtf.tsv).

How each of them is said: golden/spoken/.
"""

from pathlib import Path

import pytest

from onthisday.dates.calendars import gregorian_day
from onthisday.dates.edtf import parse
from onthisday.dates.ranges import range_of

FILE = Path(__file__).parent / "cases" / "edtf.tsv"
A_LONG_WAY = 10**13
"""Days. A range that reaches so far has no end there."""


def examples() -> list[list[str]]:
    """Return the lines of the table, without its headings."""
    lines = FILE.read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def written(day: int) -> str:
    """Return a Julian day number as EDTF writes the day, or ``open``."""
    if abs(day) > A_LONG_WAY:
        return "open"
    found = gregorian_day(day)
    return f"{'-' * (found.year < 0)}{abs(found.year):04}-{found.month:02}-{found.day:02}"


@pytest.mark.parametrize("example", [each for each in examples() if each[1] != "refused"])
def test_an_example_of_the_specification_is_read_as_it_says(example: list[str]) -> None:
    found = parse(example[0])
    assert [found.edtf, found.precision, *map(written, range_of(found))] == example


@pytest.mark.parametrize("text", [text for text, *more in examples() if more == ["refused"]])
def test_what_says_nothing_for_an_almanac_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"no date|names neither|no month 21"):
        parse(text)
