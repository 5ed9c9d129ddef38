"""`notices hold` and `notices release`: keep messages back, and let them go. Used by notices.py."""

import argparse
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any

from onthisday.app.workspace import Workspace
from onthisday.cli import options
from onthisday.cli.phrasing import print_json
from onthisday.delivery.ledger import Ledger
from onthisday.delivery.notice import BY_HAND, Hold, Notice, Wanted
from onthisday.errors import NotFound, OnThisDayError
from onthisday.locales.locale import ENGLISH
from onthisday.views.found_words import no_such_tag
from onthisday.views.words import counted


class NothingHeld(OnThisDayError):
    """Nothing is held that `release` could let go."""

    def __init__(self, wanted: Hold, holds: Sequence[Hold]) -> None:
        self.wanted, self.holds = wanted, holds
        there = "; ".join(f"`release {_options(hold)}`" for hold in holds)
        mend = f"these would let something go: {there}" if there else "there is no hold"
        super().__init__(f"nothing is held{f' for {wanted.key}' if wanted.key else ''}; {mend}")


def configure_hold(parser: argparse.ArgumentParser) -> None:
    """Add the options of `notices hold`."""
    _add_parts(parser)


def configure_release(parser: argparse.ArgumentParser) -> None:
    """Add the options of `notices release`."""
    parser.add_argument("id", metavar="ID", nargs="*", help="held notices to let go")
    _add_parts(parser)


def _add_parts(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(refuse=parser.error)
    parser.add_argument("--channel", metavar="NAME", help="what this channel gets")
    parser.add_argument("--day", type=options.day, metavar="D", help="what is due on this day")
    parser.add_argument("--tag", metavar="TAG", help="entries with this tag")


def note_on(workspace: Workspace, tag: str | None) -> str | None:
    """Return that no entry has a tag; None if one has it, or if the almanac cannot be read now."""
    try:
        tags = workspace.almanac().library.tags() if tag else {}
    except OnThisDayError:
        return None
    near = get_close_matches(tag or "", tags, 1)
    return no_such_tag(ENGLISH, tag, *near) if tag and tag not in tags else None


async def hold(ledger: Ledger, args: argparse.Namespace) -> None:
    """Keep a channel, a day or a tag back; several of them: what belongs to all."""
    wanted = Hold(args.channel, args.day, args.tag)
    if not any(wanted):
        args.refuse("say what to hold: --channel NAME, --day D or --tag TAG, or several of them")
    if wanted.channel and args.config_read.channel(wanted.channel) is None:
        known = tuple(channel.name for channel in args.config_read.channels[:20])
        raise NotFound("channel", wanted.channel, known, "add it under channels: in the config")
    is_new = await ledger.keep_back(wanted, datetime.now(UTC))
    if args.format == "json":
        print_json({"held": _tree(wanted), "new": is_new, "note": args.note})
        return
    again = "" if is_new else " already"
    release = f"onthisday notices release {_options(wanted)}"
    print(f"held{again}: {wanted.key}; to let it go: {release}")
    if args.note:
        print(args.note)


async def release(ledger: Ledger, args: argparse.Namespace) -> None:
    """Let notices go: those that are named; what a hold kept back; what waits for a person."""
    wanted = Hold(args.channel, args.day, args.tag)
    if args.id and any(wanted):
        args.refuse("name notices, or say --channel, --day or --tag; not both")
    if args.id:
        released = [await _held(ledger, notice_id) for notice_id in args.id]
        ended, count = 0, await ledger.let_go([notice.id for notice in released])
    else:
        ended, count = await _let_go(ledger, wanted)
    if args.format == "json":
        print_json({"released": ended + count})
        return
    if not ended + count:
        print("the hold has ended; it kept no notice back")
        return
    unless = ", except what something else keeps back" if ended else ""
    print(f"{counted(ended + count, 'notice')} will be sent with the next tick{unless}")


async def _let_go(ledger: Ledger, wanted: Hold) -> tuple[int, int]:
    """End a hold, and let the notices go that wait for a person. Return how many each."""
    ended = await ledger.end_hold(wanted) if any(wanted) else None
    found = await ledger.notices(Wanted(wanted.channel, "held", day=wanted.day))
    waiting = [notice.id for notice in found if notice.kept == BY_HAND]
    waiting = [] if wanted.tag else waiting
    if ended is None and not waiting:
        raise NothingHeld(wanted, await ledger.holds())
    return ended or 0, await ledger.let_go(waiting)


async def _held(ledger: Ledger, notice_id: str) -> Notice:
    notice = await ledger.notice(notice_id)
    if notice is None or notice.state != "held":
        mend = "`onthisday notices list --state held` names those that are"
        raise NotFound("held notice", notice_id, mend=mend)
    return notice


def _options(hold: Hold) -> str:
    """Return ``--channel room --day 2026-02-25``."""
    day = hold.day and hold.day.isoformat()
    parts = (("--channel", hold.channel), ("--day", day), ("--tag", hold.tag))
    return " ".join(f"{name} {_quoted(value)}" for name, value in parts if value)


def _quoted(value: str) -> str:
    return value if value.replace("-", "").isalnum() else json.dumps(value, ensure_ascii=False)


def _tree(hold: Hold) -> dict[str, Any]:
    return hold._asdict() | {"day": hold.day and hold.day.isoformat()}
