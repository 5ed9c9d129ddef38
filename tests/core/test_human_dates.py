"""If people type a date that is no EDTF, they are told which EDTF to write."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.dates.date_advice import days_of_numbers
from onthisday.dates.edtf import parse
from onthisday.dates.human_dates import edtf_of, mend, read
from onthisday.locales.locale import ENGLISH
from onthisday.views.historical_words import spoken
from tests.core.edtf_texts import DAYS


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("c. 1950", "1950~"),
        ("ca 1950", "1950~"),
        ("circa 25 Feb 1956", "1956-02-25~"),
        ("about the 1950s", "195X~"),
        ("1950's", "195X"),
        ("19th century", "18XX"),
        ("1st century", "00XX"),
        ("perhaps 1934", "1934?"),
        ("1934 (?)", "1934?"),
        ("1934(?)", "1934?"),
        ("c. 1934 (?)", "1934%"),
        ("“25 February 1956”", "1956-02-25"),
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
        ("10,001 BC", "Y-10000"),
        ("12,000 BC", "Y-11999"),
        ("AD 79", "0079"),
        ("476", "0476"),
        ("1956/2/25", "1956-02-25"),
        ("19560225", "1956-02-25"),
        ("1936–1937", "1936/1937"),
        ("from 1936 to 1937", "1936/1937"),
        ("c. 1936-1937", "1936~/1937~"),
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


def told(typed: str) -> str:
    """Return what a person is told who typed a text, without the text itself."""
    with pytest.raises(ValueError, match=r"\S") as refused:
        read(typed)
    return str(refused.value).removeprefix(f'"{typed}" is ')


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("1956-13-01", ""),
        ("1956-13", ""),
        ("1956-56", ""),
        ("1956-21-03", "; a season needs a year and no day"),
        ("1912-13", '; if two years are meant, write "1912/1913"'),
        ("1936-42", '; if two years are meant, write "1936/1942"'),
        ("1956-34-01", "; a season needs a year and no day"),
        ("XXXX-21", "; a season needs a year and no day"),
    ],
)
def test_a_month_that_does_not_exist_is_told_as_what_it_may_mean(typed: str, advice: str) -> None:
    month = typed.split("-")[1]
    assert told(typed) == f"impossible: there is no month {month}{advice}"


@pytest.mark.parametrize(
    ("typed", "mend"),
    [
        ("1936-37", 'write the part as "1936-01/1936-04", or the years as "1936/1937"'),
        ("1914-33", 'write the part as "1914-01/1914-03", or the years as "1914/1933"'),
        ("2024-25?", 'write the part as "2024-21", or the years as "2024/2025"'),
        ("[1924-31,1950]", 'write the part as "1924-23", or the years as "1924/1931"'),
    ],
)
def test_a_part_of_a_year_that_looks_as_two_years_is_asked_about(typed: str, mend: str) -> None:
    with pytest.raises(ValueError, match="in EDTF, and may be meant as two years") as refused:
        read(typed)
    assert str(refused.value).endswith(mend)
    assert all(parse(edtf) for edtf in re.findall('"([^"]+)"', mend))


@pytest.mark.parametrize("typed", ["~1900-10", "?1910-12"])
def test_a_mark_before_what_may_be_two_years_is_asked_about(typed: str) -> None:
    with pytest.raises(ValueError, match="is it a month, or two years"):
        read(typed)


@pytest.mark.parametrize(
    "text", ["~1950", "~1936-12", "2001-34", "1956-33", "1941-41", "1936-25", "1736-33"]
)
def test_what_cannot_be_two_years_is_read(text: str) -> None:
    assert read(text).edtf == text


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("1956-02-25T10:00", 'leave the time of day out: "1956-02-25"'),
        ("31/31/1956", "there is no such day; write year, month and day: YYYY-MM-DD"),
        ("3/4/1956", 'write year, month and day: "1956-04-03" or "1956-03-04"'),
        ("2004-06-11?~", 'write one mark: "2004-06-11%"; "%" is uncertain and approximate'),
        ("2004??", 'write one mark: "2004?"; "%" is uncertain and approximate'),
        ("19?6", 'write X for a digit that is not known: "19X6"'),
        ("1956-0?-??", 'write X for a digit that is not known: "1956-0X-XX"'),
        ("Y17000-02", "such a year stands alone: Y17000"),
        ("Y-17000-02", "such a year stands alone: Y-17000"),
        ("1950S2-02", "such a year stands alone: 1950S2"),
        ("Y1956", "write a year of four digits without the Y: 1956"),
        ("-43", "write the year with four digits: -0043 is 44 BC"),
        ("-0", "write the year with four digits: 0000 is 1 BC"),
        ("Y17E2", "write a year of four digits without the Y: 1700"),
        ("17E3", 'begin such a year with Y: "Y17E3"'),
    ],
)
def test_a_form_that_is_not_read_is_told_what_to_write(typed: str, advice: str) -> None:
    assert told(typed) == f"no date; {advice}"


@pytest.mark.parametrize("typed", ["5th century BC", "0th century", "c. 1917 or 1918", "soon"])
def test_where_no_date_can_be_guessed_all_forms_are_shown(typed: str) -> None:
    assert told(typed).startswith('no date; write it as EDTF: "1956-02-25"')


def test_digits_of_other_scripts_are_no_date() -> None:
    assert days_of_numbers("٣/4/1956") == ()


def test_a_day_that_does_not_exist_is_not_proposed() -> None:
    with pytest.raises(ValueError, match="February 1955 has 28 days"):
        read("29 February 1955")


@pytest.mark.parametrize("typed", ["25.02.1956", "02/03/1956"])
def test_a_date_whose_month_may_be_its_day_is_not_guessed(typed: str) -> None:
    assert edtf_of(typed) is None
    assert "write year, month and day" in mend(typed)


@given(DAYS)
def test_a_day_in_words_is_proposed_as_itself(text: str) -> None:
    assert edtf_of(spoken(ENGLISH, parse(text))) == text


@given(st.text(alphabet="0123456789 -./cabdehinotruyBCAD~?()'th,", max_size=20))
def test_what_is_proposed_is_always_another_text(text: str) -> None:
    assert edtf_of(text) != text
    assert mend(text)


def test_a_date_that_is_edtf_already_is_not_proposed() -> None:
    assert edtf_of("1956-02-25") is None
