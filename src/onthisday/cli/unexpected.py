"""What happens to an error that nobody expected: its traceback goes to a log, for a report."""

import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import DatabaseError

from onthisday.app.workspace import Workspace


def log_traceback(error: Exception, folder: str) -> str:
    """Append the traceback to `var/onthisday.log`, and return one line that says where it is."""
    text = "".join(traceback.format_exception(error))
    entry = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}\n{text}\n"
    for log in (
        Path(folder) / "var" / "onthisday.log",
        Path(tempfile.gettempdir()) / "onthisday.log",
    ):
        try:
            log.parent.mkdir(parents=True, exist_ok=True)
            with log.open("a", encoding="utf-8") as file:
                file.write(entry)
        except OSError:
            continue
        return f"{type(error).__name__}; the traceback is in {log}: please report it"
    return f"{type(error).__name__}: {error}"


def forgot_damaged_cache(error: Exception, config: str) -> bool:
    """Remove the compiled almanac where the error says that it is damaged; say whether it did.

    The ledger's own errors never come here: adapters/sqlite/writer_thread.py explains them.
    """
    if not isinstance(error, DatabaseError):
        return False
    Workspace(config).forget()
    return True
