"""`upcoming --milestones` and `upcoming --format csv | ics`: what an editor plans with."""

import csv
import io
import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import icalendar
import jsonschema
import pytest
import vobject  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from onthisday.almanac.jubilees import Coming, coming
from onthisday.almanac.occasions import Occasion
from onthisday.cli import main
from onthisday.config import Site
from onthisday.locales.locale import ENGLISH
from onthisday.schema.view_schema import OCCASIONS
from onthisday.views.as_csv import COLUMNS, lines
from onthisday.views.presenter import Presenter
from tests.core.almanacs import entry, write
from tests.core.test_occasions import library, parsed
from tests.examples import examples

FORMATS = ("text", "markdown", "html", "json", "csv", "ics")

PARISH = (
    entry("mill", "1906", place="By the river", tags=["trade"], summary="It ground\nrye."),
    entry("charter", "1226~", kind="event", tags=["church"]),
    entry("school", "1927-01?", tags=["school"]),
    entry("bells", "1901-12-24", tags=["church"]),
    entry("priest", "1917-01-01?", kind="death", tags=["church"]),
    entry("baker", "1987", kind="birth"),
    entry("odd", "1913-12-25"),
)

GOLDEN = """\
2026, not dated to the day

about 800 years ago · around 1226
What charter tells
  Source: The Gazette.

120 years ago · 1906 · By the river
What mill tells
  Source: The Gazette.

Thursday, 24 December 2026

125 years ago · 24 December 1901
What bells tells
  Source: The Gazette.

January 2027, not dated to the day

100 years ago · perhaps January 1927 · date uncertain
What school tells
  Source: The Gazette.

Friday, 1 January 2027

110 years ago · perhaps 1 January 1917 · date uncertain
What priest tells
  Source: The Gazette.
"""


NOTHING = (
    "No round anniversary is recorded from 21 December 2026 to 19 January 2027 with the tag "
    "“trad”. None is recorded for a day in the nine years after that. No entry has the tag "
    "“trad”; near it is “trade”."
)


@pytest.fixture
def parish(tmp_path: Path) -> Path:
    return write(tmp_path, *PARISH)


