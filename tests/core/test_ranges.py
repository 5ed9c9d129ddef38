"""Two dates compared: which days each may mean, which comes first, which may be the same."""

from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import assume, given
from hypothesis import strategies as st

from onthisday.dates.calendars import CivilDay, day_number, gregorian_day
from onthisday.dates.edtf import parse
from onthisday.dates.ranges import may_overlap, order_of, range_of
from tests.core.edtf_texts import ANY, DAYS, PLAIN

APART = date(2000, 1, 1).toordinal() - day_number(CivilDay(2000, 1, 1))
"""The difference between Python's day numbers and Julian day numbers."""


def days(text: str, calendar: str = "gregorian") -> tuple[str, str]:
    """Return the first and the last day that a date may mean."""
    reach = range_of(parse(text, calendar))  # type: ignore[arg-type]
    first, last = (date.fromordinal(number + APART) for number in reach)
    return first.isoformat(), last.isoformat()


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1956-02-25", "1956-02-25", "1956-02-25"),
        ("1956-02-25?", "1956-02-25", "1956-02-25"),
        ("1956-02-25~", "1956-02-24", "1956-02-26"),
        ("1956-02", "1956-02-01", "1956-02-29"),
        ("1955-02", "1955-02-01", "1955-02-28"),
        ("1956", "1956-01-01", "1956-12-31"),
        ("195X", "1950-01-01", "1959-12-31"),
        ("18XX", "1800-01-01", "1899-12-31"),
        ("1953-21", "1953-01-01", "1953-12-31"),
        ("1953-24", "1952-12-01", "1954-03-31"),
        ("1956-25", "1956-03-01", "1956-06-30"),
        ("1956-28", "1955-12-01", "1957-03-31"),
        ("1956-34", "1956-04-01", "1956-06-30"),
        ("1956-41", "1956-07-01", "1956-12-31"),
        ("156X-12-25", "1560-12-25", "1569-12-25"),
        ("156X-02-29", "1560-02-29", "1568-02-29"),
        ("1XXX-12", "1000-12-01", "1999-12-31"),
        ("1984-1X", "1984-10-01", "1984-12-31"),
        ("1985-02-2X", "1985-02-20", "1985-02-28"),
        ("1984-XX-31", "1984-01-31", "1984-12-31"),
        ("1950S2", "1900-01-01", "1999-12-31"),
        ("2004~-06-11", "2003-06-11", "2005-06-12"),
        ("2004-~06-11", "2004-05-11", "2004-07-12"),
        ("2004-06-~11", "2004-06-10", "2004-06-12"),
        ("2004?-06-11", "2004-06-11", "2004-06-11"),
        ("1936/1937-05", "1936-01-01", "1937-05-31"),
        ("[1667,1670..1672]", "1667-01-01", "1672-12-31"),
    ],
)
def test_a_date_reaches_from_its_first_day_to_its_last(text: str, first: str, last: str) -> None:
    assert days(text) == (first, last)


def test_a_julian_month_reaches_over_its_gregorian_days() -> None:
    assert days("1917-10", "julian") == ("1917-10-14", "1917-11-13")
    assert days("1900-02", "julian") == ("1900-02-13", "1900-03-13")  # of 29 days


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [("-004X", -49, -40), ("-000X", -9, -1), ("-00XX", -99, -1), ("000X", 0, 9)],
)
def test_a_decade_before_the_year_0_ends_with_the_year_nearest_to_0(
    text: str, first: int, last: int
) -> None:
    reach = range_of(parse(text))
    assert reach == (day_number(CivilDay(first, 1, 1)), day_number(CivilDay(last, 12, 31)))


def test_a_date_without_a_year_reaches_over_all_years() -> None:
    reach = range_of(parse("XXXX-11-07"))
    assert all(reach.overlaps(range_of(parse(text))) for text in ("-9999", "1956", "Y17000"))


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        ("1961", "1961-10-31", True),
        ("1961", "1962", False),
        ("1950~", "1951-07-01", True),
        ("1950~", "1952", False),
        ("[1917,1919]", "1918", False),
        ("[1917,1919]", "1919-05", True),
        ("[..1760]", "1759-01-01", True),
        ("../1760", "1761", False),
        ("/1760", "0001", True),
        ("XXXX-11-07", "1917-11-07", True),
        ("XXXX-11-07", "1917-11-08", False),
        ("XXXX-11-07", "1917-12-07", False),
        ("XXXX-11", "1917", True),
        ("-0043", "-004X", True),
        ("156X-12-25", "1565-12-25", True),
        ("156X-12-25", "1565-12-24", False),
        ("156X-12-25", "1570-12-25", False),
        ("156X-12-25", "156X-12", True),
        ("2004~-06-11", "2005-06-11", True),
        ("2004~-06-11", "2004-06-12", False),
        ("2004~-06-11", "2006-06-11", False),
        ("2004-06-~11", "2004-06-12", True),
        ("1984-1X", "1984-09-30", False),
        ("1950S2", "1999", True),
        ("2001-34", "2001-04-01", True),
        ("2001-34", "2001-07-01", False),
        ("-0043-03-15", "-00XX", True),
    ],
)
def test_two_dates_may_be_the_same_where_one_puts_the_other_vaguer(
    one: str, other: str, may: bool
) -> None:
    assert may_overlap(parse(one), parse(other)) is may
    assert may_overlap(parse(other), parse(one)) is may


def test_the_two_names_of_a_day_in_two_calendars_are_the_same() -> None:
    assert may_overlap(parse("1917-10-25", "julian"), parse("1917-11-07"))
    assert not may_overlap(parse("1917-10-25", "julian"), parse("1917-10-25"))


def test_dates_have_one_order() -> None:
    texts = ["../1760", "-0043-03-15", "0000", "17XX", "1956", "1956-01", "1956-01-01",
             "1956-02-25", "1957", "XXXX-11-07"]  # fmt: skip
    assert sorted(set(texts), key=lambda text: order_of(parse(text))) == texts


@given(ANY, ANY)
def test_any_two_dates_can_be_compared(one: str, other: str) -> None:
    first, second = parse(one), parse(other)
    assert range_of(first).first <= range_of(first).last
    assert may_overlap(first, second) == may_overlap(second, first)
    assert may_overlap(first, first)
    assert (order_of(first) == order_of(second)) == (one == other)


@given(PLAIN.filter(lambda text: text[0].isdigit()))
def test_the_edtf_package_reaches_as_far(text: str) -> None:
    """Seasons are left out: the package thinks only of the northern half of the earth."""
    found, second = parse(text), parse_edtf(text)
    assume(found.precision != "season")
    first, last = (CivilDay(*bound[:3]) for bound in (second.lower_strict(), second.upper_strict()))
    assert range_of(found) == (day_number(first), day_number(last))


@given(DAYS)
def test_a_day_is_within_its_month_its_year_and_its_century(text: str) -> None:
    exact = range_of(parse(text))
    year = text.rsplit("-", 2)[0]
    for vaguer in (text[:-3], year, year[:-1] + "X", year[:-2] + "XX"):
        reach = range_of(parse(vaguer))
        assert reach.first <= exact.first <= exact.last <= reach.last, vaguer


@given(st.integers(-4_000_000, 4_000_000))
def test_a_day_number_is_one_days_own(number: int) -> None:
    assert day_number(gregorian_day(number)) == number


@given(st.dates())
def test_day_numbers_count_as_python_does(day: date) -> None:
    assert day_number(CivilDay(day.year, day.month, day.day)) + APART == day.toordinal()
