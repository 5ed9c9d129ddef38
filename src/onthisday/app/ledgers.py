"""Open the ledger that the config names under `store`: a file, or a database of PostgreSQL.

    async with open_ledger(workspace, config) as ledger:
        await ledger.channels()

Why an asynchronous context: the event loop talks to PostgreSQL. app/sending.py and the commands use
this module.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import datetime
from importlib.metadata import distribution
from typing import TYPE_CHECKING, cast

from onthisday.adapters.sqlite.ledger_backup import copy_ledger_file
from onthisday.adapters.sqlite.ledger_restore import restore_ledger_file
from onthisday.adapters.sqlite.sqlite_ledger import SqliteLedger
from onthisday.app.workspace import Workspace
from onthisday.config import UNKNOWN_STORE, Config, Secret
from onthisday.delivery.jobs import Jobs
from onthisday.delivery.ledger import Ledger
from onthisday.errors import NotSet, Unwritable
from onthisday.schema.stores import is_server

if TYPE_CHECKING:
    from onthisday.adapters.postgres.postgres_ledger import PostgresLedger


@asynccontextmanager
async def open_ledger(
    workspace: Workspace, config: Config, *, read_only: bool = False
) -> AsyncIterator[Ledger]:
    """Open the ledger. Raise OnThisDayError. With ``read_only``, nothing is written."""
    store = known(config.store)
    opened = _postgres(store, read_only=read_only) if is_server(store) else None
    async with opened or _sqlite(store_path(workspace, store), read_only=read_only) as ledger:
        yield ledger


@asynccontextmanager
async def _sqlite(path: str, *, read_only: bool) -> AsyncIterator[Ledger]:
    with closing(SqliteLedger.look_at(path) if read_only else SqliteLedger.open(path)) as ledger:
        yield ledger


@asynccontextmanager
async def _postgres(address: str, *, read_only: bool) -> AsyncIterator[Ledger]:
    """Open a ledger on PostgreSQL. If there is none yet, ``read_only`` shows an empty one."""
    ledgers = postgres()
    ledger = await (ledgers.look_at(address) if read_only else ledgers.open(address))
    if ledger is None:
        with closing(SqliteLedger.nothing()) as nothing:
            yield nothing
        return
    try:
        yield ledger
    finally:
        await ledger.close()


def is_shared(config: Config) -> bool:
    """Return True if a server has the ledger, so that several machines can share it."""
    return is_server(config.store.reveal())


def jobs_of(ledger: Ledger) -> Jobs | None:
    """Return the engine that shares the work on a ledger; None for a file."""
    return None if isinstance(ledger, SqliteLedger) else cast("PostgresLedger", ledger).jobs()


def postgres() -> "type[PostgresLedger]":
    """Return the class of ledgers on PostgreSQL. Raise NotSet if its extra is not installed."""
    try:
        from onthisday.adapters.postgres.postgres_ledger import PostgresLedger

        distribution("pgqueuer")  # it is imported later
    except ImportError as error:  # also if a package is not found
        from onthisday.adapters.installation import command_for  # only now: it reads files

        why = "`store` is on PostgreSQL, and the extra postgres is not installed; install it"
        raise NotSet(f"{why}: {command_for('postgres')}") from error
    return PostgresLedger


def back_up_ledger(workspace: Workspace, config: Config, copy: str) -> None:
    """Copy the ledger to a new file, as it is at one moment. The ledger may be in use.

    The file is whole, or it is not there. Raise OnThisDayError, also if there is a file already.
    """
    store = known(config.store)
    if is_server(store):
        mend = "use PostgreSQL's own `pg_dump`, as deploy/README.md says"
        raise Unwritable(copy, f"is not made, because the ledger is on PostgreSQL; {mend}")
    copy_ledger_file(store_path(workspace, store), copy)


def restore_ledger(workspace: Workspace, config: Config, copy: str, now: datetime) -> str | None:
    """Replace the ledger by a backup. Raise OnThisDayError.

    Return the path under which the old ledger is kept; None if there was none.
    """
    store = known(config.store)
    if is_server(store):
        mend = "use PostgreSQL's own `pg_restore`, as deploy/README.md says"
        raise Unwritable(copy, f"is not restored, because the ledger is on PostgreSQL; {mend}")
    return restore_ledger_file(copy, store_path(workspace, store), now)


def known(store: Secret) -> str:
    """Return the address of a store. Raise NotSet if a variable in it is not set."""
    if store == UNKNOWN_STORE:
        raise NotSet("the ledger is not known: a variable in `store` in the config is not set")
    return store.reveal()


def store_path(workspace: Workspace, store: str) -> str:
    """Return the path of the ledger's file, from a `sqlite:///…` in the config.

    With three slashes the path is relative to the config's folder. With four it is absolute.
    """
    return workspace.path(os.path.normpath(store.removeprefix("sqlite:///")))
