"""Read what a person searches for out of the address of a request. Used by server.py."""

from typing import NamedTuple
from urllib.parse import parse_qs

from starlette.types import Scope

from onthisday.search.finding import MOST_SHOWN, SHOWN
from onthisday.site.website import Website

_MOST_FIELDS = 20


class Asked(NamedTuple):
    """What a person searches for, and how many hits they want at most. ``path``: where."""

    path: str
    text: str
    limit: int


def asked_of(website: Website, scope: Scope) -> Asked | None:
    """Return what an address asks for; None if it asks for nothing, as `/search/` alone."""
    path: str = scope["path"]
    if not scope["query_string"] or not website.can_find(path):
        return None
    try:
        fields = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=_MOST_FIELDS)
    except ValueError:  # too many fields
        return None
    text = fields.get("q", [""])[0]
    return Asked(path, text, _limit(fields.get("limit", [""])[0])) if text.strip() else None


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 5):
        return SHOWN
    return min(max(int(text), 1), MOST_SHOWN)
