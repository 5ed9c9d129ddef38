"""A ledger, a channel and its service on loopback: for tests of messages that are taken back."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest

from onthisday.adapters.http.http_sender import HttpSender
from onthisday.config import Channel
from onthisday.delivery.notice import Notice
from onthisday.messages.chat_services import SERVICES
from onthisday.service.sending.delivering import Delivery
from onthisday.service.sending.planning import plan_and_record
from onthisday.service.sending.posting import Posting
from onthisday.service.sending.retracting import Retracted, retract
from tests.delivery.almanacs import DOT
from tests.delivery.fakes import SetClock, almanac_of, config, entry
from tests.delivery.servers import SERVERS
from tests.delivery.services import serving
from tests.delivery.sink import Answer, Received
from tests.delivery.stories import opened
from tests.delivery.test_targets_sending import there

ID = "room/2026-02-25"
DELETING = [name for name, service in SERVICES.items() if service.retraction]
EACH = pytest.mark.parametrize("kind", DELETING)
KEPT = {"discord": "shown", "telegram": "shown", "matrix": "events", "ntfy": "shown",
        "mastodon": "statuses", "bluesky": "records"}  # fmt: skip


class World:
    """A ledger, a channel and its service on loopback."""

    def __init__(self, to: Channel, ledger: Any, sender: HttpSender, **keys: Any) -> None:
        self.to, self.ledger, self.clock = to, ledger, SetClock("2026-02-25T09:00")
        self._sender, self._library = sender, almanac_of(entry("speech", **keys))
        pace = self.clock.pace
        self.delivery = Delivery(ledger, sender, self.clock, self.clock, pace)

    async def tick(self) -> Notice:
        settings = config(self.to)
        await plan_and_record(self.ledger, settings, self._library, self.clock.now())
        await self.delivery.deliver(settings, self._library, lambda _: DOT)
        return await self.notice()

    async def notice(self) -> Notice:
        found: Notice | None = await self.ledger.notice(ID)
        assert found is not None
        return found

    async def retract(self, *, done: bool = False, to: Channel | None = None) -> Retracted:
        posting = Posting(self._sender, self.clock, self.clock.pace)
        return await retract(self.ledger, posting, config(to or self.to), ID, done=done)


def play(
    folder: Path,
    kind: str,
    server: Callable[[Received], Answer | None],
    story: Callable[[World], Awaitable[None]],
    keys: dict[str, Any] | None = None,
    **entry_keys: Any,
) -> None:
    """Run a story with a channel of a service, whose server is on loopback."""

    @asynccontextmanager
    async def world(to: Channel) -> AsyncIterator[World]:
        async with opened(folder) as ledger, HttpSender() as sender:
            yield World(to, ledger, sender, **entry_keys)

    async def whole(to: Channel) -> None:
        async with world(to) as there:
            await story(there)

    with serving(server) as service:
        asyncio.run(whole(to_of(kind, service, **(keys or {}))))


def to_of(kind: str, service: Any, **keys: Any) -> Channel:
    if kind == "discord":
        return there(kind, service, url=f"{service.url}api/webhooks/1/s3cret-t0ken", **keys)
    return there(kind, service, **keys)


def kept_by(server: Any) -> int:
    names = {type(SERVERS[kind]()): name for kind, name in KEPT.items()}
    return len(getattr(server, names[type(server)]))


def change(folder: Path, statement: str) -> None:
    """Change the ledger's file, as nothing but a test or a broken process does."""
    with closing(sqlite3.connect(folder / "ledger.db")) as rows, rows:
        rows.execute(statement)
