"""The calendars that this program exports: each event says exactly what its entry says.

`export ics` writes it beside the words for readers, as ``X-ONTHISDAY-DATE`` and so on
(feeds/yearly.py). Called by ics_entry.py.
"""

import re
from typing import Any

from onthisday.importers.ics_event import Event, NoEntry

_PREFIX = "X-ONTHISDAY-"

_KEYS = {
    "DATE": "date", "CALENDAR": "calendar", "KIND": "kind", "RULE": "rule", "TITLE": "title",
    "SUMMARY": "summary", "OBSERVE": "observe", "LEAP-DAY": "leap_day", "LANGUAGE": "language",
    "BRIEF": "brief", "TONE": "tone", "LIVING": "living", "DIED": "died", "FEATURED": "featured",
}  # fmt: skip
"""The keys of an entry, by the names that the export gives them."""

_FLAGS = ("died", "featured")
"""Keys whose value may be true."""

NAMES = frozenset(_PREFIX + name for name in _KEYS)

_UID = re.compile(
    r"tag:[^:,]{1,200},\d{4}(?:-\d\d){0,2}:([A-Za-z0-9][A-Za-z0-9._-]{0,199})(/\d{4})?"
)
"""The id of an entry, or of what falls in one year (RFC 4151)."""


def is_own(text: str) -> bool:
    """Return True for the text of an event that `export ics` wrote."""
    return f"\n{_PREFIX}DATE:" in text


def own_tree(event: Event) -> dict[str, Any] | None:
    """Return the keys of an entry that was exported; None if the event is of another program.

    Raises NoEntry for an event of the calendar to which people subscribe.
    """
    if event.all(f"{_PREFIX}DATE"):
        said = {key: event.text(_PREFIX + name) for name, key in _KEYS.items()}
        tree: dict[str, Any] = {key: text for key, text in said.items() if text}
        return tree | {key: True for key in _FLAGS if tree.get(key) == "true"}
    if (found := _UID.fullmatch(event.text("UID"))) and found[2]:
        raise NoEntry("is one year of an entry; import what `export ics` writes, or ask for it")
    return None


def own_id(event: Event) -> str | None:
    """Return the id of the entry that was exported; None if the UID is of another program."""
    found = _UID.fullmatch(event.text("UID"))
    return found[1] if found else None
