"""Open the ledger that the config names under `store`, restore it, and say where its file is.

    async with open_ledger(workspace, config) as ledger:
        await ledger.channels()

Why an asynchronous context: a ledger may be a server that the event loop talks to, and not only a
file. app/sending.py and the commands use this module.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from onthisday.adapters.sqlite.ledger_restore import restore_ledger_file
from onthisday.adapters.sqlite.sqlite_ledger import SqliteLedger
from onthisday.app.workspace import Workspace
from onthisday.config import Config
from onthisday.delivery.ledger import Ledger


@asynccontextmanager
async def open_ledger(
    workspace: Workspace, config: Config, *, read_only: bool = False
) -> AsyncIterator[Ledger]:
    """Open the ledger. Raise OnThisDayError. With ``read_only``, nothing is written."""
    path = store_path(workspace, config.store)
    ledger = SqliteLedger.look_at(path) if read_only else SqliteLedger.open(path)
    try:
        yield ledger
    finally:
        ledger.close()


async def move_ledger(workspace: Workspace, config: Config, store: str) -> None:
    """Copy the ledger to another store. Raise OnThisDayError.

    From then on, it must be used there.
    """
    ledger = SqliteLedger.look_at(store_path(workspace, config.store))
    try:
        await ledger.move(store_path(workspace, store))
    finally:
        ledger.close()


def restore_ledger(workspace: Workspace, config: Config, copy: str, now: datetime) -> str | None:
    """Replace the ledger by a backup. Raise OnThisDayError.

    Return the path under which the old ledger is kept; None if there was none.
    """
    return restore_ledger_file(copy, store_path(workspace, config.store), now)


def store_path(workspace: Workspace, store: str) -> str:
    """Return the path of the ledger's file, from a `sqlite:///…` in the config.

    With three slashes the path is relative to the config's folder. With four it is absolute.
    """
    return workspace.path(os.path.normpath(store.removeprefix("sqlite:///")))
