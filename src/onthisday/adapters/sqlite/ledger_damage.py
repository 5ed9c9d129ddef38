"""Look for damage in the whole file of a ledger: bits that flipped, pages that are not its own.

SQLite's `integrity_check` compares each row with the indexes, and looks at how the pages are
linked. A million notices take about 4 seconds. A running `serve` looks once a day, and each backup
is looked at when it is made.

Not found: a bit that flipped in a text that stands nowhere else in the file, such as the words of
an attempt, if it gives another text that may be there. Why there is no checksum for each row:
SQLite has no function for it, so each change of a row would call Python.
"""

import sqlite3
import threading
from contextlib import closing, suppress
from pathlib import Path

from onthisday.adapters.sqlite.transactions import one_line

EVERY = 24 * 3600.0
"""Seconds from one look to the next."""

MEND = "restore a backup that is whole: `onthisday notices restore FILE`"


def damage_in(rows: sqlite3.Connection) -> str | None:
    """Return what is damaged, in SQLite's words; None if nothing is found."""
    try:
        (found,) = rows.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        name = getattr(error, "sqlite_errorname", "")
        return None if name.startswith(_NO_DAMAGE) else one_line(error)
    return None if found == "ok" else one_line(found)


_NO_DAMAGE = ("SQLITE_BUSY", "SQLITE_CANTOPEN", "SQLITE_INTERRUPT")


class DailyLook:
    """Looks for damage once a day, on a thread of its own, as long as a process runs."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._damage: str | None = None
        self._begun: float | None = None
        self._thread: threading.Thread | None = None
        self._ends = False

    def damage(self, now: float) -> str | None:
        """Return what the looks before this call have found. If it is time, begin another one.

        ``now`` is in seconds and only goes forward. The first call begins no look: a process that
        makes one tick does not need it.
        """
        found = self._damage
        if self._begun is None:
            self._begun = now - EVERY
        elif now - self._begun >= EVERY and (self._thread is None or not self._thread.is_alive()):
            self._begun = now
            self._thread = threading.Thread(target=self._look, name="look", daemon=True)
            self._thread.start()
        return found

    def close(self) -> None:
        """End a look that is going on. It may go on for a while; it only reads."""
        self._ends = True
        if self._thread is not None:
            self._thread.join(1)

    def _look(self) -> None:
        address = f"{Path(self._path).absolute().as_uri()}?mode=ro"
        with suppress(sqlite3.Error), closing(sqlite3.connect(address, uri=True)) as rows:
            rows.set_progress_handler(lambda: self._ends, 100_000)
            self._damage = damage_in(rows) or self._damage
