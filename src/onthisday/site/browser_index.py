"""The words of a small almanac as files, so that a static site can be searched in the browser.

The words, in order, are cut into files of about the same size (shards). A browser that knows the
first word of each file loads only those in which its words are. A second kind of file has what is
shown of ten entries. So a search loads some ten kilobytes, however large the almanac is.

Used by search_pages.py; templates/search.js reads the files. Not here: the index of `serve`
(adapters/sqlite/search_file.py).
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from onthisday.almanac.entry import ALL
from onthisday.almanac.translations import told_in
from onthisday.locales.locale import Locale
from onthisday.search.searched import PARTS, Searched, searched
from onthisday.search.words import words

if TYPE_CHECKING:
    from onthisday.almanac.library import Library

MOST_ENTRIES = 10_000
"""If an almanac has more, there are no such files. Then only `serve` and the command search."""

SHARD = 24_000
"""So many bytes a file of words has, about. Compressed it is less than a half."""

TOGETHER = 10
"""So many entries are in a file of what is shown."""

Postings = tuple[list[int], ...]
"""For each part of an entry, the entries that have a word in it and in no part before it."""


class BrowserIndex(NamedTuple):
    """The words of a library.

    An entry's number is its place among all entries, the oldest first.

    - ``firsts``: the first word of each shard.
    - ``shards``: JSON: for each word the numbers of the entries (`Postings`), each as how much it
      is more than the one before it. Empty lists at the end are left out.
    """

    firsts: tuple[str, ...]
    shards: tuple[str, ...]


def index_of(library: "Library", locales: Sequence[Locale]) -> BrowserIndex:
    """Make the index of a library, with dates in each of the languages."""
    found: defaultdict[str, Postings] = defaultdict(lambda: tuple([] for _ in range(PARTS)))
    for number, entry in enumerate(library.selected(ALL)):
        for word, part in _first_parts(searched(entry, library, locales)).items():
            found[word][part].append(number)
    in_order = {word: found[word] for word in sorted(found, key=_as_browsers_sort)}
    return BrowserIndex(*_shards(in_order))


def _first_parts(own: Searched) -> dict[str, int]:
    """Return the words of an entry, each with the first part that has it."""
    parts: dict[str, int] = {}
    for number, texts in enumerate(own.parts):
        for text in texts:
            for word in words(text):
                parts.setdefault(word, number)
    return parts


def _as_browsers_sort(word: str) -> bytes:
    """Return a key that sorts as JavaScript does: by the units of UTF-16."""
    return word.encode("utf-16-be", "surrogatepass")


def _shards(found: dict[str, Postings]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    firsts: list[str] = []
    shards: list[list[str]] = []
    size = SHARD
    for word, postings in found.items():
        line = f"{json.dumps(word, ensure_ascii=False)}:{_steps(postings)}"
        size += len(line.encode()) + 1
        if size > SHARD:
            firsts.append(word)
            shards.append([])
            size = len(line.encode())
        shards[-1].append(line)
    return tuple(firsts), tuple(f"{{{','.join(lines)}}}" for lines in shards)


def _steps(postings: Postings) -> str:
    """Return the numbers of each part, each as how much it is more than the one before it."""
    steps = [[after - before for before, after in pairwise([0, *part])] for part in postings]
    while not steps[-1]:
        del steps[-1]
    return json.dumps(steps, separators=(",", ":"))


class Told(TypedDict):
    """What a browser shows of an entry. Its last three are texts in which words may be found."""

    id: str
    title: str
    when: str
    place: str | None
    withdrawn: str | None
    near: tuple[str, ...]
    answers: tuple[str, ...]
    documents: tuple[str, ...]


def shown(own: Searched, locale: Locale, native: str) -> Told:
    """Return what a browser shows of an entry, as JSON can hold it.

    ``native``: the language of entries that do not say theirs.
    """
    told, _ = told_in(own.entry, locale.tag, native)
    return {
        "id": own.entry.id,
        "title": told.title,
        "when": own.when,
        "place": told.place,
        "withdrawn": own.entry.withdrawn.isoformat() if own.entry.withdrawn else None,
        "near": tuple(dict.fromkeys(filter(None, (told.summary, *own.near)))),
        "answers": own.answers,
        "documents": own.documents,
    }
