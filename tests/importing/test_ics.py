"""`import ics`: what a VEVENT becomes, and which events are refused."""

import pytest

from onthisday.importers.found import Broken, Found, Note, Read, Refused
from onthisday.importers.ics import read
from onthisday.schema.entry_schema import DOCUMENT, ENTRY
from tests.importing.incoming import incoming

SPEECH = (
    "UID:speech@example.org",
    "DTSTART;VALUE=DATE:19560225",
    "SUMMARY:Khrushchev speaks",
)


def calendar(*lines: str) -> str:
    """Return a calendar with these lines."""
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", ""])


def event(*lines: str) -> str:
    """Return a calendar with one event that has these lines."""
    return calendar("BEGIN:VEVENT", *lines, "END:VEVENT")


def all_of(text: str | bytes) -> list[Read]:
    """Return what is read from a calendar."""
    return list(read(incoming(text, "family.ics")))


def found(*lines: str) -> Found:
    """Return the one fact of an event. Its tree is an entry that a curator could write."""
    [one] = [each for each in all_of(event(*lines)) if not isinstance(each, Note)]
    assert isinstance(one, Found), one
    must_be_an_entry(one)
    return one


def must_be_an_entry(one: Found) -> None:
    """Fail if the schema has something to say of a fact."""
    problems: list[object] = []
    sources = {"sources": [{"document": "family"}]}
    ENTRY.read({"id": one.id or "x", **sources, **one.tree}, (), problems)  # type: ignore[arg-type]
    for document in one.documents:
        DOCUMENT.read(document, (), problems)  # type: ignore[arg-type]
    assert problems == []


def tree(*lines: str) -> dict[str, object]:
    return found(*lines).tree


def refused(*lines: str) -> str:
    """Return the reason for which an event is refused."""
    [one] = all_of(event(*lines))
    assert isinstance(one, Refused), one
    return one.reason


def test_a_whole_day_is_an_entry_with_its_uid_as_id() -> None:
    one = found(*SPEECH)
    assert one.tree == {"date": "1956-02-25", "title": "Khrushchev speaks"}
    assert one.id == "speech-example.org"


def test_its_place_is_from_begin_to_end_in_code_points() -> None:
    text = calendar(
        "X-WR-CALNAME:Zeitgeschichte – 🎂",
        *("BEGIN:VEVENT", *SPEECH, "END:VEVENT"),
        *("BEGIN:VEVENT", "UID:2", "DTSTART:19991231T235900", "SUMMARY:Ende 🎆", "END:VEVENT"),
    )
    one, two = (each for each in all_of(text) if isinstance(each, Found))
    for each, line in ((one, 4), (two, 9)):
        assert each.place.span is not None
        assert text[slice(*each.place.span)] == each.text
        assert each.place.line == line
    assert two.text.startswith("BEGIN:VEVENT\r\nUID:2\r\n")
    assert two.text.endswith("Ende 🎆\r\nEND:VEVENT")


def test_folded_lines_and_escapes_are_read() -> None:
    one = tree(
        *SPEECH,
        "DESCRIPTION:He spoke for four",
        "  hours\\, and nobody\\; nobody ",
        "\tslept.\\nThen: silence. C:\\\\",
    )
    assert (
        one["summary"] == "He spoke for four hours, and nobody; nobody slept.\nThen: silence. C:\\"
    )


def test_quoted_parameters_are_no_part_of_the_value() -> None:
    one = tree(
        "UID:1",
        "DTSTART;VALUE=DATE:18481103",
        'SUMMARY;ALTREP="http://example.org/a:b;c";LANGUAGE=de:Wahl: Tag',
    )
    assert one["title"] == "Wahl: Tag"


def test_a_timed_event_has_the_local_date_of_its_own_zone() -> None:
    one = tree("UID:1", "DTSTART;TZID=America/New_York:19690720T221500", "SUMMARY:Moon")
    assert one["date"] == "1969-07-20"


def test_a_zone_of_the_file_itself_needs_no_other_name() -> None:
    text = calendar(
        "BEGIN:VTIMEZONE",
        "TZID:Our hill",
        "BEGIN:STANDARD",
        "DTSTART:16010101T000000",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "END:STANDARD",
        "END:VTIMEZONE",
        "BEGIN:VEVENT",
        "UID:1",
        "DTSTART;TZID=Our hill:00010303T010000",
        "SUMMARY:First",
        "END:VEVENT",
    )
    [one] = all_of(text)
    assert isinstance(one, Found)
    assert one.tree["date"] == "0001-03-03"


