"""The options that `today` and `upcoming` share.

Also functions that read days, time zones and points in time from the command line.
"""

import argparse
from collections.abc import Iterator
from datetime import MAXYEAR, UTC, date, datetime, timedelta

from onthisday.almanac.entry import KINDS, Selection
from onthisday.characters import nfc


def add_options(parser: argparse.ArgumentParser, *more_formats: str) -> None:
    """Add the options that `today` and `upcoming` share. ``more_formats``: those of one alone."""
    parser.add_argument(
        "--date", type=day, metavar="D", help="a day, as 2026-02-25; default: today"
    )
    parser.add_argument(
        "--zone",
        type=zone,
        metavar="Z",
        help="the time zone that says which day is today; default: site.zone",
    )
    parser.add_argument("--tag", action="append", default=[], metavar="T", help="any of these tags")
    parser.add_argument("--kind", action="append", default=[], choices=KINDS, help="of this kind")
    parser.add_argument(
        "--format",
        choices=("text", "json", "markdown", "html", *more_formats),
        default="text",
        help="default: text; html: to paste into a newsletter"
        + ("; csv: for a spreadsheet; ics: for a calendar" if more_formats else ""),
    )
    parser.add_argument(
        "--language", type=spoken, metavar="L", help="the language; default: site.language"
    )
    parser.add_argument(
        "--at-most", type=count, metavar="N", help="so many of a day, chosen; default: all"
    )
    parser.add_argument(
        "--explain", action="store_true",
        help="say why each entry falls on the day, and why it was chosen",
    )  # fmt: skip


def selection(args: argparse.Namespace) -> Selection:
    """Return the filter for entries that the options ask for."""
    return Selection(tuple(map(nfc, args.tag)), tuple(args.kind))


def asked_day(args: argparse.Namespace, site_zone: str) -> tuple[date, str]:
    """Return the day to show, and the time zone. Without ``--date``, the day is today."""
    own: str = args.zone or site_zone
    if args.date is not None:
        return args.date, own
    from onthisday.dates.zones import local_day, parse_zone  # a named day needs no zone

    return local_day(datetime.now(UTC), parse_zone(own)), own


def day(text: str) -> date:
    """Return the day that an option names, such as ``2026-02-25``."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        from onthisday.schema.nearest_forms import day_like  # loaded only after a mistake

        like = day_like(text)
        mend = f"write {like}" if like else "write year, month and day: YYYY-MM-DD"
        raise argparse.ArgumentTypeError(f'"{text}" is no day; {mend}') from error


def count(text: str) -> int:
    """Return the number of at least 1 that an option names."""
    if not (text.isascii() and text.isdecimal()) or not int(text[:9]):
        raise argparse.ArgumentTypeError(f'"{text}" is no number of at least 1')
    return int(text[:9])


def zone(text: str) -> str:
    """Return the time zone that an option names, such as ``Europe/Berlin``."""
    from onthisday.dates.zones import parse_zone

    try:
        return parse_zone(text).key
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def instant(text: str) -> datetime:
    """Return the point in time that an option names: ISO 8601, with its offset from UTC.

    The years 1 and 9999 are refused: there another zone may have a day that no `date` can be.
    """
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        message = f'"{text}" is no instant; write day, hour and offset as 2026-02-25T09:00:00Z'
        raise argparse.ArgumentTypeError(message) from error
    if found.tzinfo is None:
        raise argparse.ArgumentTypeError(
            f'"{text}" has no offset; write {found.isoformat()}Z for UTC'
        )
    if not 1 < found.year < MAXYEAR:
        raise argparse.ArgumentTypeError(f'"{text}" is out of range; write a year from 2 to 9998')
    return found.astimezone(UTC)


def spoken(text: str) -> str:
    """Return the language that an option names, as BCP 47. We have words in it."""
    from onthisday.locales.locale import SPOKEN, is_spoken
    from onthisday.schema.language_tags import parse_language_tag

    try:
        tag = parse_language_tag(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    if not is_spoken(tag):
        known = ", ".join(SPOKEN)
        raise argparse.ArgumentTypeError(f'"{text}" is no language with words here; write {known}')
    return tag


def days_from(day: date, first: int, last: int) -> Iterator[date]:
    """Yield the days from ``first`` days after ``day`` to ``last`` days after ``day``.

    Days before the year 1 and after the year 9999 are left out, because Python has no dates there.
    """
    for ahead in range(first, last + 1):
        ordinal = day.toordinal() + ahead
        if 1 <= ordinal <= date.max.toordinal():
            yield day + timedelta(days=ahead)
