"""Which entries fall on a day and why. Also compared with a second, simple code of the rules."""

import calendar
import tempfile
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from dateutil.easter import easter
from hypothesis import given
from hypothesis import strategies as st

from onthisday.adapters.sqlite.compiled_file import CompiledAlmanac
from onthisday.adapters.sqlite.compiled_writer import Compiling
from onthisday.almanac.compiled import Row
from onthisday.almanac.document import Document
from onthisday.almanac.entry import ALL, Entry, LeapDay, Selection
from onthisday.almanac.library import Published
from onthisday.almanac.occasions import (
    Occasion,
    first_occasions,
    next_occasion,
    occasion_of,
    occasions_of_days,
    occasions_on,
)
from onthisday.dates.calendars import MonthDay
from onthisday.locales.locale import ENGLISH
from onthisday.schema.entry_schema import ENTRY
from onthisday.views.historical_words import observed_words
from tests.core.almanacs import entry
from tests.examples import examples

LEAP_DAYS: tuple[LeapDay, ...] = ("feb-28", "mar-1", "omit")


def parsed(tree: dict[str, Any]) -> Entry:
    problems: list[Any] = []
    found = ENTRY.read(tree, (), problems)
    assert problems == []
    assert isinstance(found, Entry)
    return found


@contextmanager
def library(*trees: dict[str, Any]) -> Iterator[Published]:
    """Return a library with these entries, in a real file."""
    with tempfile.TemporaryDirectory() as folder:
        compiled = CompiledAlmanac(str(Path(folder, "almanac.db")))
        with closing(compiled):
            writing = Compiling(compiled)
            with writing.transaction():
                writing.set_documents(
                    [Document._make(("gazette", "The Gazette", *[None] * 12, ()))]
                )
                writing.add("x", [Row(i, parsed(tree)) for i, tree in enumerate(trees)])
                writing.sort()
                writing.finish(0, "1")
            with closing(compiled.library()) as found:
                yield found.published(date(2026, 2, 25))


def on(
    day: str, *trees: dict[str, Any], leap_day: LeapDay = "feb-28", selection: Selection = ALL
) -> list[str]:
    """Return the ids of the entries that fall on a day."""
    with library(*trees) as found:
        told = occasions_on(found, date.fromisoformat(day), leap_day, selection)
        return [occasion.entry.id for occasion in told]


def only(day: str, tree: dict[str, Any], leap_day: LeapDay = "feb-28") -> Occasion | None:
    """Return the occasion of the only entry on a day, or None. `occasion_of` must agree."""
    asked = date.fromisoformat(day)
    with library(tree) as found:
        told = list(occasions_on(found, asked, leap_day))
    assert told == [o for o in [occasion_of(parsed(tree), asked, leap_day)] if o]
    return told[0] if told else None


def following(
    day: str, *trees: dict[str, Any], leap_day: LeapDay = "feb-28", selection: Selection = ALL
) -> str | None:
    """Return the day of the next occasion."""
    with library(*trees) as found:
        told = next_occasion(found, date.fromisoformat(day), leap_day, selection)
    return told and told.day.isoformat()


def test_an_entry_falls_on_its_month_and_day_in_every_year_from_its_own() -> None:
    speech = entry("speech", "1956-02-25")
    found = only("2026-02-25", speech)
    assert found is not None
    assert (found.years, found.milestone, found.observed) == (70, True, None)
    assert found.id == "speech/2026"
    first = only("1956-02-25", speech)
    assert first is not None
    assert (first.years, first.milestone) == (0, False)
    assert only("1955-02-25", speech) is None
    assert only("2026-02-24", speech) is None


@pytest.mark.parametrize("when", ["2030-02-25", "Y12345"])
def test_what_is_in_the_future_does_not_fall(when: str) -> None:
    tree = entry("future", when, **({"observe": "02-25"} if "Y" in when else {}))
    assert only("2026-02-25", tree) is None


def test_an_uncertain_day_falls() -> None:
    found = only("2026-02-26", entry("report", "1956-02-26?"))
    assert found is not None
    assert found.entry.date.uncertain


