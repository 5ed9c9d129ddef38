"""Write the traceback of an unexpected error to a file, so that people can report it.

Called by cli/__init__.py.
"""

import os
import tempfile
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from sqlite3 import DatabaseError

from onthisday.adapters.file_system import make_private
from onthisday.adapters.sqlite.compiled_file import is_damaged
from onthisday.app.workspace import Workspace
from onthisday.characters import escaped


def log_traceback(error: Exception, folder: str) -> str:
    """Add the traceback to a log file, and return one line that says where the log file is.

    The log file is `var/onthisday.log` in ``folder``. If it cannot be written, the traceback is in
    a new file in the folder for temporary files. Nobody can know its name before.
    """
    text = "".join(traceback.format_exception(error))
    entry = escaped(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}\n{text}\n")
    for made in (partial(_var_log, folder), _new_log):
        try:
            log = made()
            with log.open("a", encoding="utf-8") as file:
                file.write(entry)
        except OSError:
            continue
        return f"{type(error).__name__}; the traceback is in {log}: please report it"
    return f"{type(error).__name__}: {error}"


def _var_log(folder: str) -> Path:
    log = Path(folder) / "var" / "onthisday.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        make_private(log)
    return log


def _new_log() -> Path:
    number, path = tempfile.mkstemp(prefix="onthisday-", suffix=".log")
    os.close(number)
    return Path(path)


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
