"""`onthisday tick`: send the messages that are due, write the site, and end.

For cron and other timers.

app/sending.py does the work.
"""

import argparse
import asyncio
import logging
from collections.abc import Awaitable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from onthisday.app.announcing import HUB_FAILED
from onthisday.app.caches import announced
from onthisday.app.clocks import ClockFrom, SystemClock
from onthisday.app.ending import on_ending
from onthisday.app.heartbeat import HEARTBEAT_FAILED
from onthisday.app.ledgers import open_ledger
from onthisday.app.resting_files import wait_for_files
from onthisday.app.sending import Sending, open_sending
from onthisday.app.workspace import Almanac, Workspace
from onthisday.cli import logs, options
from onthisday.cli.phrasing import host_of
from onthisday.config import Config
from onthisday.delivery.alerts import Alert, of_broken, of_failure, of_faults
from onthisday.delivery.request_reply import Clock
from onthisday.errors import (
    Finding,
    InvalidInput,
    NotSure,
    OnThisDayError,
    Unreadable,
    errors_of,
)
from onthisday.service.announcing import Announcing
from onthisday.service.log_events import event
from onthisday.service.sending.delivering import Summary
from onthisday.service.sending.rehearsing import rehearse
from onthisday.views.words import counted

if TYPE_CHECKING:
    from onthisday.site.website import Website

log = logging.getLogger("onthisday")

