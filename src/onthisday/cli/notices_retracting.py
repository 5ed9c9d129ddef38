"""`onthisday notices retract`: delete a message that was sent, where the service can.

Where it cannot, one line says where a person must delete it, and the exit code is 1.
"""

import argparse
import asyncio

from onthisday.app.clocks import SystemClock
from onthisday.app.sending import open_sending
from onthisday.app.workspace import Workspace
from onthisday.cli.phrasing import print_json
from onthisday.config import Config
from onthisday.service.sending.retracting import Retracted


def configure(retracting: argparse.ArgumentParser) -> None:
    """Add the options of `notices retract`."""
    retracting.add_argument("id", metavar="ID", help="as `notices list` names it")
    retracting.add_argument(
        "--done", action="store_true", help="you have deleted it by hand; only record that"
    )


def retract(workspace: Workspace, config: Config, args: argparse.Namespace) -> None:
    """Take a notice back, and say what came of it. Raise OnThisDayError."""
    found = asyncio.run(_retracted(workspace, config, args))
    if args.format == "json":
        tree = {"id": args.id, "how": found.how, "reason": found.reason, "note": found.note}
        print_json(tree)
        return
    print(f"{args.id}: {_words(found)}")
    if found.note:
        print(found.note)


async def _retracted(workspace: Workspace, config: Config, args: argparse.Namespace) -> Retracted:
    async with open_sending(workspace, config, SystemClock()) as sending:
        return await sending.retract(args.id, done=args.done)


def _words(found: Retracted) -> str:
    if found.how == "never-sent":
        return "it was not sent, and will not be"
    if found.how == "before":
        return f"it was retracted before: {found.reason}"
    return f"retracted: {found.reason}"
