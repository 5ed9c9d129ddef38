"""Print what comes as a planner: round anniversaries, also those of no day; CSV and iCalendar.

Called by upcoming.py. What is printed is made while it is printed, so a planner of many years takes
little memory. Not here: which occasions come (almanac/jubilees.py).
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol

from onthisday.almanac.jubilees import Coming
from onthisday.almanac.occasions import MILESTONES
from onthisday.app.workspace import Almanac
from onthisday.cli import options, showing, terminal
from onthisday.cli.plan import Plan, month_of
from onthisday.locales.locale import Locale, capital, locale_of
from onthisday.views import found_words, words
from onthisday.views.date_words import long_day
from onthisday.views.view import OccasionView


class Layout(Protocol):
    """Writes a planner in a format. terminal.py, markdown.py and html.py have one each."""

    def part(self, heading: str, occasions: Iterable[OccasionView]) -> Iterator[str]:
        """Yield the lines of a day, a month or a year."""

    def sentence(self, text: str) -> Iterator[str]:
        """Yield the lines of a sentence that stands alone."""


def show(
    days: tuple[date, date], almanac: Almanac, asked: tuple[date, str], args: argparse.Namespace
) -> None:
    """Print what comes from a first day to a last one.

    ``asked``: the day of asking, and its zone.
    """
    selection = options.selection(args)
    if args.milestones:
        selection = selection._replace(milestones=MILESTONES)
    library = almanac.published(asked[0])
    plan = Plan(almanac, library, days, *asked, selection, args.at_most)
    if args.format == "csv":
        _write(_csv(plan))
    elif args.format == "ics":
        _write(_ics(plan))
    elif args.format == "json":
        from onthisday.cli import planner_json

        showing.write(planner_json.lines(plan), "json")
    else:
        showing.write(_lines(plan, _layout(args, almanac)), args.format)


def _layout(args: argparse.Namespace, almanac: Almanac) -> Layout:
    """Return what writes the planner in the chosen format."""
    locale = locale_of(almanac.site.language)
    if args.format == "html":
        from onthisday.cli.html import Newsletter

        return Newsletter(almanac.site, locale)
    if args.format == "markdown":
        from onthisday.cli.markdown import Plain

        return Plain(locale)
    return terminal.Layout(showing.width(), locale, showing.coloured(), args.explain, brief=True)


def _lines(plan: Plan, layout: Layout) -> Iterator[str]:
    """Yield the lines of a planner. If it is empty, say so, and name what is next."""
    some = False
    for part in plan.parts():
        yield from ("",) if some else ()
        yield from layout.part(_heading(plan.locale, part), plan.views(part))
        some = True
    if not some:
        for text in _nothing(plan):
            yield from layout.sentence(text)


def _heading(locale: Locale, part: Coming) -> str:
    if part.precision == "day":
        return capital(long_day(locale, part.day))
    return capital(words.not_dated_to_the_day(locale, part.day.year, month_of(part)))


def _nothing(plan: Plan) -> Iterator[str]:
    locale, following = plan.locale, plan.next()
    asked = found_words.asked_words(locale, plan.selection)
    yield found_words.no_round_between(locale, *plan.days, asked)
    yield (
        found_words.next_on(locale, following) if following else found_words.no_round_later(locale)
    )
    yield from showing.unknown_tags(plan.almanac, plan.today, plan.selection)


def _csv(plan: Plan) -> Iterator[bytes]:
    from onthisday.views import as_csv

    return (
        line.encode()
        for line in as_csv.lines(plan.locale, plan.chosen_parts(), plan.almanac.presenter)
    )


def _ics(plan: Plan) -> Iterator[bytes]:
    from onthisday.feeds import ics
    from onthisday.feeds.planner import planner_of

    site, library = plan.almanac.site, plan.almanac.library
    is_round = bool(plan.selection.milestones)
    title = (words.round_anniversaries if is_round else words.what_comes)(plan.locale)
    return ics.lines(planner_of(site, library, plan.chosen_parts(), plan.today, title))


def _write(lines: Iterable[bytes]) -> None:
    """Write bytes on standard output as they are, with their own line ends.

    as_csv.py and ics.py have taken out what a terminal would act on.
    """
    sys.stdout.flush()
    sys.stdout.buffer.writelines(lines)
    sys.stdout.buffer.flush()
