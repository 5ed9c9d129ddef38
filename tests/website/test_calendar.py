"""Calendars, as programs read them: icalendar, recurring-ical-events and vobject."""

import json
import unicodedata
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
import recurring_ical_events  # type: ignore[import-untyped]
import vobject  # type: ignore[import-untyped]
from hypothesis import given
from hypothesis import strategies as st

from onthisday.app.workspace import Almanac
from onthisday.characters import clean
from onthisday.feeds import ics
from onthisday.feeds.calendar import AHEAD, BACK, MOST_A_DAY, Event, EventCalendar, calendar_of
from onthisday.feeds.feed import feed_of
from onthisday.feeds.safe_text import one_line
from onthisday.feeds.scope import DISPUTED, of_tag
from onthisday.site.website import Website
from tests.examples import examples
from tests.website.fixtures import SHIPPED, entry_of, open_almanac

DAY = date(2026, 2, 25)

ACCOUNTS = [
    {
        "question": "How many?",
        "answers": [{"says": "1,400", "document": "book"}, {"says": "1,500", "document": "book"}],
    }
]


def rendered(almanac: Almanac, day: date = DAY, **more: Any) -> bytes:
    return ics.render(calendar_of(almanac.site, almanac.library.published(day), day, **more))


def events_of(content: bytes) -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(content).events


def text_of(event: icalendar.Event, name: str) -> str:
    return str(event.get(name))


def by_uid(content: bytes) -> dict[str, bytes]:
    """Return the unchanged lines of each event, by its UID."""
    blocks = content.split(b"BEGIN:VEVENT\r\n")[1:]
    found = {}
    for block in blocks:
        lines = block.partition(b"END:VEVENT\r\n")[0]
        unfolded = lines.replace(b"\r\n ", b"")
        uid = next(line for line in unfolded.split(b"\r\n") if line.startswith(b"UID:"))
        found[uid.decode()] = lines
    assert len(found) == len(blocks)
    return found


def every_day() -> list[dict[str, Any]]:
    days = [date(1960, 1, 1) + timedelta(days=n) for n in range(366)]
    return [entry_of(f"e{day:%m-%d}", day.isoformat()) for day in days]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Almanac:
    """Return an almanac with an entry on each of the 366 days."""
    return open_almanac(tmp_path_factory.mktemp("full"), every_day())


def test_a_calendar_program_sees_todays_event(full: Almanac) -> None:
    calendar = icalendar.Calendar.from_ical(rendered(full))
    [event] = recurring_ical_events.of(calendar).at(DAY)
    assert text_of(event, "SUMMARY") == "66 years ago: What e02-25 was"
    assert text_of(event, "URL") == "https://almanac.example/entries/e02-25/#2026"
    assert event.start == DAY
    assert event.end == DAY + timedelta(days=1)
    assert "Sources:\nA press, A book, p.\N{NO-BREAK SPACE}7" in text_of(event, "DESCRIPTION")


def test_another_program_reads_the_same(full: Almanac) -> None:
    read = vobject.readOne(rendered(full).decode())
    ours = events_of(rendered(full))
    assert [event.uid.value for event in read.vevent_list] == [
        text_of(event, "UID") for event in ours
    ]
    assert [event.summary.value for event in read.vevent_list] == [
        text_of(event, "SUMMARY") for event in ours
    ]
    assert all(isinstance(event.dtstart.value, date) for event in read.vevent_list)


def test_events_are_whole_days_that_mark_nobody_busy_and_wake_nobody(full: Almanac) -> None:
    content = rendered(full)
    for event in events_of(content):
        assert not isinstance(event.start, datetime)
        assert event.duration == timedelta(days=1)
        assert text_of(event, "TRANSP") == "TRANSPARENT"
    assert b"VALARM" not in content
    assert b"RRULE" not in content