@pytest.mark.parametrize(("zone", "day"), [("Europe/Berlin", "2001-01-02"), ("UTC", "2001-01-01")])
def test_a_time_in_utc_is_told_in_the_zone_of_its_calendar(zone: str, day: str) -> None:
    lines = ("BEGIN:VEVENT", "UID:1", "DTSTART:20010101T233000Z", "SUMMARY:Late", "END:VEVENT")
    [one] = all_of(calendar(f"X-WR-TIMEZONE:{zone}", *lines))
    assert isinstance(one, Found)
    assert one.tree["date"] == day


def test_a_zone_that_nobody_knows_is_told() -> None:
    lines = ("BEGIN:VEVENT", "UID:1", "DTSTART:20010101T233000Z", "SUMMARY:Late", "END:VEVENT")
    note, one = all_of(calendar("X-WR-TIMEZONE:Middle/Earth", *lines))
    assert isinstance(note, Note)
    assert "Middle/Earth" in note.message
    assert isinstance(one, Found)


def test_an_event_of_several_days_is_observed_on_the_first() -> None:
    one = tree("UID:1", "DTSTART;VALUE=DATE:19190705", "DTEND;VALUE=DATE:19190708", "SUMMARY:Fair")
    assert one == {"date": "1919-07-05/1919-07-07", "observe": "07-05", "title": "Fair"}


def test_the_day_after_is_no_second_day() -> None:
    one = tree("UID:1", "DTSTART;VALUE=DATE:19190705", "DTEND;VALUE=DATE:19190706", "SUMMARY:Fair")
    assert one == {"date": "1919-07-05", "title": "Fair"}


def test_an_end_that_no_day_is_before_is_no_second_day() -> None:
    one = tree("UID:1", "DTSTART;VALUE=DATE:00010101", "DTEND;VALUE=DATE:00010101", "SUMMARY:Fair")
    assert one == {"date": "0001-01-01", "title": "Fair"}


def test_place_summary_and_tags_are_taken() -> None:
    one = tree(
        *SPEECH,
        "LOCATION:Moscow\\, Kremlin",
        "DESCRIPTION:A <b>long</b> speech.<br>Nobody <i>slept</i>; 2 < 3 &amp; 4.",
        "CATEGORIES:soviet-union,Cold War,tea & coffee",
        "CATEGORIES:soviet-union,UNO",
    )
    assert one["place"] == "Moscow, Kremlin"
    assert one["summary"] == "A long speech.\nNobody slept; 2 < 3 & 4."
    assert one["tags"] == ["soviet-union", "Cold-War", "tea-coffee", "UNO"]


def test_a_category_that_cannot_be_a_tag_is_told() -> None:
    notes = [each for each in all_of(event(*SPEECH, "CATEGORIES:??,x")) if isinstance(each, Note)]
    assert [each.message for each in notes] == [
        '"Khrushchev speaks": "??" cannot be a tag, and is left out'
    ]


def test_its_web_page_becomes_a_document() -> None:
    one = found(*SPEECH, "URL:https://example.org/speech?a=1")
    [document] = one.documents
    assert document["url"] == "https://example.org/speech?a=1"
    assert document["title"] == "Khrushchev speaks"
    assert one.tree["sources"] == [{"document": document["id"]}]


def test_an_address_of_no_web_page_is_told() -> None:
    note, one = all_of(event(*SPEECH, "URL:message:%3Cabc%3E"))
    assert isinstance(note, Note)
    assert "is no web address" in note.message
    assert isinstance(one, Found)
    assert one.documents == ()


@pytest.mark.parametrize(
    ("uid", "begins"),
    [
        ("secret-speech", "secret-speech"),
        ("a1@example.org", "a1-example.org"),
        ("{A1B2}/x@y", "A1B2-x-y-"),
        ("Überfall", "Uberfall-"),
        ("день", ""),
        (".", ""),
        ("x" * 300, "x" * 100),
    ],
)
def test_an_id_is_made_of_the_uid_and_stays(uid: str, begins: str) -> None:
    one, other = found(f"UID:{uid}", *SPEECH[1:]), found(f"UID:{uid}!", *SPEECH[1:])
    assert one.id
    assert one.id.startswith(begins)
    assert one.id == found(f"UID:{uid}", *SPEECH[1:]).id != other.id


def test_an_event_without_a_uid_has_no_id() -> None:
    assert found(*SPEECH[1:]).id is None


def test_parts_of_an_event_such_as_alarms_are_not_its_own() -> None:
    alarm = ("BEGIN:VALARM", "SUMMARY:Wake up", "DESCRIPTION:Beep", "END:VALARM")
    assert tree("UID:1", *alarm, *SPEECH[1:]) == {
        "date": "1956-02-25",
        "title": "Khrushchev speaks",
    }


