"""`onthisday notices`: what people do with the ledger.

`list` and `show` are in notices_listing.py, `hold` and `release` in notices_holding.py, and
`retract` is in notices_retracting.py. The others are here.
"""

import argparse
import asyncio
import os
import sys
from datetime import UTC, datetime

from onthisday.app.ledgers import back_up_ledger, open_ledger, restore_ledger
from onthisday.app.moving import move_ledger
from onthisday.app.sending import pauses_of
from onthisday.app.workspace import Workspace
from onthisday.cli import notices_holding, notices_listing, notices_retracting
from onthisday.cli.config_option import add_config
from onthisday.cli.phrasing import print_json
from onthisday.config import Config
from onthisday.delivery.ledger import Ledger
from onthisday.schema.stores import parse_store, shown
from onthisday.schema.variables import Unset, filled_in
from onthisday.service.sending.retracting import Busy
from onthisday.views.words import counted

_METAVAR = "list|show|replay|hold|release|retract|backup|restore|migrate"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `notices`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar=_METAVAR)
    listing = actions.add_parser("list", help="the notices, newest day first")
    notices_listing.configure(listing)
    showing = actions.add_parser("show", help="a notice with its attempts")
    showing.add_argument("id", metavar="ID", help="as `notices list` names it")
    replaying = actions.add_parser("replay", help="send notices again, with the next tick")
    replaying.add_argument("id", metavar="ID", nargs="+", help="as `notices list` names it")
    holding = actions.add_parser("hold", help="keep messages back until `release`")
    notices_holding.configure_hold(holding)
    releasing = actions.add_parser("release", help="let held messages go")
    notices_holding.configure_release(releasing)
    retracting = actions.add_parser("retract", help="delete a message that was sent")
    notices_retracting.configure(retracting)
    _configure_copies(actions)
    for action in actions.choices.values():
        add_config(action)
        action.add_argument("--format", choices=("text", "json"), default="text")


def _configure_copies(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add what copies the whole ledger, or puts a copy in its place."""
    copying = actions.add_parser("backup", help="copy the ledger, also while it is in use")
    copying.add_argument("file", metavar="FILE", help="the copy; must not be there yet")
    moving = actions.add_parser("migrate", help="move the ledger to another store")
    moving.add_argument(
        "store",
        metavar="STORE",
        type=_store,
        help="sqlite:///FILE or postgresql://…; must have no ledger yet",
    )
    restoring = actions.add_parser("restore", help="put a copy in the place of the ledger")
    restoring.add_argument("file", metavar="FILE", help="what `notices backup` made")


def _store(text: str) -> str:
    """Return a store. With `${NAME}` in it, no password stands in the list of processes."""
    missing: list[Unset] = []
    filled = filled_in(text, os.environ, (), missing)
    if missing:
        raise argparse.ArgumentTypeError(missing[0].problem.message)
    try:
        return parse_store(filled)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def main(args: argparse.Namespace) -> int:
    """Run `notices`. Return the exit code."""
    workspace = Workspace(args.config)
    config, _ = workspace.config(sending=False)
    if args.action == "restore":
        _restore(restore_ledger(workspace, config, args.file, datetime.now(UTC)), args)
        return 0
    if args.action == "backup":
        back_up_ledger(workspace, config, args.file)
        _backed_up(args)
        return 0
    if args.action == "retract":
        notices_retracting.retract(workspace, config, args)
        return 0
    args.config_read = config
    if args.action == "hold":
        args.note = notices_holding.note_on(workspace, args.tag)
    asyncio.run(_run(workspace, config, args))
    return 0


async def _run(workspace: Workspace, config: Config, args: argparse.Namespace) -> None:
    if args.action == "migrate":
        from tqdm import tqdm  # only now: the other actions need no bar

        file = sys.__stderr__  # `sys.stderr` escapes what a terminal acts on, as the bar does
        with tqdm(unit=" notices", disable=None, leave=False, file=file) as bar:
            await move_ledger(workspace, config, args.store, bar.update)
        _migrated(args)
        return
    async with open_ledger(workspace, config, read_only=args.action in {"list", "show"}) as ledger:
        await _ACTIONS[args.action](ledger, args)


async def _replay(ledger: Ledger, args: argparse.Namespace) -> None:
    """Put notices back in the queue, and end the pauses of their channels.

    Say which of the channels are off, because nothing is sent to them.
    """
    notices = [await notices_listing.found_notice(ledger, notice_id) for notice_id in args.id]
    for notice in notices:
        if not await ledger.replay(notice.id, datetime.now(UTC)):
            raise Busy(notice.id)
    names = list(dict.fromkeys(notice.channel for notice in notices))
    channels = [args.config_read.channel(name) for name in names]
    await ledger.lift([whom for channel in channels if channel for whom in pauses_of(channel)])
    states = await ledger.channels()
    off = {name: states[name].off_reason for name in names if states[name].off_since}
    if args.format == "json":
        print_json({"replayed": args.id, "off": off})
        return
    if waiting := sum(notice.channel in off for notice in notices):
        for name, reason in off.items():
            mend = f"put it right in config, then run `onthisday channels test {name}`"
            print(f"{name} is off ({reason}); {mend}")
        print(f"{counted(waiting, 'notice waits', 'notices wait')} until then")
    if sending := len(notices) - waiting:
        print(f"{counted(sending, 'notice')} will be sent again with the next tick")


def _backed_up(args: argparse.Namespace) -> None:
    if args.format == "json":
        print_json({"backup": args.file})
        return
    print(f"the ledger is copied to {args.file}")


def _restore(kept: str | None, args: argparse.Namespace) -> None:
    if args.format == "json":
        print_json({"restored": args.file, "kept": kept})
        return
    before = f"; the one before is kept as {kept}" if kept else ""
    print(f"{args.file} is the ledger now{before}")


def _migrated(args: argparse.Namespace) -> None:
    if args.format == "json":
        print_json({"store": shown(args.store)})
        return
    print(f"the ledger is copied; now write `store: {shown(args.store)}` in {args.config}")


_ACTIONS = {
    "list": notices_listing.list_notices,
    "show": notices_listing.show,
    "replay": _replay,
    "hold": notices_holding.hold,
    "release": notices_holding.release,
}
