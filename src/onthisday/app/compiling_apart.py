"""Compile an almanac for one use, beside the cache: with mistakes, or with other files.

The cache keeps the last almanac without mistakes. Used by `check` and `import`.
"""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from sqlite3 import DatabaseError
from typing import TYPE_CHECKING

from onthisday.adapters.files.folders import AlmanacFolder
from onthisday.adapters.files.temporary import no_room
from onthisday.adapters.sqlite.compiled_file import PASSING, CompiledAlmanac, is_full
from onthisday.adapters.sqlite.compiled_writer import Compiling
from onthisday.almanac.library import Library
from onthisday.app.interpreter import set_for_compiling
from onthisday.app.reading_ahead import read_ahead
from onthisday.app.workspace import Almanac, Workspace
from onthisday.service.reading.compiling import compile_changes, compile_understood
from onthisday.site_settings import Site

if TYPE_CHECKING:
    from onthisday.service.reading.problems import Unread


def understood(workspace: Workspace, site: Site) -> tuple[Almanac, "Unread"]:
    """Return what can be understood of an almanac with mistakes, and what cannot be.

    ``site``: the site's settings, as far as they are right.
    """
    with _passing() as compiled:
        source, now = workspace.source(site), time.time_ns()
        unread = compile_understood(Compiling(compiled), source, now, read_ahead)
    return workspace.almanac_of(compiled, site), unread


def would_be(workspace: Workspace, source: AlmanacFolder) -> Library:
    """Return the almanac as it would be with other files, such as those of an import.

    Only what differs is compiled, into a copy that is gone when it is closed. `Workspace.almanac`
    was called before. Raises InvalidInput.
    """
    with _passing() as compiled:
        with closing(workspace.compiled()) as current:
            current.rows.backup(compiled.rows)
        compile_changes(Compiling(compiled), source, time.time_ns(), ahead=read_ahead)
    return compiled.library()


@contextmanager
def _passing() -> Iterator[CompiledAlmanac]:
    """Open a compiled almanac for one use. If the block fails, close it.

    Raises Unwritable if there is no room for it in the temporary folder.
    """
    compiled = CompiledAlmanac(PASSING)
    try:
        with set_for_compiling():
            yield compiled
    except BaseException as error:
        compiled.close()
        if isinstance(error, DatabaseError) and is_full(error):
            raise no_room(str(error)) from error
        raise
