"""`check` finds dates in the future, and words that name other days than the entry's."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.checks.dating import passage_faults, words_faults
from onthisday.checks.days_named import days_named
from onthisday.dates.calendars import MONTHS
from onthisday.drafts.date_scan import may_name_day
from onthisday.drafts.languages import LANGUAGES
from onthisday.drafts.mentions import find_mentions
from tests.checks.curating import Desk, checked, cites, read, rules
from tests.core.almanacs import entry


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("2026-07-01", []),
        ("2026-07-02", ["future"]),
        ("2026", []),
        ("2026-07", []),
        ("2026-08", ["future"]),
        ("2027", ["future"]),
        ("2020/2030", []),
        ("2027/2030", ["future"]),
        ("[2020,2030]", []),
        ("XXXX-12-25", []),
        ("202X-12-25", []),
        ("203X-12-25", ["future"]),
        ("2026-1X", ["future"]),
        ("2026-0X", []),
        ("Y17000", ["future"]),
    ],
)
def test_a_date_that_is_yet_to_come_is_told(tmp_path: Path, when: str, told: list[str]) -> None:
    assert rules(checked(tmp_path, entry("a", when))) == told


def test_whether_a_date_is_to_come_depends_on_the_day_of_the_check(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.write([entry("a", "2026-07-02")], [{"id": "gazette", "title": "The Gazette"}])
    assert rules(desk.check(today=date(2026, 7, 1))) == ["future"]
    assert rules(desk.check(today=date(2026, 7, 2))) == []


@pytest.mark.parametrize(
    ("when", "more", "told"),
    [
        ("1916-07-01", {}, []),
        ("1916-07-02", {}, ["living"]),
        ("1916", {}, ["living"]),
        ("XXXX-05-03", {}, ["living"]),
        ("1980-05-03", {"living": "she agreed, 3 May 2026"}, []),
        ("1980-05-03", {"died": "2001"}, []),
        ("1980-05-03", {"died": True}, []),
        ("1980-05-03", {"died": "2062"}, ["future"]),
        ("1980-05-03", {"silence": [{"rule": "living", "reason": "kept for the family"}]}, []),
        ("1980-05-03", {"kind": "marriage"}, []),
    ],
)
def test_a_birth_that_is_published_nowhere_is_told(
    tmp_path: Path, when: str, more: dict[str, Any], told: list[str]
) -> None:
    assert rules(checked(tmp_path, entry("a", when, **{"kind": "birth", **more}))) == told


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("On 25 February 1956 he spoke.", {"1956-02-25"}),
        ("On the 25th of February 1956, he", {"1956-02-25"}),
        ("February 25, 1956: speech", {"1956-02-25"}),
        ("February 25,1956", {"1956-02-25"}),
        ("25 Feb 1956, 3 Sept. 1939", {"1956-02-25", "1939-09-03"}),
        ("May 1, 1886 and 2 May 1886", {"1886-05-01", "1886-05-02"}),
        ("30 February 1956", set()),
        ("25 February", set()),
        ("February 1956", set()),
        ("the 1966 delegates of May", set()),
        ("125 February 1956", set()),
        ("25 February 19567", set()),
        ("25\n\nFebruary 1956", set()),
    ],
)
def test_the_days_that_a_text_names_in_full_are_found(text: str, days: set[str]) -> None:
    assert days_named(text) == days


@given(
    st.dates(date(1000, 1, 1), date(2099, 12, 31)), st.text(" .,;\n", max_size=3), st.integers(0, 3)
)
def test_a_day_is_found_however_it_is_written(day: date, around: str, form: int) -> None:
    month = MONTHS[day.month - 1]
    said = (f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}",
            f"{day.day} {month[:3]} {day.year}", f"{month[:3]}. {day.day}, {day.year}")  # fmt: skip
    assert days_named(f"a{around or ' '}{said[form]}{around}") == {day.isoformat()}


def test_a_title_or_summary_that_names_another_day_is_told(tmp_path: Path) -> None:
    report = checked(
        tmp_path,
        entry("a", "1956-02-25", title="The speech of 26 February 1956"),
        entry("b", "1957-02-25", summary="On March 3, 1957, and on 4 March 1957."),
        entry("c", "1958-02-25", title="From 20 February 1958 to 25 February 1958"),
        entry("d", "1956", title="The speech of 26 February 1956"),
        entry("e", "1917-10-25", calendar="julian", summary="On 25 October 1917, by the old one."),
        entry("f", "1918-10-25", calendar="julian", summary="On 7 November 1918, by the new one."),
    )
    assert [(each.rule, each.line) for each in report.findings] == [
        ("other-day", 1), ("other-day", 2), ("no-day", 4)
    ]  # fmt: skip
    assert "names 26 February 1956, but the entry is dated" in report.findings[0].message
    assert "names 3 March 1957 and 4 March 1957" in report.findings[1].message


@pytest.mark.parametrize(
    ("summary", "rules"),
    [
        ("The fourth child. She died on 3 May 1950.", []),
        ("She was born on 3 March 1874.", ["other-day"]),
        ("She was born on 2 March 1875.", ["other-day"]),
        ("She was born on 2 March 1874, and died on 3 May 1950.", []),
    ],
)
def test_a_summary_may_tell_of_other_years(summary: str, rules: list[str]) -> None:
    found = read(when="1874-03-02", title="Anna is born", summary=summary)
    assert [fault.rule for fault in words_faults(found, days_named)] == rules


TEXT = "On 25 February 1956 he spoke. On 26 February 1956 others spoke. On no day nobody spoke."
FIRST, SECOND, THIRD = (0, 29), (30, 63), (64, 87)


def told(*citations: tuple[int, int], **more: Any) -> list[tuple[str | int, ...]]:
    """Return the paths at which `check` says that an entry of 25 February cites another day."""
    found = read(sources=[cites("book", *citations)], **more)
    return [fault.path for fault in passage_faults(found, "book", TEXT, days_named)]


def test_a_passage_that_names_only_other_days_is_told() -> None:
    assert told(FIRST) == []
    assert told(THIRD) == []
    assert told(FIRST, SECOND) == []
    assert told(SECOND) == [("sources", 0, "locator")]
    assert told(SECOND, THIRD) == [("sources", 0, "locator")]


def test_a_passage_of_another_document_is_none_of_this_ones() -> None:
    found = read(sources=[cites("other", SECOND)])
    assert list(passage_faults(found, "book", TEXT, days_named)) == []


def test_an_answer_has_a_date_of_its_own() -> None:
    def account(**more: str) -> list[object]:
        answers = [{"says": "the 26th", **cites("book", SECOND), **more},
                   {"says": "the 25th", **cites("book", FIRST)}]  # fmt: skip
        return [{"question": "When?", "answers": answers}]

    assert told(FIRST, accounts=account(date="1956-02-26")) == []
    assert told(FIRST, accounts=account()) == [("accounts", 0, "answers", 0, "locator")]
    assert told(SECOND, accounts=account(date="1956-02-26")) == []


def test_another_finder_of_days_can_be_given(tmp_path: Path) -> None:
    found = read(title="Am Tag danach")
    assert list(words_faults(found, days_named)) == []
    [fault] = words_faults(found, lambda text: {"1956-02-26"} if "danach" in text else set())
    assert fault.rule == "other-day"


_PIECES = [
    *("1956", "25", "3", "1.", "25.", "12.3.1956", "5 VIII 1896", "44 BC", "V", "the", "of", "day"),
    *("mo.", "called", "-", "/", "(", ")", ",", "first", "Anno", "3rd", "'", "saint"),
    *(word for each in LANGUAGES.values() for word in (*each.months, *each.short, *each.old)),
    *(word for each in LANGUAGES.values() for word in (*each.feasts, *each.spelled, *each.days)),
]


@given(st.lists(st.sampled_from(_PIECES), max_size=8), st.sampled_from(["", " ", "-"]))
def test_a_line_that_surely_names_no_day_names_none(pieces: list[str], between: str) -> None:
    line = between.join(pieces)
    if not may_name_day(line):
        assert not [one for one in find_mentions(line) if one.precision == "day"]


def test_a_title_of_many_words_is_not_searched_for_days() -> None:
    assert not may_name_day("1,400 delegates saw how Anna Weber opened the mill in Basel")
    assert may_name_day("The mill was opened on New Year’s Day 1956")
