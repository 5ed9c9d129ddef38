"""The names that an import gives: ids of entries and of documents, and the almanac's file.

Nothing here does I/O. An id is made once, when a fact is imported first, and then it stays, because
feeds and links are made of it.
"""

import hashlib
import re
from collections.abc import Callable

from onthisday.drafts.titles import slug

_SUFFIXES = frozenset(
    {"csv", "tsv", "tab", "txt", "xlsx", "xlsm", "json", "jsonl", "ndjson", "ics", "ical", "ged",
     "gedcom"}
)  # fmt: skip
"""Ends of names that only say the format. Of ``calendar.history`` the end is the name."""

_MOST = 80
_NOT_IN_ID = re.compile(r"[^a-z0-9._-]+")
_RESERVED = frozenset({"documents"})


def stem_of(name: str) -> str:
    """Return the name of a file without the end that says its format, as an id."""
    stem, dot, end = name.rpartition(".")
    return as_id(stem if dot and stem and end.lower() in _SUFFIXES else name) or "import"


def almanac_file_of(name: str) -> str:
    """Return the name of the almanac's file for what is imported, without its end."""
    stem = stem_of(name)
    return f"{stem}-imported" if stem in _RESERVED else stem


def as_id(text: str) -> str:
    """Return a text as an id; empty if nothing of it can be one."""
    plain = _NOT_IN_ID.sub("-", text.lower()) if text.isascii() else slug(text, _MOST)
    return plain.strip("-._")[:_MOST].rstrip("-._")


def made_id(date: str, title: str) -> str:
    """Return an id made of a date in EDTF and a title: ``1919-01-01-j-d-salinger-born``.

    If no letter of the title can stand in an id, it has eight digits of the title's SHA-256.
    """
    day = re.sub(r"[^0-9X-]+", "-", date.removeprefix("XXXX")).strip("-").lower()
    words = slug(title, 50) or hashlib.sha256(title.encode("utf-8", "replace")).hexdigest()[:8]
    return f"{day}-{words}" if day else words


def free(base: str, is_free: Callable[[str], bool], numbers: dict[str, int] | None = None) -> str:
    """Return a name that is free: the name itself, or with the first number that makes it free.

    ``numbers``: the last number that each name got, for many with the same name. No smaller one is
    tried again.
    """
    last = {} if numbers is None else numbers
    number = last.get(base, 0) + 1
    while not is_free(found := base if number == 1 else f"{base}-{number}"):
        number += 1
    if number > 1:
        last[base] = number
    return found
