"""Wait until the files of the config and the almanac are at rest, before notices are planned.

A file that was changed a moment ago may be half written. If a day were planned from it, entries
could be missing. The file is waited for and never skipped: after a fresh checkout, all files are
young, and none is broken. Called by `tick`, and by each tick of `serve`.
"""

import os
import time
from collections.abc import Callable

from onthisday.adapters.files.folders import sign
from onthisday.almanac import file_signatures
from onthisday.app.workspace import Workspace
from onthisday.errors import OnThisDayError

MOST = 10.0
"""Seconds. A file that is written again and again is not waited for any longer."""


def wait_for_files(workspace: Workspace, sleep: Callable[[float], None] = time.sleep) -> None:
    """Wait until no file is young (`wait_needed`), MOST seconds at most."""
    waited = 0.0
    while waited < MOST and (young := wait_needed(workspace)) > 0:
        pause = min(young, MOST - waited)
        sleep(pause)
        waited += pause


def wait_needed(workspace: Workspace) -> float:
    """Return for how many seconds more a file is young, and so may be half written.

    The files are the config, the CSV file of channels, and those of the almanac. Return 0 if no
    channel is on, because then nothing is planned.
    """
    config_file = workspace.config_file
    changed = [sign(config_file).mtime] if os.path.exists(config_file) else []
    try:
        config, _ = workspace.config(sending=True)
        if not any(channel.enabled for channel in config.channels):
            return 0.0
        if config.channels_file is not None:
            changed.append(sign(workspace.path(config.channels_file)).mtime)
        changed += [file.mtime for file in workspace.source(config.site).files().values()]
    except OnThisDayError:
        pass  # what is wrong may be half written; who reads it tells it
    return file_signatures.young_for(changed, time.time_ns())
