"""The words of an almanac in a file, for searching: implements `SearchIndex` on SQLite's FTS5.

The file is beside the compiled almanac, and not a part of it: most people never search, and then
nobody pays for it. It is made when somebody first searches, and has what may be published then. It
is known by the version of the almanac, by the last birth that was opened, by the languages in which
it has dates, and by the code that made it. If one of them is another, the file is made anew and put
in the place of the old one. It may be deleted at any time. Used by app/searching.py.

Why FTS5's tokenizer `ascii`: search/words.py makes the words, because the browser must make the
same ones. That tokenizer takes them as they are: it parts a text only at ASCII's spaces and signs.

Rows are in the order of dates. So each question stops at the last hit that is shown, whatever the
number of hits: it asks first for the title alone, then for more and more parts of an entry. A score
such as BM25 would have to look at every hit, and nobody could say why one comes before another.
"""

import os
import sqlite3
from _thread import allocate_lock
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import finalize

from onthisday.adapters.file_system import make_private, replace
from onthisday.adapters.sqlite import code_version
from onthisday.adapters.sqlite.file_lock import take_lock
from onthisday.almanac.entry import ALL
from onthisday.errors import OnThisDayError, Unwritable, system_words
from onthisday.locales.locale import locale_of
from onthisday.search.query import Query, Term
from onthisday.search.searched import PARTS, searched
from onthisday.search.words import words

if TYPE_CHECKING:
    from onthisday.almanac.library import Published

Languages = Sequence[str]
"""The languages in which dates can be asked for, as BCP 47."""

ENGLISH: Languages = ("en",)

PASSING = ""
"""The path of an index for one use. SQLite keeps it in a temporary file, and removes that."""

_WAIT = 300.0
"""Seconds. So long the words of a very large almanac may take."""

_ROOMS = ("search", "views", "locales", "almanac", "dates", "adapters/sqlite")
"""The folders whose code decides what is in the file."""

_COLUMNS = tuple(f"part{number}" for number in range(PARTS))

_BETWEEN = "¶"
"""Stands between two texts, so that no phrase begins in one and ends in the next."""

_TABLES = f"""
CREATE TABLE meta (version TEXT);
CREATE TABLE entries (number INTEGER PRIMARY KEY, id TEXT);
CREATE VIRTUAL TABLE found USING fts5(
    {", ".join(_COLUMNS)}, content='', columnsize=0, tokenize='ascii', prefix='2 3'
);
"""

_FIND = """
SELECT id FROM found JOIN entries ON number = found.rowid
WHERE found MATCH ? ORDER BY found.rowid
"""


class NoSearch(OnThisDayError):
    """This Python's SQLite cannot search."""

    def __str__(self) -> str:
        return (
            "SQLite: this Python's SQLite has no FTS5, so it cannot search; "
            "use a Python whose SQLite has it, such as python.org's or the system's"
        )


class SearchFile:
    """The words of a library. Several threads may use it; one asks at a time.

    It is closed when nobody uses it any more (as shared_rows.py does).
    """

    def __init__(self, rows: sqlite3.Connection) -> None:
        self._rows, self._lock = rows, allocate_lock()
        self.close = finalize(self, rows.close)

    def find(self, query: Query) -> Iterator[str]:
        seen: set[str] = set()
        for question in _questions(query):
            for name in self._found(question):
                if name not in seen:
                    seen.add(name)
                    yield name

    def _found(self, question: str) -> Iterator[str]:
        with self._lock:
            cursor = self._rows.execute(_FIND, (question,))
            found = cursor.fetchmany(32)
        while found:
            yield from (name for (name,) in found)
            with self._lock:
                found = cursor.fetchmany(200)


def version_of(library: "Published", languages: Languages) -> str:
    """Return the version of the file for a library.

    It is another one when a birth comes among what is published, though the almanac did not change.
    """
    spoken = ",".join(sorted(set(languages)))
    return f"{library.version} {library.opened} {spoken} {code_version.digest_of(_ROOMS)}"


def opened(path: str, library: "Published", languages: Languages) -> SearchFile | None:
    """Open the file for a library. Return None if it is not there, or for another one."""
    if not os.path.exists(path):
        return None
    rows = _connect(path)
    try:
        if rows.execute("SELECT version FROM meta").fetchone() == (version_of(library, languages),):
            return SearchFile(rows)
    except sqlite3.DatabaseError:
        pass  # it is damaged, so it is made anew
    rows.close()
    return None


def make(path: str, library: "Published", languages: Languages = ENGLISH) -> SearchFile:
    """Make the file for a library, which takes seconds if the almanac is large.

    If another process is making it, wait for that one. Raises NoSearch, and Unwritable if the file
    cannot be written.
    """
    try:
        if path == PASSING:
            return SearchFile(_filled(path, library, languages))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with closing(take_lock(Path(f"{path}.lock"), wait=_WAIT)):
            return opened(path, library, languages) or _made(path, library, languages)
    except (OSError, sqlite3.OperationalError) as error:
        said = system_words(error) if isinstance(error, OSError) else str(error)
        raise Unwritable(path or "the temporary folder", f"cannot be made: {said}") from error


def remove(path: str) -> None:
    """Remove the file, because it is damaged. Windows keeps it as long as somebody has it open."""
    with suppress(OSError):
        os.unlink(path)


def _made(path: str, library: "Published", languages: Languages) -> SearchFile:
    beside = f"{path}.new"
    with suppress(FileNotFoundError):
        os.unlink(beside)  # a process was killed while it made one
    make_private(beside)
    _filled(beside, library, languages).close()
    replace(beside, path)
    return SearchFile(_connect(path))


def _connect(path: str) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, timeout=60, check_same_thread=False)


def _filled(path: str, library: "Published", languages: Languages) -> sqlite3.Connection:
    locales = tuple(map(locale_of, sorted(set(languages))))
    rows = _connect(path)
    try:
        rows.executescript(f"PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; BEGIN; {_TABLES}")
        for number, entry in enumerate(library.selected(ALL)):
            rows.execute("INSERT INTO entries VALUES (?, ?)", (number, entry.id))
            parts = map(_text, searched(entry, library.document, locales).parts)
            marks = ", ".join("?" * PARTS)
            sql = f"INSERT INTO found (rowid, {', '.join(_COLUMNS)}) VALUES (?, {marks})"
            rows.execute(sql, (number, *parts))
        rows.execute("INSERT INTO found (found) VALUES ('optimize')")
        rows.execute("INSERT INTO meta VALUES (?)", (version_of(library, languages),))
        rows.execute("COMMIT")
    except BaseException as error:
        rows.close()
        if "no such module" in str(error):  # nearly every SQLite has FTS5
            raise NoSearch from error
        raise
    return rows


def _text(texts: Iterable[str]) -> str:
    return f" {_BETWEEN} ".join(" ".join(words(text)) for text in texts)


def _questions(query: Query) -> Iterator[str]:
    """Yield the questions to ask, one after the other, in the language of FTS5."""
    forms = dict.fromkeys((query.whole, query.terms))
    for number in range(1, PARTS + 1):
        columns = " ".join(_COLUMNS[:number])
        for terms in forms:
            yield f"{{{columns}}} : ({' AND '.join(map(_phrase, terms))})"


def _phrase(term: Term) -> str:
    return f'"{" ".join(term.words)}"{" *" if term.begun else ""}'
