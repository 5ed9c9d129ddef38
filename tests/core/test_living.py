"""From which day on a birth may be published, and that the library keeps it back until then."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from onthisday.almanac.entry import Entry, Selection
from onthisday.almanac.living import public_from
from onthisday.app.workspace import Almanac
from onthisday.cli import main
from onthisday.dates.calendars import CivilDay, MonthDay, gregorian_day
from onthisday.schema.entry_schema import ENTRY
from tests.core.almanacs import entry
from tests.website.fixtures import entry_of, open_almanac


def born(when: str, **more: Any) -> Entry:
    """Return a birth, read from its tree."""
    problems: list[Any] = []
    found: Entry = ENTRY.read(entry("a", when, kind="birth", **more), (), problems)
    assert not problems, problems
    return found


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ("1934-05-03", (2044, 5, 3)),
        ("1934-05", (2044, 5, 31)),
        ("1934", (2044, 12, 31)),
        ("1934?", (2044, 12, 31)),
        ("1934~", (2045, 12, 31)),
        ("193X", (2049, 12, 31)),
        ("18XX", (2009, 12, 31)),
        ("1934-21", (2044, 12, 31)),
        ("1930/1934", (2044, 12, 31)),
        ("[1930,1934]", (2044, 12, 31)),
        ("../1934", (2044, 12, 31)),
        ("1934~-05-03", (2045, 5, 4)),
        ("1934?-05-03", (2044, 5, 3)),
        ("193X-05-03", (2049, 5, 3)),
        ("19XX-05", (2109, 5, 31)),
        ("1934-0X", (2044, 9, 30)),
        ("1934S3", (2049, 12, 31)),
        ("1934-33", (2044, 3, 31)),
        ("1916-02-29", (2026, 3, 1)),
        ("-0043-03-15", (67, 3, 15)),
        ("Y-17000", (-16890, 12, 31)),
    ],
)
def test_a_birth_may_be_published_110_years_after_the_last_day_that_its_date_may_mean(
    when: str, day: tuple[int, int, int]
) -> None:
    number = public_from(born(when))
    assert number is not None
    assert gregorian_day(number) == CivilDay(*day)


@pytest.mark.parametrize("when", ["XXXX-05-03", "1850/..", "[1850..]"])
def test_a_birth_whose_date_has_no_end_is_never_old_enough(when: str) -> None:
    number = public_from(born(when))
    assert number is not None
    assert gregorian_day(number).year > 10**9


def test_a_julian_birth_counts_from_its_gregorian_day() -> None:
    number = public_from(born("1917-10-25", calendar="julian"))
    assert number is not None
    assert gregorian_day(number) == CivilDay(2027, 11, 7)


def test_the_latest_date_that_a_document_gives_counts() -> None:
    answers = [{"says": "1903", "document": "gazette"},
               {"says": "1930", "document": "gazette", "date": "1930"}]  # fmt: skip
    number = public_from(born("1903", accounts=[{"question": "When?", "answers": answers}]))
    assert number is not None
    assert gregorian_day(number) == CivilDay(2040, 12, 31)


@pytest.mark.parametrize(
    "more",
    [{"living": "public figure"}, {"died": "2001-04-04"}, {"died": "2001~"}, {"died": True},
     {"kind": "event"}, {"kind": "death"}, {"kind": "marriage"}],
)  # fmt: skip
def test_other_entries_may_always_be_published(more: dict[str, Any]) -> None:
    found: Entry = ENTRY.read(entry("a", "1950", **{"kind": "birth", **more}), (), [])
    assert public_from(found) is None


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"kind": "event", "died": True}, 'another kind; write "kind: birth", or take died out'),
        ({"kind": "marriage", "living": "they agreed"}, "living is for a birth"),
        ({"died": "1949"}, "died is before the birth; correct one of the two dates"),
        ({"died": "4 April 1968"}, 'write "1968-04-04"'),
        ({"died": 1968}, 'put it in quotes: "1968"'),
        ({"living": True}, "must be text, not true"),
        ({"living": " "}, "is blank; say something or leave it out"),
    ],
)  # fmt: skip
def test_a_slip_in_living_or_died_is_told_with_its_mend(more: dict[str, Any], told: str) -> None:
    problems: list[Any] = []
    ENTRY.read(entry("a", "1950-02-25", **{"kind": "birth", **more}), (), problems)
    assert told in " ".join(problem.message for problem in problems)


PEOPLE = [
    entry_of("ada", "1950-02-25", kind="birth", tags=["ada", "people"]),
    entry_of("ben", "1950-02-25", kind="birth", tags=["people"], died="1999"),
    entry_of("cyd", "1916-02-25", kind="birth", tags=["people"]),
    entry_of("dan", "1950", kind="birth", tags=["dan"]),
    entry_of("war", "1944-02-25", tags=["war"]),
    entry_of("eve", "1951-03-01", kind="birth", sources=[{"document": "letters"}]),
]


@pytest.fixture
def almanac(tmp_path: Path) -> Almanac:
    made = open_almanac(tmp_path, PEOPLE[:-1])
    with (tmp_path / "almanac" / "documents.yaml").open("a") as file:
        file.write("- id: letters\n  title: Letters of Eve\n- id: unused\n  title: Unused\n")
    with (tmp_path / "almanac" / "more.jsonl").open("w") as file:
        file.write(json.dumps(PEOPLE[-1]) + "\n")
    made.library.close()  # type: ignore[attr-defined]
    return Almanac.open(str(tmp_path / "config.yaml"))


def ids(found: Any) -> list[str]:
    return [each.id for each in found]


def test_no_question_to_what_is_published_finds_a_living_person(almanac: Almanac) -> None:
    day = MonthDay(2, 25)
    shown = almanac.library.published(date(2026, 2, 24))
    assert ids(shown.on(day)) == ids(shown.on_days([day])) == ["war", "ben"]
    assert ids(shown.on(day, Selection(kinds=("birth",)))) == ["ben"]
    assert ids(shown.entries()) == sorted(shown.ids()) == ["ben", "war"]
    assert shown.days() == frozenset([day])
    assert shown.counts() == {day: 2}
    assert shown.counts(Selection(tags=("people",))) == {day: 1}
    assert shown.tags() == {"people": 1, "war": 1}
    assert ids(shown.selected(Selection(tags=("ada",)))) == ids(shown.undated()) == []
    assert ids(shown.round_in(2050)) == ["ben"]
    assert [shown.entry(name) for name in ("ada", "cyd", "dan", "eve")] == [None] * 4
    assert ids(shown.documents()) == ["book", "unused"]
    assert shown.document("letters") is None
    assert shown.document("book") is not None
    assert (ids(shown.citing("book")), ids(shown.citing("letters"))) == (["war", "ben"], [])
    assert shown.cited() == {"book": 2}
    assert shown.size() == (2, 2)


def test_a_birth_is_published_from_the_day_on_which_it_is_110_years_ago(almanac: Almanac) -> None:
    before, after = (almanac.library.published(date(2026, 2, day)) for day in (24, 25))
    assert (before.entry("cyd"), before.opened) == (None, None)
    assert ids(after.on(MonthDay(2, 25))) == ["cyd", "war", "ben"]
    assert after.opened == date(2026, 2, 25)
    assert almanac.library.published(date(2027, 1, 1)).opened == date(2026, 2, 25)


def test_the_curator_sees_all_entries(almanac: Almanac) -> None:
    assert almanac.library.size() == (6, 3)
    assert almanac.library.entry("ada") is not None


def test_the_years_are_counted_from_the_day_of_asking(almanac: Almanac) -> None:
    assert ids(almanac.on(date(2026, 2, 25)).occasions) == ["cyd", "war", "ben"]
    later = date(2060, 2, 25)
    assert ids(almanac.on(later).occasions) == ["cyd", "war", "ada", "ben"]
    assert ids(almanac.on(later, asked=date(2026, 1, 1)).occasions) == ["war", "ben"]


@pytest.mark.parametrize("words", [("today", "--days=-3..+3"), ("upcoming",), ("today",)])
def test_no_command_shows_readers_a_person_who_may_be_living(
    almanac: Almanac, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    for form in ("text", "json", "markdown"):
        config = str(tmp_path / "config.yaml")
        main([*words, "--config", config, "--date", "2026-02-24", "--format", form])
        assert not {"ada", "cyd", "dan", "eve"} & set(capsys.readouterr().out.lower().split())
