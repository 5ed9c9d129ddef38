"""What a person most likely meant with a value that cannot be read.

Each function takes the text that the person typed. It returns the nearest text that can be read,
or None if it has no idea. The result is only advice: it goes into the error message, and the
program never uses it as the value.

Called by the other modules of schema/ when they refuse a value.
"""

import re
from datetime import date

from onthisday.dates.date_advice import days_of_numbers
from onthisday.dates.human_dates import edtf_of

_CURLY = "“”„‘’‚«»"


def id_like(text: str) -> str | None:
    """Return ``secret-speech`` for ``Secret speech!``."""
    from onthisday.drafts.titles import slug  # loaded only after a mistake

    return slug(text, 200) or None


def tag_like(text: str) -> str | None:
    """Return ``zweiter-weltkrieg`` for ``Zweiter Weltkrieg``. Letters of every alphabet stay."""
    return "-".join("".join(c if _is_of_a_word(c) else " " for c in text.lower()).split()) or None


def _is_of_a_word(char: str) -> bool:
    """Return True for letters, digits, vowel signs (Hindi, Thai) and joiners between letters."""
    import unicodedata  # loaded only after a mistake

    return char.isalnum() or unicodedata.category(char)[0] == "M" or char in "\u200c\u200d"


def day_like(text: str) -> date | None:
    """Return the day that ``25.2.1956``, ``1956-2-25`` or ``25 February 1956`` means, or None."""
    days = days_of_numbers(text)
    try:
        return date.fromisoformat(days[0] if len(days) == 1 else edtf_of(text) or text)
    except ValueError:
        return None


def month_day_like(text: str) -> str | None:
    """Return ``03-01`` for ``3-1`` and ``1 March``."""
    numbers = re.fullmatch(r"(\d{1,2})[-/](\d{1,2})", text, re.ASCII)
    found = f"{int(numbers[1]):02}-{int(numbers[2]):02}" if numbers else ""
    day = day_like(f"2000-{found}" if found else f"{text.rstrip('.')} 2000")
    return f"{day:%m-%d}" if day else None


def hour_like(text: str) -> str | None:
    """Return ``09:00`` for ``9``, ``9.00``, ``9h``, ``9:00`` and ``9 am``."""
    form = r"(\d{1,2})(?:[:.h](\d\d)?)?(?::\d\d)? ?([ap]m|[ap]\.m\.|h|uhr)?"
    match = re.fullmatch(form, text.strip().lower(), re.ASCII)
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), (match[3] or "")[:1]
    if half in {"a", "p"} and 1 <= hour <= 12:
        hour = hour % 12 + 12 * (half == "p")
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def listening_like(text: str) -> str | None:
    """Return ``127.0.0.1:8080`` for ``8080`` and ``:8080``, and ``localhost:8080`` for its URL."""
    host, colon, port = text.rpartition("://")[2].partition("/")[0].rpartition(":")
    if not colon and not port.isdecimal():
        host, port = port, "8080"
    good = re.fullmatch(r"[\w.:\[\]-]*", host) and port.isdecimal() and int(port) <= 65535
    return f"{host or '127.0.0.1'}:{port}" if good else None


def without_curly_quotes(text: str) -> str | None:
    """Return the text between curly quotation marks; None if there are none.

    In YAML, curly marks do not quote: they become part of the value.
    """
    bare = text.strip(_CURLY)
    return bare if bare != text and text[:1] in _CURLY else None
