"""Put together what `serve` needs: the web server, the timer, the newest almanac, and sending.

If a person edits the almanac or the config and makes an error, the last good state stays in use.
`/healthz` says what is wrong, and the log says it once. Called by cli/serve.py. listening.py
has the port and the web server.
"""

import asyncio
import logging
import os
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from sqlite3 import DatabaseError
from typing import Any
from zoneinfo import ZoneInfo

from onthisday.adapters.sqlite.compiled_file import is_damaged
from onthisday.adapters.web.server import Snapshot
from onthisday.almanac.file_signatures import young_for
from onthisday.app import timer
from onthisday.app.announcing import Announcer
from onthisday.app.clocks import SYSTEM_CLOCK
from onthisday.app.heartbeat import HEARTBEAT_FAILED
from onthisday.app.ledgers import is_shared, jobs_of, open_ledger, postgres
from onthisday.app.publishing import website_at
from onthisday.app.resting_files import wait_for_files
from onthisday.app.searching import Searching
from onthisday.app.sending import Sending, open_sending
from onthisday.app.workspace import Almanac, Workspace
from onthisday.config import Config
from onthisday.dates.zones import end_of_day, start_of_day
from onthisday.delivery.alerts import Alert, of_broken, of_failure, of_faults
from onthisday.delivery.health import Health
from onthisday.delivery.ledger import Ledger
from onthisday.delivery.measures import Measures
from onthisday.delivery.notice import Totals
from onthisday.delivery.request_reply import Clock
from onthisday.errors import Finding, InvalidInput, OnThisDayError, errors_of
from onthisday.service.announcing import Announcing
from onthisday.service.log_events import event
from onthisday.version import __version__

log = logging.getLogger("onthisday")

UNREAD = "an edit cannot be read, and the last good one stays in use; the log says why"
"""What `/healthz` says if this program itself fails while it reads an edit."""


OLD = 4
"""The last tick is old if it is longer ago than so many times the seconds between two ticks."""

AHEAD = timedelta(minutes=1)
"""If the last tick lies further in the future than this, the clock was set back."""


FAULTY = "the config of a channel, the heartbeat or alerts is wrong, so it is off; see the findings"
"""What `/healthz` says then. The other channels go on."""


UNEXPECTED = "the last sending failed; the log says why"
"""What `/healthz` says of an error that has no words for people."""


UNREADABLE = "the compiled almanac is damaged and cannot be made anew; the log says why"
"""What `/healthz` says then. Pages that were made before are still served."""


