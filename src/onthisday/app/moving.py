"""Move the ledger from one store to another: files and databases, in both directions.

Nothing is sent again from the new ledger: it has all notices, attempts and closed days. All is
moved, or nothing. Used by cli/notices.py.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from contextlib import aclosing, asynccontextmanager
from datetime import UTC, datetime
from itertools import islice
from types import ModuleType

from onthisday.adapters.sqlite import ledger_contents as files
from onthisday.app.ledgers import known, postgres, store_path
from onthisday.app.workspace import Workspace
from onthisday.config import Config
from onthisday.delivery.moving import NoticeRecord, Record, freed
from onthisday.schema.stores import is_server

PAGE = 2000
"""How many records are moved at once: so the memory stays bounded."""

Add = Callable[[Sequence[Record]], Awaitable[None]]


async def move_ledger(
    workspace: Workspace, config: Config, store: str, moved: Callable[[int], object]
) -> None:
    """Copy the ledger to another store. From then on, it must be used there. Raise OnThisDayError.

    ``moved`` is told how many further notices are moved.
    """
    old, new = (_place(workspace, each) for each in (known(config.store), store))
    await _refuse_in_use(old)
    now = datetime.now(UTC)
    async with _new(new) as add:
        async with aclosing(_records_of(old)) as parts:
            async for records in parts:
                await add([_free(record, now) for record in records])
                moved(sum(isinstance(record, NoticeRecord) for record in records))
        await _refuse_in_use(old)  # again: a process may have begun meanwhile


def _place(workspace: Workspace, store: str) -> str:
    return store if is_server(store) else store_path(workspace, store)


def _free(record: Record, now: datetime) -> Record:
    return freed(record, now) if isinstance(record, NoticeRecord) else record


def _databases() -> ModuleType:
    postgres()  # says what is missing, if its extra is not installed
    from onthisday.adapters.postgres import ledger_contents

    return ledger_contents


async def _refuse_in_use(place: str) -> None:
    if is_server(place):
        await _databases().refuse_in_use(place)
    else:
        files.refuse_in_use(place)


async def _records_of(place: str) -> AsyncGenerator[Sequence[Record]]:
    if is_server(place):
        async with aclosing(_databases().records_of(place)) as parts:
            async for records in parts:
                yield records
        return
    left = files.records_of(place)
    while page := [*islice(left, PAGE)]:
        yield page


@asynccontextmanager
async def _new(place: str) -> AsyncIterator[Add]:
    if is_server(place):
        async with _databases().new_ledger(place) as add:
            yield add
        return
    with files.new_ledger_file(place) as write:

        async def put(records: Sequence[Record]) -> None:
            write(records)

        yield put
