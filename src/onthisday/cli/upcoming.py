"""`onthisday upcoming`: print what falls on the coming days, or an editor's planner of them."""

import argparse
from datetime import date

from onthisday.app.workspace import Almanac
from onthisday.cli import options, showing
from onthisday.cli.options import days_from

MOST_DAYS, MOST_YEARS = 3660, 10


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `upcoming`."""
    options.add_options(parser, "csv", "ics")
    ahead = parser.add_mutually_exclusive_group()
    ahead.add_argument(
        "--days", type=_days, default=30, metavar="N", help="how many days; default: %(default)s"
    )
    ahead.add_argument(
        "--years", type=_years, metavar="N", help="how many years, from today on, instead of days"
    )
    parser.add_argument(
        "--milestones", action="store_true",
        help="round anniversaries alone, also of what is dated to a month or a year",
    )  # fmt: skip


def main(args: argparse.Namespace) -> int:
    """Run `upcoming`: print the days after today on which something falls."""
    almanac = Almanac.open(args.config).in_language(args.language)
    asked = options.asked_day(args, almanac.site.zone)
    days = tuple(days_from(asked[0], 1, _ahead(asked[0], args)))
    if days and (args.milestones or args.format in {"csv", "ics"}):
        from onthisday.cli import planner  # loaded here: the days of a month need none of it

        planner.show((days[0], days[-1]), almanac, asked, args)
    else:
        showing.show(days, almanac, asked, args, several=True, brief=True)
    return 0


def _ahead(day: date, args: argparse.Namespace) -> int:
    """Return how many days to show. A year ends on the same day of the next year."""
    if args.years is None:
        return int(args.days)
    year = min(day.year + args.years, date.max.year)
    leap = (day.month, day.day) == (2, 29)
    last = date(year, 2, 28) if leap else day.replace(year=year)
    return (last - day).days


def _days(text: str) -> int:
    return _count(text, MOST_DAYS, "days")


def _years(text: str) -> int:
    return _count(text, MOST_YEARS, "years")


def _count(text: str, most: int, unit: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= most:
        raise argparse.ArgumentTypeError(f'"{text}" is no number of {unit} from 1 to {most}')
    return int(text)
