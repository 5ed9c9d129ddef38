"""Print days on standard output, in the chosen format. Called by today.py and upcoming.py."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from datetime import date

from onthisday.app.workspace import Almanac
from onthisday.cli import options, terminal
from onthisday.cli.screen import styled
from onthisday.views.view import DayView

_Shown = Callable[[DayView, date | None], Iterator[str]]


def show(
    days: tuple[date, ...],
    almanac: Almanac,
    asked: tuple[date, str],
    args: argparse.Namespace,
    *,
    several: bool,
    brief: bool = False,
) -> None:
    """Print days.

    - ``asked``: the day that the person asks for, and its zone (`options.asked_day`).
    - ``several``: the person asked for a range of days, even if the range has only one day.
    - ``brief``: if the format is text, print only a short form of each occasion.
    """
    selection = options.selection(args)
    asked_day, zone = asked
    view = (almanac.on(day, selection, asked_day)._replace(zone=zone) for day in days)
    if args.format == "json":
        from onthisday.views.as_json import tree_of  # needed only for JSON

        trees = [tree_of(day) for day in view]
        print(json.dumps({"days": trees} if several else trees[0], ensure_ascii=False, indent=2))
        return
    for line in _lines(view, _shown(args, brief=brief), several=several):
        if args.format == "text":
            styled(f"{line}\n", sys.stdout)  # terminal.py has taken out what others wrote
        else:
            print(line)


def _shown(args: argparse.Namespace, *, brief: bool) -> _Shown:
    """Return the function that makes the lines of a day in the chosen format."""
    if args.format == "markdown":
        from onthisday.cli import markdown

        return markdown.lines
    return terminal.Layout(width(), coloured(), args.explain, brief).lines


def _lines(view: Iterator[DayView], shown: _Shown, *, several: bool) -> Iterator[str]:
    some, first, last = False, None, None
    for day in view:
        if day.occasions or not several:
            yield from ("",) if some else ()
            yield from shown(day, None)
            some = True
        first, last = first or day, day
    if not some and first is not None and last is not None:
        yield from shown(last, first.day if first.day < last.day else None)


def width() -> int:
    """Return how many characters a line may have: at least 30, at most 88.

    Between these, it is the variable COLUMNS or, without COLUMNS, the width of the terminal.
    """
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
