"""Make a backup of a ledger that is in use, with SQLite's online backup API.

Used by sqlite_ledger.py and ledger_restore.py.

The backup is a whole ledger. If the ledger is lost, the backup can take its place. Notices that
were sent after the backup was made are then sent again, with the same ids. No notice is lost: a day
that the backup has not closed is due again.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from onthisday.adapters.file_system import (
    give_second_name,
    make_private,
    remove_unless_open,
    sync_file,
    sync_folder,
)
from onthisday.adapters.sqlite.ledger_damage import MEND, damage_in
from onthisday.adapters.sqlite.ledger_place import forget_place
from onthisday.adapters.sqlite.ledger_reading import read_ledger_file
from onthisday.adapters.sqlite.transactions import explained
from onthisday.errors import Unreadable, Unwritable, system_words


def copy_ledger_file(path: str, target: str) -> None:
    """Copy a ledger to a file that is not there yet. Raise Unreadable or Unwritable."""
    if not Path(path).exists():
        raise Unreadable(path, "there is no ledger yet; the first `tick` or `serve` makes it")
    beside = Path(f"{target}.{os.getpid()}.new")
    try:
        _copy(path, beside)
        give_second_name(beside, Path(target))  # unlike a rename, this replaces no file
        sync_folder(beside.parent)
    except FileExistsError as error:
        raise Unwritable(target, "is there already and is not overwritten; name another") from error
    except sqlite3.Error as error:
        raise Unwritable(target, explained(error)) from error
    except OSError as error:
        raise Unwritable(target, f"cannot be written: {system_words(error)}") from error
    finally:
        remove_unless_open(beside)


def _copy(path: str, target: Path) -> None:
    """Copy the ledger as it is at one moment. Raise Unreadable if it is damaged.

    In WAL mode, others may write to it meanwhile.
    """
    make_private(target)
    with closing(read_ledger_file(path)) as source, closing(sqlite3.connect(target)) as copy:
        copy.execute("PRAGMA fullfsync = ON")  # as in ledger_opening.py
        source.backup(copy)
        damage = damage_in(copy)
        if damage is not None:
            raise Unreadable(path, f"is damaged ({damage}), so it is not copied; {MEND}")
        forget_place(copy)
        copy.execute("PRAGMA journal_mode = DELETE")  # no log: one file is the whole backup
    sync_file(target)
