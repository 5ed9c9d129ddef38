"""Let one import run at a time: two would not know each other's entries. Used by `import`."""

import os
from contextlib import AbstractContextManager, closing, nullcontext
from pathlib import Path
from sqlite3 import OperationalError

from onthisday.adapters.sqlite.file_lock import take_lock
from onthisday.app.workspace import Workspace
from onthisday.errors import Unwritable

_WAIT = 5.0
"""Seconds. Most imports end in less time."""


def lock_imports(workspace: Workspace) -> AbstractContextManager[object]:
    """Keep other imports away until this is closed. Raises Unwritable if one is running.

    The lock lies beside the cache. Where that folder may only be read, there is none.
    """
    name = f"{os.path.basename(workspace.config_file)}.import.lock"
    path = Path(workspace.path(os.path.join("var", "cache", name)))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return nullcontext()
    if not os.access(path.parent, os.W_OK):
        return nullcontext()
    try:
        return closing(take_lock(path, wait=_WAIT))
    except OperationalError as error:
        why = "another import is running; wait until it has ended, and try again"
        raise Unwritable(str(path), why) from error
