"""Write a calendar as iCalendar (RFC 5545, RFC 7986).

Why no library: the format is small. Called by site/feed_paths.py, cli/planner.py and
service/exporting/calendars.py.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache

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
    """Yield the lines of the calendar as an iCalendar object, with their line ends.

    The lines of an event come at once: there may be many thousand events.
    """
    yield from map(folded, _head(calendar))
    empty = True
    for event in calendar.events:
        empty = False
        yield _event(event)
    if empty:
        yield from map(folded, _UTC)
    yield folded("END:VCALENDAR")


def _head(calendar: EventCalendar) -> Iterator[str]:
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


def _event(event: Event) -> bytes:
    """Return the lines of an event. Lines that are always short are not folded."""
    return b"".join(
        (
            b"BEGIN:VEVENT\r\n",
            folded(f"UID:{_text(event.uid)}"),
            _stamps(event.changed),
            b"SEQUENCE:%d\r\n" % event.version,
            b"STATUS:CANCELLED\r\n" if event.cancelled else b"",
            _dates(event.day),
            folded(f"RRULE:{event.repeats}") if event.repeats else b"",
            folded(f"SUMMARY:{_text(event.title)}"),
            folded(f"DESCRIPTION:{_text(event.description)}"),
            folded(f"LOCATION:{_text(event.place)}") if event.place else b"",
            folded(f"URL:{event.url}"),
            folded(f"CATEGORIES:{','.join(map(_text, event.tags))}") if event.tags else b"",
            *(folded(f"X-ONTHISDAY-{name}:{_text(value)}") for name, value in event.facts),
            b"CLASS:PUBLIC\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n",
        )
    )


@lru_cache(maxsize=1)
def _dates(day: date) -> bytes:
    """Return the lines of a whole day. The events of a day follow each other, so it is kept.

    31 December 9999 has no next day. An event without DTEND lasts one day (section 3.6.1).
    """
    end = _basic(day + timedelta(days=1)) if day < date.max else None
    ends = f"DTEND;VALUE=DATE:{end}\r\n" if end else ""
    return f"DTSTART;VALUE=DATE:{_basic(day)}\r\n{ends}".encode()


def _basic(day: date) -> str:
    """Return ``00440315``. Why not `strftime`: on Linux it writes such a year as ``44``."""
    return day.isoformat().replace("-", "")


@lru_cache(maxsize=1)
def _stamps(instant: datetime) -> bytes:
    """Return the lines of the last change. It is kept, because most events have the same."""
    stamp = f"{instant:%Y%m%dT%H%M%SZ}"
    return f"DTSTAMP:{stamp}\r\nLAST-MODIFIED:{stamp}\r\n".encode()


def _text(text: str) -> str:
    """Return a text as iCalendar wants it: a backslash marks special signs (section 3.3.11)."""
    marked = text.strip().replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return marked.replace("\n", "\\n").replace("\t", " ")


def folded(line: str) -> bytes:
    """Return a line with its line end. A line that is too long is broken.

    A part has at most 75 octets. A character is never broken.
    """
    octets = line.encode()
    if len(octets) <= _OCTETS:
        return octets + b"\r\n"
    parts: list[bytes] = []
    start, end = 0, _OCTETS
    while end < len(octets):
        while octets[end] & 0xC0 == 0x80:  # inside a character of UTF-8
            end -= 1
        parts.append(octets[start:end])
        start, end = end, end + _OCTETS - 1  # a further part begins with a space
    return b"\r\n ".join([*parts, octets[start:]]) + b"\r\n"
