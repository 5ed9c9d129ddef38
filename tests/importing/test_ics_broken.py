"""`import ics` with broken files: each is told, quickly, and none raises anything but Broken."""

import time
from itertools import islice

import pytest

from onthisday.importers.found import Broken, Found, Note, Read, Refused
from onthisday.importers.ics import read
from onthisday.importers.ics_components import MOST
from tests.importing.incoming import incoming
from tests.importing.spoiling import spoiled
from tests.importing.test_ics import calendar, event

GOOD = calendar(
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    "X-WR-TIMEZONE:Europe/Berlin",
    "BEGIN:VTIMEZONE",
    "TZID:Europe/Berlin",
    "END:VTIMEZONE",
    "BEGIN:VEVENT",
    "UID:1@example.org",
    "DTSTAMP:20260101T000000Z",
    'DTSTART;TZID="Europe/Berlin":19560225T233000',
    "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=25",
    "SUMMARY;LANGUAGE=en:A speech\\, <b>long</b> (1956)",
    "DESCRIPTION:Four hours",
    "  and more.\\nÄ 🎂",
    "CATEGORIES:one,two words,BIRTHDAY",
    "URL:https://example.org/1",
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    "END:VALARM",
    "END:VEVENT",
    "BEGIN:VEVENT",
    "UID:2@example.org",
    "DTSTART;VALUE=DATE:20250420",
    "DTEND;VALUE=DATE:20250422",
    "RDATE;VALUE=DATE:20260405,20270328,20280416",
    "EXDATE;VALUE=DATE:20270328",
    "SUMMARY:Easter",
    "LOCATION:Here",
    "END:VEVENT",
).encode()


def all_of(content: bytes | str) -> list[Read]:
    """Return what is read. A file that is broken gives what came before."""
    given: list[Read] = []
    try:
        given.extend(read(incoming(content, "broken.ics")))
    except Broken:
        pass
    return given


@pytest.mark.parametrize("seed", range(400))
def test_a_spoiled_file_is_told_and_nothing_else_is_raised(seed: int) -> None:
    content = spoiled(GOOD, seed)
    began = time.perf_counter()
    given = all_of(content)
    assert time.perf_counter() - began < 5
    text = content.decode("utf-8", "replace")
    for each in given:
        assert isinstance(each, (Found, Refused, Note))
        if isinstance(each, Found):
            assert each.place.span is not None
            assert text[slice(*each.place.span)] == each.text


LONG = 400_000

BOMBS = {
    "one long line": "A" * LONG,
    "a long value": event("UID:1", "DTSTART:20200101", "SUMMARY:" + "A" * (LONG - 200)),
    "escapes": event("UID:1", "DTSTART:20200101", "SUMMARY:" + "\\" * (LONG - 200)),
    "quotation marks": event("UID:1", "DTSTART:20200101", 'SUMMARY;X="' + '"' * (LONG - 200)),
    "parameters": event("UID:1", "DTSTART:20200101", "SUMMARY" + ";X=1" * 80_000 + ":A"),
    "spaces": event("UID:1", "DTSTART:20200101", "SUMMARY;X= " + " " * (LONG - 200) + "1:A"),
    "folds": event("UID:1", "DTSTART:20200101", "SUMMARY:A", *[" "] * 150_000),
    "empty lines": event("UID:1", *[""] * 150_000, "DTSTART:20200101", "SUMMARY:A"),
    "tags": event("UID:1", "DTSTART:20200101", "SUMMARY:A", "DESCRIPTION:" + "<b " * 100_000),
    "brackets": event(
        "UID:1", "DTSTART:20200101", "RRULE:FREQ=YEARLY", "SUMMARY:" + "(1" * 150_000
    ),
    "categories": event("UID:1", "DTSTART:20200101", "SUMMARY:A", "CATEGORIES:" + "a,?," * 80_000),
    "days": event("UID:1", "DTSTART:20200101", "SUMMARY:A", "RDATE:" + "20200101," * 100_000),
    "rule": event("UID:1", "DTSTART:20200101", "SUMMARY:A", "RRULE:" + "BYDAY=MO;" * 100_000),
    "nested": "BEGIN:VCALENDAR\n" * 80_000,
    "nested events": "BEGIN:VEVENT\n" * 70_000,
    "nested alarms": event("UID:1", *["BEGIN:VALARM"] * 60_000),
    "endless": event("UID:1", "DTSTART:20200101", "SUMMARY:A", "RRULE:FREQ=SECONDLY"),
    "no end": "BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + "X:1\n" * 200_000,
    "colons": event("UID:" + ":" * LONG),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_takes_bounded_time(name: str) -> None:
    began = time.perf_counter()
    for each in islice(all_of(BOMBS[name]), 100_000):
        assert len(each.text if not isinstance(each, Note) else each.message) <= MOST
    assert time.perf_counter() - began < 20


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04" + bytes(1000),
        b"BEGIN:VCARD\nFN:Anna\nBDAY:19560315\nEND:VCARD\n",
        b"0 HEAD\n1 SOUR webtrees\n",
        b'{"events": []}',
        b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        b"\x89PNG\r\n",
        b"02/25\tKhrushchev speaks\n",
        GOOD.decode().encode("utf-16"),
    ],
)
def test_a_file_of_another_format_gives_no_entry(content: bytes) -> None:
    assert not [each for each in all_of(content) if isinstance(each, Found)]
