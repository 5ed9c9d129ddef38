"""Putting a copy in the place of a ledger that is lost, damaged or wrong. Used by app/sending.py.

Why a command, and not `cp`: beside a ledger in use lies its write-ahead log, which belongs to that
file alone. A copy that is put over it takes in pages of the other, and is damaged
(sqlite.org/howtocorrupt.html, section 1.4).
"""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from onthisday.adapters.file_system import give_second_name, replace, sync_all
from onthisday.adapters.sqlite.ledger_backup import copy_ledger_file
from onthisday.adapters.sqlite.ledger_file import read_ledger_file
from onthisday.adapters.sqlite.process_locks import is_in_use
from onthisday.adapters.sqlite.writer_thread import explained
from onthisday.errors import Unreadable, Unwritable, system_words


def restore_ledger_file(copy: str, path: str, now: datetime) -> str | None:
    """Put a copy in the ledger's place; return where what was there before is kept now.

    At every instant there is a whole ledger: the old one or the copy. Raises Unreadable where the
    copy is no whole ledger of this version or an older one, Unwritable where the ledger is in use.
    """
    _look_at(copy)
    if is_in_use(path):
        raise Unwritable(path, "is in use; stop `serve` or the timer of `tick` first")
    beside = f"{path}.restored"
    Path(beside).unlink(missing_ok=True)
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    copy_ledger_file(copy, beside)
    kept = _kept(Path(path), now)
    try:
        replace(beside, path)
    except OSError as error:
        mend = "stop each `onthisday` that runs, and try again"
        why = f"cannot be replaced: {system_words(error)}; {mend}"
        raise Unwritable(path, why) from error
    sync_all()  # the names too; it is done once, and waited for
    return str(kept) if kept else None


def _look_at(copy: str) -> None:
    if not Path(copy).exists():
        raise Unreadable(copy, "there is no such file")
    with closing(read_ledger_file(copy)) as rows:
        try:
            (found,) = rows.execute("PRAGMA quick_check").fetchone()
            rows.execute("SELECT count(*) FROM channels").fetchone()
        except sqlite3.Error as error:
            raise Unreadable(copy, f"is no ledger, or is damaged: {error}") from error
    if found != "ok":
        raise Unreadable(copy, f"is damaged: {found}")


def _kept(ledger: Path, now: datetime) -> Path | None:
    """Give the ledger that is there a second name, with all that its log still has."""
    if not ledger.exists():
        return None
    aside = ledger.with_name(f"{ledger.name}.{now:%Y%m%dT%H%M%SZ}")
    try:
        with closing(sqlite3.connect(ledger)) as rows:
            rows.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.DatabaseError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise Unwritable(str(ledger), explained(error)) from error
    for end in ("", "-wal", "-shm"):
        part = Path(f"{ledger}{end}")
        if part.exists():
            give_second_name(part, Path(f"{aside}{end}"))
            if end:
                part.unlink()
    return aside
