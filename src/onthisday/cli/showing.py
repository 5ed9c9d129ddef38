"""Print days on standard output, in the chosen format. Called by today.py and upcoming.py."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from datetime import date

from onthisday.app.workspace import Almanac
from onthisday.cli import options, terminal
from onthisday.views.view import DayView


def show(
    days: tuple[date, ...],
    almanac: Almanac,
    zone: str,
    args: argparse.Namespace,
    *,
    several: bool,
    brief: bool = False,
) -> None:
    """Print days.

    ``several``: a range of days was asked for, even if it is only one day. ``brief``: as text,
    print only a short form of each occasion.
    """
    selection = options.selection(args)
    view = (almanac.on(day, selection)._replace(zone=zone) for day in days)
    if args.format == "json":
        from onthisday.views.as_json import tree_of  # text does not need it

        trees = [tree_of(day) for day in view]
        print(json.dumps({"days": trees} if several else trees[0], ensure_ascii=False, indent=2))
        return
    for line in _lines(view, _shown(args, brief=brief), several=several):
        print(line)


def _shown(args: argparse.Namespace, *, brief: bool) -> Callable[[DayView], Iterator[str]]:
    """Return the function that makes the lines of a day."""
    if args.format == "markdown":
        from onthisday.cli import markdown

        return markdown.lines
    return terminal.Layout(width(), coloured(), args.explain, brief).lines


def _lines(
    view: Iterator[DayView], shown: Callable[[DayView], Iterator[str]], *, several: bool
) -> Iterator[str]:
    some, last = False, None
    for day in view:
        if day.occasions or not several:
            yield from ("",) if some else ()
            yield from shown(day)
            some = True
        last = day
    if not some and last is not None:
        yield from shown(last)


def width() -> int:
    """Return how wide a line may be: COLUMNS or the width of the terminal, from 30 to 88."""
    try:
        columns = int(os.environ.get("COLUMNS") or os.get_terminal_size(1).columns) or 80
    except (ValueError, OSError):
        columns = 80
    return max(30, min(88, columns))


def coloured() -> bool:
    """Return True if colours may be used: on a terminal, without NO_COLOR (no-color.org)."""
    return (
        sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )
