"""Print days on standard output, in the chosen format. Called by today.py and upcoming.py."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import partial

from onthisday.almanac.entry import Selection
from onthisday.app.workspace import Almanac
from onthisday.characters import spaced
from onthisday.cli import options, terminal
from onthisday.cli.screen import styled
from onthisday.locales.locale import Locale, locale_of
from onthisday.site_settings import Site
from onthisday.views.found_words import asked_words, no_such_tag
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
    is_json = args.format == "json"  # the others say what is next only if there is nothing
    ask = partial(almanac.on, next_always=is_json)
    view = (ask(day, selection, asked_day, args.at_most)._replace(zone=zone) for day in days)
    if is_json:
        from onthisday.views.as_json import tree_of  # needed only for JSON

        trees = [tree_of(day) for day in view]
        print(json.dumps({"days": trees} if several else trees[0], ensure_ascii=False, indent=2))
        return
    locale = locale_of(almanac.site.language)
    shown = _shown(args, almanac.site, locale, asked_words(locale, selection), brief=brief)
    unknown = partial(unknown_tags, almanac, asked_day, selection)
    if args.format == "html":
        from onthisday.cli.html import paragraph

        unknown = partial(map, paragraph, unknown())
    write(_lines(view, shown, unknown, several=several), args.format)


def write(lines: Iterable[str], form: str) -> None:
    """Print lines in a format."""
    for line in lines:
        if form == "text":
            styled(f"{line}\n", sys.stdout)  # terminal.py has taken out what others wrote
        else:
            print(line)


def _shown(
    args: argparse.Namespace, site: Site, locale: Locale, asked: str, *, brief: bool
) -> _Shown:
    """Return the function that makes the lines of a day in the chosen format."""
    if args.format == "html":
        from onthisday.cli.html import Newsletter

        return Newsletter(site, locale, asked).lines
    if args.format == "markdown":
        from onthisday.cli import markdown

        return partial(markdown.lines, locale=locale, asked=asked)
    return terminal.Layout(width(), locale, coloured(), args.explain, brief, asked).lines


def _lines(
    view: Iterator[DayView],
    shown: _Shown,
    unknown: Callable[[], Iterator[str]],
    *,
    several: bool,
) -> Iterator[str]:
    """Yield the lines of days. If all are empty, also those about ``unknown`` tags."""
    some, first, last = False, None, None
    for day in view:
        if day.occasions or not several:
            yield from ("",) if some else ()
            yield from shown(day, None)
        some = some or bool(day.occasions)
        first, last = first or day, day
    if some or first is None or last is None:
        return
    if several:
        yield from shown(last, first.day if first.day < last.day else None)
    yield from unknown()


def unknown_tags(almanac: Almanac, asked_day: date, selection: Selection) -> Iterator[str]:
    """Yield a line for each tag of a filter that no entry has. It names the tag that is nearest."""
    if not selection.tags:
        return
    from difflib import get_close_matches  # slow to load: only if nothing was found

    locale = locale_of(almanac.site.language)
    known = almanac.library.published(asked_day).tags()
    for tag in selection.tags:
        if tag not in known:
            near = get_close_matches(tag, known, n=1, cutoff=0.6)
            yield no_such_tag(locale, spaced(tag), *near)


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
