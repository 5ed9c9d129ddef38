"""Wait until the files of the config and the almanac are at rest, before notices are planned.

A file that was changed a moment ago may be half written. If a day were planned from it, entries
could be missing. The file is waited for and never skipped: after a fresh checkout, all files are
young, and none is broken. Called by `tick`, and by each tick of `serve`.
"""

import time
from collections.abc import Callable

from onthisday.app.workspace import Workspace

MOST = 10.0
"""Seconds. A file that is written again and again is not waited for any longer."""


def wait_for_files(workspace: Workspace, sleep: Callable[[float], None] = time.sleep) -> None:
    """Wait until no file is young (`Workspace.young_for`), MOST seconds at most."""
    waited = 0.0
    while waited < MOST and (young := workspace.young_for()) > 0:
        pause = min(young, MOST - waited)
        sleep(pause)
        waited += pause