T = TypeVar("T")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `tick`."""
    parser.add_argument(
        "--now", type=options.instant, metavar="INSTANT",
        help="as if it were then, as 2026-02-25T09:00:00Z",
    )  # fmt: skip
    parser.add_argument(
        "--force", action="store_true", help="also if INSTANT is far ahead of the clock"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be sent; send and write nothing"
    )
    logs.add_option(parser)


def main(args: argparse.Namespace) -> int:
    """Run `tick`. Return 3 if a notice is still waiting afterwards, otherwise 0.

    If something is wrong, all the rest is done first. Then OnThisDayError is raised.
    """
    with logs.logging_to_stderr(args.log):
        return _run(args)


def _run(args: argparse.Namespace) -> int:
    workspace = Workspace(args.config)
    if not args.dry_run:
        wait_for_files(workspace)
    config, findings = workspace.config(sending=True)
    faults = errors_of(findings)
    if args.now and not args.force and not args.dry_run:
        _refuse_far_ahead(args.now, config.catch_up_days)
    clock: Clock = ClockFrom(args.now) if args.now else SystemClock()
    if args.dry_run:
        asyncio.run(_rehearse(workspace, config, workspace.almanac(), clock))
        if faults:
            raise InvalidInput(faults)
        return 0
    almanac, broken = _opened(workspace)
    tick = _Tick(workspace, config, almanac, clock)
    tick.faults, tick.broken = faults, broken
    left = asyncio.run(tick.run())
    if failures := tick.all_failures:
        raise _one(failures)
    return 3 if left else 0


def _refuse_far_ahead(now: datetime, catch_up_days: int) -> None:
    """Raise NotSure if an instant is further ahead of the clock than messages are caught up.

    Why: such a tick closes all days until then. Nothing would be sent for a long time.
    """
    if now > datetime.now(UTC) + timedelta(days=catch_up_days):
        why = f"is more than catch_up_days ({catch_up_days}) ahead of the clock"
        raise NotSure(
            f"--now {now:%Y-%m-%d} {why}, and would close all days until then; to try it out, use "
            "--dry-run; if you mean it, add --force"
        )


def _opened(workspace: Workspace) -> tuple[Almanac, OnThisDayError | None]:
    """Return the almanac. If its files are broken, return the last good one, and what is wrong."""
    try:
        return workspace.almanac(), None
    except (InvalidInput, Unreadable) as error:
        almanac = workspace.last_good()
        if almanac is None:
            raise
        return almanac, error


def _one(failures: Sequence[Exception]) -> Exception:
    """Return one error for all failures. Log those that it does not tell.

    All findings together are one error.
    """
    found = sum((each.findings for each in failures if isinstance(each, InvalidInput)), ())
    others = [each for each in failures if not isinstance(each, InvalidInput)]
    first = InvalidInput(found) if found else others.pop(0)
    for each in others:
        unexpected = None if isinstance(each, OnThisDayError) else each
        log.error("%s", each, extra=event("sending.failed"), exc_info=unexpected)
    return first


class _Tick:
    """One pass. If a part of it fails, the other parts are still done."""

    def __init__(
        self, workspace: Workspace, config: Config, almanac: Almanac, clock: Clock
    ) -> None:
        self._workspace, self._config = workspace, config
        self._almanac, self._clock = almanac, clock
        self.faults: tuple[Finding, ...] = ()
        self.broken: OnThisDayError | None = None
        self._failures: list[Exception] = []
        self._published: Website | None = None

    @property
    def all_failures(self) -> list[Exception]:
        """Everything that went wrong: in the config, in the almanac, and in this pass."""
        wrong = [InvalidInput(self.faults)] if self.faults else []
        return [*wrong, *([self.broken] if self.broken else []), *self._failures]

    async def run(self) -> int:
        """Send, write the site, tell what is wrong, call the heartbeat, and tell the hub.

        Return how many notices still wait.

        If the almanac's files are broken, the almanac is an older one. Then only what waits is
        sent, and the site stays as it is. The heartbeat is called only if nothing failed. The hub
        is last, because it may be slow.
        """
        async with open_sending(self._workspace, self._config, self._clock) as sending:
            _stop_on_signals(sending)
            left = await self._part(self._send(sending))
            self._failures += sending.faults
            if self._config.output is not None and not self.broken:
                await self._part(self._publish(self._config.output))
            await sending.tell(self._alerts(), self._almanac.site)
            if not self.all_failures:
                await _beat(sending)
            if self._published:
                await self._part(self._announce(sending, self._published))
            return left or 0

    def _alerts(self) -> tuple[Alert, ...]:
        """Return an alert for each part that failed."""
        broken = [of_broken(str(self.broken))] if self.broken else []
        return (*of_faults(self.faults), *broken, *map(of_failure, self._failures))

    async def _part(self, part: Awaitable[T]) -> T | None:
        """Do one part. If it fails, keep the error for the end, and return None."""
        try:
            return await part
        except Exception as error:  # noqa: BLE001 - the other parts must still be done
            self._failures.append(error)
            return None

    async def _send(self, sending: Sending) -> int:
        summary = await sending.tick(self._almanac, plan=not self.broken)
        left = await sending.left()
        print(_said(summary, left), flush=True)
        return left

    async def _publish(self, output: str) -> None:
        from onthisday.app.publishing import website_at, write_site

        folder, now = self._workspace.path(output), self._clock.now()
        await asyncio.to_thread(write_site, self._almanac, folder, now, lambda _: None)
        self._published = website_at(self._almanac, now)

    async def _announce(self, sending: Sending, website: "Website") -> None:
        """Tell the hub of news in the feeds that were written."""
        announcing = Announcing(announced(self._workspace))
        if failed := await sending.announce(announcing, website):
            log.warning(HUB_FAILED, failed, extra=event("hub.failed", reason=failed))


async def _beat(sending: Sending) -> None:
    if failed := await sending.beat():
        log.warning(HEARTBEAT_FAILED, failed, extra=event("heartbeat.failed", reason=failed))


def _stop_on_signals(sending: Sending) -> None:
    """If a signal to end arrives, begin no further message.

    Messages that are being sent are still finished.
    """
    loop = asyncio.get_running_loop()
    stops: list[asyncio.Task[None]] = []

    def stop() -> None:
        stops.append(loop.create_task(sending.stop()))

    def called() -> None:
        if not loop.is_closed():  # otherwise all is done, and the process ends anyway
            loop.call_soon_threadsafe(stop)

    on_ending(called)


_WHY = "`onthisday notices list` has the ID; `onthisday notices show ID` says why"


def _said(summary: Summary, left: int) -> str:
    """Return ``2 sent, 1 failed; 3 notices wait: `onthisday notices show ID` says why …``."""
    parts = [f"{count:,} {_STATES[state]}" for state, count in summary._asdict().items() if count]
    said = ", ".join(parts) or "nothing was due"
    waiting = counted(left, "notice waits", "notices wait")
    return f"{said}; {waiting}: {_WHY}" if left else said


_STATES = {
    "sent": "sent",
    "waiting": "not taken",
    "unknown": "with an unknown outcome",
    "failed": "failed",
    "expired": "expired",
    "postponed": "not tried",
    "held": "held until `onthisday notices release`",
}
"""What happened to a notice in this run, in words for people."""


async def _rehearse(workspace: Workspace, config: Config, almanac: Almanac, clock: Clock) -> None:
    config = config._replace(site=almanac.site)
    async with open_ledger(workspace, config, read_only=True) as ledger:
        rehearsed = await rehearse(ledger, config, almanac.library, clock.now())
    for channel, notice, message, kept in rehearsed:
        late = ", late" if message.late else ""
        what = counted(len(message.view.occasions), "occasion")
        to = f"to {host_of(channel)} ({channel.type})"
        if kept:
            print(f"would hold {notice.id} {to}: {kept}")
        else:
            print(f"would send {notice.id} {to}: {what}{late}")
    if not rehearsed:
        print("would send nothing")
