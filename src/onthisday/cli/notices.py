"""`onthisday notices`: list the notices, send notices again, and make a backup of the ledger.

The ledger is the file that remembers what was sent.
"""

import argparse
import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from onthisday.app.ledgers import back_up_ledger, open_ledger, restore_ledger
from onthisday.app.moving import move_ledger
from onthisday.app.sending import pauses_of
from onthisday.app.workspace import Workspace
from onthisday.cli import notices_holding, notices_retracting, options
from onthisday.cli.config_option import add_config
from onthisday.cli.phrasing import minute, second
from onthisday.config import Config
from onthisday.delivery.ledger import Ledger
from onthisday.delivery.notice import STATES, Attempt, Notice, Wanted
from onthisday.delivery.reply_words import answer_words
from onthisday.errors import NotFound, OnThisDayError
from onthisday.messages.retracting import bare_names
from onthisday.schema.stores import parse_store, shown
from onthisday.schema.variables import Unset, filled_in
from onthisday.views.words import counted

LIMIT = 1000
"""How many notices are listed if `--limit` says nothing. They are read in pages of this size."""

_METAVAR = "list|show|replay|hold|release|retract|backup|restore|migrate"


class Held(OnThisDayError):
    """A notice cannot be sent again, because another process is sending it right now."""

    def __init__(self, notice_id: str) -> None:
        self.notice_id = notice_id
        super().__init__(f"notice {notice_id} is being sent right now; try again in a minute")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `notices`."""
    actions = parser.add_subparsers(dest="action", required=True, metavar=_METAVAR)
    listing = actions.add_parser("list", help="the notices, newest day first")
    listing.add_argument("--channel", metavar="NAME", help="of this channel")
    listing.add_argument("--state", choices=STATES, help="in this state")
    listing.add_argument(
        "--since", type=options.day, metavar="D", help="of this day and later ones"
    )
    listing.add_argument("--day", type=options.day, metavar="D", help="of this day")
    listing.add_argument(
        "--limit", type=_limit, default=LIMIT, metavar="N",
        help=f"at most so many, the newest; default: {LIMIT}; 0: all",
    )  # fmt: skip
    listing.add_argument("--before", metavar="ID", help="those below this one in the list")
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
    every = (
        listing, showing, replaying, holding, releasing, retracting, copying, restoring, moving
    )  # fmt: skip
    for action in every:
        add_config(action)
        action.add_argument("--format", choices=("text", "json"), default="text")


def _limit(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f'"{text}" is no number of notices; write 0 for all')
    return int(text)


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


async def _list(ledger: Ledger, args: argparse.Namespace) -> None:
    if args.before is not None:
        await _found(ledger, args.before)
    pages = _pages(ledger, args)
    if args.format == "json":
        await _list_json(pages)
    else:
        await _list_text(pages)


class Page(NamedTuple):
    """A part of a list. ``following`` is what to give to `--before` to go on; None at the end."""

    notices: tuple[Notice, ...]
    following: str | None


async def _pages(ledger: Ledger, args: argparse.Namespace) -> AsyncIterator[Page]:
    """Yield the notices that are asked for, and not all at once: there may be millions."""
    size = args.limit or LIMIT
    wanted = Wanted(args.channel, args.state, args.since, args.day, args.before, size + 1)
    while True:
        found = await ledger.notices(wanted)
        more = len(found) > size
        page = Page(found[:size], found[size - 1].id if more else None)
        yield page
        if args.limit or not more:
            return
        wanted = wanted._replace(below=page.following)


async def _list_text(pages: AsyncIterator[Page]) -> None:
    page, shown = Page((), None), 0
    async for page in pages:
        width = max((len(notice.id) for notice in page.notices), default=0)
        for notice in page.notices:
            print(_line(notice, width))
        shown += len(page.notices)
    if page.following is not None:
        print(f"these are {shown:,}; add `--before {page.following}` for more, `--limit 0` for all")
    elif not shown:
        print("no notices")


async def _list_json(pages: AsyncIterator[Page]) -> None:
    """Print ``{"notices": […], "next": …}``, with one notice a line."""
    page, mark = Page((), None), "\n"
    line_of = json.JSONEncoder(ensure_ascii=False).encode
    print('{"notices": [', end="")
    async for page in pages:
        for notice in page.notices:
            print(mark, line_of(_tree(notice)), sep="", end="")
            mark = ",\n"
    print(f'\n], "next": {line_of(page.following)}}}')


async def _show(ledger: Ledger, args: argparse.Namespace) -> None:
    notice = await _found(ledger, args.id)
    attempts = await ledger.attempts(args.id)
    if args.format == "json":
        _print_json(_tree(notice) | {"attempts": [_attempt_tree(attempt) for attempt in attempts]})
        return
    print(_line(notice, 0))
    print(f"  entries: {', '.join(notice.entries)}")
    if notice.first and notice.last:
        print(f"  about: {'/'.join(dict.fromkeys(day.isoformat() for day in notice.span))}")
    if notice.named:
        print(f"  the service calls it {', '.join(bare_names(notice.named))}")
    for attempt in attempts:
        print(f"  {attempt.number}. {second(attempt.at)} {_ended(attempt)}")


async def _replay(ledger: Ledger, args: argparse.Namespace) -> None:
    """Put notices back in the queue, and end the pauses of their channels.

    Say which of the channels are off, because nothing is sent to them.
    """
    notices = [await _found(ledger, notice_id) for notice_id in args.id]
    for notice in notices:
        if not await ledger.replay(notice.id, datetime.now(UTC)):
            raise Held(notice.id)
    names = list(dict.fromkeys(notice.channel for notice in notices))
    channels = [args.config_read.channel(name) for name in names]
    await ledger.lift([whom for channel in channels if channel for whom in pauses_of(channel)])
    states = await ledger.channels()
    off = {name: states[name].off_reason for name in names if states[name].off_since}
    if args.format == "json":
        _print_json({"replayed": args.id, "off": off})
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
        _print_json({"backup": args.file})
        return
    print(f"the ledger is copied to {args.file}")


def _restore(kept: str | None, args: argparse.Namespace) -> None:
    if args.format == "json":
        _print_json({"restored": args.file, "kept": kept})
        return
    before = f"; the one before is kept as {kept}" if kept else ""
    print(f"{args.file} is the ledger now{before}")


def _migrated(args: argparse.Namespace) -> None:
    if args.format == "json":
        _print_json({"store": shown(args.store)})
        return
    print(f"the ledger is copied; now write `store: {shown(args.store)}` in {args.config}")


_ACTIONS = {
    "list": _list,
    "show": _show,
    "replay": _replay,
    "hold": notices_holding.hold,
    "release": notices_holding.release,
}


async def _found(ledger: Ledger, notice_id: str) -> Notice:
    notice = await ledger.notice(notice_id)
    if notice is None:
        raise NotFound("notice", notice_id, mend="`onthisday notices list` names them")
    return notice


def _line(notice: Notice, width: int) -> str:
    due = f"  due {minute(notice.due)}" if notice.due and notice.state != "sent" else ""
    tries = f"  {counted(notice.tries, 'attempt')}" if notice.tries else ""
    reason = f"  {notice.reason}" if notice.reason else ""
    return f"{notice.id:<{width}}  {notice.state:<8}{due}{tries}{reason}"


def _ended(attempt: Attempt) -> str:
    """Return ``retry: the service answered 503 Service Unavailable``."""
    if attempt.outcome == "sending":
        return attempt.outcome
    return f"{attempt.outcome}: {answer_words(attempt.status, attempt.detail)}"


def _tree(notice: Notice) -> dict[str, Any]:
    return {
        "id": notice.id,
        "channel": notice.channel,
        "day": notice.day.isoformat(),
        "zone": notice.zone,
        "entry": notice.entry,
        "entries": list(notice.entries),
        "about": [day.isoformat() for day in notice.span],
        "correction": notice.correction and notice.correction.isoformat(),
        "state": notice.state,
        "due": second(notice.due),
        "tries": notice.tries,
        "reason": notice.reason,
        "named": list(bare_names(notice.named)),
    }


def _attempt_tree(attempt: Attempt) -> dict[str, Any]:
    return attempt._asdict() | {"at": second(attempt.at)}


def _print_json(tree: Any) -> None:
    print(json.dumps(tree, ensure_ascii=False, indent=2))
