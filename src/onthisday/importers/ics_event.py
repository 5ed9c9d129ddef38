"""What a VEVENT says: its properties, their texts and their days (RFC 5545).

The library `icalendar` reads the lines. Its typed values are not used: they lose the year 0000, and
they need a time zone where a local date is all that is wanted. Called by the other ics modules.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from icalendar.parser import Contentline, split_on_unescaped_comma, unescape_backslash

from onthisday.characters import clean
from onthisday.dates.calendars import days_in_month

_FOLDS = re.compile(r"\r*\n[ \t]")
"""A line that begins with a space belongs to the line before it (section 3.1)."""

_NAME = re.compile(r"[ \t]*([A-Za-z0-9-]+)[ \t]*([;:]|$)")
"""A property's name, and what comes after it: parameters or the value."""

_DAY = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d)(?::?(\d\d))?(?:\.\d+)?(Z)?)?", re.ASCII
)


class NoEntry(ValueError):
    """An event can be no entry. The message says why, for `Refused`."""


class Day(NamedTuple):
    """A day as an event gives it. The year may be 0. ``timed``: it had an hour."""

    year: int
    month: int
    day: int
    timed: bool = False

    @property
    def edtf(self) -> str:
        """The day as EDTF."""
        return f"{self.year:04}-{self.month:02}-{self.day:02}"


class Property(NamedTuple):
    """A property of an event. ``raw`` is its value as it stands in the file."""

    params: Mapping[str, str]
    raw: str

    @property
    def text(self) -> str:
        """The value as a text, without controls."""
        return clean(unescape_backslash(self.raw)).strip()

    @property
    def texts(self) -> tuple[str, ...]:
        """The values of a list, such as CATEGORIES. Empty ones are left out."""
        texts = (clean(each).strip() for each in split_on_unescaped_comma(self.raw))
        return tuple(filter(None, texts))

    def days(self, zone: ZoneInfo | None) -> tuple[Day, ...]:
        """Return the days of a date or a list of dates. Raises NoEntry."""
        return tuple(_day(each, zone) for each in self.raw.split(","))


class Event(NamedTuple):
    """The properties of an event, each name with its properties in their order."""

    properties: Mapping[str, list[Property]]

    def all(self, name: str) -> list[Property]:
        """Return all properties with a name."""
        return self.properties.get(name, [])

    def text(self, name: str) -> str:
        """Return the text of the first property with a name that has one; else an empty text."""
        return next((text for each in self.all(name) if (text := each.text)), "")

    def day(self, name: str, zone: ZoneInfo | None) -> Day | None:
        """Return the day of a property, or None if there is none. Raises NoEntry."""
        found = self.all(name)
        return found[0].days(zone)[0] if found else None


def event_of(text: str, names: frozenset[str]) -> Event:
    """Return the event with the properties that have one of these names, and a value.

    Raises NoEntry.
    """
    properties: dict[str, list[Property]] = {}
    for line in _own_lines(text):
        begins = _NAME.match(line)
        name = begins[1].upper() if begins else ""
        if begins and name in names and (found := _property(line, begins)).raw.strip():
            properties.setdefault(name, []).append(found)
    return Event(properties)


def _own_lines(text: str) -> Iterator[str]:
    """Yield the lines of a component, without those of components in it, such as alarms."""
    inner = ""
    for line in _FOLDS.sub("", text).split("\n")[1:-1]:
        word, _, name = line.partition(":")
        if inner:
            inner = "" if word.upper() == "END" and name.strip().upper() == inner else inner
        elif word.upper() == "BEGIN":
            inner = name.strip().upper()
        else:
            yield line.rstrip("\r")


def _property(line: str, begins: re.Match[str]) -> Property:
    """Return the property of a line. The library is asked if it has parameters: it takes time."""
    if begins[2] == ":":
        return Property({}, line[begins.end() :])
    try:
        _, given, raw = Contentline(line).raw_parts()  # type: ignore[no-untyped-call]
    except ValueError as error:
        raise NoEntry(f'has a line that cannot be read: "{line[:60]}"') from error
    params = {name: each if isinstance(each, str) else each[0] for name, each in given.items()}
    if params.get("ENCODING", "").upper() == "QUOTED-PRINTABLE":
        raise NoEntry("is written as vCalendar 1.0; export it as iCalendar 2.0")
    return Property(params, raw)


def _day(text: str, zone: ZoneInfo | None) -> Day:
    found = _DAY.match(text.strip())
    if found is None:
        raise NoEntry(f'has a date that cannot be read: "{text.strip()[:40]}"')
    year, month, day = map(int, found.group(1, 2, 3))
    if not 1 <= month <= 12 or not 1 <= day <= days_in_month(year, month):
        raise NoEntry(f'has a date that no calendar has: "{text.strip()[:40]}"')
    if found[7] and zone:
        return _local(found, zone)
    return Day(year, month, day, timed=found[4] is not None)


def _local(found: re.Match[str], zone: ZoneInfo) -> Day:
    """Return the local day of an instant in UTC."""
    try:
        year, month, day, hour, minute = map(int, found.group(1, 2, 3, 4, 5))
        local = datetime(year, month, day, hour, minute, tzinfo=UTC).astimezone(zone)
    except (ValueError, OverflowError) as error:
        raise NoEntry(f'has a date that no calendar has: "{found[0]}"') from error
    return Day(local.year, local.month, local.day, timed=True)
