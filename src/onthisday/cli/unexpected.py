"""Write the traceback of an unexpected error to a file, so that people can report it.

Called by cli/__init__.py.
"""

import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import DatabaseError

from onthisday.adapters.sqlite.compiled_file import is_damaged
from onthisday.app.workspace import Workspace
from onthisday.characters import escaped


def log_traceback(error: Exception, folder: str) -> str:
    """Add the traceback to a log file, and return one line that says where the log file is.

    The log file is `var/onthisday.log` in ``folder``. If it cannot be written, the log file is
    `onthisday.log` in the folder for temporary files.
    """
    text = "".join(traceback.format_exception(error))
    entry = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}\n{text}\n"
    for log in (
        Path(folder) / "var" / "onthisday.log",
        Path(tempfile.gettempdir()) / "onthisday.log",
    ):
        try:
            log.parent.mkdir(parents=True, exist_ok=True)
            with log.open("a", encoding="utf-8") as file:
                file.write(escaped(entry))
        except OSError:
            continue
        return f"{type(error).__name__}; the traceback is in {log}: please report it"
    return f"{type(error).__name__}: {error}"


def forgot_damaged_cache(error: Exception, config: str) -> bool:
    """Remove the compiled almanac if an error of SQLite says that it is damaged.

    Return True if so. It is only a cache, and can be made again from the almanac's files. The
    ledger, which is also SQLite, never raises this error here: adapters/sqlite/writer_thread.py
    turns its errors into errors with an explanation.
    """
    if not isinstance(error, DatabaseError) or not is_damaged(error):
        return False
    Workspace(config).forget()
    return True
