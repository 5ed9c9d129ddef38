"""Round anniversaries of what is dated to a month or a year, also by a second, simple code."""

from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.almanac.entry import Selection
from onthisday.almanac.jubilees import coming, jubilee_month, jubilees_in, jubilees_shown
from onthisday.almanac.occasions import occasions_on
from tests.core.almanacs import entry
from tests.core.test_occasions import library, parsed
from tests.examples import examples

ROUND = Selection(milestones=(10, 25))


@pytest.mark.parametrize(
    ("when", "month"),
    [
        ("1906", 0), ("1906?", 0), ("1906~", 0), ("1906%", 0), ("-0043", 0), ("1906-XX-XX", 0),
        ("1906-06", 6), ("1906-06?", 6), ("1906-06~", 6), ("1906-06-XX", 6), ("1906-06-12~", 6),
        ("1906-21", 0), ("1906-03/1906-05", 0), ("[1906-05,1906-06]", 0), ("1906/1906", 0),
        ("1906-06-03/1906-06-05", 6), ("{1906-06-01,1906-06-09}", 6), ("1906-06/1906-06~", 6),
        ("1906-21/1906-22", 0), ("1906~/1906", 0), ("[1906-06,1906]", 0),
        ("1906-06-12", None), ("1906-06-12?", None), ("190X", None), ("19XX", None),
        ("1906/1910", None), ("1906/..", None), ("/1906", None), ("[1906,1907]", None),
        ("[..1906]", None), ("XXXX-11", None), ("XXXX-11-07", None), ("1906/190X", None),
    ],
)  # fmt: skip
def test_a_date_without_a_day_has_its_jubilees_in_its_month_or_its_year(
    when: str, month: int | None
) -> None:
    assert jubilee_month(parsed(entry("a", when))) == month


def test_a_month_of_the_julian_calendar_counts_as_its_year() -> None:
    assert jubilee_month(parsed(entry("a", "1906-06", calendar="julian"))) == 0
    about = parsed(entry("a", "1906-06-20~", calendar="julian"))
    assert jubilee_month(about) == 7, "a Julian day has a Gregorian month"


@pytest.mark.parametrize("more", [{"observe": "06-01"}, {"rule": "easter"}])
def test_what_falls_on_a_day_all_the_same_has_no_jubilee_without_one(more: dict[str, Any]) -> None:
    assert jubilee_month(parsed(entry("a", "1906-06", **more))) is None


@pytest.mark.parametrize(
    ("when", "year", "years"),
    [
        ("1906", 2026, [120]), ("1906", 2027, []), ("1901", 2026, [125]), ("2026", 2026, []),
        ("2016", 2026, [10]), ("2036", 2026, []), ("-0043", 2027, [2070]), ("0000", 2000, [2000]),
        ("1906-06", 2026, []),
    ],
)  # fmt: skip
def test_a_jubilee_is_a_round_number_of_years_and_not_0(
    when: str, year: int, years: list[int]
) -> None:
    with library(entry("a", when)) as found:
        assert [each.years for each in jubilees_in(found, year, None)] == years


def planned(*trees: dict[str, Any], first: str, last: str) -> list[tuple[str, str, list[str]]]:
    with library(*trees) as found:
        ends = date.fromisoformat(first), date.fromisoformat(last)
        told = coming(found, *ends, "feb-28", ROUND, undated=True)
        return [
            (str(each.day), each.precision, [one.entry.id for one in each.occasions])
            for each in told
        ]


TOWN = (
    entry("mill", "1906"), entry("charter", "1226~"), entry("bridge", "1906-11"),
    entry("flood", "1901-12"), entry("fire", "1917-01-01"), entry("school", "1927-01"),
    entry("inn", "1907"), entry("odd", "1913"), entry("feast", "1906", observe="11-29"),
)  # fmt: skip


def test_years_and_months_stand_before_their_first_day() -> None:
    assert planned(*TOWN, first="2026-11-28", last="2027-01-05") == [
        ("2026-01-01", "year", ["charter", "mill"]),
        ("2026-11-01", "month", ["bridge"]),
        ("2026-11-29", "day", ["feast"]),
        ("2026-12-01", "month", ["flood"]),
        ("2027-01-01", "year", ["inn"]),
        ("2027-01-01", "month", ["school"]),
        ("2027-01-01", "day", ["fire"]),
    ]


def test_a_month_and_a_year_count_as_long_as_one_of_their_days_is_still_to_come() -> None:
    assert planned(*TOWN, first="2026-11-30", last="2026-11-30")[1][0] == "2026-11-01"
    assert [each[0] for each in planned(*TOWN, first="2026-12-01", last="2026-12-02")] == [
        "2026-01-01", "2026-12-01",
    ]  # fmt: skip


def test_a_living_persons_birth_has_no_jubilee_yet() -> None:
    births = (
        entry("young", "1986", kind="birth"),
        entry("old", "1906", kind="birth"),
        entry("last", "1916", kind="birth"),
        entry("gone", "1986", kind="birth", died=True),
    )
    with library(*births) as found:
        told = coming(found, date(2026, 3, 1), date(2026, 12, 31), "omit", ROUND, undated=True)
        assert [one.entry.id for each in told for one in each.occasions] == ["old", "gone"]
        on_its_day = found.published(date(2026, 12, 31))
        assert "last" in [each.entry.id for each in jubilees_in(on_its_day, 2026, None)]


