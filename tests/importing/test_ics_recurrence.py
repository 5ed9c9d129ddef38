"""`import ics`: what repeats becomes a date or a rule, or is refused. Nothing is written out."""

import time

import pytest

from onthisday.dates.feasts import day_of
from onthisday.importers.found import Note
from tests.importing.test_ics import all_of, event, found, refused, tree

MAY = ("UID:1", "DTSTART;VALUE=DATE:19140517", "SUMMARY:Our day")


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY",
        "FREQ=YEARLY;INTERVAL=1",
        "FREQ=YEARLY;BYMONTH=5",
        "FREQ=YEARLY;BYMONTHDAY=17;BYMONTH=5;WKST=MO",
        "freq=yearly",
    ],
)
def test_what_repeats_on_its_own_day_is_just_its_date(rule: str) -> None:
    assert tree(*MAY, f"RRULE:{rule}") == {"date": "1914-05-17", "title": "Our day"}


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("BYMONTH=5;BYDAY=3SU", "5/sun+3"),
        ("BYDAY=-1SU;BYMONTH=11", "11/sun-last"),
        ("BYDAY=+1MO;BYMONTH=9", "9/mon+1"),
        ("BYMONTH=5;BYDAY=SU;BYSETPOS=3", "5/sun+3"),
        ("BYMONTH=5;BYDAY=SU;BYSETPOS=-1", "5/sun-last"),
        ("BYMONTH=11;BYDAY=TH;BYMONTHDAY=22,23,24,25,26,27,28", "11/thu+4"),
    ],
)
def test_a_weekday_of_a_month_is_a_rule(written: str, rule: str) -> None:
    one = tree(*MAY, f"RRULE:FREQ=YEARLY;{written}")
    assert one == {"date": "1914-05-17", "title": "Our day", "rule": rule}


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("FREQ=MONTHLY", "falls every month, and an entry falls once a year"),
        ("FREQ=WEEKLY;BYDAY=MO", "falls every week"),
        ("FREQ=DAILY;COUNT=3", "falls every day"),
        ("FREQ=SECONDLY", "falls every second"),
        ("FREQ=YEARLY;INTERVAL=4", "falls every 4 years"),
        ("FREQ=YEARLY;COUNT=3", "only for some years"),
        ("FREQ=YEARLY;UNTIL=20300101", "only for some years"),
        ("FREQ=YEARLY;BYMONTH=5,6", "in several months"),
        ("FREQ=YEARLY;BYMONTHDAY=17", "falls every month"),
        ("FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=18", "not repeat on its own day"),
        ("FREQ=YEARLY;BYMONTH=5;BYDAY=SU", "no rule can say"),
        ("FREQ=YEARLY;BYMONTH=5;BYDAY=-2SU", "no rule can say"),
        ("FREQ=YEARLY;BYMONTH=5;BYDAY=1SU,2SU", "no rule can say"),
        ("FREQ=YEARLY;BYDAY=20MO", "no rule can say"),
        ("FREQ=YEARLY;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", "no rule can say"),
        ("FREQ=YEARLY;BYYEARDAY=100", "no rule can say (BYYEARDAY)"),
        ("FREQ=YEARLY;RSCALE=HEBREW;BYMONTH=5L", "no rule can say (RSCALE)"),
        ("FREQ=OFTEN", "cannot be read"),
        ("yearly", "cannot be read"),
        ("FREQ=YEARLY;BYMONTH=x", "cannot be read"),
        ("FREQ=YEARLY;BYMONTH=13", "not repeat on its own day"),
        ("FREQ=YEARLY;BYMONTH=13;BYDAY=1SU", "no rule can say"),
    ],
)
def test_what_no_entry_can_repeat_is_refused(rule: str, reason: str) -> None:
    assert reason in refused(*MAY, f"RRULE:{rule}")


def test_several_rules_are_refused() -> None:
    yearly = "RRULE:FREQ=YEARLY"
    assert "several rules" in refused(*MAY, yearly, "RRULE:FREQ=YEARLY;BYMONTH=6")
    assert "several rules" in refused(*MAY, yearly, "EXRULE:FREQ=YEARLY;INTERVAL=3")
    assert "a list of days" in refused(*MAY, yearly, "RDATE:20200101")


@pytest.mark.parametrize("rule", ["easter", "easter-2", "easter+39", "paskha", "paskha+39"])
def test_a_list_of_days_around_easter_is_its_rule(rule: str) -> None:
    days = [day_of(rule, year) for year in range(2021, 2031)]
    first, *others = (f"{day:%Y%m%d}" for day in days if day)
    one = tree(
        "UID:1",
        f"DTSTART;VALUE=DATE:{first}",
        f"RDATE;VALUE=DATE:{','.join(others[:4])}",
        f"RDATE;VALUE=DATE:{','.join(others[4:])}",
        "SUMMARY:Feast",
    )
    assert one["rule"] == rule
    assert one["date"] == f"{days[0]}"


@pytest.mark.parametrize(
    "days",
    [
        "20250420,20260405",  # two are too few
        "20250420,20260405,20270329",  # the day after in the last year
        "20250420,20250421,20260405",  # two in a year
        "20100404,20110424,20140420",  # in these years both Easters are one day
    ],
)
def test_another_list_of_days_is_refused(days: str) -> None:
    first, _, others = days.partition(",")
    lines = (f"DTSTART;VALUE=DATE:{first}", f"RDATE;VALUE=DATE:{others}", "SUMMARY:Feast")
    assert "list of days (RDATE)" in refused(*lines)


def test_a_list_with_its_own_day_alone_is_no_recurrence() -> None:
    assert tree(*MAY, "RDATE;VALUE=DATE:19140517")["date"] == "1914-05-17"


def test_an_empty_rule_is_no_rule() -> None:
    assert tree(*MAY, "RRULE:")["date"] == "1914-05-17"


def test_years_that_are_left_out_are_told() -> None:
    note, _ = all_of(event(*MAY, "RRULE:FREQ=YEARLY", "EXDATE;VALUE=DATE:19200517"))
    assert isinstance(note, Note)
    assert "leaves out some years" in note.message


def test_a_recurrence_without_end_takes_no_time() -> None:
    began = time.perf_counter()
    assert "every second" in refused(*MAY, "RRULE:FREQ=SECONDLY;BYSECOND=0,1,2;INTERVAL=1")
    found(*MAY, "RRULE:FREQ=YEARLY")
    assert time.perf_counter() - began < 1