def test_a_calendar_reaches_a_month_back_and_more_than_a_year_ahead(full: Almanac) -> None:
    days = sorted(event.start for event in events_of(rendered(full)))
    assert days[0] == DAY - timedelta(days=BACK)
    assert days[-1] == DAY + timedelta(days=AHEAD)
    assert len(days) == BACK + 1 + AHEAD + 2  # twice, 29 February falls on the 28th


@pytest.mark.parametrize("later", [1, 2, 30])
def test_events_that_stay_are_the_same_bytes_days_later(full: Almanac, later: int) -> None:
    before, after = by_uid(rendered(full)), by_uid(rendered(full, DAY + timedelta(days=later)))
    both = before.keys() & after.keys()
    assert len(both) > 366
    assert all(before[uid] == after[uid] for uid in both)
    assert before.keys() - after.keys()


def test_a_calendar_program_sees_the_place(tmp_path: Path) -> None:
    entries = [
        entry_of("a", "1956-02-25", place="Moscow; the\tKremlin"),
        entry_of("b", "1956-02-26"),
    ]
    placed, other = [e for e in events_of(rendered(open_almanac(tmp_path, entries)))
                     if e.start.year == 2026]  # fmt: skip
    assert text_of(placed, "LOCATION") == "Moscow; the Kremlin"
    assert "LOCATION" not in other


def test_dtstamp_moves_with_a_correction_and_by_nothing_else(tmp_path: Path) -> None:
    entry = entry_of("first", "1956-02-25")
    before = events_of(rendered(open_almanac(tmp_path, [entry])))
    mended = {**entry, "title": "Mended", "updated": "2026-02-23"}
    after = events_of(rendered(open_almanac(tmp_path, [mended])))
    assert [text_of(event, "UID") for event in before] == [text_of(event, "UID") for event in after]
    assert {event.DTSTAMP for event in before} == {datetime(2026, 1, 1, tzinfo=UTC)}
    assert {event.DTSTAMP for event in after} == {datetime(2026, 2, 23, tzinfo=UTC)}
    assert all(event.LAST_MODIFIED == event.DTSTAMP for event in after)
    assert {text_of(event, "SEQUENCE") for event in before} == {"0"}


def test_the_sequence_grows_with_each_correction_that_has_come(tmp_path: Path) -> None:
    def of(updated: str) -> tuple[int, datetime]:
        entry = entry_of("first", "1956-02-25", updated=updated)
        event = events_of(rendered(open_almanac(tmp_path, [entry])))[0]
        return int(text_of(event, "SEQUENCE")), event.DTSTAMP

    said = [of(updated) for updated in ("2027-01-01", "2020-05-05", "2026-02-23", "2026-02-25")]
    assert said == sorted(said), "never back, also where a correction is older than the tag"
    assert [number for number, _ in said] == sorted({number for number, _ in said})


@pytest.mark.parametrize("tag", ["a.example,0001", "a.example,2999"])
@pytest.mark.parametrize("updated", ["0001-01-01", "1969-12-31", None])
def test_no_tag_and_no_correction_is_too_early_or_too_late_for_a_calendar(
    tmp_path: Path, tag: str, updated: str | None
) -> None:
    entry = entry_of("first", "1956-02-25", **({"updated": updated} if updated else {}))
    almanac = open_almanac(tmp_path, [entry], tag=tag, zone="Pacific/Kiritimati")
    for event in events_of(rendered(almanac)):
        assert datetime(1970, 1, 1, tzinfo=UTC) == event.DTSTAMP
        assert text_of(event, "SEQUENCE") == "0"
    [item] = feed_of(almanac.site, almanac.library.published(DAY), DAY).items
    assert item.updated == item.published


@pytest.mark.parametrize("now", [date(1971, 3, 1), date(2026, 2, 25), date(9999, 12, 1)])
def test_no_event_has_the_historic_date(tmp_path: Path, now: date) -> None:
    old = [entry_of("ides", "-0043-03-15"), entry_of("union", "1603-12-24")]
    events = events_of(rendered(open_almanac(tmp_path, old), now))
    assert events
    assert all(event.start >= now - timedelta(days=BACK) for event in events)


