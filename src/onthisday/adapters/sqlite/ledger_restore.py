"""Replace a ledger that is lost, damaged or wrong by a backup. Used by app/sending.py.

Why not simply `cp`: a ledger that is in use has a write-ahead log beside it, which fits only that
file. If `cp` replaces the file, SQLite still writes the old log into the new file, and damages it
(sqlite.org/howtocorrupt.html, section 1.4).
"""

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from onthisday.adapters.file_system import give_second_name, replace, sync_all
from onthisday.adapters.sqlite.ledger_backup import copy_ledger_file
from onthisday.adapters.sqlite.ledger_damage import damage_in
from onthisday.adapters.sqlite.ledger_place import size_of
from onthisday.adapters.sqlite.ledger_reading import read_ledger_file
from onthisday.adapters.sqlite.process_locks import is_in_use
from onthisday.adapters.sqlite.transactions import explained, one_line
from onthisday.errors import Unreadable, Unwritable, system_words


def restore_ledger_file(copy: str, path: str, now: datetime) -> str | None:
    """Put a backup (``copy``) in the ledger's place.

    Return the path under which the old ledger is kept; None if there was none. If there was one, a
    whole ledger is in its place at every moment: the old one or the backup.

    Raises Unreadable if the backup is damaged, is not a ledger, or is from a newer version. Raises
    Unwritable if the ledger is in use or cannot be replaced.
    """
    _look_at(copy)
    if is_in_use(path):
        raise Unwritable(path, "is in use; stop `serve` or the timer of `tick` first")
    if os.path.islink(path):  # the link stays, and leads to the backup
        path = os.path.realpath(path)
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
    sync_all()  # the new names must be on the disk too; this is slow, but it is rarely done
    return str(kept) if kept else None


def _look_at(copy: str) -> None:
    if not Path(copy).exists():
        raise Unreadable(copy, "there is no such file")
    if size_of(copy) == 0:
        raise Unreadable(copy, "is empty (0 bytes); use another backup")
    with closing(read_ledger_file(copy)) as rows:
        damage = damage_in(rows)
        try:
            rows.execute("SELECT count(*) FROM channels").fetchone()
        except sqlite3.Error as error:
            raise Unreadable(copy, f"is no ledger, or is damaged: {one_line(error)}") from error
    if damage is not None:
        raise Unreadable(copy, f"is damaged ({damage}); use another backup")


def _kept(ledger: Path, now: datetime) -> Path | None:
    """Give the old ledger a second name, so that it is kept. Return the second name.

    First its write-ahead log is written into it. Return None if there is no ledger.
    """
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
