"""`onthisday upcoming`: print what falls on the coming days."""

import argparse

from onthisday.app.workspace import Almanac
from onthisday.cli import options, showing
from onthisday.cli.options import days_from


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `upcoming`."""
    options.add_options(parser)
    parser.add_argument(
        "--days", type=_count, default=30, metavar="N", help="how many days; default: %(default)s"
    )


def main(args: argparse.Namespace) -> int:
    """Run `upcoming`: print the days after today on which something falls."""
    almanac = Almanac.open(args.config)
    asked = options.asked_day(args, almanac.site.zone)
    days = tuple(days_from(asked[0], 1, args.days))
    showing.show(days, almanac, asked, args, several=True, brief=True)
    return 0


def _count(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= 3660:
        raise argparse.ArgumentTypeError(f'"{text}" is no number of days from 1 to 3660')
    return int(text)
