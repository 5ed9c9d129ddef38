"""Write a calendar as iCalendar (RFC 5545, RFC 7986).

Why no library: the format is small. Called by site/feed_paths.py, cli/planner.py and
service/exporting/calendars.py.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from onthisday.feeds.calendar import Event, EventCalendar

MEDIA_TYPE = "text/calendar; charset=utf-8"

_OCTETS = 75
"""A line may have this many octets (bytes), without its line end (RFC 5545, section 3.1)."""


_UTC = (
    "BEGIN:VTIMEZONE",
    "TZID:UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "END:STANDARD",
    "END:VTIMEZONE",
)
"""A calendar without events has this time zone, which no program shows.

Why: some programs refuse a calendar without a component (RFC 5545, section 3.6).
"""


def render(calendar: EventCalendar) -> bytes:
    """Return the calendar as an iCalendar object."""
    return b"".join(lines(calendar))


def lines(calendar: EventCalendar) -> Iterator[bytes]:
    """Yield the lines of the calendar as an iCalendar object, with their line ends."""
    return map(folded, _lines(calendar))


def _lines(calendar: EventCalendar) -> Iterator[str]:
    title, description = _text(calendar.title), _text(calendar.description)
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//onthisday//onthisday//EN"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    yield f"NAME:{title}"
    yield f"X-WR-CALNAME:{title}"
    yield f"DESCRIPTION:{description}"
    yield f"X-WR-CALDESC:{description}"
    if calendar.url:
        yield "REFRESH-INTERVAL;VALUE=DURATION:P1D"
        yield "X-PUBLISHED-TTL:P1D"
        yield f"SOURCE;VALUE=URI:{calendar.url}"
    empty = True
    for event in calendar.events:
        empty = False
        yield from _event(event)
    if empty:
        yield from _UTC
    yield "END:VCALENDAR"


def _event(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(event.uid)}"
    yield f"DTSTAMP:{_stamp(event.changed)}"
    yield f"LAST-MODIFIED:{_stamp(event.changed)}"
    yield f"SEQUENCE:{event.version}"
    if event.cancelled:
        yield "STATUS:CANCELLED"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
    if event.repeats:
        yield f"RRULE:{event.repeats}"
    yield f"SUMMARY:{_text(event.title)}"
    yield f"DESCRIPTION:{_text(event.description)}"
    if event.place:
        yield f"LOCATION:{_text(event.place)}"
    yield f"URL:{event.url}"
    if event.tags:
        yield f"CATEGORIES:{','.join(map(_text, event.tags))}"
    for name, value in event.facts:
        yield f"X-ONTHISDAY-{name}:{_text(value)}"
    yield "CLASS:PUBLIC"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _stamp(instant: datetime) -> str:
    return f"{instant:%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """Return a text as iCalendar wants it: a backslash marks special signs (section 3.3.11)."""
    escaped = re.sub(r"([\\;,])", r"\\\1", text.strip())
    return escaped.replace("\n", "\\n").replace("\t", " ")


def folded(line: str) -> bytes:
    """Return a line with its line end. A line that is too long is broken.

    A part has at most 75 octets. A character is never broken.
    """
    rest = line.encode()
    parts: list[bytes] = []
    while len(rest) > _OCTETS - bool(parts):
        cut = _OCTETS - bool(parts)
        while rest[cut] & 0xC0 == 0x80:  # inside a character of UTF-8
            cut -= 1
        parts.append(rest[:cut])
        rest = rest[cut:]
    return b"\r\n ".join([*parts, rest]) + b"\r\n"