@pytest.mark.parametrize(
    "when", ["1956-02-26~", "1956-02-26%", "1956-02", "1956", "195X", "1956-02-26/1956-02-27",
             "[1956-02-26,1957-02-26]", "1956-21", "1956-02-~26", "1956-~02-26", "1956-02~-26",
             "1956-02-2X", "1956-0X-26", "1956-XX-26", "195X-02-2X", "1956-33"],
)  # fmt: skip
def test_what_is_not_dated_to_the_day_falls_only_where_it_is_observed(when: str) -> None:
    assert only("2026-02-26", entry("a", when)) is None
    observed = entry("a", when, observe="02-26")
    found = only("2026-02-26", observed)
    assert found is not None
    assert found.observed is not None or found.entry.date.month_day is not None
    assert only("2026-02-25", observed) is None


def test_an_observed_entry_falls_on_that_day_alone_and_says_so() -> None:
    tree = entry("a", "1953-03-05", observe="03-06")
    found = only("2026-03-06", tree)
    assert found is not None
    assert found.observed is not None
    assert observed_words(ENGLISH, found.observed) == "5 March 1953"
    assert only("2026-03-05", tree) is None


@pytest.mark.parametrize(
    ("when", "remembered", "first"),
    [
        ("2026-12-10", {"observe": "03-05"}, "2027-03-05"),
        ("2026-12-10", {"observe": "12-10"}, "2026-12-10"),
        ("2026-12-10", {"observe": "12-31"}, "2026-12-31"),
        ("2026-12-10", {"rule": "easter"}, "2027-03-28"),
        ("2026-04-05", {"rule": "easter"}, "2026-04-05"),
        ("2026", {"observe": "01-01"}, "2026-01-01"),
        ("2026-05", {"observe": "04-30"}, "2027-04-30"),
        ("2026-05", {"observe": "05-01"}, "2026-05-01"),
        ("2026-34", {"observe": "03-05"}, "2027-03-05"),
        ("2026-22", {"observe": "03-05"}, "2026-03-05"),  # summer begins in another month elsewhere
        ("202X", {"rule": "easter"}, "2020-04-12"),
        ("2026-12-10/2027-01-05", {"observe": "12-09"}, "2027-12-09"),
        ("{2026-12-10,2027-01-05}", {"observe": "12-10"}, "2026-12-10"),
        ("../2026-06", {"observe": "05-31"}, "2027-05-31"),
        ("2026-03-01", {"observe": "02-29"}, "2027-02-28"),
        ("2026-03-01", {"observe": "02-29", "leap_day": "mar-1"}, "2026-03-01"),
        ("2026-03-02", {"observe": "02-29", "leap_day": "mar-1"}, "2027-03-01"),
        ("2026-03-01", {"observe": "02-29", "leap_day": "omit"}, "2028-02-29"),
    ],
)
def test_what_is_remembered_on_another_day_falls_on_no_day_before_it_happened(
    when: str, remembered: dict[str, str], first: str
) -> None:
    tree = entry("late", when, **remembered)
    assert following("2019-12-31", tree) == first
    assert only(first, tree) is not None


EXPECTED = {
    "feb-28": {"2023-02-28", "2024-02-29"},
    "mar-1": {"2023-03-01", "2024-02-29"},
    "omit": {"2024-02-29"},
}
AROUND = ["2023-02-27", "2023-02-28", "2023-03-01", "2023-03-02",
          "2024-02-28", "2024-02-29", "2024-03-01"]  # fmt: skip


@pytest.mark.parametrize("setting", LEAP_DAYS)
@pytest.mark.parametrize("own", [None, *LEAP_DAYS])
def test_29_february_goes_where_the_entry_or_else_the_config_says(
    setting: LeapDay, own: LeapDay | None
) -> None:
    for tree in (entry("a", "1956-02-29", leap_day=own), entry("a", "XXXX-02-29", leap_day=own),
                 entry("a", "1956", observe="02-29", leap_day=own)):  # fmt: skip
        falls = {day for day in AROUND if only(day, tree, setting)}
        assert falls == EXPECTED[own or setting]


def test_29_february_on_another_day_says_what_it_is_observed_for() -> None:
    found = only("2023-02-28", entry("a", "1956-02-29"))
    assert found is not None
    assert found.observed is not None
    assert observed_words(ENGLISH, found.observed) == "29 February"
    own = only("2024-02-29", entry("a", "1956-02-29"))
    assert own is not None
    assert own.observed is None


