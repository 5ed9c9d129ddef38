"""The parts of the site's paths that vary, such as the id of an entry, and the questions after "?".

page.py makes patterns from them, and openapi.py tells programs of them.
"""

import re
from typing import Any, NamedTuple

from onthisday.almanac.pictures import NAME
from onthisday.feeds.wikipedia import KINDS
from onthisday.search.finding import MOST_SHOWN, SHOWN
from onthisday.search.query import LONGEST

_ID = r"[A-Za-z0-9][A-Za-z0-9._-]*"

_FILE = r"0|[1-9]\d{0,4}"


class PathPart(NamedTuple):
    """A part of a path: what it matches as a whole, and what it is."""

    pattern: str
    about: str


PARTS = {
    "month": PathPart(r"[0-9]{2}", "the month, from 01 to 12"),
    "day": PathPart(r"[0-9]{2}", "the day of the month, from 01"),
    "entry": PathPart(_ID, "the id of an entry"),
    "document": PathPart(_ID, "the id of a document"),
    "tag": PathPart(r"[^/]+", "a tag"),
    "number": PathPart(r"[2-9]|[1-9]\d{1,5}", "the number of a further page of a list"),
    "picture": PathPart(NAME.pattern, "the name of a picture"),
    "ending": PathPart(r"[a-z]+", "the ending of the name of the logo"),
    "file": PathPart(_FILE, "the number of a file"),
    "schema": PathPart(r"[a-z]+(?:-[a-z]+)*", "what is described"),
    "type": PathPart("|".join(KINDS), "one list of the day, or all of them"),
    "MM": PathPart(r"[0-9]{1,2}", "the month, from 1 to 12; a zero may stand before it"),
    "DD": PathPart(r"[0-9]{1,2}", "the day of the month; a zero may stand before it"),
}
"""What may stand in braces in the path of a route."""


class Query(NamedTuple):
    """A question after "?": its JSON Schema, and what it is."""

    schema: dict[str, Any]
    about: str


QUERIES = {
    "q": Query({"type": "string"}, f"what is searched for; {LONGEST} characters of it count"),
    "limit": Query(
        {"type": "integer", "minimum": 1, "maximum": MOST_SHOWN, "default": SHOWN},
        "how many hits there are at most",
    ),
    "items": Query({"type": "integer"}, "how many entries are shown; the page's script reads it"),
    "theme": Query(
        {"type": "string", "enum": ["light", "dark"]}, "the colours; the page's script reads it"
    ),
}


def pattern_of(path: str) -> re.Pattern[str]:
    """Return what matches the path of a route, with a group for each part in braces.

    What is in brackets may be missing: ``/days/{month}-{day}/[{number}/]``.
    """
    found = re.sub(r"\\{(\w+)\\}", lambda part: f"({PARTS[part[1]].pattern})", re.escape(path))
    return re.compile(found.replace(r"\[", "(?:").replace(r"\]", ")?"))
