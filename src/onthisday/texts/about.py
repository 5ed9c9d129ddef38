"""What a document says of itself: its title, author, publisher, date and language.

Programs write much into these places that nobody meant: the name of a file, of a template, of a
user of the computer. `about` leaves that out. The modules for the formats call it.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from typing import NamedTuple

_LONGEST = 300
"""Code points. What is longer is a text and no title or name."""

_NO_TITLE = re.compile(
    r"untitled.{0,9}|unbenannt.{0,9}|sans titre.{0,9}|document\s?\d*|microsoft word - .*"
    r"|.*\.(?:docx?|odt|rtf|pdf|indd|qxd|tex|html?)",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"python-docx|admin\w*|root|user\d*|owner|unknown|anonymous|microsoft.*|windows.*|https?://.*",
    re.IGNORECASE,
)
_TEMPLATE = "2013-12-23"
"""The day of the template of python-docx. All files that this library makes carry it."""

_DATES = tuple(
    map(
        re.compile,
        (
            r"\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)",
            r"\s*(?:D:)?(\d{4})(\d\d)(\d\d)",
            r"\s*(\d{4})[-/](\d\d)\s*\Z",
            r"\s*(\d{4})\s*\Z",
        ),
    )
)
"""Dates as pages write them (ISO 8601), also with slashes, and as PDFs do (``D:19560225``)."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?=[-_]|\Z)")


class About(NamedTuple):
    """What a document says of itself. What it does not say is None.

    - ``publisher``: the site of a saved page.
    - ``published``: EDTF: a day, a month or a year. Of a file, the day on which it was made.
    - ``language``: a code of ISO 639, without a country.
    """

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None


def about(
    *,
    titles: Iterable[object] = (),
    authors: Iterable[object] = (),
    publishers: Iterable[object] = (),
    dates: Iterable[object] = (),
    languages: Iterable[object] = (),
) -> About:
    """Return what a document says of itself. Of each kind, the first value that says something."""
    names = [name for name in map(_line, authors) if name and not _NO_AUTHOR.fullmatch(name)]
    return About(
        next((line for line in map(_line, titles) if line and not _NO_TITLE.fullmatch(line)), None),
        ", ".join(dict.fromkeys(names))[:_LONGEST] or None,
        next(filter(None, map(_line, publishers)), None),
        next(filter(None, map(_date, dates)), None),
        next((code[0].lower() for each in languages if (code := _LANGUAGE.match(str(each)))), None),
    )


def _line(value: object) -> str | None:
    """Return a value on one line; None if it says nothing."""
    line = " ".join(value.split()) if isinstance(value, str) else ""
    said = "".join(letter for letter in line if letter.isprintable())
    return said if any(map(str.isalnum, said)) and len(said) <= _LONGEST else None


def _date(value: object) -> str | None:
    """Return a date in EDTF; None if it is no date, or nobody set it."""
    found = next(filter(None, (pattern.match(str(value)) for pattern in _DATES)), None)
    if found is None or found[1] < "1000":
        return None
    parts = [part.zfill(2) for part in found.groups()]
    with suppress(ValueError):
        date(*(int(part) for part in [*parts, "01", "01"][:3]))
        written = "-".join(parts)
        return None if written == _TEMPLATE else written
    return None
