"""The first part of an import: read a file, and give each fact its id.

The facts go into a spool, so that a million do not fill the memory. Called by importing.py.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Protocol

from onthisday.almanac.entry import Span
from onthisday.checks.digests import digest_of
from onthisday.importers.found import Found, Note, Place, Read, Refused
from onthisday.importers.sheet_cells import EXPORTED
from onthisday.service.importing.matching import Facts, key, place_of
from onthisday.service.importing.naming import free, made_id

_MOST_SHOWN = 200
"""Characters of a fact that are kept for messages."""


class Spool(Protocol):
    """Keeps values outside the memory, in their order."""

    def add(self, value: Any) -> int:
        """Keep a value. Return its place, for `at`."""

    def at(self, place: int) -> Any:
        """Return the value of a place."""

    def items(self) -> Iterator[tuple[int, Any]]:
        """Yield each value with its place."""


class Fact(NamedTuple):
    """A fact of a file, as it lies in the spool.

    - ``line``, ``span``, ``page``, ``file``: its `Place`.
    - ``digest``: the first 16 hex digits of the SHA-256 of its text; ``shown``: its beginning.
    - ``tree``, ``whole``: as in `Found`.
    - ``id``: its own, or the one that was made of its date and title.
    - ``is_own``: the id is the format's.
    - ``unsaid``: as in `Found`.
    """

    line: int
    span: Span | None
    page: str | None
    file: str | None
    digest: str
    shown: str
    tree: dict[str, Any]
    whole: bool
    id: str
    is_own: bool
    unsaid: tuple[str, ...]

    @classmethod
    def of(cls, value: list[Any]) -> "Fact":
        """Return the fact that a spool gives."""
        fact = cls(*value)
        return fact._replace(span=fact.span and Span(*fact.span))

    @property
    def place(self) -> Place:
        """Where it stands in its file."""
        return Place(self.line, self.span, self.page, self.file)

    def refused(self, reason: str) -> Refused:
        """Return that it is not imported, and why."""
        return Refused(self.place, self.shown, reason)


class Told(NamedTuple):
    """What a file says of a document, as curators write it.

    - ``whole``: it is all that is to be said of it. Otherwise what is in the almanac counts.
    - ``mark``: the cell ``exported`` of its row; None if it has none.
    - ``unsaid``: as in `Found`.
    """

    tree: dict[str, Any]
    whole: bool = False
    mark: str | None = None
    unsaid: tuple[str, ...] = ()


class Taken(NamedTuple):
    """What a file has.

    - ``facts``: their keys, in their order.
    - ``files``: the files that the facts cite: the names of included ones, None for the file
      itself. Whole entries have their own sources, so they cite none.
    - ``documents``: what the file says of documents, by their ids.
    - ``ids``: the keys of all ids of the facts. ``numbers``: as in `free`.
    """

    facts: Facts
    files: dict[str | None, None]
    documents: dict[str, "Told"]
    ids: set[int]
    numbers: dict[str, int]


def take(
    reads: Iterable[Read],
    spool: Spool,
    stem: str,
    is_taken: Callable[[str], bool],
    tell: Callable[[Refused | Note], None],
) -> Taken:
    """Put the facts of a file into a spool, each with its id. Raises Broken.

    - ``stem``: the file's name as an id.
    - ``is_taken``: says whether an entry that is not of this file has an id.
    - ``tell``: is told what is not imported.
    """
    taken = Taken(Facts(), {}, {}, set(), {})
    used = taken.ids
    for read in reads:
        if not isinstance(read, Found):
            tell(read)
            continue
        if read.whole and read.tree.get("kind") == "document":
            tree = {name: value for name, value in read.tree.items() if name not in _NOT_OF_ONE}
            told = Told({"id": read.id, **tree}, whole=True, unsaid=read.unsaid)
            taken.documents[str(read.id)] = told._replace(mark=read.tree.get(EXPORTED))
            continue
        named = _id_of(_with_own_id(read, stem, is_taken), taken, is_taken)
        if named is None:
            tell(Refused(read.place, read.text[:_MOST_SHOWN], _TWICE.format(read.id)))
            continue
        used.add(key(named))
        fact = _fact(read, named)
        spool.add(fact)
        words, date = f"{fact.file}\x1f{fact.digest}", str(fact.tree.get("date"))
        place = place_of(fact.span, fact.page)
        taken.facts.add(named, words, date, place, is_own=fact.is_own)
        taken.documents.update((str(each.get("id")), Told(each)) for each in read.documents)
        if not read.whole:
            taken.files.setdefault(read.place.file)
    return taken


_TWICE = 'has the id "{}" of an earlier one in this file; give one of them another id'
_NOT_OF_ONE = frozenset({"id", "kind", EXPORTED})


def _with_own_id(read: Found, stem: str, is_taken: Callable[[str], bool]) -> Found:
    """Return a fact whose own id is no other file's: 7 becomes ``births-7`` if there is a 7.

    Why only numbers: each table counts its rows from 1. Another id that is there twice may mean one
    fact in two files.
    """
    number = read.id if read.id is not None and read.id.isdecimal() and not read.whole else None
    return read._replace(id=f"{stem}-{number}") if number and is_taken(number) else read


def _id_of(read: Found, taken: Taken, is_taken: Callable[[str], bool]) -> str | None:
    """Return the id of a fact. None if it is the own one of an earlier fact."""
    if read.id is not None:
        return None if key(read.id) in taken.ids else read.id
    return id_of(read.tree, taken, is_taken)


def id_of(tree: Mapping[str, Any], taken: Taken, is_taken: Callable[[str], bool]) -> str:
    """Return an id for a fact that has none of its own."""
    base = made_id(_text(tree, "date"), _text(tree, "title"))
    return free(base, lambda name: key(name) not in taken.ids and not is_taken(name), taken.numbers)


def _text(tree: Mapping[str, Any], name: str) -> str:
    value = tree.get(name)
    return value if isinstance(value, str) else ""


def _fact(read: Found, named: str) -> Fact:
    line, span, page, file = read.place
    shown = read.text[:_MOST_SHOWN]
    digest = digest_of(read.text)
    return Fact(
        line,
        span,
        page,
        file,
        digest,
        shown,
        read.tree,
        read.whole,
        named,
        read.id is not None,
        read.unsaid,
    )