def test_29_february_stands_among_the_others_by_age() -> None:
    trees = (entry("new", "1990-02-28"), entry("leap", "1956-02-29"), entry("old", "1900-02-28"))
    assert on("2023-02-28", *trees) == ["old", "leap", "new"]


def test_a_rule_falls_once_a_year_on_its_own_day() -> None:
    friday = entry("good-friday", "XXXX-04", rule="easter-2", kind="holiday")
    found = only("2026-04-03", friday)
    assert found is not None
    assert (found.years, found.observed) == (None, None)
    year = [date(2025, 1, 1) + timedelta(days=n) for n in range(365)]
    with library(friday) as known:
        falls = [day for day in year if list(occasions_on(known, day, "feb-28"))]
    assert falls == [date(2025, 4, 18)]


def test_a_rule_counts_years_from_the_entrys_year() -> None:
    found = only("2026-04-06", entry("rising", "1916-04-24", rule="easter+1"))
    assert found is not None
    assert found.years == 110
    assert only("2026-04-24", entry("rising", "1916-04-24", rule="easter+1")) is None


def test_a_julian_date_falls_on_its_gregorian_day() -> None:
    tree = entry("october", "1917-10-25", calendar="julian")
    found = only("2017-11-07", tree)
    assert found is not None
    assert (found.years, found.observed) == (100, None)
    assert only("2017-10-25", tree) is None


def test_a_julian_29_february_of_1900_falls_on_13_march() -> None:
    assert only("2023-03-13", entry("a", "1900-02-29", calendar="julian")) is not None
    assert only("2023-02-28", entry("a", "1900-02-29", calendar="julian")) is None


@pytest.mark.parametrize(
    ("when", "years"),
    [("-0043-03-15", 2069), ("0000-03-15", 2026), ("0001-03-15", 2025), ("-0001-03-15", 2027)],
)
def test_years_before_the_year_1_are_counted_through_a_year_0(when: str, years: int) -> None:
    found = only("2026-03-15", entry("ides", when))
    assert found is not None
    assert found.years == years


@pytest.mark.parametrize("when", ["1956?-02-26", "1956~-02-26", "1956%-02-26", "1956-02-?26"])
def test_a_day_whose_year_is_in_doubt_falls_as_uncertain(when: str) -> None:
    found = only("2026-02-26", entry("a", when))
    assert found is not None
    assert (found.years, found.entry.date.in_doubt) == (70, True)


def test_a_day_of_one_of_several_years_falls_from_the_first_and_counts_no_years() -> None:
    tree = entry("a", "202X-12-25")
    assert only("2019-12-25", tree) is None
    found = only("2020-12-25", tree)
    assert found is not None
    assert (found.years, found.milestone) == (None, False)
    trees = (entry("old", "1559-12-25"), entry("some", "156X-12-25"), entry("new", "1570-12-25"))
    assert on("2026-12-25", *reversed(trees)) == ["old", "some", "new"]
    assert on("2060-12-25", *trees, selection=Selection(milestones=(10,))) == ["new"]


def test_an_unknown_year_has_no_years_since_and_stands_last() -> None:
    found = only("2026-11-07", entry("a", "XXXX-11-07"))
    assert found is not None
    assert (found.years, found.milestone) == (None, False)
    trees = (entry("a", "XXXX-11-07"), entry("z", "2000-11-07"), entry("bc", "-0300-11-07"),
             entry("b", "2000-11-07"))  # fmt: skip
    assert on("2026-11-07", *trees) == ["bc", "b", "z", "a"]


@pytest.mark.parametrize(
    ("years", "milestone"),
    [(0, False), (1, False), (10, True), (25, True), (70, True), (75, True), (99, False),
     (100, True), (1000, True), (105, False), (125, True)],
)  # fmt: skip
def test_a_milestone_is_divisible_by_10_or_25(years: int, milestone: bool) -> None:
    found = only("2026-05-01", entry("a", f"{2026 - years:04}-05-01"))
    assert found is not None
    assert found.milestone is milestone


