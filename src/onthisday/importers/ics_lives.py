"""Birthdays in calendars, and days of death and wedding days: what programs write, and their years.

Called by ics.py. The conventions are those of Apple, Google, KDE, Nextcloud, SabreDAV and Outlook.
"""

import re
from typing import NamedTuple

from onthisday.importers.ics_event import Day, Event

MARKS = frozenset(
    {
        "X-NEXTCLOUD-BC-FIELD-TYPE", "X-NEXTCLOUD-BC-UNKNOWN-YEAR", "X-NEXTCLOUD-BC-YEAR",
        "X-KDE-KABC-BIRTHDAY", "X-KDE-KABC-ANNIVERSARY", "X-SABRE-BDAY", "X-APPLE-OMIT-YEAR",
        "X-BIRTHDAY", "X-ANNIVERSARY",
        "CATEGORIES", "CREATED", "DTSTAMP", "DTSTART", "LAST-MODIFIED", "RRULE", "SUMMARY"
    }
)  # fmt: skip
"""The properties that are read here."""

_NEXTCLOUD = {"BDAY": "birth", "DEATHDATE": "death", "ANNIVERSARY": "marriage"}
_NAMED = (("X-KDE-KABC-BIRTHDAY", "birth"), ("X-KDE-KABC-ANNIVERSARY", "marriage"),
          ("X-SABRE-BDAY", "birth"), ("X-BIRTHDAY", "birth"))  # fmt: skip

_CATEGORIES = frozenset(
    {
        "birthday", "birthdays", "geburtstag", "geburtstage", "anniversaire", "anniversaires",
        "compleanno", "compleanni", "cumpleaños", "aniversário", "verjaardag", "verjaardagen",
        "день рождения", "дни рождения"
    }
)  # fmt: skip

_TITLE = re.compile(
    r"(.{1,200}\W)?b(irth)?day\s*(\Z|[(:–-]|of (?!the\b|our\b))|.{1,200}['’]s? birthday\b"
    r"|.{1,200} hat geburtstag\b|(.{1,200}\W)?geburtstag\s*(\Z|[(:–-]|(von )?\w)"
    r"|anniversaire\s*([:–-]|d(e (?!la |l['’])|['’]))|compleanno\s*([:–-]|d(i\b|['’]|e\b))"
    r"|cumple(años)?\s*([:–-]|del?\b)|anivers[aá]rio\s*([:–-]|d[eao]\b)"
    r"|(.{1,200}\W)?verjaardag\s*(\Z|[(:–-]|(van )?\w)|(.{1,200}\W)?день рождения\b|عيد ميلاد",
    re.IGNORECASE,
)
"""A title that says that it is somebody's birthday.

A day too many is a birth that waits for the curator's word. A day too few tells the world when a
living person was born.
"""

_YEARS = re.compile(
    r"\s{0,9}\(\s{0,9}\*?\s{0,9}(\d{4})(?:\s{0,9}[-–,]?\s{0,9}†?\s{0,9}(\d{4}))?\s{0,9}\)\s*$",
    re.ASCII,
)
"""The year of birth at the end of a title, and the year of death: (1956), (*1956), (1956–2001)."""

_SIGNS = "🎂💍⚰\ufe0f\U0001f382 "
"""The signs that Nextcloud puts before a name."""

_NO_STAMP = 1980
_LONG = 10
"""Years. An event without a stamp counts as made in 1980, when there were no calendar programs."""

_NO_YEAR = frozenset({0, 1, 1604})
"""The years that programs write if a year is not known."""


class Life(NamedTuple):
    """A day of somebody's life.

    - ``kind``: as an entry has it.
    - ``year``: None if it is not known.
    - ``died``: of a birth: the year of death, if the title says it.
    """

    kind: str
    title: str
    year: int | None
    died: str | None = None


def life_of(event: Event, first: Day) -> Life | None:
    """Return the day of a life that a yearly event is about; None if it is about none.

    Any yearly event may say the year of its first day better than DTSTART: its kind is then event.
    """
    title = event.text("SUMMARY")
    marked, years, said = _marked(event), _YEARS.search(title), _said_year(event, first)
    name = (title[: years.start()] if years else title).strip(_SIGNS) or title
    if not (marked or _has_category(event) or _TITLE.match(title)):
        if years and not years[2] and 1 <= int(years[1]) < first.year:
            return Life("event", name, int(years[1]))
        return Life("event", title, said) if said else None
    kind = marked or "birth"
    if years:
        return Life(kind, name, int(years[1]) or None, years[2] if kind == "birth" else None)
    if said or first.year in _NO_YEAR or _omits_year(event):
        return Life(kind, name, said)
    return Life(kind, name, first.year if marked or _is_own_year(event, first) else None)


def _said_year(event: Event, first: Day) -> int | None:
    """Return the year that a property says, if it says one: of a date, the day must be the same."""
    said = (event.text(name) for name in ("X-NEXTCLOUD-BC-YEAR", "X-BIRTHDAY", "X-ANNIVERSARY"))
    found = re.fullmatch(r"(\d{4})(?:-?(\d\d)-?(\d\d))?", next(filter(None, said), ""), re.ASCII)
    if found is None or int(found[1]) in _NO_YEAR or _omits_year(event):
        return None
    same = not found[2] or (int(found[2]), int(found[3])) == (first.month, first.day)
    return int(found[1]) if same else None


def _is_own_year(event: Event, first: Day) -> bool:
    """Return True if the year of a birthday that a person wrote is surely the year of birth.

    It may be the year in which the event was made, or one from which on somebody wanted to see it.
    So it must be before the event was made. If the title alone says that it is a birthday, it must
    be long before.
    """
    stamps = (event.text(name)[:4] for name in ("CREATED", "LAST-MODIFIED", "DTSTAMP"))
    made = min((int(year) for year in stamps if year.isdecimal()), default=_NO_STAMP)
    return first.year < made if _has_category(event) else first.year <= made - _LONG


def lacks_year(event: Event, first: Day) -> bool:
    """Return True if the year of an event stands for no year. The year 1 may be meant, once."""
    return first.year == 0 or (first.year == 1 and bool(event.all("RRULE"))) or _omits_year(event)


def _marked(event: Event) -> str | None:
    """Return the kind that a program wrote down when it made the event of an address book."""
    kind = _NEXTCLOUD.get(event.text("X-NEXTCLOUD-BC-FIELD-TYPE").upper())
    return kind or next((kind for name, kind in _NAMED if event.all(name)), None)


def _has_category(event: Event) -> bool:
    categories = {text.casefold() for each in event.all("CATEGORIES") for text in each.texts}
    return bool(_CATEGORIES & categories)


def _omits_year(event: Event) -> bool:
    omitting = (*event.all("DTSTART"), *event.all("X-SABRE-BDAY"))
    said = any({"X-APPLE-OMIT-YEAR", "X-SABRE-OMIT-YEAR"} & set(each.params) for each in omitting)
    return (
        said or bool(event.all("X-APPLE-OMIT-YEAR"))
        or event.text("X-NEXTCLOUD-BC-UNKNOWN-YEAR") == "1"
    )  # fmt: skip
