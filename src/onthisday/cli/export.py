"""`onthisday export`: write the almanac in a format that other programs read."""

import argparse
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from onthisday.adapters.files.new_file import write_new
from onthisday.app.workspace import Workspace
from onthisday.dates.zones import local_day
from onthisday.service.exporting import calendars, documents
from onthisday.service.exporting.export import Exporter

FORMATS: dict[str, Exporter] = {
    "bibtex": documents.as_bibtex,
    "csl": documents.as_csl,
    "ics": calendars.as_ics,
}


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `export`."""
    parser.add_argument("form", choices=FORMATS, metavar="|".join(FORMATS))
    parser.add_argument(
        "file", nargs="?", metavar="FILE",
        help="must not be there yet; without it, standard output",
    )  # fmt: skip


def main(args: argparse.Namespace) -> int:
    """Run `export`. Return the exit code."""
    almanac = Workspace(args.config).almanac()
    today = local_day(datetime.now(UTC), ZoneInfo(almanac.site.zone))
    export = FORMATS[args.form](almanac.site, almanac.library, today)
    if args.file is None:
        _print(export.content)
    else:
        write_new(Path(args.file), export.content)
    for sentence in export.left_out:
        print(sentence, file=sys.stderr)
    return 0


def _print(pieces: Iterable[bytes]) -> None:
    """Write bytes on standard output as they are. The formats have no controls in them."""
    sys.stdout.flush()
    sys.stdout.buffer.writelines(pieces)
    sys.stdout.buffer.flush()