def test_a_withdrawn_entry_has_no_jubilee() -> None:
    gone = [{"on": "2026-02-01", "was": "It burned.", "why": "Nobody says so."}]
    with library(entry("fire", "1906", corrections=gone), entry("mill", "1906")) as found:
        assert [each.entry.id for each in jubilees_in(found, 2026, None)] == ["mill"]
        assert shown(found, date(2026, 2, 25), 5) == ["mill"]


def test_tags_and_kinds_narrow_jubilees() -> None:
    trees = (entry("a", "1906", tags=["x"]), entry("b", "1906", kind="death"),
             entry("c", "1906", tags=["x"], kind="death"))  # fmt: skip
    with library(*trees) as found:
        chosen = Selection(tags=("x",), kinds=("death",), milestones=(10, 25))
        assert [each.entry.id for each in jubilees_in(found, 2026, None, chosen)] == ["c"]


class Dated(NamedTuple):
    """An entry for the simple second code of the rules."""

    year: int
    month: int | None
    day: int | None
    mark: str

    def tree(self, name: str) -> dict[str, Any]:
        parts = [f"{self.year:04}"] + [f"{part:02}" for part in (self.month, self.day) if part]
        return entry(name, "-".join(parts) + self.mark)

    def comes(self, first: date, last: date) -> set[tuple[date, str]]:
        """Return where this entry stands in a plan, by asking each day."""
        found = set()
        for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
            years = day.year - self.year
            if years <= 0 or (years % 10 and years % 25):
                continue
            if self.month is None:
                found.add((date(day.year, 1, 1), "year"))
            elif self.month == day.month and (self.day is None or "~" in self.mark):
                found.add((date(day.year, day.month, 1), "month"))
            elif (self.month, self.day) == (day.month, day.day):
                found.add((day, "day"))
        return found


@st.composite
def dated(draw: st.DrawFn) -> Dated:
    month = draw(st.none() | st.integers(1, 12))
    day = draw(st.none() | st.integers(1, 28)) if month else None
    return Dated(draw(st.integers(1, 2030)), month, day, draw(st.sampled_from(["", "?", "~"])))


@examples(100)
@given(
    st.lists(dated(), max_size=15),
    st.dates(date(1990, 1, 1), date(2040, 1, 1)),
    st.integers(0, 1200),
)
def test_a_plan_is_what_a_naive_reading_says(drawn: list[Dated], first: date, ahead: int) -> None:
    last = first + timedelta(days=ahead)
    expected = {
        (*place, f"e{number}")
        for number, one in enumerate(drawn)
        for place in one.comes(first, last)
    }
    with library(*(one.tree(f"e{number}") for number, one in enumerate(drawn))) as found:
        told = [
            (each.day, each.precision, one.entry.id, one.id)
            for each in coming(found, first, last, "feb-28", ROUND, undated=True)
            for one in each.occasions
        ]
    assert {each[:3] for each in told} == expected
    assert len({each[3] for each in told}) == len(told), "an occasion stands once"
    assert [each[0] for each in told] == sorted(each[0] for each in told)


def test_without_undated_there_are_days_alone_as_each_day_gives_them() -> None:
    with library(*TOWN) as found:
        days = [date(2026, 12, 20) + timedelta(days=n) for n in range(40)]
        told = [(each.day, [*each.occasions]) for each in coming(found, days[0], days[-1], "omit")]
        alone = [(day, [*occasions_on(found, day, "omit")]) for day in days]
        assert told == [each for each in alone if each[1]]


def shown(found: Any, day: date, places: int, month: int | None = None) -> list[str]:
    return [each.entry.id for each in jubilees_shown(found, day, month, places)]


def test_the_first_page_shows_the_roundest_always_and_the_others_by_turns() -> None:
    tens = [entry(f"ten{year}", f"{year}") for year in (1886, 1896, 1906, 1916, 1936, 1946)]
    trees = [entry("hundred", "1926"), entry("fifty", "1976"), entry("about", "1826~"), *tens]
    with library(*trees) as found:
        days = [date(2026, 3, 1) + timedelta(days=n) for n in range(2)]
        told = [shown(found, day, 5) for day in days]
        assert all(len(each) == 5 and {"hundred", "fifty"} <= {*each} for each in told)
        assert {one for each in told for one in each} == {tree["id"] for tree in trees} - {"about"}
        assert shown(found, days[0], 5) == told[0]
        assert shown(found, date(2027, 3, 1), 5) == []


def test_the_library_gives_the_roundest_first_if_asked_for_some() -> None:
    trees = [entry(f"e{year}", f"{year}") for year in (1906, 1926, 1976, 1951, 1916, 1826, 1913)]
    with library(*trees) as found:
        assert found.roundest(2026, None, 4) == ["e1826", "e1926", "e1976", "e1951"]
        assert found.roundest(2026, None, 9)[4:] == ["e1906", "e1916"]
        assert [each.id for each in found.jubilees(2026, None)][:2] == ["e1826", "e1906"]


def test_the_first_page_shows_all_where_there_is_room_the_oldest_first() -> None:
    with library(entry("b", "1976-03"), entry("a", "1906-03?"), entry("c", "1906")) as found:
        assert shown(found, date(2026, 3, 9), 5, month=3) == ["a", "b"]
        assert shown(found, date(2026, 3, 9), 5) == ["c"]
        assert shown(found, date(2026, 4, 9), 5, month=4) == []