def test_a_category_of_holidays_gives_the_kind() -> None:
    one = tree("UID:1", "DTSTART;VALUE=DATE:20200501", "SUMMARY:May Day", "CATEGORIES:Holidays")
    assert one["kind"] == "holiday"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("STATUS:CANCELLED", "is cancelled"),
        ("CLASS:PRIVATE", "is private"),
        ("RECURRENCE-ID:20200101", "changes one day"),
        ("DTSTART:soon", 'has a date that cannot be read: "soon"'),
        ("DTSTART;VALUE=DATE:20230230", "has a date that no calendar has"),
        ("SUMMARY;ENCODING=QUOTED-PRINTABLE:=C3=A4", "vCalendar 1.0"),
        ("DTSTART", "cannot be read"),
    ],
)
def test_what_cannot_be_an_entry_is_refused_with_the_reason(line: str, reason: str) -> None:
    assert reason in refused(line, *SPEECH)


def test_an_event_needs_a_title_and_a_date() -> None:
    assert "title" in refused(*SPEECH[:2], "SUMMARY: ")
    assert "date" in refused(SPEECH[0], SPEECH[2])


@pytest.mark.parametrize("name", ["VTODO", "VJOURNAL", "VFREEBUSY", "VAVAILABILITY", "X-OURS"])
def test_each_component_that_is_no_event_is_told(name: str) -> None:
    [one] = all_of(calendar(f"BEGIN:{name}", *SPEECH, f"END:{name}"))
    assert isinstance(one, Refused)
    assert name in one.reason
    assert "no event" in one.reason


@pytest.mark.parametrize("line", ["METHOD:CANCEL", "CALSCALE:HEBREW"])
def test_a_calendar_may_speak_against_all_its_events_but_not_the_next(line: str) -> None:
    whole = event(*SPEECH)
    one, two = all_of(whole.replace("VERSION:2.0", line) + whole)
    assert isinstance(one, Refused)
    assert isinstance(two, Found)


def test_an_event_that_does_not_end_is_told_and_the_next_is_read() -> None:
    cut = ("BEGIN:VEVENT", "UID:1", "DTSTART:20200101", "SUMM")
    one, two = all_of(calendar(*cut, "BEGIN:VEVENT", *SPEECH, "END:VEVENT"))
    assert isinstance(one, Refused)
    assert one.reason == "has no END:VEVENT"
    assert one.text.endswith("SUMM")
    assert isinstance(two, Found)


def test_a_file_that_is_cut_is_broken_after_what_it_has() -> None:
    reading = read(incoming(event(*SPEECH).replace("END:VCALENDAR\r\n", "")))
    assert isinstance(next(reading), Found)
    with pytest.raises(Broken, match="the file is cut"):
        next(reading)


@pytest.mark.parametrize("text", ["", "\n\n", "Date,Title\n", "<html>", "BEGIN", "\ufeff", "\0\0"])
def test_another_file_is_broken(text: str) -> None:
    with pytest.raises(Broken, match="no calendar"):
        all_of(text)


def test_a_byte_order_mark_and_other_line_ends_are_read() -> None:
    text = "\ufeff" + event(*SPEECH).replace("\r\n", "\n").lower().replace("t:k", "T:K")
    [one] = all_of(text)
    assert isinstance(one, Found)


def test_an_event_without_a_calendar_around_it_is_read_and_other_lines_are_told() -> None:
    text = "\n".join(["BEGIN:VEVENT", *SPEECH, "END:VEVENT", "and so on"])
    one, other = all_of(text)
    assert isinstance(one, Found)
    assert isinstance(other, Refused)
    assert other.text == "and so on"


def test_a_large_attachment_is_not_kept() -> None:
    lines = ("ATTACH;ENCODING=BASE64:", *(" " + "A" * 70 for _ in range(20_000)))
    [one] = all_of(event(*SPEECH, *lines))
    assert isinstance(one, Refused)
    assert "take out what is attached" in one.reason
    assert len(one.text) <= 1_000_000


def test_what_an_entry_has_no_key_for_is_told_once() -> None:
    more = ("BEGIN:VEVENT", *SPEECH, "GEO:1;2", "ATTENDEE;CN=A:mailto:a@b", "END:VEVENT")
    given = all_of(calendar(*more, *more, "BEGIN:VEVENT", *SPEECH, "geo:3;4", "END:VEVENT"))
    assert [each.message for each in given if isinstance(each, Note)] == [
        "ATTENDEE of this event and 1 more is not imported: an entry has no key for it",
        "GEO of this event and 2 more is not imported: an entry has no key for it",
    ]
