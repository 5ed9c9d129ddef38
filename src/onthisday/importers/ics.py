"""Read calendars: iCalendar files (RFC 5545).

Each VEVENT is an entry, or is refused with the reason. One component is in memory at a time. Called
by formats.py.
"""

import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from onthisday.almanac.entry import Span
from onthisday.dates.zones import parse_zone
from onthisday.importers.found import Found, Note, Place, Read, Refused
from onthisday.importers.ics_components import Component, components
from onthisday.importers.ics_entry import entry_of
from onthisday.importers.ics_event import NoEntry
from onthisday.importers.ics_own import is_own
from onthisday.importers.incoming import Incoming, Line

_NOT_EVENTS = {
    "VTODO": "is a task (VTODO), no event",
    "VJOURNAL": "is a note (VJOURNAL), no event",
    "VFREEBUSY": "says when somebody is busy (VFREEBUSY), and no event",
}


def read(file: Incoming) -> Iterator[Read]:
    """Yield what a calendar has, in its order. Raises Broken."""
    calendar = _Calendar()
    for part in components(file):
        if isinstance(part, Line):
            yield from calendar.hear(part)
        elif part.fault:
            yield Refused(part.place, part.text, part.fault)
        elif part.name == "VEVENT":
            yield from calendar.read(part)
        elif part.name != "VTIMEZONE":
            reason = _NOT_EVENTS.get(part.name, f"is a {part.name[:40]}, no event")
            yield Refused(part.place, part.text, reason)
    yield from calendar.ended()


_NO_KEY = re.compile(
    r"^(ATTACH|ATTENDEE|COMMENT|CONTACT|GEO|ORGANIZER|RELATED-TO|RESOURCES)[;:]",
    re.IGNORECASE | re.MULTILINE,
)
"""What an event may say and an entry has no key for."""


class _Calendar:
    """What a calendar says of itself, for the events that follow.

    - ``_zone``: the zone in which its times in UTC are shown (Google, Apple). Times with a zone of
      their own are taken as they stand: the local date is all that an entry needs.
    - ``_fault``: why none of its events can be taken.
    - ``_feasts``: the entries that `export ics` wrote out for many years, by their ids: each with
      its place, its title and the number of its other years.
    - ``_left_out``: what is not imported of the events, with the first place and their number.
    """

    _begun = False
    _zone: ZoneInfo | None = None
    _fault: str | None = None

    def __init__(self) -> None:
        self._feasts: dict[str, tuple[Place, str, int]] = {}
        self._left_out: dict[str, tuple[Place, int]] = {}

    def hear(self, line: Line) -> Iterator[Note | Refused]:
        """Take a line of the calendar itself."""
        name, _, value = line.text.lstrip("\ufeff").partition(":")
        name, value = name.partition(";")[0].strip().upper(), value.strip()
        if name in {"BEGIN", "END"} and value.upper() == "VCALENDAR":
            self._begun, self._zone, self._fault = name == "BEGIN", None, None
        elif name == "END" or not self._begun:
            place = Place(line.number, Span(line.start, line.end))
            yield Refused(place, line.text, "stands outside of an event and of a calendar")
        elif name == "CALSCALE" and value.upper() not in {"", "GREGORIAN"}:
            self._fault = f'is in the calendar "{value[:40]}"; only GREGORIAN is read'
        elif name == "METHOD" and value.upper() == "CANCEL":
            self._fault = "is cancelled by this calendar (METHOD:CANCEL)"
        elif name == "X-WR-TIMEZONE":
            yield from self._in_zone(value[:80], Place(line.number))

    def _in_zone(self, name: str, place: Place) -> Iterator[Note]:
        try:
            self._zone = parse_zone(name)
        except ValueError as error:
            yield Note(place, f"{error}; times in UTC keep their date in UTC")

    def read(self, part: Component) -> Iterator[Read]:
        """Yield the entry of an event, and what its curator must hear; or why it is refused."""
        if self._fault:
            yield Refused(part.place, part.text, self._fault)
            return
        try:
            for each in entry_of(part, self._zone):
                if isinstance(each, Note) or not self._is_known(each):
                    yield each
            self._leave_out(part)
        except NoEntry as error:
            yield Refused(part.place, part.text, str(error))

    def _is_known(self, found: Found) -> bool:
        """Return True if an event is another year of an entry that was yielded."""
        moves = str(found.tree.get("rule")).startswith(("easter", "paskha"))
        if found.id is None or not moves or not is_own(found.text):
            return False
        place, title, years = self._feasts.get(
            found.id, (found.place, str(found.tree["title"]), -1)
        )
        self._feasts[found.id] = place, title, years + 1
        return years >= 0

    def _leave_out(self, part: Component) -> None:
        for name in {found.upper() for found in _NO_KEY.findall(part.text)}:
            place, events = self._left_out.get(name, (part.place, 0))
            self._left_out[name] = place, events + 1

    def ended(self) -> Iterator[Note]:
        """Yield what the curator must hear of the file as a whole."""
        for place, title, years in self._feasts.values():
            if years:
                yield Note(place, f'"{title[:60]}": {years} more events are its other years')
        for name, (place, events) in sorted(self._left_out.items()):
            of = "this event" if events == 1 else f"this event and {events - 1} more"
            yield Note(place, f"{name} of {of} is not imported: an entry has no key for it")
