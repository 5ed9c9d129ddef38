"""The dates in the five documents of the shipped almanac. Skipped if the texts are not here."""

import pytest

from onthisday.drafts.mentions import Mention, find_mentions
from tests.drafts.documents import INFERRED, PROPOSED, TEXTS, WRITTEN, texts

VAGUE = {
    "000": ["1936/1937", "1894/1971", "1908", "1918/1920", "1929", "1931", "1931/1935", "1934",
            "1938/1947", "1943", "1949-12", "1949/1953", "1953-03", "1953/1964", "1958/1964",
            "1959", "1964-10", "1964"],
    "001": ["1953", "1956", "2006-02", "1956-03"],
    "002": ["1924/1953", "198X"],
    "003": ["193X", "1941-06", "1948/1950", "1952", "1953", "1948", "1934", "1989", "1956",
            "1964", "1985", "1989/1991", "2022"],
    "004": ["1958", "1924/1953", "1953", "1955", "193X"],
}  # fmt: skip


def mentions_of(number: str) -> tuple[Mention, ...]:
    """Return the dates of a document. Skip the test if its text is not here."""
    found = texts(TEXTS)
    if number not in found:
        pytest.skip(f"the documents' texts are not at {TEXTS}")
    return find_mentions(found[number])


@pytest.mark.parametrize("number", WRITTEN)
def test_each_day_that_is_written_out_is_found_in_its_place(number: str) -> None:
    days = [one for one in mentions_of(number) if one.precision == "day"]
    written = [f"{one.start} {one.value}" for one in days if one.year_from == "written"]
    assert written == WRITTEN[number]


@pytest.mark.parametrize("number", INFERRED)
def test_each_other_day_is_inferred_and_not_proposed(number: str) -> None:
    others = [one for one in mentions_of(number)
              if one.precision == "day" and one.year_from != "written"]  # fmt: skip
    assert [f"{one.start} {one.value} {one.year_from}" for one in others] == INFERRED[number]
    assert not any(one.proposed for one in others)


@pytest.mark.parametrize("number", VAGUE)
def test_months_and_years_are_as_precise_as_they_are_told_and_never_proposed(number: str) -> None:
    vague = [one for one in mentions_of(number) if one.precision != "day"]
    assert [one.value for one in vague] == VAGUE[number]
    assert not any(one.proposed for one in vague)


def test_six_days_are_proposed_and_no_stamp_or_masthead() -> None:
    every = [one for number in WRITTEN for one in mentions_of(number)]
    assert sorted({one.value for one in every if one.proposed}) == list(PROPOSED)
    assert sorted(one.value for one in every if one.furniture) == ["2006-02", "2022", "2025-02-25"]