@pytest.mark.parametrize(("day", "next_day"), [("0044-03-15", "0044-03-16"), ("9999-12-31", None)])
def test_the_earliest_and_the_last_days_of_all_are_whole_days(
    tmp_path: Path, day: str, next_day: str | None
) -> None:
    almanac = open_almanac(tmp_path, [entry_of("vow", f"XXXX{day[4:]}")])
    [event] = [
        event
        for event in events_of(rendered(almanac, date.fromisoformat(day)))
        if event.start == date.fromisoformat(day)
    ]
    end = event.get("DTEND")
    assert (end and end.dt) == (next_day and date.fromisoformat(next_day))


@pytest.mark.parametrize(
    ("leap_day", "year", "falls"),
    [("feb-28", 2027, "02-28"), ("mar-1", 2027, "03-01"), ("omit", 2027, None),
     ("feb-28", 2028, "02-29"), ("omit", 2028, "02-29")],
)  # fmt: skip
def test_29_february_falls_where_the_curator_puts_it(
    tmp_path: Path, leap_day: str, year: int, falls: str | None
) -> None:
    almanac = open_almanac(tmp_path, [entry_of("leap", "1960-02-29", leap_day=leap_day)])
    events = events_of(rendered(almanac, date(year, 2, 1)))
    here = [f"{event.start:%m-%d}" for event in events if event.start.year == year]
    assert here == ([falls] if falls else [])


def test_a_rules_day_moves_and_its_uid_is_the_years(tmp_path: Path) -> None:
    easter = entry_of("easter", "0325-06-19", kind="holiday", rule="easter+0")
    events = events_of(rendered(open_almanac(tmp_path, [easter]), date(2026, 3, 20)))
    assert [(text_of(event, "UID").rpartition(":")[2], event.start) for event in events] == [
        ("easter/2026", date(2026, 4, 5)),
        ("easter/2027", date(2027, 3, 28)),
    ]


def test_a_day_gives_a_hundred_events_milestones_first(tmp_path: Path) -> None:
    many = [entry_of(f"e{year}", f"{year}-02-25") for year in range(1800, 1930)]
    events = events_of(rendered(open_almanac(tmp_path, many)))
    own = [event for event in events if event.start == DAY]
    assert len(own) == MOST_A_DAY
    kept = {text_of(event, "UID").rpartition(":")[2] for event in own}
    assert {"e1801/2026", "e1926/2026", "e1916/2026"} <= kept


def test_a_tag_and_what_is_disputed_have_calendars_of_their_own(tmp_path: Path) -> None:
    entries = [
        entry_of("plain", "1956-02-25"),
        entry_of("tagged", "1957-02-26", tags=["café"]),
        entry_of("open", "1958-02-27", accounts=ACCOUNTS),
    ]
    almanac = open_almanac(tmp_path, entries)
    for scope, name, source in (
        (of_tag("café"), "tagged", "tags/caf%C3%A9/calendar.ics"),
        (DISPUTED, "open", "disputed/calendar.ics"),
    ):
        calendar = icalendar.Calendar.from_ical(rendered(almanac, scope=scope))
        uids = {text_of(event, "UID") for event in calendar.events}
        assert uids == {f"tag:almanac.example,2026:{name}/{year}" for year in (2026, 2027)}
        assert str(calendar["SOURCE"]) == f"https://almanac.example/{source}"
    [event] = [e for e in events_of(rendered(almanac, scope=DISPUTED)) if e.start.year == 2026]
    assert "How many?\n– 1,400 (A press)\n– 1,500 (A press)" in text_of(event, "DESCRIPTION")


def test_an_almanac_with_nothing_in_it_has_a_calendar_with_nothing_in_it(tmp_path: Path) -> None:
    almanac = open_almanac(tmp_path, [entry_of("whenever", "1956")])
    content = rendered(almanac)
    calendar = icalendar.Calendar.from_ical(content)
    assert calendar.events == []
    assert [part.name for part in calendar.subcomponents] == ["VTIMEZONE"]
    assert len(list(vobject.readOne(content.decode()).components())) == 1
    assert str(calendar["X-WR-CALNAME"]) == "On this day"