class Planning:
    """Calls `upcoming` in this process."""

    def __init__(self, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._config, self._capsys = config, capsys

    def __call__(self, *words: str, form: str = "text", day: str = "2026-12-20") -> str:
        command = ["--config", str(self._config), "upcoming", "--date", day, "--format", form]
        assert main([*command, *words]) == 0
        told = self._capsys.readouterr()
        assert told.err == ""
        return told.out


@pytest.fixture
def upcoming(parish: Path, capsys: pytest.CaptureFixture[str]) -> Planning:
    return Planning(parish, capsys)


def rows(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def test_a_planner_as_text_goes_through_time(upcoming: Planning) -> None:
    assert upcoming("--milestones") == GOLDEN


def test_a_planner_as_json_has_days_and_what_has_none(upcoming: Planning) -> None:
    told = json.loads(upcoming("--milestones", form="json"))
    jsonschema.validate(told, OCCASIONS)
    assert [*told] == ["days", "undated"]
    assert [(day["day"], [one["id"] for one in day["occasions"]]) for day in told["days"]] == [
        ("2026-12-24", ["bells"]),
        ("2027-01-01", ["priest"]),
    ]
    assert told["days"][0]["next"] == {
        "id": "priest", "day": "2027-01-01", "title": "What priest tells",
    }  # fmt: skip
    assert told["days"][1]["next"]["day"] == "2031-12-24", "bells, 130 years ago"
    assert [(one["year"], one["month"]) for one in told["undated"]] == [(2026, None), (2027, 1)]
    charter, mill = told["undated"][0]["occasions"]
    assert (charter["years"], charter["date"], charter["milestone"]) == (800, "1226~", True)
    assert mill["occasion"] == "tag:example.org,2026:mill/2026"
    assert mill["url"].endswith("/entries/mill/#2026")
    assert told["undated"][1]["occasions"][0]["uncertain"] is True


def test_a_planner_as_csv_is_a_table_for_a_spreadsheet(upcoming: Planning) -> None:
    text = upcoming("--milestones", form="csv")
    told = rows(text)
    assert [*told[0]] == [*COLUMNS]
    assert text.count("\r\n") == text.count("\n") == 6
    picked = ("year", "month", "day", "weekday", "years", "since", "uncertain", "about", "id")
    assert [[row[name] for name in picked] for row in told] == [
        ["2026", "", "", "", "800", "this year, about 800 years ago", "", "yes", "charter"],
        ["2026", "", "", "", "120", "this year, 120 years ago", "", "", "mill"],
        ["2026", "12", "24", "Thursday", "125", "125 years ago", "", "", "bells"],
        ["2027", "1", "", "", "100", "this month, perhaps 100 years ago", "yes", "", "school"],
        ["2027", "1", "1", "Friday", "110", "perhaps 110 years ago", "yes", "", "priest"],
    ]
    assert told[1]["summary"] == "It ground rye."
    assert (told[1]["place"], told[1]["tags"]) == ("By the river", "trade")
    assert (told[1]["sources"], told[1]["milestone"]) == ("The Gazette", "yes")


def test_a_planner_as_ics_is_read_by_calendar_programs(upcoming: Planning) -> None:
    text = upcoming("--milestones", form="ics")
    calendar = icalendar.Calendar.from_ical(text)
    assert not calendar.errors
    assert "SOURCE" not in calendar, "a copy has no address"
    told = [
        (str(event["UID"]), event.decoded("DTSTART"), str(event["SUMMARY"]))
        for event in calendar.events
    ]
    tag, first = "tag:example.org,2026:", date(2026, 1, 1)
    assert told == [
        (f"{tag}charter/2026", first, "This year, about 800 years ago: What charter tells"),
        (f"{tag}mill/2026", first, "This year, 120 years ago: What mill tells"),
        (f"{tag}bells/2026", date(2026, 12, 24), "125 years ago: What bells tells"),
        (f"{tag}school/2027", date(2027, 1, 1),
         "This month, perhaps 100 years ago: What school tells"),
        (f"{tag}priest/2027", date(2027, 1, 1), "Perhaps 110 years ago: What priest tells"),
    ]  # fmt: skip
    assert all(
        event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(days=1)
        for event in calendar.events
    )
    read = vobject.readOne(text)
    assert len(read.vevent_list) == 5
    assert read.serialize()


def test_an_event_is_the_one_of_the_calendar_to_which_people_subscribe(
    parish: Path, upcoming: Planning
) -> None:
    from onthisday.app.workspace import Almanac
    from onthisday.feeds.calendar import calendar_of

    almanac = Almanac.open(str(parish))
    today = date(2026, 12, 20)
    subscribed = calendar_of(almanac.site, almanac.library.published(today), today)
    bells = next(each for each in subscribed.events if "bells" in each.uid)
    told = icalendar.Calendar.from_ical(upcoming(form="ics")).events
    assert [str(event["UID"]) for event in told] == [
        bells.uid, "tag:example.org,2026:odd/2026", "tag:example.org,2026:priest/2027"
    ]  # fmt: skip


def test_upcoming_as_csv_has_every_occasion_and_says_which_are_round(upcoming: Planning) -> None:
    told = rows(upcoming(form="csv"))
    assert [(row["id"], row["milestone"]) for row in told] == [
        ("bells", "yes"), ("odd", ""), ("priest", "yes"),
    ]  # fmt: skip


def test_markdown_and_html_name_the_same(upcoming: Planning) -> None:
    for form in ("markdown", "html"):
        told = upcoming("--milestones", form=form)
        headings = ["2026, not dated to the day", "24 December 2026", "January 2027, not dated"]
        assert sorted(headings, key=told.index) == headings
        assert "about 800 years ago · around 1226" in told
        assert "What odd tells" not in told


def test_years_end_on_the_same_day_of_the_last_year(upcoming: Planning) -> None:
    def days(*words: str, day: str) -> list[str]:
        text = upcoming("--milestones", *words, form="json", day=day)
        return [each["day"] for each in json.loads(text)["days"]]

    assert days("--years", "5", day="2026-12-24")[-1] == "2031-12-24"
    assert days("--years", "5", day="2026-12-23")[-1] == "2027-01-01"
    assert days("--years", "5", day="2026-12-24")[0] == "2027-01-01", "today is in `today`"
    assert days("--years", "1", day="2024-02-29") == []
    assert days("--years", "10", day="9995-01-01")[-1] == "9997-01-01"
    assert days("--days", "4", day="2026-12-20") == ["2026-12-24"]


def test_tags_and_kinds_narrow_a_planner_and_at_most_chooses(upcoming: Planning) -> None:
    def ids(*words: str) -> list[str]:
        return [row["id"] for row in rows(upcoming("--milestones", *words, form="csv"))]

    assert ids("--tag", "church") == ["charter", "bells", "priest"]
    assert ids("--tag", "church", "--kind", "death") == ["priest"]
    assert ids("--at-most", "1") == ["charter", "bells", "school", "priest"], "800 before 120"
    told = upcoming("--milestones", "--at-most", "1", "--explain")
    assert "names no day, and the years since are round. it was chosen because it is a round" in (
        " ".join(told.split())
    )


@pytest.mark.parametrize("form", FORMATS)
def test_no_planner_has_a_person_who_may_be_living(upcoming: Planning, form: str) -> None:
    assert "baker" not in upcoming("--milestones", "--years", "10", form=form)


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ("text", NOTHING),
        ("markdown", "near it is “trade”"),
        ("html", "<p style=\"margin:0 0 8px\">No entry has the tag “trad”"),
        ("json", '{ "days": [ ], "undated": [ ] }'),
        ("csv", '"occasion"'),
        ("ics", "TZID:UTC"),
    ],
)  # fmt: skip
def test_an_empty_planner_says_so(upcoming: Planning, form: str, told: str) -> None:
    shown = upcoming("--milestones", "--tag", "trad", form=form)
    assert told in " ".join(shown.split())