SOME = (
    entry("birth", "1894-04-15", kind="birth", tags=["khrushchev"]),
    entry("event", "1956-04-15", tags=["khrushchev", "cold-war"]),
    entry("other", "2001-04-15", tags=["stalin"]),
    entry("plain", "XXXX-04-15"),
    entry("moves", "XXXX-04", rule="easter+10", kind="holiday", tags=["cold-war"]),  # 2026-04-15
)


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (ALL, ["birth", "event", "other", "moves", "plain"]),
        (Selection(tags=("khrushchev",)), ["birth", "event"]),
        (Selection(tags=("stalin", "cold-war")), ["event", "other", "moves"]),
        (Selection(kinds=("birth",)), ["birth"]),
        (Selection(kinds=("birth", "holiday")), ["birth", "moves"]),
        (Selection(tags=("khrushchev",), kinds=("event",)), ["event"]),
        (Selection(tags=("none",)), []),
        (Selection(milestones=(25,)), ["other"]),
        (Selection(milestones=(10, 25)), ["event", "other"]),
        (Selection(milestones=(66,)), ["birth"]),
        (Selection(tags=("stalin",), milestones=(10,)), []),
    ],
)
def test_a_selection_admits_any_of_its_words(selection: Selection, expected: list[str]) -> None:
    assert on("2026-04-15", *SOME, selection=selection) == expected


def test_next_goes_across_the_end_of_the_year() -> None:
    assert following("2026-12-30", entry("a", "1956-02-25")) == "2027-02-25"
    assert following("2026-12-31", entry("a", "1956-01-01")) == "2027-01-01"


def test_next_is_a_later_day_even_where_today_has_something() -> None:
    assert following("2026-02-25", entry("a", "1956-02-25")) == "2027-02-25"
    assert following("2026-02-24", entry("a", "1956-02-25")) == "2026-02-25"


def test_next_finds_29_february_eight_years_away() -> None:
    leap = entry("a", "1956-02-29")
    assert following("2096-02-29", leap, leap_day="omit") == "2104-02-29"
    assert following("2096-03-01", leap, leap_day="omit") == "2104-02-29"
    assert following("2097-01-01", leap, leap_day="omit") == "2104-02-29"
    assert following("2096-02-29", leap, leap_day="feb-28") == "2097-02-28"
    assert following("2096-02-29", leap, leap_day="mar-1") == "2097-03-01"
    own = entry("a", "1956-02-29", leap_day="omit")
    assert following("2096-02-29", own, leap_day="mar-1") == "2104-02-29"


def test_next_is_what_moves_where_that_is_sooner() -> None:
    trees = (entry("a", "1956-12-01"), entry("b", "XXXX-04", rule="easter-2"))
    assert following("2026-03-01", *trees) == "2026-04-03"
    assert following("2026-04-03", *trees) == "2026-12-01"


def test_next_keeps_to_the_selection() -> None:
    trees = (entry("a", "1956-03-01"), entry("b", "1957-03-02", tags=["x"]))
    assert following("2026-02-25", *trees, selection=Selection(tags=("x",))) == "2026-03-02"
    tenth = Selection(tags=("x",), milestones=(10,))
    assert following("2026-02-25", *trees, selection=tenth) == "2027-03-02"


def test_next_is_none_where_nothing_ever_falls() -> None:
    assert following("2026-02-25") is None
    assert following("2026-02-25", entry("a", "1956-03")) is None
    assert following("9999-12-31", entry("a", "1956-01-01")) is None
    assert following("9999-12-30", entry("a", "1956-12-31")) == "9999-12-31"  # the last day of all


def test_next_passes_over_what_is_still_to_come() -> None:
    trees = (entry("later", "2028-03-01"), entry("now", "1956-05-01"))
    assert following("2026-02-25", *trees) == "2026-05-01"
    assert following("2028-02-25", *trees) == "2028-03-01"


