"""What was found, as JSON: for `onthisday search` and `/search/index.json`."""

from typing import TypedDict

from onthisday.search.finding import Found, Hit
from onthisday.search.marking import Marked


class Marks(TypedDict):
    """Where the words are in the title and in the snippet: from ... to, in code points."""

    title: list[list[int]]
    snippet: list[list[int]]


class HitJson(TypedDict):
    """An entry that was found. ``snippet``: the text that has the words, cut."""

    id: str
    date: str
    when: str
    place: str | None
    withdrawn: str | None
    title: str
    snippet: str
    marks: Marks
    url: str


class FoundJson(TypedDict):
    """What was found. ``more``: there are more hits."""

    q: str
    hits: list[HitJson]
    more: bool


def tree_of(found: Found, url: str) -> FoundJson:
    """Return what was found as a tree. ``url``: the address of the site.

    ``marks`` are the places of the hits, as ``[start, end]`` in code points.
    """
    hits = [_hit(hit, url) for hit in found.hits]
    return {"q": found.query.asked, "hits": hits, "more": found.more}


def _hit(hit: Hit, url: str) -> HitJson:
    return {
        "id": hit.id,
        "date": hit.date.edtf,
        "when": hit.when,
        "place": hit.place,
        "withdrawn": hit.withdrawn.isoformat() if hit.withdrawn else None,
        "title": hit.title.text,
        "snippet": hit.snippet.text,
        "marks": {"title": _marks(hit.title), "snippet": _marks(hit.snippet)},
        "url": f"{url}entries/{hit.id}/",
    }


def _marks(text: Marked) -> list[list[int]]:
    return [list(each) for each in text.marks]
