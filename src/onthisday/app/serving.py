"""Put together what `serve` needs: what is in use, the timer, sending, and what is said of them.

Called by cli/serve.py. last_good.py has the config and the almanac in use; listening.py has the
port and the web server.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from functools import partial
from sqlite3 import DatabaseError
from typing import Any

from onthisday.app import timer
from onthisday.app.announcing import Announcer
from onthisday.app.caches import announced, search_cache
from onthisday.app.clocks import SYSTEM_CLOCK
from onthisday.app.heartbeat import HEARTBEAT_FAILED
from onthisday.app.last_good import FAULTY, LastGood
from onthisday.app.ledgers import is_shared, jobs_of, open_ledger, postgres
from onthisday.app.searching import Searching
from onthisday.app.sending import Sending, open_sending
from onthisday.app.workspace import Workspace
from onthisday.config import Config
from onthisday.delivery.alerts import of_failure
from onthisday.delivery.health import Health, timing_trouble
from onthisday.delivery.ledger import Ledger
from onthisday.delivery.measures import Measures
from onthisday.delivery.notice import Totals
from onthisday.delivery.request_reply import Clock
from onthisday.errors import OnThisDayError
from onthisday.service.announcing import Announcing
from onthisday.service.log_events import event
from onthisday.version import __version__

log = logging.getLogger("onthisday")

UNEXPECTED = "the last sending failed; the log says why"
"""What `/healthz` says of an error that has no words for people."""


class Service:
    """The running service, and what is wrong with it.

    - ``current``: returns the site at a time; ``mend``: what to do if it is damaged (`LastGood`).
    - ``every``: the number of seconds between ticks.
    - ``clock``: the wall clock. People may set it back or forward.
    - ``steady``: returns seconds; it only goes forward.
    - ``plans``: False for a process that only sends what others have planned (`work`).
    """

    def __init__(
        self,
        workspace: Workspace,
        every: int = timer.EVERY,
        clock: Clock = SYSTEM_CLOCK,
        steady: Callable[[], float] = time.monotonic,
        *,
        plans: bool = True,
    ) -> None:
        self._workspace, self._every, self._plans = workspace, every, plans
        self._clock, self._steady = clock, steady
        self._good = LastGood(workspace, every, clock, steady)
        self.current, self.mend = self._good.current, self._good.mend
        self.searching = Searching(search_cache(workspace))
        self._ticked: datetime | None = None
        self._beaten = steady()
        self._failed: tuple[str, ...] = ()
        self._heartbeat: str | None = None
        self._announcing, self._announcer = Announcing(announced(workspace)), Announcer()
        self._sending: Sending | None = None
        self._looked_at: Ledger | None = None
        self._background: asyncio.Task[None] | None = None
        self._stack: AsyncExitStack | None = None

    @property
    def config(self) -> Config:
        """The config in use."""
        return self._good.config

    async def try_ledger(self) -> None:
        """Raise OnThisDayError if the ledger cannot be used. Call this before anything is served.

        A ledger on a server may be away: then pages are served, and it is tried again (`_open`).
        """
        if is_shared(self.config):
            postgres()
            return
        async with open_ledger(self._workspace, self.config):
            pass

    def health(self, *, ready: bool) -> tuple[int, Health]:
        """Return the HTTP status and the content of `/healthz`.

        With ``ready``, the status is 503 until the first tick.
        """
        trouble, good = self._wrong(), self._good
        said: Health = {
            "status": "degraded" if trouble else "ok",
            "day": self.current(self._clock.now().timestamp()).website.day.isoformat(),
            "ticked": self._ticked.isoformat(timespec="seconds") if self._ticked else None,
            "findings": [str(finding) for finding in (*good.findings, *good.faults)],
            "trouble": trouble,
            "heartbeat": self._heartbeat,
            "hub": self._announcer.trouble,
        }
        return (503 if ready and self._ticked is None else 200), said

    def _wrong(self) -> str | None:
        """Return what is wrong, in words; None if nothing is."""
        good = self._good
        broken = good.trouble or good.unreadable or "; ".join(self._failed)
        timing = timing_trouble(self._age(), self._every, self._ticked, self._clock.now())
        return broken or (FAULTY if good.faults else timing)

    def _age(self) -> float:
        """Return for how many seconds no tick has ended. Before the first, count from the start."""
        return self._steady() - self._beaten

    async def measure(self, answered: Mapping[int, int]) -> Measures:
        """Return the numbers for `/metrics`.

        ``answered`` has the number of requests for each status.
        """
        totals, now, good = await self._totals(), self._clock.now(), self._good
        due = totals and totals.due
        entries, documents = await good.size()
        return Measures(
            version=__version__,
            tick_age=self._age(),
            is_degraded=bool(self._wrong()),
            findings={
                "error": len(good.findings) + len(good.faults),
                "warning": len(good.warnings),
            },
            entries=entries,
            documents=documents,
            totals=totals,
            longest_due=max(0.0, (now - due).total_seconds()) if due else 0.0,
            attempts=self._sending.watch.attempts if self._sending else {},
            answered=answered,
        )

    async def _totals(self) -> Totals | None:
        """Ask the ledger for its counts. Return None if the ledger cannot be read.

        The ledger is opened a second time for this, so that sending does not have to wait.
        """
        try:
            return await self._looked_at.totals() if self._looked_at is not None else None
        except OnThisDayError as error:
            log.warning("the ledger cannot be read: %s", error, extra=event("ledger.unreadable"))
            return None

    @asynccontextmanager
    async def lifespan(self, _app: Any) -> AsyncIterator[None]:
        """Run ticks as long as the server runs. After that, wait for what is being sent."""
        async with AsyncExitStack() as self._stack:
            await self._open(self._stack)
            async with timer.ticking(self.tick, self._every):
                yield

    async def _open(self, stack: AsyncExitStack) -> None:
        """Open the ledger and all that sending needs. The stack closes it.

        If a server has the ledger and does not answer, the next tick tries again. Until then, pages
        are served.
        """
        try:
            await stack.enter_async_context(self._opened())
        except OnThisDayError as error:
            if not is_shared(self.config):
                raise
            self._note_failures([error])

    @asynccontextmanager
    async def _opened(self) -> AsyncIterator[None]:
        async with (
            open_sending(self._workspace, self.config, self._clock) as sending,
            self._looking(sending) as self._looked_at,
            self.sending_with(sending),
        ):
            if jobs := jobs_of(sending.ledger):
                sending.share(jobs)
            yield

    @asynccontextmanager
    async def _looking(self, sending: Sending) -> AsyncIterator[Ledger]:
        """Give a ledger for counting. A file is opened once more, so that sending need not wait."""
        if is_shared(self.config):
            yield sending.ledger
            return
        async with open_ledger(self._workspace, self.config, read_only=True) as ledger:
            yield ledger

    @asynccontextmanager
    async def sending_with(self, sending: Sending) -> AsyncIterator[None]:
        """Have ticks send while the block runs. After that, wait for what is being sent."""
        self._sending = sending
        try:
            yield
        finally:
            await self._announcer.stop()
            await sending.stop()
            if self._background is not None:
                await self._background

    async def tick(self) -> None:
        """Use what people have edited since the last tick, once their files are at rest.

        Start sending, if nothing is being sent. Pages are served meanwhile.
        """
        await self._good.refresh(takes_config=self._sending is not None)
        if self._sending is not None:
            self._sending.config = self.config
        elif self._stack is not None:
            await self._open(self._stack)
        if self._sending is None:
            self._note_tick()
        elif self._background is None or self._background.done():
            self._background = asyncio.create_task(self._send(self._sending))
        if self._sending is not None and self._plans:  # `work` serves no feeds
            has_hub = self.config.websub is not None
            self._announcer.begin(partial(self._announce, self._sending) if has_hub else None)

    async def _announce(self, sending: Sending) -> str | None:
        """Tell the hub of news in the feeds as they are served now. Return why that failed."""
        snapshot = self.current(self._clock.now().timestamp())
        try:
            return await sending.announce(self._announcing, snapshot.website)
        except DatabaseError as error:
            await self.mend(error, snapshot)
            return self._good.unreadable

    def _note_tick(self) -> None:
        """Remember that a tick has ended."""
        self._ticked, self._beaten = self._clock.now(), self._steady()

    async def _send(self, sending: Sending) -> None:
        """Write the notices that are due, send them, and call the heartbeat.

        This runs in the background, so that people's edits need not wait for a slow host. The
        heartbeat is called only if all was done. At the end, people are told what is wrong.
        """
        failures: list[Exception] = []
        try:
            summary = await sending.tick(self._good.almanac, plan=self._plans, wait=False)
            if any(summary):
                log.info("messages: %s", summary, extra=event("messages", **summary._asdict()))
        except Exception as error:  # noqa: BLE001 - the next tick tries again
            failures.append(error)
        failures += sending.faults
        for each in failures:
            await self.mend(each)
        self._note_failures(failures)
        self._note_tick()
        if not self._plans:  # it is `serve` that tells people, and that they listen to
            return
        if not failures and not self._good.faults:
            self._note_heartbeat(await sending.beat())
        alerts = *self._good.alerts(), *map(of_failure, failures)
        await sending.tell(alerts, self._good.almanac.site)

    def _note_failures(self, failures: Sequence[Exception]) -> None:
        """Log what failed in a tick. If an error has words for people, log it once."""
        said, known = event("sending.failed"), self._failed
        words = [_words_of(error) for error in failures]
        for error, its in zip(failures, words, strict=True):
            if its == UNEXPECTED:
                again = "sending failed; it is tried again in %d seconds"
                log.error(again, self._every, extra=said, exc_info=error)
            elif its not in known:
                log.error("sending: %s", its, extra=said)
        self._failed = tuple(dict.fromkeys(words))

    def _note_heartbeat(self, failed: str | None) -> None:
        """Log once that the heartbeat's address does not answer, and once that it answers again."""
        if failed and not self._heartbeat:
            log.warning(HEARTBEAT_FAILED, failed, extra=event("heartbeat.failed", reason=failed))
        elif self._heartbeat and not failed and self.config.heartbeat:
            log.info("the heartbeat's address answers again", extra=event("heartbeat.mended"))
        self._heartbeat = failed


def _words_of(error: Exception) -> str:
    return str(error) if isinstance(error, OnThisDayError) else UNEXPECTED