def test_an_empty_planner_names_the_next_on_a_day(upcoming: Planning) -> None:
    told = upcoming("--milestones", "--tag", "church", day="2027-03-01")
    assert "The next on a day: 24 December 2031, What bells tells." in told


@pytest.mark.parametrize(
    "words",
    [("--days", "3", "--years", "1"), ("--years", "0"), ("--years", "11"), ("--years", "five")],
)
def test_a_wrong_number_of_years_is_told(parish: Path, words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--config", str(parish), "upcoming", *words])
    assert ended.value.code == 2


SITE = Site("A", "https://a.example/", None, None, "UTC", "en", "a.example,2026")


@examples(100)
@given(st.text(max_size=12), st.sampled_from(["", *"=+-@\t\r＝＋－＠ "]))
def test_no_cell_of_a_table_is_a_formula_or_breaks_it(title: str, first: str) -> None:
    known = parsed(entry("a", "1906-03-03"))._replace(title=first + title, place="b")
    with library(entry("a", "1906-03-03")) as found:
        presenter = Presenter(found, SITE)
        part = Coming(date(2026, 3, 3), "day", [Occasion(known, date(2026, 3, 3), 120)])
        text = "".join(lines(ENGLISH, [part], presenter))
    text.encode()
    (row,) = csv.DictReader(io.StringIO(text[1:], newline=""), strict=True)
    assert not row["title"].startswith(tuple("=+-@\t\r＝＋－＠ "))
    assert (row["place"], row["id"], len(row)) == ("b", "a", len(COLUMNS))
    assert text.count("\n") == text.count("\r") == 2


def test_a_negative_date_is_no_formula(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = Planning(write(tmp_path, entry("ides", "-0043")), capsys)
    (row,) = rows(told("--milestones", form="csv", day="2027-03-01"))
    assert (row["date"], row["when"], row["years"]) == ("'-0043", "44 BC", "2070")


def test_many_days_are_read_a_few_at_a_time() -> None:
    """A plan of a large almanac is read while it is printed."""
    trees: list[dict[str, Any]] = [
        entry(f"e{number}", f"{1900 + number % 100}-{1 + number % 12:02}") for number in range(400)
    ]
    with library(*trees) as found:
        plan = coming(found, date(2026, 1, 2), date(9000, 1, 1), "omit", undated=True)
        first = [next(plan).day for _ in range(3)]
    assert first == [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]
