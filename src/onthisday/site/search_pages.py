"""The page for searching, what was found, and the files with which a browser searches by itself.

`build` and `serve` give the same page. Its script asks ``index.json?q=…``. `serve` answers that
with what was found. A server of static files answers with the file ``index.json``, which says where
the words are; then the script searches by itself. Without the script, the page's form asks `serve`.

Used by website.py. Finding is in search/.
"""

import json
from collections.abc import Iterator
from typing import Any, TypedDict
from urllib.parse import quote

from onthisday.search import as_json
from onthisday.search.finding import SHOWN, Found
from onthisday.search.folding import tables
from onthisday.search.marking import ROOM
from onthisday.search.query import LONGEST, MOST_TOGETHER, MOST_WORDS
from onthisday.search.searched import searched
from onthisday.site import browser_index, rendering
from onthisday.site.browser_index import MOST_ENTRIES, TOGETHER, shard_count
from onthisday.site.page import SCRIPT, Page, SiteState, asking, only, route
from onthisday.views.found_words import found_with, search_words
from onthisday.views.words import quoted

_JSON = "/search/index.json"

ASKED = ("/search/", _JSON)
"""The paths that `serve` answers with what was found, if the address has a question (``?q=``).

They are in the folder of each language.
"""


class Refusal(TypedDict):
    """Why nothing can be found now."""

    q: str
    error: str


class Manifest(TypedDict):
    """What the script must know: how many entries there are, and the first word of each file.

    ``shards`` is null if the almanac is too large to be searched in a browser.
    """

    entries: int
    shards: list[str] | None


def results(state: SiteState, path: str, found: Found) -> Page:
    """Return the page of what was found. ``path``: one of ASKED."""
    if path == _JSON:
        return state.json(as_json.tree_of(found, state.site.url))
    return _page(state, found.query.asked, found)


def refusal(state: SiteState, path: str, asked: str, why: str) -> Page:
    """Return the page that says why nothing can be found now. ``why``: a key of `search_words`."""
    if path == _JSON:
        return state.json(Refusal(q=asked, error=search_words(state.locale)[why]))
    return _page(state, asked, told=search_words(state.locale)[why])


def _search(state: SiteState) -> Page:
    return _page(state, "")


def _page(
    state: SiteState, asked: str, found: Found | None = None, told: str | None = None
) -> Page:
    query = asked and f"?q={quote(asked)}"
    shown = {"asked": asked, "found": found, "told": told, "query": query}
    return state.html("search.html", "/search/", **shown)


def _script(state: SiteState) -> Page:
    given = {
        "tables": tables(),
        "said": _said(state),
        "longest": LONGEST,
        "most_words": MOST_WORDS,
        "together_words": MOST_TOGETHER,
        "room": ROOM,
        "shown": SHOWN,
        "together": TOGETHER,
        "folder": "../../search/" if state.site.folder else "",
    }
    script = rendering.search_script(json.dumps(given, separators=(",", ":")))
    return state.page(script.encode(), SCRIPT)


def _said(state: SiteState) -> dict[str, Any]:
    """Return what the script says. ``found``: for each number of entries, from none to SHOWN."""
    counts = range(SHOWN + 1)
    asked = "{asked}"
    return search_words(state.locale) | {
        "found": [found_with(state.locale, asked, count, more=False) for count in counts],
        "more": found_with(state.locale, asked, SHOWN, more=True),
        "quoted": quoted(state.locale, "{asked}"),
    }


def _manifest(state: SiteState) -> Page:
    firsts = state.contents.browser_index.firsts if _is_small(state) else None
    shards = None if firsts is None else list(firsts)
    return state.json(Manifest(entries=state.library.size()[0], shards=shards))


def _is_small(state: SiteState) -> bool:
    return state.library.size()[0] <= MOST_ENTRIES


def _words(state: SiteState, number: str) -> Page | None:
    if int(number) >= _shard_count(state):
        return None
    return state.json_text(state.contents.browser_index.shards[int(number)])


def _words_paths(state: SiteState) -> Iterator[str]:
    return (f"/search/words/{number}.json" for number in range(_shard_count(state)))


def is_of_words(path: str) -> bool:
    """Return True if the page of a path is made from the words of all entries (browser_index.py).

    ``path``: in the folder of its language.
    """
    return path == _JSON or path.startswith("/search/words/")


def _shard_count(state: SiteState) -> int:
    return shard_count(state.library.size()[0]) if _is_small(state) else 0


def _entries(state: SiteState, number: str) -> Page | None:
    if not _is_small(state):
        return None
    first = int(number) * TOGETHER
    ids = state.contents.ids[first : first + TOGETHER]
    entries = filter(None, map(state.contents.entry, ids))
    own = (searched(each, state.library.document, (state.locale,)) for each in entries)
    locale, native = state.locale, state.site.own_language
    told = [browser_index.shown(each, locale, native) for each in own]
    return state.json(told) if told else None


def _entries_paths(state: SiteState) -> Iterator[str]:
    count = state.library.size()[0] if _is_small(state) else 0
    return (f"/search/entries/{number}.json" for number in range(-(-count // TOGETHER)))


ROUTES = (
    asking(only("/search/", _search, "Entries by their words"), "q", "limit"),
    only("/search/search.js", _script, "The script of `/search/`", SCRIPT),
    asking(only(_JSON, _manifest, "What was found, as JSON", schema="search"), "q", "limit"),
    route(
        "/search/entries/{file}.json",
        _entries_paths,
        _entries,
        "What `/search/` shows of ten entries",
        schema="search-entries",
    ),
)

SHARED = (
    route(
        "/search/words/{file}.json",
        _words_paths,
        _words,
        "Words, each with the entries that have it",
        schema="search-words",
    ),
)
"""The words of all languages are together, so that an entry is found by its words in any."""
