"""An entry that falls on no day is told, if a day stands somewhere in it."""

from pathlib import Path
from typing import Any

import pytest

from onthisday.checks.days_named import days_in
from onthisday.checks.no_day import no_day_faults
from tests.checks.curating import checked, read, rules
from tests.core.almanacs import entry


def answering(*dates: str | None) -> dict[str, Any]:
    """Return an account whose answers give these dates, as keys of an entry."""
    answers = [{"says": f"{place}", "document": "gazette", **({"date": date} if date else {})}
               for place, date in enumerate(dates)]  # fmt: skip
    return {"accounts": [{"question": "When?", "answers": answers}]}


FALLS_NOT: list[tuple[str, dict[str, Any], tuple[str | int, ...], str]] = [
    ("1956-02-25~", {}, ("date",),
     'it is only approximate; write observe: "02-25" to remember it then, or take the ~ out'),
    ("1956-02-~25", {}, ("date",), "its date names 25 February 1956 (day approximate)"),
    ("1956-02-2X", {"as_written": "25 February 1956"}, ("as_written",), 'write date: "1956-02-25"'),
    ("1916-02-21/1916-12-18", {}, ("date",),
     'write date: "1916-02-21" if that is the day, or observe: "02-21" to remember it then'),
    ("../1916-12-18", {}, ("date",), 'observe: "12-18"'),
    ("[1956-02-25,1956-02-26]", {}, ("date",), 'observe: "02-25"'),
    ("1956-02", answering(None, "1956-02-25"), ("accounts", 0, "answers", 1, "date"),
     'an answer gives 25 February 1956; write date: "1956-02-25"'),
    ("1956", answering("1956-02-26?", None), ("accounts", 0, "answers", 0, "date"),
     'an answer gives perhaps 26 February 1956; write observe: "02-26"'),
    ("1956", {"as_written": "25 February 1956"}, ("as_written",),
     "its as_written names 25 February 1956"),
    ("1956-02", {"as_written": "25 February"}, ("as_written",), 'write observe: "02-25"'),
    ("1917", {"as_written": "25 October 1917 (Old Style)"}, ("as_written",),
     'write date: "1917-10-25" with calendar: julian if that is the day, or observe: "11-07"'),
    ("1958", {"title": "Khrushchev becomes Premier on March 27, 1958"}, ("title",),
     'write date: "1958-03-27"'),
    ("195X", {"title": "Der Putsch vom 27. März"}, ("title",), 'observe: "03-27"'),
]  # fmt: skip


@pytest.mark.parametrize(("when", "more", "path", "said"), FALLS_NOT)
def test_a_day_that_stands_somewhere_is_told_with_what_to_write(
    when: str, more: dict[str, Any], path: tuple[str | int, ...], said: str
) -> None:
    [fault] = no_day_faults(read("a", when, **more), days_in)
    assert (fault.path, fault.rule) == (path, "no-day")
    assert said in fault.message


@pytest.mark.parametrize(("when", "more"), [
    ("1956-02-25", {"title": "The speech of 26 February 1956"}),
    ("1956-02-25?", {}),
    ("XXXX-02-25", {}),
    ("195X-02-25", {}),
    ("1956~-02-25", {}),
    ("1956-02-2X", {"as_written": "5 February 1956"}),
    ("1956-02-25~", {"observe": "02-25"}),
    ("1956-02", {"observe": "02-25", "as_written": "25 February 1956"}),
    ("1956", {"rule": "easter-2", "as_written": "30 March 1956"}),
    ("1956", {}),
    ("1938/1947", {"title": "Khrushchev leads in Ukraine"}),
    ("1956-03", {"title": "Read out after 25 February 1956"}),
    ("1956-03", answering("1956-02-26", "1956-04-01")),
    ("1956-03", answering("1956-03", "1956")),
    ("1956-03", {"as_written": "25 February"}),
    ("1989", {"summary": "It was read on 25 February 1989."}),
])  # fmt: skip
def test_what_falls_on_a_day_or_names_no_fitting_one_is_not_told(
    when: str, more: dict[str, Any]
) -> None:
    assert list(no_day_faults(read("a", when, **more), days_in)) == []


def test_a_day_that_the_julian_calendar_alone_has_is_read() -> None:
    [day] = days_in("29 February 1900 (Old Style)")
    assert day.calendar == "julian"


def test_check_tells_it_once_an_entry_and_it_can_be_silenced(tmp_path: Path) -> None:
    known = {"as_written": "25 February 1956", "title": "On 25 February 1956 it began"}
    silence = {"rule": "no-day", "reason": "only the month is sure"}
    report = checked(tmp_path, entry("a", "1956", **known), entry("b", "1956", **known)
                     | {"title": "It began then", "silence": silence})  # fmt: skip
    assert rules(report) == ["no-day"]
    assert report.silenced == 1
