"""The config and the almanac that `serve` uses: as they were when they were last in order.

If a person edits one of them and makes an error, the last good state stays in use. What is wrong is
kept for `/healthz`, and the log says it once. A cache that is damaged is made anew. Used by
serving.py.
"""

import asyncio
import logging
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from sqlite3 import DatabaseError
from zoneinfo import ZoneInfo

from onthisday.adapters.sqlite.compiled_file import is_damaged
from onthisday.adapters.web.server import Snapshot
from onthisday.almanac.file_signatures import young_for
from onthisday.app.publishing import website_at
from onthisday.app.resting_files import wait_for_files
from onthisday.app.workspace import Almanac, Workspace
from onthisday.config import Config
from onthisday.dates.zones import end_of_day, start_of_day
from onthisday.delivery.alerts import Alert, of_broken, of_faults
from onthisday.delivery.request_reply import Clock
from onthisday.errors import Finding, InvalidInput, OnThisDayError, errors_of
from onthisday.service.log_events import event

log = logging.getLogger("onthisday")

UNREAD = "an edit cannot be read, and the last good one stays in use; the log says why"
"""What `/healthz` says if this program itself fails while it reads an edit."""

FAULTY = "the config of a channel, the heartbeat or alerts is wrong, so it is off; see the findings"
"""What `/healthz` says then. The other channels go on."""

UNREADABLE = "the compiled almanac is damaged and cannot be made anew; the log says why"
"""What `/healthz` says then. Pages that were made before are still served."""