class Spec(NamedTuple):
    """An entry for the simple second code of the rules below."""

    year: int | None
    month: int
    day: int
    mark: str
    julian: bool
    observe: tuple[int, int] | None
    leap_day: LeapDay | None
    shift: int | None
    tag: str

    def tree(self, name: str) -> dict[str, Any]:
        year = "XXXX" if self.year is None else f"{self.year:04}"
        more: dict[str, Any] = {"tags": [self.tag]}
        if self.julian:
            more["calendar"] = "julian"
        if self.observe:
            more["observe"] = f"{self.observe[0]:02}-{self.observe[1]:02}"
        if self.shift is not None:
            more["rule"] = f"easter{self.shift:+}"
        if self.leap_day and (self.observe == (2, 29) or self.gregorian()[1:] == (2, 29)):
            more["leap_day"] = self.leap_day
        return entry(name, f"{year}-{self.month:02}-{self.day:02}{self.mark}", **more)

    def gregorian(self) -> tuple[int | None, int, int]:
        if not self.julian or self.year is None:
            return (self.year, self.month, self.day)
        shift = 10 + sum((self.year, self.month) >= (year, 3) for year in (1700, 1800, 1900))
        moved = date(self.year, self.month, self.day) + timedelta(days=shift)
        return (moved.year, moved.month, moved.day)

    def years_on(self, day: date, setting: LeapDay) -> int | bool | None:
        """Return the years since; None if unknown; False if the entry does not fall on the day."""
        year, month, number = self.gregorian()
        if self.shift is not None:
            falls = easter(day.year) + timedelta(days=self.shift) == day
        elif self.observe or self.mark not in {"~", "%"}:
            wanted = self.observe or (month, number)
            if wanted == (2, 29) and not calendar.isleap(day.year):
                own = self.leap_day or setting
                falls = {"feb-28": (2, 28), "mar-1": (3, 1), "omit": None}[own] == (
                    day.month, day.day)  # fmt: skip
            else:
                falls = wanted == (day.month, day.day)
        else:
            falls = False
        if not falls or (year is not None and day.timetuple()[:3] < (year, month, number)):
            return False
        return None if year is None else day.year - year


@st.composite
def specs(draw: st.DrawFn) -> Spec:
    """Draw an entry. Many are near the end of February."""
    julian = draw(st.integers(0, 4)) == 0
    year = draw(st.integers(1583, 2030) if julian else st.none() | st.integers(-3, 2030))
    days = [(2, 28), (2, 29), (3, 1), (2, 27), (12, 31), (1, 1), (4, 5)]
    month, day = draw(st.sampled_from(days))
    if (month, day) == (2, 29) and year is not None and (julian or not calendar.isleap(year)):
        day = 28
    if year is not None and year < 0:
        year = None
    observe = draw(st.none() | st.sampled_from([(2, 29), (2, 28), (3, 1), (4, 6)]))
    return Spec(
        year, month, day, draw(st.sampled_from(["", "", "?", "~", "%"])), julian, observe,
        draw(st.sampled_from([None, *LEAP_DAYS])),
        draw(st.none() | st.none() | st.integers(-60, 60)), draw(st.sampled_from("ab")),
    )  # fmt: skip


NEAR = st.sampled_from(
    [date(year, month, day) for year in (1896, 1900, 2000, 2023, 2024, 2026)
     for month, day in [(2, 27), (2, 28), (3, 1), (1, 1), (12, 31), (4, 5), (4, 6), (3, 11)]]
    + [date(1896, 2, 29), date(2000, 2, 29), date(2024, 2, 29)]
)  # fmt: skip


def naively(
    known: dict[str, Spec], day: date, setting: LeapDay, tags: tuple[str, ...]
) -> list[tuple[str, int | None]]:
    """Return the entries that fall on a day, by asking each one."""
    fallen = [
        (name, spec.years_on(day, setting))
        for name, spec in known.items()
        if not tags or spec.tag in tags
    ]
    return sorted(
        ((name, years) for name, years in fallen if years is not False),
        key=lambda found: (found[1] is None, -(found[1] or 0), found[0]),
    )


