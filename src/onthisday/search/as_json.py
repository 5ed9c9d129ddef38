"""What was found, as JSON: for `onthisday search` and `/search/index.json`."""

from typing import Any

from onthisday.search.finding import Found, Hit
from onthisday.search.marking import Marked


def tree_of(found: Found, url: str) -> dict[str, Any]:
    """Return what was found as a tree. ``url``: the address of the site.

    ``marks`` are the places of the hits, as ``[start, end]`` in code points.
    """
    hits = [_hit(hit, url) for hit in found.hits]
    return {"q": found.query.asked, "hits": hits, "more": found.more}


def _hit(hit: Hit, url: str) -> dict[str, Any]:
    return {
        "id": hit.id,
        "date": hit.date.edtf,
        "when": hit.when,
        "place": hit.place,
        "withdrawn": hit.withdrawn and hit.withdrawn.isoformat(),
        "title": hit.title.text,
        "snippet": hit.snippet.text,
        "marks": {"title": _marks(hit.title), "snippet": _marks(hit.snippet)},
        "url": f"{url}entries/{hit.id}/",
    }


def _marks(text: Marked) -> list[list[int]]:
    return [list(each) for each in text.marks]
