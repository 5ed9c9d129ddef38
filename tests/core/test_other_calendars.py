"""Days of the French Republican and the Hebrew calendar become the right Gregorian days."""

import pytest
from convertdate import french_republican as second_french
from convertdate import hebrew as second_hebrew

from onthisday.dates import french_republican, hebrew
from onthisday.dates.calendars import gregorian_day


@pytest.mark.parametrize(
    ("republican", "gregorian"),
    [
        ((1, 1, 1), (1792, 9, 22)),
        ((2, 11, 9), (1794, 7, 27)),
        ((3, 13, 6), (1795, 9, 22)),
        ((8, 2, 18), (1799, 11, 9)),
        ((14, 4, 10), (1805, 12, 31)),
    ],
)
def test_a_known_republican_day_has_its_gregorian_name(
    republican: tuple[int, int, int], gregorian: tuple[int, int, int]
) -> None:
    assert gregorian_day(french_republican.number_of(*republican)) == gregorian


def test_every_republican_day_is_the_one_that_convertdate_says() -> None:
    for year in range(1, 15):
        for month in range(1, 14):
            for day in range(1, french_republican.days_in_month(year, month) + 1):
                ours = gregorian_day(french_republican.number_of(year, month, day))
                assert ours == second_french.to_gregorian(year, month, day, method="equinox")


@pytest.mark.parametrize(
    "day", [(0, 1, 1), (15, 1, 1), (4, 13, 6), (3, 13, 7), (3, 1, 31), (3, 14, 1)]
)
def test_a_republican_day_that_never_was_is_refused(day: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="French Republican"):
        french_republican.number_of(*day)


@pytest.mark.parametrize(
    ("jewish", "as_gregorian"),
    [((1, 1, 1), (-3760, 9, 7)), ((5708, 9, 5), (1948, 5, 14)), ((5784, 6, 1), (2024, 2, 10))],
)
def test_a_known_hebrew_day_has_its_gregorian_name(
    jewish: tuple[int, int, int], as_gregorian: tuple[int, int, int]
) -> None:
    assert gregorian_day(hebrew.number_of(*jewish)) == as_gregorian


@pytest.mark.filterwarnings("ignore:month_days is deprecated:DeprecationWarning")
def test_hebrew_days_are_those_that_convertdate_says() -> None:
    """Convertdate counts months from Nisan, and puts Adar I at 12."""
    for year in range(5300, 5900):
        for month in range(1, 14):
            days = hebrew.days_in_month(year, month)
            if not days:
                continue
            adar = 13 if hebrew.is_leap(year) else 12
            theirs = {6: 12, 7: adar}.get(month, month + 6 if month < 6 else month - 7)
            for day in (1, 15, days):
                ours = gregorian_day(hebrew.number_of(year, month, day))
                assert ours == second_hebrew.to_gregorian(year, theirs, day)


@pytest.mark.parametrize(
    "day", [(0, 1, 1), (5783, 6, 1), (5784, 1, 31), (5784, 14, 1), (10000, 1, 1)]
)
def test_a_hebrew_day_that_never_was_is_refused(day: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="Hebrew"):
        hebrew.number_of(*day)
