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
from onthisday.service.exporting import calendars, documents, rewriting
from onthisday.service.exporting.export import Export, Exporter, Rewriter

TO_EDIT: dict[str, Rewriter] = {
    "csv": rewriting.as_csv,
    "xlsx": rewriting.as_xlsx,
    "jsonl": rewriting.as_jsonl,
}
"""What is imported again: the curator's files as rows."""

FORMATS: dict[str, Exporter] = {
    "bibtex": documents.as_bibtex,
    "csl": documents.as_csl,
    "ics": calendars.as_ics,
    "calendar": calendars.as_calendar,
}


_ALL = (*TO_EDIT, *FORMATS)


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `export`."""
    parser.add_argument("form", choices=_ALL, metavar="|".join(_ALL))
    parser.add_argument(
        "file", nargs="?", metavar="FILE",
        help="must not be there yet; without it, standard output",
    )  # fmt: skip


def main(args: argparse.Namespace) -> int:
    """Run `export`. Return the exit code."""
    export = _export(Workspace(args.config), args.form)
    if args.file is None:
        _print(export.content)
    else:
        write_new(Path(args.file), export.content)
    for sentence in export.left_out:
        print(sentence, file=sys.stderr)
    return 0


def _export(workspace: Workspace, form: str) -> Export:
    almanac = workspace.almanac()
    if form in TO_EDIT:
        return TO_EDIT[form](workspace.source(almanac.site))
    today = local_day(datetime.now(UTC), ZoneInfo(almanac.site.zone))
    return FORMATS[form](almanac.site, almanac.library, today)


def _print(pieces: Iterable[bytes]) -> None:
    """Write bytes on standard output as they are. The formats have no controls in them."""
    sys.stdout.flush()
    sys.stdout.buffer.writelines(pieces)
    sys.stdout.buffer.flush()
