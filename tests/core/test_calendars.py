"""Julian days become the right Gregorian days: known ones, and ones counted in another way."""

import re
from datetime import date, timedelta

import pytest
from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN
from dateutil.easter import easter as second_easter
from hypothesis import given
from hypothesis import strategies as st

from onthisday.dates.calendars import CivilDay, days_in_month, gregorian_from_julian, is_leap
from onthisday.dates.feasts import WEEKDAYS, day_of, easter, parse_rule, paskha

KNOWN = {
    (1917, 10, 25): (1917, 11, 7),
    (1732, 2, 11): (1732, 2, 22),
    (1900, 2, 29): (1900, 3, 13),
    (1582, 10, 5): (1582, 10, 15),
    (1900, 2, 28): (1900, 3, 12),
    (1700, 2, 29): (1700, 3, 11),
    (1, 1, 1): (0, 12, 30),
    (200, 3, 1): (200, 3, 1),
    (-43, 3, 15): (-43, 3, 13),
    (-4712, 1, 1): (-4713, 11, 24),
}


@pytest.mark.parametrize("julian", KNOWN)
def test_a_known_julian_day_has_its_gregorian_name(julian: tuple[int, int, int]) -> None:
    assert gregorian_from_julian(CivilDay(*julian)) == KNOWN[julian]


LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def counted_julian(year: int, month: int, day: int) -> int:
    """Return how many days a day is after a fixed one. Add up the lengths of years and months."""
    leap = year % 4 == 0
    before = sum(LENGTHS[: month - 1]) + (leap and month > 2)
    return 365 * year + (year + 3) // 4 + before + day


def counted_gregorian(year: int, month: int, day: int) -> int:
    """Return the same count with Python's dates. The calendar repeats after 400 years."""
    eras, within = divmod(year, 400)
    return eras * 146_097 + date(within + 400, month, day).toordinal()


SHIFT = counted_julian(1582, 10, 5) - counted_gregorian(1582, 10, 15)


def test_every_month_of_14700_years_is_converted_as_counted() -> None:
    for year in range(-4700, 10_000):
        for month in (1, 2, 3, 12) if year % 100 else range(1, 13):
            for day in (1, days_in_month(year, month, "julian")):
                found = gregorian_from_julian(CivilDay(year, month, day))
                expected = counted_julian(year, month, day) - SHIFT
                assert counted_gregorian(*found) == expected, (year, month, day)


@given(st.integers(-4700, 9999), st.integers(1, 12), st.integers(1, 31))
def test_any_julian_day_is_converted_as_counted(year: int, month: int, day: int) -> None:
    day = min(day, days_in_month(year, month, "julian"))
    found = gregorian_from_julian(CivilDay(year, month, day))
    assert 1 <= found.day <= days_in_month(found.year, found.month)
    assert counted_gregorian(*found) == counted_julian(year, month, day) - SHIFT


@given(st.integers(1, 9998))
def test_february_is_as_long_as_python_says(year: int) -> None:
    length = (date(year, 3, 1) - date(year, 2, 1)).days
    assert days_in_month(year, 2) == length
    assert is_leap(year) == (length == 29)


def test_february_of_an_unknown_year_has_29_days() -> None:
    assert days_in_month(None, 2) == 29


def test_easter_is_dateutils_easter_in_every_year() -> None:
    for year in range(1583, 4100):
        assert easter(year) == second_easter(year, EASTER_WESTERN), year
        assert paskha(year) == second_easter(year, EASTER_ORTHODOX), year


@pytest.mark.parametrize(
    ("rule", "day"),
    [
        ("easter", date(2026, 4, 5)),
        ("easter-2", date(2026, 4, 3)),
        ("easter+39", date(2026, 5, 14)),
        ("paskha", date(2026, 4, 12)),
        ("paskha+1", date(2026, 4, 13)),
        ("5/mon+3", date(2026, 5, 18)),
        ("11/sun-last", date(2026, 11, 29)),
        ("2/sat-last", date(2026, 2, 28)),
        ("06/mon+1", date(2026, 6, 1)),
        ("5/sun+5", date(2026, 5, 31)),
        ("5/mon+5", None),
        ("10/sat+2-2", date(2026, 10, 8)),
        ("5/thu+1+1", date(2026, 5, 8)),
        ("11/sun-last-7", date(2026, 11, 22)),
        ("1/thu+1-5", None),
        ("12/thu-last+7", None),
    ],
)
def test_a_rule_counts_from_its_easter_or_its_month(rule: str, day: date | None) -> None:
    assert day_of(rule, 2026) == day


def test_a_rule_falls_from_1583_to_9998() -> None:
    assert day_of("easter", 1582) is None
    assert day_of("easter", 1583) == date(1583, 4, 10)
    assert day_of("easter", 9998) == second_easter(9998, EASTER_WESTERN)
    assert day_of("easter", 9999) is None


@given(st.sampled_from(["easter", "paskha"]), st.integers(-366, 366), st.integers(1, 9999))
def test_a_rule_falls_at_most_once_a_year_and_in_that_year(
    feast: str, shift: int, year: int
) -> None:
    found = day_of(parse_rule(f"{feast}{shift:+}"), year)
    assert found is None or found.year == year
    if 1583 <= year <= 4099:
        own = second_easter(year, EASTER_WESTERN if feast == "easter" else EASTER_ORTHODOX)
        expected = own + timedelta(days=shift)
        assert found == (expected if expected.year == year else None)


@given(st.integers(1, 12), st.integers(0, 6), st.sampled_from([*range(1, 6), None]),
       st.integers(1583, 9998))  # fmt: skip
def test_a_rule_of_a_month_falls_on_the_nth_of_its_weekdays(
    month: int, weekday: int, nth: int | None, year: int
) -> None:
    length = days_in_month(year, month)
    days = [day for n in range(length) if (day := date(year, month, n + 1)).weekday() == weekday]
    expected = days[-1] if nth is None else days[nth - 1] if nth <= len(days) else None
    written = f"{month}/{WEEKDAYS[weekday]}{'-last' if nth is None else f'+{nth}'}"
    assert day_of(parse_rule(written), year) == expected


@pytest.mark.parametrize(
    "text",
    [
        "13/mon+1",
        "0/mon+1",
        "5/mon",
        "5/mon+0",
        "5/mon+6",
        "5/Mon+1",
        "5/mon-1",
        "5/monday+1",
        "",
        "Easter",
        "easter2",
        "easter-",
        "easter - 2",
        "pesach",
        "easter+1000",
        "easter+367",
        "easter-367",
        "easter-999",
        "easter-2x",
    ],
)
def test_what_is_no_rule_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no rule"):
        parse_rule(text)


@pytest.mark.parametrize(
    ("name", "rule"),
    [("Good Friday", "easter-2"), ("ash-wednesday", "easter-46"), ("Whit Sunday", "easter+49")],
)
def test_a_feast_that_is_named_gets_its_rule(name: str, rule: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f'"{name}" is no rule; write {rule}')):
        parse_rule(name)
