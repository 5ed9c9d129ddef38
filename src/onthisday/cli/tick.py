"""`onthisday tick`: send the messages that are due, write the site, and end.

For cron and other timers.

app/sending.py does the work.
"""

import argparse
import asyncio
import logging

from onthisday.app.ending import on_ending
from onthisday.app.heartbeat import HEARTBEAT_FAILED
from onthisday.app.sending import FixedClock, Sending, SystemClock, open_ledger, open_sending
from onthisday.app.workspace import Almanac, Workspace
from onthisday.cli import logs, options
from onthisday.cli.phrasing import host_of
from onthisday.config import Config
from onthisday.delivery.request_reply import Clock
from onthisday.service.log_events import event
from onthisday.service.sending.delivering import Summary
from onthisday.service.sending.rehearsing import rehearse
from onthisday.views.words import counted

log = logging.getLogger("onthisday")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `tick`."""
    parser.add_argument(
        "--now", type=options.instant, metavar="INSTANT",
        help="as if it were then, as 2026-02-25T09:00:00Z",
    )  # fmt: skip
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be sent; send and write nothing"
    )
    logs.add_option(parser)


def main(args: argparse.Namespace) -> int:
    """Run `tick`. Return 3 if a notice is still waiting afterwards, otherwise 0."""
    with logs.logging_to_stderr(args.log):
        return _run(args)


def _run(args: argparse.Namespace) -> int:
    workspace = Workspace(args.config)
    config, _ = workspace.config(sending=True)
    almanac = workspace.almanac()
    clock: Clock = FixedClock(args.now) if args.now else SystemClock()
    if args.dry_run:
        _rehearse(workspace, config, almanac, clock)
        return 0
    summary, left = asyncio.run(_tick(workspace, config, almanac, clock))
    print(_said(summary, left))
    if config.output is not None:
        from onthisday.app.publishing import write_site

        folder = workspace.path(config.output)
        write_site(almanac, folder, clock.now(), lambda _: None)
    return 3 if left else 0


async def _tick(
    workspace: Workspace, config: Config, almanac: Almanac, clock: Clock
) -> tuple[Summary, int]:
    async with open_sending(workspace, config, clock) as sending:
        _stop_on_signals(sending)
        summary = await sending.tick(almanac)
        if failed := await sending.beat():
            log.warning(HEARTBEAT_FAILED, failed, extra=event("heartbeat.failed", reason=failed))
        return summary, await sending.left()


def _stop_on_signals(sending: Sending) -> None:
    """If a signal to end arrives, begin no further message.

    Messages that are being sent are still finished.
    """
    loop = asyncio.get_running_loop()
    stops: list[asyncio.Task[None]] = []

    def stop() -> None:
        stops.append(loop.create_task(sending.stop()))

    on_ending(lambda: loop.call_soon_threadsafe(stop))


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
}
"""What happened to a notice in this run, in words for people."""


def _rehearse(workspace: Workspace, config: Config, almanac: Almanac, clock: Clock) -> None:
    config = config._replace(site=almanac.site)
    with open_ledger(workspace, config, read_only=True) as ledger:
        rehearsed = asyncio.run(rehearse(ledger, config, almanac.library, clock.now()))
    for channel, notice, message in rehearsed:
        late = ", late" if message.late else ""
        what = counted(len(message.view.occasions), "occasion")
        print(f"would send {notice.id} to {host_of(channel)} ({channel.type}): {what}{late}")
    if not rehearsed:
        print("would send nothing")