class Service:
    """The running service: what it serves now, and what is wrong.

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
        self.config, found = workspace.config(sending=True)
        self._faults: tuple[Finding, ...] = ()
        self._note_findings(found)
        self._almanac = workspace.almanac()
        self.searching = Searching(workspace.search_cache())
        self._findings: tuple[Finding, ...] = ()
        self._trouble: str | None = None
        self._snapshot = _snapshot(self._almanac, clock.now())
        self._young = _is_young(self._almanac)
        self._ticked: datetime | None = None
        self._beaten = steady()
        self._failed: tuple[str, ...] = ()
        self._unreadable: str | None = None
        self._mending, self._tried = asyncio.Lock(), 0.0
        self._heartbeat: str | None = None
        self._announcing, self._announcer = Announcing(workspace.announced()), Announcer()
        self._sending: Sending | None = None
        self._looked_at: Ledger | None = None
        self._background: asyncio.Task[None] | None = None
        self._stack: AsyncExitStack | None = None

    def current(self, now: float) -> Snapshot:
        """Return the snapshot for ``now`` (seconds since 1970).

        A snapshot is the site on one day (adapters/web/server.py). If a new day has begun, or if
        the clock was set back to a day before, make a new one.
        """
        if not self._snapshot.since <= now < self._snapshot.until:
            at = datetime.fromtimestamp(now, UTC)
            self._snapshot = _snapshot(self._almanac, at, self._snapshot)
        return self._snapshot

    async def mend(self, error: Exception, snapshot: Snapshot) -> bool:
        """Make the compiled almanac anew, if a page of a snapshot met that it is damaged.

        Return True if the current snapshot is another one now.
        """
        if not isinstance(error, DatabaseError):
            return False
        async with self._mending:
            if self._snapshot is snapshot and not self._tried_in_vain():
                await self._read_anew(error)
        return self._snapshot is not snapshot

    def _tried_in_vain(self) -> bool:
        """Return True if the almanac could not be made anew a moment ago.

        Otherwise each request would try again.
        """
        return self._unreadable is not None and self._steady() - self._tried < self._every

    async def _read_anew(self, error: DatabaseError) -> None:
        """Compile the almanac again after the cache met an error. If that fails, note it."""
        self._tried = self._steady()
        try:
            almanac = await asyncio.to_thread(self._compiled_anew, error)
        except Exception:
            self._unreadable = UNREADABLE
            log.exception("the cache cannot be made anew", extra=event("cache.damaged"))
        else:
            self._unreadable = None
            words = "the cache was damaged and is made anew: %s"
            log.warning(words, error, extra=event("cache.damaged"))
            self._use(almanac)

    def _compiled_anew(self, error: DatabaseError) -> Almanac:
        if is_damaged(error):
            self._workspace.forget()
        return self._workspace.almanac()

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
        trouble = self._wrong()
        said: Health = {
            "status": "degraded" if trouble else "ok",
            "day": self.current(self._clock.now().timestamp()).website.day.isoformat(),
            "ticked": self._ticked.isoformat(timespec="seconds") if self._ticked else None,
            "findings": [str(finding) for finding in (*self._findings, *self._faults)],
            "trouble": trouble,
            "heartbeat": self._heartbeat,
            "hub": self._announcer.trouble,
        }
        return (503 if ready and self._ticked is None else 200), said

    def _wrong(self) -> str | None:
        """Return what is wrong, in words; None if nothing is."""
        broken = self._trouble or self._unreadable or "; ".join(self._failed)
        return broken or (FAULTY if self._faults else self._timing())

    def _timing(self) -> str | None:
        """Return what is wrong with the time of the last tick; None if nothing is."""
        if (age := self._age()) > OLD * self._every:
            words = f"no tick has ended for {age:.0f} seconds; one should end every {self._every}"
            return f"{words}; the log may say why; if it goes on, start `serve` again"
        if self._ticked is not None and self._ticked > self._clock.now() + AHEAD:
            when = self._ticked.isoformat(timespec="seconds")
            return f"the clock was set back: the last tick was at {when}, which is still to come"
        return None

    def _age(self) -> float:
        """Return for how many seconds no tick has ended. Before the first, count from the start."""
        return self._steady() - self._beaten

    async def measure(self, answered: Mapping[int, int]) -> Measures:
        """Return the numbers for `/metrics`.

        ``answered`` has the number of requests for each status.
        """
        totals, now = await self._totals(), self._clock.now()
        due = totals and totals.due
        entries, documents = await self._size()
        return Measures(
            version=__version__,
            tick_age=self._age(),
            is_degraded=bool(self._wrong()),
            findings={
                "error": len(self._findings) + len(self._faults),
                "warning": len(self._warnings),
            },
            entries=entries,
            documents=documents,
            totals=totals,
            longest_due=max(0.0, (now - due).total_seconds()) if due else 0.0,
            attempts=self._sending.watch.attempts if self._sending else {},
            answered=answered,
        )

    async def _size(self) -> tuple[int, int]:
        """Return how many entries and documents the almanac has."""
        try:
            return await asyncio.to_thread(self._almanac.library.size)
        except DatabaseError as error:
            return (
                self._almanac.library.size() if await self.mend(error, self._snapshot) else (0, 0)
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
        await self._refresh()
        if self._sending is None and self._stack is not None:
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
            return None if self._unreadable is None else UNREADABLE

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
            summary = await sending.tick(self._almanac, plan=self._plans, wait=False)
            if any(summary):
                log.info("messages: %s", summary, extra=event("messages", **summary._asdict()))
        except Exception as error:  # noqa: BLE001 - the next tick tries again
            failures.append(error)
        failures += sending.faults
        for each in failures:
            await self.mend(each, self._snapshot)
        self._note_failures(failures)
        self._note_tick()
        if not self._plans:  # it is `serve` that tells people, and that they listen to
            return
        if not failures and not self._faults:
            self._note_heartbeat(await sending.beat())
        await sending.tell(self._alerts(failures), self._almanac.site)

    def _alerts(self, failures: Sequence[Exception]) -> tuple[Alert, ...]:
        """Return an alert for each thing that is wrong now. ``failures``: those of the tick."""
        broken = [of_broken(self._trouble)] if self._trouble else []
        unreadable = [Alert("cache", f"{UNREADABLE}.")] if self._unreadable else []
        return (*of_faults(self._faults), *broken, *unreadable, *map(of_failure, failures))

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

    async def _refresh(self) -> None:
        try:
            config, found, almanac = await asyncio.to_thread(self._read)
            self._take(config, almanac)
        except OnThisDayError as error:
            self._broken(error)
            return
        except Exception:
            if self._trouble != UNREAD:
                log.exception("an edit cannot be read", extra=event("edit.broken"))
            self._trouble, self._findings = UNREAD, ()
            return
        if self._trouble is not None:
            log.info("config and almanac are in order again", extra=event("edit.mended"))
        self._trouble, self._findings = None, ()
        self._note_findings(found)

    def _note_findings(self, found: tuple[Finding, ...]) -> None:
        """Keep the findings of a config that is in use. Log once which channels are off, and why.

        The config's errors are of channels, or of the heartbeat.
        """
        faults = errors_of(found)
        if faults and faults != self._faults:
            said = "\n".join(map(str, faults))
            log.error("%s:\n%s", FAULTY, said, extra=event("channels.faulty"))
        elif self._faults and not faults:
            log.info(
                "the config of every channel is in order again", extra=event("channels.mended")
            )
        self._faults = faults
        self._warnings = tuple(each for each in found if each not in faults)

    def _read(self) -> tuple[Config, tuple[Finding, ...], Almanac]:
        wait_for_files(self._workspace)
        config, found = self._workspace.config(sending=True)
        almanac = self._workspace.almanac()
        almanac.beside()  # asked here, because a folder may have very many pictures
        return config, found, almanac

    def _take(self, config: Config, almanac: Almanac) -> None:
        """Use a config and an almanac from now on, if they are not the ones in use."""
        if config != self.config and self._sending is not None:
            self.config = self._sending.config = config
            file = self._workspace.config_file
            log.info("%s was edited and is in use", file, extra=event("edit.used", file=file))
        edited = self._unreadable or _state(almanac) != _state(self._almanac)
        if edited or self._young:
            self._use(almanac)
        if edited:
            said = event("edit.used", file=almanac.site.almanac)
            log.info("the almanac was edited and is in use", extra=said)

    def _use(self, almanac: Almanac) -> None:
        self._almanac, self._unreadable, self._young = almanac, None, _is_young(almanac)
        self._snapshot = _snapshot(almanac, self._clock.now(), self._snapshot)

    def _broken(self, error: OnThisDayError) -> None:
        """Keep the config and the almanac that are in use. Log the reason once."""
        said = str(error)
        if said != self._trouble:
            words = "the last good config and almanac stay in use:\n%s"
            log.error(words, said, extra=event("edit.broken"))
        self._trouble = said
        self._findings = error.findings if isinstance(error, InvalidInput) else ()


def _words_of(error: Exception) -> str:
    return str(error) if isinstance(error, OnThisDayError) else UNEXPECTED


def _state(almanac: Almanac) -> tuple[object, ...]:
    """Return what pages are made of. The times of folders alone change no page."""
    beside = {path: file for path, file in almanac.beside().items() if not path.endswith(os.sep)}
    return almanac.site, almanac.library.version, beside


def _is_young(almanac: Almanac) -> bool:
    """Return True if a picture or a text changed a moment ago.

    If it then changes again, the system may show the same times. So pages are made anew once more.
    """
    return young_for((file.ctime for file in almanac.beside().values()), time.time_ns()) > 0


def _snapshot(almanac: Almanac, now: datetime, before: Snapshot | None = None) -> Snapshot:
    """Return the site as it is at ``now``, from the beginning of that day to its end.

    ``before``: the snapshot that was used before.
    """
    website, zone = website_at(almanac, now), ZoneInfo(almanac.site.zone)
    since = min(start_of_day(website.day, zone), now)
    until = max(end_of_day(website.day, zone), now + timedelta(seconds=1))
    return Snapshot(website, since.timestamp(), until.timestamp(), before)