def test_the_shipped_calendar_breaks_no_rule_that_icalendar_knows() -> None:
    almanac = Almanac.open(str(SHIPPED / "config.yaml"))
    calendar = icalendar.Calendar.from_ical(rendered(almanac))
    assert calendar["METHOD"] == "PUBLISH"
    for part in calendar.walk():
        assert part.errors == []
    website = Website(almanac.site, almanac.library, DAY)
    for event in calendar.events:
        path = "/" + text_of(event, "URL").partition("#")[0].removeprefix(almanac.site.url)
        assert website.render(path) is not None


ANY_TEXT = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\t").filter(
        lambda char: clean(char) == char
    )
    | st.sampled_from('\\;,:"é€😀\N{ZERO WIDTH JOINER}'),
    max_size=300,
)


def calendar_saying(title: str, description: str, tags: tuple[str, ...] = ()) -> bytes:
    event = Event("tag:x,2026:a/2026", DAY, title, description, "https://x.example/", tags,
                  datetime(2026, 1, 1, tzinfo=UTC))  # fmt: skip
    return ics.render(EventCalendar(title, description, "https://x.example/calendar.ics", (event,)))


@examples(150)
@given(title=ANY_TEXT, description=st.lists(ANY_TEXT, max_size=4).map("\n".join))
def test_any_text_is_folded_at_75_octets_and_read_back(title: str, description: str) -> None:
    content = calendar_saying(title, description)
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
    assert content.endswith(b"END:VCALENDAR\r\n")
    [event] = events_of(content)
    assert text_of(event, "SUMMARY") == title.strip()
    assert text_of(event, "DESCRIPTION") == description.strip()


@given(text=st.text(st.characters()))
def test_no_line_of_a_calendar_has_a_control_whatever_an_entry_says(text: str) -> None:
    shown = calendar_saying(one_line(text), clean(text), (one_line(text),)).decode()
    assert all(char not in "\x7f\u2028\u2029" for char in shown)
    assert all(unicodedata.category(char) != "Cc" for char in shown.replace("\r\n", ""))
    assert shown.splitlines() == shown.removesuffix("\r\n").split("\r\n")


@given(tags=st.lists(st.sampled_from(["a,b", "c;d", "e\\f", "été", "g"]), min_size=1, max_size=5))
def test_tags_are_told_apart_whatever_they_hold(tags: list[str]) -> None:
    [event] = events_of(calendar_saying("x", "y", tuple(tags)))
    assert event.categories == tags


@given(line=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n")))
def test_a_folded_line_unfolds_to_itself(line: str) -> None:
    folded = ics.folded(line)
    assert folded.endswith(b"\r\n")
    assert folded.removesuffix(b"\r\n").replace(b"\r\n ", b"") == line.encode()


@examples(40)
@given(day=st.dates(), ahead=st.integers(1, 40))
def test_on_any_day_and_the_days_after_it_events_agree(day: date, ahead: int) -> None:
    almanac = Almanac.open(str(SHIPPED / "config.yaml"))
    later = min(day.toordinal() + ahead, date.max.toordinal())
    before, after = (
        by_uid(rendered(almanac, day)),
        by_uid(rendered(almanac, date.fromordinal(later))),
    )
    assert all(before[uid] == after[uid] for uid in before.keys() & after.keys())


def test_the_calendar_of_the_site_is_this_one(full: Almanac) -> None:
    website = Website(full.site, full.library, DAY)
    page = website.render("/calendar.ics")
    assert page is not None
    assert page.media_type == "text/calendar; charset=utf-8"
    assert page.body == rendered(full)
    assert json.dumps(page.body.decode()).count("BEGIN:VEVENT") == len(events_of(page.body))
