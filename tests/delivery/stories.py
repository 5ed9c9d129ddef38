"""Tests as stories: several ticks, and between them the almanac, channels and clock change."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from onthisday.adapters.sqlite.sqlite_ledger import SqliteLedger
from onthisday.almanac.library import Library
from onthisday.config import Config
from onthisday.delivery.notice import Notice
from onthisday.service.sending.delivering import Delivery, Summary
from onthisday.service.sending.planning import Planned, plan_and_record
from tests.delivery.fakes import SetClock, ToldSender


class World:
    """All that a tick needs. A test may change each part between two ticks."""

    def __init__(self, ledger: SqliteLedger, config: Config, library: Library) -> None:
        self.ledger, self.config, self.library = ledger, config, library
        self.planned = Planned(0)
        self.clock, self.sender = SetClock("2026-02-25T09:00"), ToldSender()
        self.delivery = Delivery(ledger, self.sender, self.clock, self.clock, self.clock.pace)

    async def tick(self, at: str | None = None) -> Summary:
        """Run one tick at an instant: plan and deliver."""
        if at is not None:
            self.clock.set(at)
        ledger, now = self.ledger, self.clock.now()
        self.planned = await plan_and_record(ledger, self.config, self.library, now)
        complete = self.planned.complete
        return await self.delivery.deliver(self.config, self.library, complete=complete)

    async def states(self) -> dict[str, str]:
        """Return the state of each notice, by its id."""
        return {notice.id: notice.state for notice in await self.ledger.notices()}

    async def notice(self, notice_id: str) -> Notice:
        """Return the notice with an id. It must be there."""
        found = await self.ledger.notice(notice_id)
        assert found is not None
        return found


def play(
    folder: Path, config: Config, library: Library, story: Callable[[World], Awaitable[None]]
) -> None:
    """Run a story with a ledger of its own."""

    async def whole() -> None:
        async with opened(folder) as ledger:
            await story(World(ledger, config, library))

    asyncio.run(whole())


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[SqliteLedger]:
    """Open the ledger that is in a folder."""
    ledger = SqliteLedger.open(str(folder / "ledger.db"))
    try:
        yield ledger
    finally:
        ledger.close()