class LastGood:
    """What is in use, and what is wrong with what people have written since.

    - ``config``, ``almanac``: in use.
    - ``faults``: the errors of the config in use, each of a channel, of the heartbeat or of alerts,
      which is off. ``warnings``: its other findings.
    - ``findings``: the errors of an edit that is not used.
    - ``trouble``: why an edit is not used, in words. None if nothing is wrong.
    - ``unreadable``: why the almanac in use cannot be read, in words. None if it can.
    """

    def __init__(
        self, workspace: Workspace, every: int, clock: Clock, steady: Callable[[], float]
    ) -> None:
        """Open both. Raise OnThisDayError. The arguments are those of `Service`."""
        self._workspace, self._every, self._clock, self._steady = workspace, every, clock, steady
        self.config, found = workspace.config(sending=True)
        self.faults: tuple[Finding, ...] = ()
        self._note_findings(found)
        self.almanac = workspace.almanac()
        self.findings: tuple[Finding, ...] = ()
        self.trouble: str | None = None
        self.unreadable: str | None = None
        self._snapshot = _snapshot(self.almanac, clock.now())
        self._young = _is_young(self.almanac)
        self._mending, self._tried = asyncio.Lock(), 0.0

    def current(self, now: float) -> Snapshot:
        """Return the snapshot for ``now`` (seconds since 1970).

        A snapshot is the site on one day (adapters/web/server.py). If a new day has begun, or if
        the clock was set back to a day before, make a new one.
        """
        if not self._snapshot.since <= now < self._snapshot.until:
            at = datetime.fromtimestamp(now, UTC)
            self._snapshot = _snapshot(self.almanac, at, self._snapshot)
        return self._snapshot

    async def size(self) -> tuple[int, int]:
        """Return how many entries and documents the almanac has."""
        try:
            return await asyncio.to_thread(self.almanac.library.size)
        except DatabaseError as error:
            return self.almanac.library.size() if await self.mend(error) else (0, 0)

    def alerts(self) -> tuple[Alert, ...]:
        """Return an alert for each thing that is wrong now."""
        broken = [of_broken(self.trouble)] if self.trouble else []
        unreadable = [Alert("cache", f"{UNREADABLE}.")] if self.unreadable else []
        return (*of_faults(self.faults), *broken, *unreadable)

    async def mend(self, error: Exception, snapshot: Snapshot | None = None) -> bool:
        """Make the compiled almanac anew, if somebody met that it is damaged.

        ``snapshot``: the one whose page met it; by default the current one. Return True if the
        current snapshot is another one now.
        """
        met = snapshot or self._snapshot
        if not isinstance(error, DatabaseError):
            return False
        async with self._mending:
            if self._snapshot is met and not self._tried_in_vain():
                await self._read_anew(error)
        return self._snapshot is not met

    def _tried_in_vain(self) -> bool:
        """Return True if the almanac could not be made anew a moment ago.

        Otherwise each request would try again.
        """
        return self.unreadable is not None and self._steady() - self._tried < self._every

    async def _read_anew(self, error: DatabaseError) -> None:
        """Compile the almanac again after the cache met an error. If that fails, note it."""
        self._tried = self._steady()
        try:
            almanac = await asyncio.to_thread(self._compiled_anew, error)
        except Exception:
            self.unreadable = UNREADABLE
            log.exception("the cache cannot be made anew", extra=event("cache.damaged"))
        else:
            self.unreadable = None
            words = "the cache was damaged and is made anew: %s"
            log.warning(words, error, extra=event("cache.damaged"))
            self._use(almanac)

    def _compiled_anew(self, error: DatabaseError) -> Almanac:
        if is_damaged(error):
            self._workspace.forget()
        return self._workspace.almanac()

    async def refresh(self, *, takes_config: bool) -> None:
        """Use what people have edited, once their files are at rest and if it is in order.

        ``takes_config``: False if the config in use must stay in use.
        """
        try:
            config, found, almanac = await asyncio.to_thread(self._read)
            if takes_config and config != self.config:
                self._take_config(config)
            self._take(almanac)
        except OnThisDayError as error:
            self._broken(error)
            return
        except Exception:
            if self.trouble != UNREAD:
                log.exception("an edit cannot be read", extra=event("edit.broken"))
            self.trouble, self.findings = UNREAD, ()
            return
        if self.trouble is not None:
            log.info("config and almanac are in order again", extra=event("edit.mended"))
        self.trouble, self.findings = None, ()
        self._note_findings(found)

    def _read(self) -> tuple[Config, tuple[Finding, ...], Almanac]:
        wait_for_files(self._workspace)
        config, found = self._workspace.config(sending=True)
        almanac = self._workspace.almanac()
        almanac.beside()  # asked here, because a folder may have very many pictures
        return config, found, almanac

    def _take_config(self, config: Config) -> None:
        self.config, file = config, self._workspace.config_file
        log.info("%s was edited and is in use", file, extra=event("edit.used", file=file))

    def _take(self, almanac: Almanac) -> None:
        """Use an almanac from now on, if it is not the one in use."""
        edited = self.unreadable or _state(almanac) != _state(self.almanac)
        if edited or self._young:
            self._use(almanac)
        if edited:
            said = event("edit.used", file=almanac.site.almanac)
            log.info("the almanac was edited and is in use", extra=said)

    def _use(self, almanac: Almanac) -> None:
        self.almanac, self.unreadable, self._young = almanac, None, _is_young(almanac)
        self._snapshot = _snapshot(almanac, self._clock.now(), self._snapshot)

    def _broken(self, error: OnThisDayError) -> None:
        """Keep the config and the almanac that are in use. Log the reason once."""
        said = str(error)
        if said != self.trouble:
            words = "the last good config and almanac stay in use:\n%s"
            log.error(words, said, extra=event("edit.broken"))
        self.trouble = said
        self.findings = error.findings if isinstance(error, InvalidInput) else ()

    def _note_findings(self, found: tuple[Finding, ...]) -> None:
        """Keep the findings of a config that is in use. Log once which channels are off, and why.

        The config's errors are of channels, or of the heartbeat.
        """
        faults = errors_of(found)
        if faults and faults != self.faults:
            said = "\n".join(map(str, faults))
            log.error("%s:\n%s", FAULTY, said, extra=event("channels.faulty"))
        elif self.faults and not faults:
            log.info(
                "the config of every channel is in order again", extra=event("channels.mended")
            )
        self.faults = faults
        self.warnings = tuple(each for each in found if each not in faults)


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
