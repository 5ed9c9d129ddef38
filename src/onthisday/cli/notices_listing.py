"""`notices list` and `notices show`: print notices and their attempts. Used by notices.py."""

import argparse
import json
from collections.abc import AsyncIterator
from typing import Any, NamedTuple

from onthisday.cli import options
from onthisday.cli.phrasing import minute, print_json, second
from onthisday.delivery.ledger import Ledger
from onthisday.delivery.notice import STATES, Attempt, Notice, Wanted
from onthisday.delivery.reply_words import answer_words
from onthisday.errors import NotFound
from onthisday.messages.retracting import bare_names
from onthisday.views.words import counted

LIMIT = 1000
"""How many notices are listed if `--limit` says nothing. They are read in pages of this size."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `notices list`."""
    parser.add_argument("--channel", metavar="NAME", help="of this channel")
    parser.add_argument("--state", choices=STATES, help="in this state")
    parser.add_argument("--since", type=options.day, metavar="D", help="of this day and later ones")
    parser.add_argument("--day", type=options.day, metavar="D", help="of this day")
    parser.add_argument(
        "--limit", type=_limit, default=LIMIT, metavar="N",
        help=f"at most so many, the newest; default: {LIMIT}; 0: all",
    )  # fmt: skip
    parser.add_argument("--before", metavar="ID", help="those below this one in the list")


def _limit(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f'"{text}" is no number of notices; write 0 for all')
    return int(text)


async def list_notices(ledger: Ledger, args: argparse.Namespace) -> None:
    """Print the notices that are asked for."""
    if args.before is not None:
        await found_notice(ledger, args.before)
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


async def show(ledger: Ledger, args: argparse.Namespace) -> None:
    """Print a notice with its attempts."""
    notice = await found_notice(ledger, args.id)
    attempts = await ledger.attempts(args.id)
    if args.format == "json":
        print_json(_tree(notice) | {"attempts": [_attempt_tree(attempt) for attempt in attempts]})
        return
    print(_line(notice, 0))
    print(f"  entries: {', '.join(notice.entries)}")
    if notice.first and notice.last:
        print(f"  about: {'/'.join(dict.fromkeys(day.isoformat() for day in notice.span))}")
    if notice.named:
        print(f"  the service calls it {', '.join(bare_names(notice.named))}")
    for attempt in attempts:
        print(f"  {attempt.number}. {second(attempt.at)} {_ended(attempt)}")


async def found_notice(ledger: Ledger, notice_id: str) -> Notice:
    """Return the notice with an id. Raise NotFound."""
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
