"""Cut an iCalendar file into its components: BEGIN:VEVENT to END:VEVENT, one at a time.

Why the library does not do this: it wants the whole file in memory. Called by ics.py. Not here:
what a component says (ics_event.py).
"""

from collections.abc import Iterator
from typing import NamedTuple

from onthisday.almanac.entry import Span
from onthisday.importers.found import Broken, Place
from onthisday.importers.incoming import Incoming, Line

MOST = 1_000_000
"""Code points. A component that is longer is not kept in memory."""


class Component(NamedTuple):
    """A component of a calendar, such as a VEVENT, as it stands in the file.

    ``fault``: why it cannot be read; ``text`` may then be its beginning alone.
    """

    name: str
    place: Place
    text: str
    fault: str | None = None


class _Open:
    """A component whose end has not come yet."""

    def __init__(self, name: str, first: Line) -> None:
        self.name = name
        self._first = self._last = first
        self._parts = [first.text]
        self._length = len(first.text)

    def add(self, line: Line) -> None:
        gap = line.start - self._last.end
        self._last = line
        self._length += gap + len(line.text)
        if self._length <= MOST:
            self._parts += ("\r\n" if gap == 2 else "\n", line.text)

    def closed(self, fault: str | None = None) -> Component:
        if self._length > MOST:
            fault = f"has more than {MOST:,} characters; take out what is attached to it"
        place = Place(self._first.number, Span(self._first.start, self._last.end))
        return Component(self.name, place, "".join(self._parts), fault)


class _Cutter:
    """Cuts lines into components. ``within``: inside a VCALENDAR, which may not end here."""

    def __init__(self) -> None:
        self.within = False
        self._open: _Open | None = None

    def take(self, line: Line) -> Iterator[Component | Line]:
        """Yield what ends with this line, or the line itself if it is in no component."""
        word, name = _mark(line)
        if self._open and (word, name) == ("END", self._open.name):
            self._open.add(line)
            yield from self._closed()
        elif self._open and (word, name) not in _ENDING:
            self._open.add(line)
        else:
            yield from self.unended()
            if word == "BEGIN" and name != "VCALENDAR":
                self._open = _Open(name, line)
            elif line.text.strip(_BLANK):
                self.within = word == "BEGIN" if name == "VCALENDAR" else self.within
                yield line

    def unended(self) -> Iterator[Component]:
        """Yield the component that is open, whose end does not come."""
        if self._open:
            yield from self._closed(f"has no END:{self._open.name[:40]}")

    def _closed(self, fault: str | None = None) -> Iterator[Component]:
        if self._open:
            yield self._open.closed(fault)
        self._open = None


_ENDING = {("BEGIN", "VEVENT"), ("BEGIN", "VCALENDAR"), ("END", "VCALENDAR")}
"""These lines end a component that has no end of its own."""

_BLANK = "\ufeff \t\r\x1a"


def components(file: Incoming) -> Iterator[Component | Line]:
    """Yield the components of a file, and the lines between them: what the calendar says of itself.

    Lines with BEGIN:VCALENDAR and END:VCALENDAR are yielded too. A component may also stand without
    a calendar around it. Raises Broken if the file does not begin as a calendar does, or if it is
    cut.
    """
    cutter, begun = _Cutter(), False
    for line in file.lines():
        if not begun and line.text.strip(_BLANK):
            begun = _mark(line)[0] == "BEGIN"
            if not begun:
                raise Broken("this is no calendar: it does not begin with BEGIN:VCALENDAR", 1)
        yield from cutter.take(line)
    yield from cutter.unended()
    if not begun:
        raise Broken("this is no calendar: it is empty")
    if cutter.within:
        raise Broken("the file is cut: END:VCALENDAR is missing")


def _mark(line: Line) -> tuple[str, str]:
    """Return BEGIN or END and the component's name; two empty texts for any other line."""
    if line.text[:1] not in _FIRST:
        return "", ""
    word, colon, name = line.text.removeprefix("\ufeff").partition(":")
    word = word.strip().upper()
    return (word, name.strip().upper()) if colon and word in {"BEGIN", "END"} else ("", "")


_FIRST = frozenset("BbEe\ufeff")
