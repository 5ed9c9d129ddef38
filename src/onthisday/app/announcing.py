"""Tell the hub of news beside everything else that `serve` does, and remember what went wrong.

A hub that is slow or away delays nothing. Called by serving.py. `tick` waits for the hub instead
(cli/tick.py).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from onthisday.service.log_events import event

HUB_FAILED = "the hub could not be told of news: %s; it is tried again; look at websub in config"
"""The line in the log if that fails. The reason is put in for %s."""

log = logging.getLogger("onthisday")


Tell = Callable[[], Awaitable[str | None]]
"""Tells the hub. Returns why it could not be told; None if all is well."""

UNEXPECTED = "telling the hub failed; the log says why"
"""What `/healthz` says of an error that has no words for people."""


class Announcer:
    """Runs one task at a time that tells the hub.

    - ``trouble``: why the hub could not be told the last time; None if all is well.
    """

    def __init__(self) -> None:
        self.trouble: str | None = None
        self._running: asyncio.Task[None] | None = None

    def begin(self, tell: Tell | None) -> None:
        """Begin to tell the hub, unless that goes on already. None: the config has no hub."""
        if tell is None:
            self.trouble = None
        elif self._running is None or self._running.done():
            self._running = asyncio.create_task(self._run(tell))

    async def stop(self) -> None:
        """Stop at once. What the hub was not told is told at the next start."""
        if self._running is not None:
            self._running.cancel()
            with suppress(asyncio.CancelledError):
                await self._running

    async def _run(self, tell: Tell) -> None:
        try:
            failed = await tell()
        except Exception:
            if self.trouble != UNEXPECTED:
                log.exception("telling the hub failed", extra=event("hub.failed"))
            failed = self.trouble = UNEXPECTED
        if failed and not self.trouble:
            log.warning(HUB_FAILED, failed, extra=event("hub.failed", reason=failed))
        elif self.trouble and not failed:
            log.info("the hub takes news again", extra=event("hub.mended"))
        self.trouble = failed