@examples(150)
@given(
    st.lists(specs(), max_size=12), st.lists(NEAR, min_size=1, max_size=6),
    st.sampled_from(LEAP_DAYS), st.sampled_from([(), ("a",), ("a", "b")]),
)  # fmt: skip
def test_what_falls_is_what_a_naive_reading_says(
    drawn: list[Spec], days: list[date], setting: LeapDay, tags: tuple[str, ...]
) -> None:
    known = {f"e{number}": spec for number, spec in enumerate(drawn)}
    selection = Selection(tags=tags)
    with library(*(spec.tree(name) for name, spec in known.items())) as found:
        for day in days:
            told = occasions_on(found, day, setting, selection)
            assert [(o.entry.id, o.years) for o in told] == naively(known, day, setting, tags)
            coming = next_occasion(found, day, setting, selection)
            for ahead in range(1, 367):
                later = day + timedelta(days=ahead)
                expected = naively(known, later, setting, tags)
                if expected:
                    assert coming is not None
                    assert (coming.day, coming.entry.id) == (later, expected[0][0])
                    break
            else:
                assert coming is None or coming.day > later


@examples(100)
@given(
    st.lists(specs(), max_size=12), st.lists(NEAR, max_size=9), st.sampled_from(LEAP_DAYS),
    st.sampled_from([(), ("a",)]), st.sampled_from([(), (10, 25), (2, 3)]), st.integers(1, 4),
)  # fmt: skip
def test_many_days_at_once_give_what_each_gives_alone(
    drawn: list[Spec], days: list[date], setting: LeapDay, tags: tuple[str, ...],
    milestones: tuple[int, ...], at_once: int,
) -> None:  # fmt: skip
    known = {f"e{number}": spec for number, spec in enumerate(drawn)}
    selection = Selection(tags=tags, milestones=milestones)
    with library(*(spec.tree(name) for name, spec in known.items())) as found:
        told = occasions_of_days(found, days, setting, selection, at_once)
        alone = ((day, list(occasions_on(found, day, setting, selection))) for day in days)
        assert list(told) == [(day, occasions) for day, occasions in alone if occasions]


@examples(100)
@given(
    st.lists(specs(), max_size=12), st.lists(NEAR, max_size=9), st.sampled_from(LEAP_DAYS),
    st.integers(1, 3),
)  # fmt: skip
def test_the_first_occasions_of_days_come_with_the_number_of_the_others(
    drawn: list[Spec], days: list[date], setting: LeapDay, most: int
) -> None:
    trees = (spec.tree(f"e{number}") for number, spec in enumerate(drawn))
    with library(*trees) as found:
        alone = ((day, list(occasions_on(found, day, setting))) for day in days)
        expected = [(day, all_[:most], len(all_[most:])) for day, all_ in alone if all_]
        assert list(first_occasions(found, days, setting, most)) == expected


class Asked:
    """A library that notes how many days and which rules it is asked for at once."""

    def __init__(self, whole: Published) -> None:
        self._whole, self.days, self.ruled = whole, list[int](), list[Collection[str]]()

    def movable(self, selection: Selection, rules: Collection[str]) -> Iterator[Entry]:
        self.ruled.append(rules)
        return iter(self._whole.movable(selection, list(rules)))

    def on_days(
        self, days: set[MonthDay], selection: Selection, years: Collection[int] = ()
    ) -> Iterator[Entry]:
        self.days.append(len(days))
        return iter(self._whole.on_days(days, selection, years))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._whole, name)


def test_a_library_is_asked_for_four_times_as_many_days_each_time_and_for_none_in_vain() -> None:
    first = date(2026, 4, 1)
    days = [first + timedelta(days=number) for number in range(60)]
    trees = [entry(f"e{day:%m%d}", f"1900-{day:%m-%d}") for day in days[::2]]
    with library(*trees) as found:
        asked: Any = Asked(found)
        told = [day for day, _ in occasions_of_days(asked, days, "feb-28", at_once=2)]
        assert told == days[::2]
        assert asked.days == [2, 8, 20]
        asked.days.clear()
        assert list(occasions_of_days(asked, days[1:2], "feb-28")) == []
        assert asked.days == []


def test_of_the_entries_with_rules_only_those_of_the_day_are_read() -> None:
    rules = ("easter", "5/sun+2", "easter", "11/thu+4")
    with library(*(entry(f"r{n}", "1950", rule=rule) for n, rule in enumerate(rules))) as found:
        asked: Any = Asked(found)
        falls = {
            day: [each.entry.id for each in occasions_on(asked, date(2026, 4, day), "feb-28")]
            for day in (4, 5, 6)
        }
        assert falls == {4: [], 5: ["r0", "r2"], 6: []}
        assert asked.ruled == [["easter"]]
