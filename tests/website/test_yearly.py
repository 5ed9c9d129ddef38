"""`export ics`: each entry falls on the right days, as other calendar programs work them out."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
import recurring_ical_events  # type: ignore[import-untyped]

from onthisday.almanac.occasions import occasions_of_days
from onthisday.app.workspace import Almanac
from onthisday.cli import main
from onthisday.service.exporting.calendars import as_ics
from tests.website.fixtures import entry_of, open_almanac, write_almanac

TODAY = date(2026, 2, 25)

FIRST, LAST = date(2024, 1, 1), date(2027, 12, 31)

RULES = ("easter", "easter-2", "easter+49", "paskha", "paskha+39", "11/sun-last", "5/mon+3",
         "5/mon+5", "2/mon+5", "1/tue+1", "10/sat+2-2", "12/sun-last+3")  # fmt: skip

ENTRIES = (
    entry_of("speech", "1956-02-25", place="Moscow", tags=["soviet-union"]),
    entry_of("doubtful", "1957-03-01?"),
    entry_of("ides", "-0043-03-15", calendar="julian"),
    entry_of("october", "1917-10-25", calendar="julian", observe="11-07"),
    entry_of("yearless", "XXXX-12-24"),
    entry_of("to-come", "2026-08-12"),
    entry_of("vague", "1066~", observe="10-14"),
    entry_of("fire", "1904-02-29"),
    entry_of("leaper", "1908-02-29", leap_day="mar-1"),
    entry_of("skipper", "1912-02-29", leap_day="omit"),
    entry_of("silvester", "1999-12-31"),
    *(entry_of(f"rule-{n}", "1954", rule=rule) for n, rule in enumerate(RULES)),
    *(entry_of(f"feast-{n}", "XXXX-05", rule=rule) for n, rule in enumerate(RULES) if "/" in rule),
)


def calendar_of(almanac: Almanac) -> icalendar.Calendar:
    content = b"".join(as_ics(almanac.site, almanac.library, TODAY).content)
    calendar = icalendar.Calendar.from_ical(content)
    assert isinstance(calendar, icalendar.Calendar)
    return calendar


def falling(calendar: icalendar.Calendar) -> set[tuple[date, str]]:
    """Return each day of 2024 to 2027 with the ids of its events, as programs show it."""
    events = recurring_ical_events.of(calendar).between(FIRST, LAST + timedelta(days=1))
    days = [(event.start, str(event["UID"]).split(":")[2].split("/")[0]) for event in events]
    assert len(days) == len(set(days))
    return set(days)


def expected(almanac: Almanac) -> set[tuple[date, str]]:
    days = (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1))
    found = occasions_of_days(almanac.library.published(TODAY), days, almanac.site.leap_day)
    return {(day, each.entry.id) for day, occasions in found for each in occasions}


@pytest.mark.parametrize("leap_day", ["feb-28", "mar-1", "omit"])
def test_each_entry_falls_on_its_days_of_four_years(tmp_path: Path, leap_day: str) -> None:
    write_almanac(tmp_path, [*ENTRIES], f"leap_day: {leap_day}\n")
    almanac = Almanac.open(str(tmp_path / "config.yaml"))
    assert falling(calendar_of(almanac)) == expected(almanac)


def test_every_day_of_the_year_is_one_event_that_is_repeated(tmp_path: Path) -> None:
    days = [date(1960, 1, 1) + timedelta(days=n) for n in range(366)]
    almanac = open_almanac(tmp_path, [entry_of(f"e{day:%m-%d}", f"{day}") for day in days])
    calendar = calendar_of(almanac)
    assert len(calendar.events) == 366
    assert falling(calendar) == expected(almanac)


def events_of(calendar: icalendar.Calendar, entry_id: str) -> Iterable[icalendar.Event]:
    uid = f"tag:almanac.example,2026:{entry_id}"
    return [each for each in calendar.events if str(each["UID"]).partition("/")[0] == uid]


def test_an_event_says_what_the_entry_says_and_its_first_day_fits_its_rule(tmp_path: Path) -> None:
    calendar = calendar_of(open_almanac(tmp_path, [*ENTRIES]))
    (speech,) = events_of(calendar, "speech")
    assert str(speech["UID"]) == "tag:almanac.example,2026:speech"
    assert str(speech["SUMMARY"]) == "What speech was (1956)"
    assert str(speech["DESCRIPTION"]).startswith("25 February 1956 · Moscow\nThe summary")
    assert "A press, A book, p." in str(speech["DESCRIPTION"])
    assert speech.start == date(1970, 2, 25)
    assert speech["RRULE"].to_ical() == b"FREQ=YEARLY;BYMONTHDAY=25;BYMONTH=2"
    facts = {name: str(value) for name, value in speech.items() if name.startswith("X-ONTHISDAY")}
    assert facts == {
        "X-ONTHISDAY-DATE": "1956-02-25",
        "X-ONTHISDAY-TITLE": "What speech was",
        "X-ONTHISDAY-SUMMARY": "The summary of speech.",
    }
    (october,) = events_of(calendar, "october")
    assert str(october["X-ONTHISDAY-CALENDAR"]) == "julian"
    (vague,) = events_of(calendar, "vague")
    assert str(vague["SUMMARY"]) == "What vague was (around 1066)"
    assert "remembered on this day" in str(vague["DESCRIPTION"])
    (doubtful,) = events_of(calendar, "doubtful")
    assert str(doubtful["SUMMARY"]) == "What doubtful was (perhaps 1 March 1957)"


def test_a_day_around_easter_is_written_out_with_the_ids_of_the_subscribed_calendar(
    tmp_path: Path,
) -> None:
    calendar = calendar_of(open_almanac(tmp_path, [entry_of("friday", "XXXX-05", rule="easter-2")]))
    days = {str(each["UID"]): each.start for each in calendar.events}
    assert len(days) == 41
    assert days["tag:almanac.example,2026:friday/2026"] == date(2026, 4, 3)
    assert all("RRULE" not in each and "RDATE" not in each for each in calendar.events)
    assert {str(each["X-ONTHISDAY-RULE"]) for each in calendar.events} == {"easter-2"}


LEFT_OUT: list[dict[str, Any]] = [
    entry_of("speech", "1956-02-25"),
    entry_of("child", "2019-05-01", kind="birth"),
    entry_of("month", "1956-02"),
    entry_of("never", "XXXX-05", rule="easter+366"),
    entry_of("gone", "1956-02-26", corrections=[
        {"on": "2026-01-01", "was": "It was.", "now": None, "why": "It was not."}]),
]  # fmt: skip


def test_what_is_left_out_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = write_almanac(tmp_path, LEFT_OUT)
    assert main(["export", "ics", "--config", str(config)]) == 0
    told = capsys.readouterr()
    assert told.err == (
        "1 birth of people who may be living: left out, because a calendar is published\n"
        "3 entries fall on no day: left out, because a calendar has only days\n"
    )
    assert told.out.count("BEGIN:VEVENT") == 1
    assert "child" not in told.out


def test_an_almanac_without_days_is_a_calendar_without_events(tmp_path: Path) -> None:
    almanac = open_almanac(tmp_path, [entry_of("month", "1956-02")])
    assert calendar_of(almanac).events == []
