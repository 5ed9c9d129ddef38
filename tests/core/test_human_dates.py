"""If people type a date that is no EDTF, they are told which EDTF to write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.dates.edtf import parse
from onthisday.dates.human_dates import edtf_of, mend, read
from onthisday.views.date_words import spoken
from tests.core.edtf_texts import DAYS


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("c. 1950", "1950~"),
        ("ca 1950", "1950~"),
        ("circa 25 Feb 1956", "1956-02-25~"),
        ("~1950", "1950~"),
        ("about the 1950s", "195X~"),
        ("1950's", "195X"),
        ("19th century", "18XX"),
        ("perhaps 1934", "1934?"),
        ("1934 (?)", "1934?"),
        ("possibly c. 1934", "1934%"),
        ("25 February 1956", "1956-02-25"),
        ("February 25th, 1956", "1956-02-25"),
        ("Sept. 1939", "1939-09"),
        ("spring 1953", "1953-21"),
        ("44 BC", "-0043"),
        ("15 March 44 BCE", "-0043-03-15"),
        ("1 BC", "0000"),
        ("10,000 BC", "-9999"),
        ("1 January 10,000 BC", "-9999-01-01"),
        ("12,000 BC", "Y-11999"),
        ("AD 79", "0079"),
        ("476", "0476"),
        ("1956/2/25", "1956-02-25"),
        ("19560225", "1956-02-25"),
        ("1936–1937", "1936/1937"),
        ("from 1936 to 1937", "1936/1937"),
        ("1917 or 1918", "[1917,1918]"),
        ("between 1936 and 1937", "[1936..1937]"),
        ("before 1760", "[..1759]"),
        ("after 1760", "[1761..]"),
        ("by 1760", "[..1760]"),
        ("since 1760", "[1760..]"),
    ],
)
def test_a_date_as_people_type_it_names_its_edtf(typed: str, edtf: str) -> None:
    with pytest.raises(ValueError, match="is no date; write") as refused:
        read(typed)
    assert str(refused.value) == f'"{typed}" is no date; write "{edtf}"'
    assert parse(edtf).edtf == edtf


def test_two_years_that_look_like_a_month_are_named_as_years() -> None:
    with pytest.raises(ValueError, match="1936/1937"):
        read("1936-37")
    with pytest.raises(ValueError, match=r"no month 45; if two years .* .1936/1945"):
        read("1936-45")


def test_a_day_that_does_not_exist_is_not_proposed() -> None:
    with pytest.raises(ValueError, match="February 1955 has 28 days"):
        read("29 February 1955")


@pytest.mark.parametrize("typed", ["25.02.1956", "02/03/1956"])
def test_a_date_whose_month_may_be_its_day_is_not_guessed(typed: str) -> None:
    assert edtf_of(typed) is None
    assert "write year, month and day" in mend(typed)


@given(DAYS)
def test_a_day_in_words_is_proposed_as_itself(text: str) -> None:
    assert edtf_of(spoken(parse(text))) == text


@given(st.text(alphabet="0123456789 -./cabdehinotruyBCAD~?()'th,", max_size=20))
def test_what_is_proposed_is_always_another_text(text: str) -> None:
    assert edtf_of(text) != text
    assert mend(text)
