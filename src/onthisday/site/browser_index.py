"""The words of a small almanac as files, so that a static site can be searched in the browser.

The words, in order, are cut into files of about the same size (shards). A browser that knows the
first word of each file loads only those in which its words are. A second kind of file has what is
shown of ten entries. So a search loads some ten kilobytes, however large the almanac is.

Used by search_pages.py; templates/search.js reads the files. Not here: the index of `serve`
(adapters/sqlite/search_file.py).
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise
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

ENTRIES_OF_SHARD = 100
"""For so many entries there is one file of words. Most have some 25 kB; compressed, less than half.

Why the number of files does not follow from the words: it takes long to read them out of all
entries, and which files there are must be known before the first page is made.
"""

TOGETHER = 10
"""So many entries are in a file of what is shown."""

Postings = tuple[list[int], ...]
"""For each part of an entry, the entries that have a word in it and in no part before it."""


class BrowserIndex(NamedTuple):
    """The words of a library.

    An entry's number is its place among all entries, the oldest first.

    - ``firsts``: the first word of each shard that has words.
    - ``shards``: JSON: for each word the numbers of the entries (`Postings`), each as how much it
      is more than the one before it. Empty lists at the end are left out. Their number is
      `shard_count`. If there are very few words, the last shards are empty.
    """

    firsts: tuple[str, ...]
    shards: tuple[str, ...]


def shard_count(entries: int) -> int:
    """Return how many shards there are for so many entries."""
    return -(-entries // ENTRIES_OF_SHARD)


def index_of(library: "Library", locales: Sequence[Locale]) -> BrowserIndex:
    """Make the index of a library, with dates in each of the languages."""
    found: defaultdict[str, Postings] = defaultdict(lambda: tuple([] for _ in range(PARTS)))
    documents = {each.id: each for each in library.documents()}  # one question for all entries
    for number, entry in enumerate(library.selected(ALL)):
        for word, part in _first_parts(searched(entry, documents.get, locales)).items():
            found[word][part].append(number)
    in_order = {word: found[word] for word in sorted(found, key=_as_browsers_sort)}
    return _cut(in_order, shard_count(library.size()[0]))


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


def _cut(found: dict[str, Postings], count: int) -> BrowserIndex:
    """Cut the words into so many shards of about the same size."""
    shards = list(_shards(found, count))
    firsts = tuple(next(iter(shard)) for shard in shards)
    shards.extend({} for _ in range(count - len(shards)))
    return BrowserIndex(firsts, tuple(map(_json, shards)))


def _shards(found: dict[str, Postings], count: int) -> Iterator[dict[str, list[list[int]]]]:
    """Yield what each shard has. If very many entries have a word, its shard is larger."""
    ends = list(accumulate(map(_size, found.items())))
    words_by_end = groupby(
        zip(ends, found, strict=True), lambda each: (each[0] - 1) * count // ends[-1]
    )
    for _, together in words_by_end:
        yield {word: _steps(found[word]) for _, word in together}


def _size(own: tuple[str, Postings]) -> int:
    """Return about how many bytes a word takes as JSON, with the numbers of its entries."""
    word, postings = own
    return len(word.encode("utf-8", "surrogatepass")) + 10 + 3 * sum(map(len, postings))


def _steps(postings: Postings) -> list[list[int]]:
    """Return the numbers of each part, each as how much it is more than the one before it."""
    steps = [[after - before for before, after in pairwise([0, *part])] for part in postings]
    while not steps[-1]:
        del steps[-1]
    return steps


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


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
