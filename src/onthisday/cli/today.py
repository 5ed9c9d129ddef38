"""`onthisday today`: print what happened on this day or, if nothing did, what comes next."""

import argparse
import re

from onthisday.app.workspace import Almanac
from onthisday.cli import options, showing
from onthisday.cli.options import days_from


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `today`."""
    options.add_options(parser)
    parser.add_argument(
        "--days", type=_range, metavar="A..B", help="days around it: -3..+7 (or --days=-3..+7)"
    )


def main(args: argparse.Namespace) -> int:
    """Run `today`. Return the exit code."""
    almanac = Almanac.open(args.config).in_language(args.language)
    asked = options.asked_day(args, almanac.site.zone)
    if args.days is None:
        showing.show(asked[:1], almanac, asked, args, several=False)
    else:
        days = tuple(days_from(asked[0], *args.days))
        showing.show(days, almanac, asked, args, several=True)
    return 0


def _range(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"([+-]?\d{1,4})\.\.([+-]?\d{1,4})", text, re.ASCII)
    if match is None or int(match[1]) > int(match[2]):
        numbers = sorted(map(int, re.findall(r"[+-]?\d{1,4}", text))) or [-3, 7]
        first = numbers[0] if len(numbers) > 1 else -abs(numbers[0])
        like = f"{first}..{abs(numbers[-1]):+}"
        raise argparse.ArgumentTypeError(f'"{text}" is no range of days; write {like}')
    return int(match[1]), int(match[2])
