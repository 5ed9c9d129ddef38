"""`onthisday import FORMAT FILE…`: entries from what people already have.

Each line of a file becomes an entry, or is printed with the reason why not. Nothing is written
before all of a file has been read and checked.

Not here: what a format means (importers/), and what becomes of a fact (service/importing/).
"""

import argparse
import json
import os
import sys
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from typing import Any, TypeVar

from onthisday.adapters.files.incoming_files import IncomingFiles, OpenedFile
from onthisday.adapters.files.spool import FileSpool
from onthisday.adapters.files.staged_folder import StagedFolder
from onthisday.app.compiling_apart import would_be
from onthisday.app.import_lock import lock_imports
from onthisday.app.workspace import Workspace
from onthisday.characters import escaped_line
from onthisday.cli.phrasing import print_json
from onthisday.dates.zones import local_day, parse_zone
from onthisday.errors import OnThisDayError, shown
from onthisday.importers.formats import IMPORTERS, Importer
from onthisday.importers.found import Broken, Note, Place
from onthisday.service.importing.differences import Change
from onthisday.service.importing.importing import Files, Import
from onthisday.service.importing.registering import TextFile
from onthisday.service.importing.telling import Changed, Result, Told, Vanished
from onthisday.views.words import counted

_SYSTEM = {"calendar": ("/etc/calendar", "/usr/share/calendar")}
"""Where a format's own program looks for files that a file names."""

_T = TypeVar("_T")

_MOST_WORDS = 60


class Broke(OnThisDayError):
    """A file cannot be imported. Nothing of it was."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `import`."""
    means = "; ".join(f"{name}: {each.means}" for name, each in IMPORTERS.items())
    parser.add_argument("form", choices=IMPORTERS, metavar="|".join(IMPORTERS), help=means)
    parser.add_argument("files", nargs="+", metavar="FILE", help="what to import")
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be imported, and write nothing"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


def main(args: argparse.Namespace) -> int:
    """Run `import`. Return the exit code."""
    workspace = Workspace(args.config)
    with lock_imports(workspace):
        reports = [_imported(workspace, args, path) for path in args.files]
    if args.format == "json":
        print_json([report.tree() for report in reports])
    return 0


def _imported(workspace: Workspace, args: argparse.Namespace, path: str) -> "_Report":
    """Import one file, and tell what became of it. Raise OnThisDayError."""
    importer, almanac = IMPORTERS[args.form], workspace.almanac()
    today = local_day(datetime.now(UTC), parse_zone(almanac.site.zone))
    files = IncomingFiles(today, _SYSTEM.get(args.form, ()))
    opened = files.open(path)
    report = _Report(path, almanac.site.almanac, as_text=args.format == "text")
    if opened.note:
        note = "not UTF-8" if importer.names_encoding else opened.note
        report.tell(Note(Place(0), f"{note}; save it as UTF-8, so that it can be proved"))
    with (
        closing(StagedFolder(workspace.path(almanac.site.almanac))) as staged,
        closing(FileSpool()) as spool,
    ):
        one = Import(
            almanac.library,
            staged,
            spool,
            lambda: would_be(workspace, staged.source),
            report.tell,
            _shown,
        )
        name = opened.incoming.name
        these = Files(name, lambda: _texts(files.opened, importer))
        try:
            reads = importer.read(opened.incoming)
            report.result = one.run(these, reads, today, almanac.site.language)
        except Broken as error:
            where = path if error.line is None else f"{path}:{error.line}"
            raise Broke(f"{escaped_line(where)}: {error}; nothing was imported") from error
        if not args.dry_run:
            staged.make()
    report.end(dry=args.dry_run)
    return report


def _texts(opened: dict[str, OpenedFile], importer: Importer) -> dict[str, TextFile]:
    return {
        name: TextFile(name, file.sha256, file.is_utf8, importer.is_text)
        for name, file in opened.items()
    }


def _shown(items: Iterable[_T], doing: str) -> Iterable[_T]:
    """Yield what is given, and show on a terminal how far it is."""
    from tqdm import tqdm  # only now: a missing file is told faster

    file = sys.stderr if sys.stderr.isatty() else None
    return tqdm(items, desc=doing, disable=None, leave=False, file=file)


class _Report:
    """What became of a file: printed at once as text, or kept for JSON."""

    def __init__(self, path: str, folder: str, *, as_text: bool) -> None:
        self.path, self._folder, self._as_text = path, folder, as_text
        self.result: Result | None = None
        self._told: dict[str, list[dict[str, Any]]] = {
            "refused": [], "notes": [], "changed": [], "vanished": []
        }  # fmt: skip

    def tell(self, told: Told) -> None:
        """Print something, or keep it."""
        if self._as_text:
            print(escaped_line(self._line(told)))
            return
        kind, tree = _tree(told)
        self._told[kind].append(tree)

    def end(self, *, dry: bool) -> None:
        """Print the findings and the numbers."""
        if not self._as_text or self.result is None:
            return
        for line in shown(self.result.findings, len(self.result.findings)):
            print(line)
        print(escaped_line(self._numbers(self.result, dry=dry)))

    def tree(self) -> dict[str, Any]:
        """Return the report as a tree for JSON."""
        assert self.result is not None
        result = self.result._asdict()
        target, findings = result.pop("target"), result.pop("findings")
        return {
            "file": self.path,
            "almanac": os.path.join(self._folder, target),
            "counts": result,
            **self._told,
            "findings": [finding._asdict() for finding in findings],
        }

    def _line(self, told: Told) -> str:
        if isinstance(told, Changed):
            said = "; ".join(map(_change, told.changes))
            return f'{self.path}: {told.what} "{told.id}" changed: {said}'
        if isinstance(told, Vanished):
            gone = "is not in the file any more; it stays in the almanac"
            return f'{self.path}: entry "{told.id}" {gone}'
        where = self._where(told.place)
        if isinstance(told, Note):
            return f"{where}: {told.message}"
        return f"{where}: not imported: {told.reason.rstrip(':')}: {_short(told.text)}"

    def _where(self, place: Place) -> str:
        path = self.path
        if place.file is not None:
            path = os.path.join(os.path.dirname(self.path), place.file)
        if place.page is not None:
            return f"{path}, {place.page}"
        return f"{path}:{place.line}" if place.line else path

    def _numbers(self, result: Result, *, dry: bool) -> str:
        target = os.path.join(self._folder, result.target)
        parts = [
            f"{counted(result.new, 'new entry', 'new entries')}",
            f"{result.changed:,} changed" if result.changed else "",
            f"{result.vanished:,} vanished" if result.vanished else "",
            f"{result.same:,} as before" if result.same else "",
            f"{result.refused:,} not imported" if result.refused else "",
            f"{result.elsewhere:,} of the almanac not in it" if result.elsewhere else "",
        ]
        said = ", ".join(filter(None, parts))
        ending = "; nothing was written (--dry-run)" if dry else ""
        return f"{self.path} → {target}: {said}{ending}"


def _short(text: str) -> str:
    words = " ".join(text.replace("\x1f", " | ").split())
    return f'"{words[:_MOST_WORDS]}…"' if len(words) > _MOST_WORDS else f'"{words}"'


def _change(change: Change) -> str:
    if change.now is None:
        return f"{change.key} is taken out"
    if change.was is None:
        return f"{change.key}: {_short(_said(change.now))}"
    return f"{change.key}: {_short(_said(change.was))} → {_short(_said(change.now))}"


def _said(value: Any) -> str:
    """Return a value in words: a list of tags with commas, and what is no text as JSON."""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return ", ".join(value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _tree(told: Told) -> tuple[str, dict[str, Any]]:
    if isinstance(told, Changed):
        changes = {each.key: {"was": each.was, "now": each.now} for each in told.changes}
        return "changed", {"id": told.id, "what": told.what, "changes": changes}
    if isinstance(told, Vanished):
        return "vanished", {"id": told.id}
    place = {"file": told.place.file, "line": told.place.line or None, "page": told.place.page}
    if isinstance(told, Note):
        return "notes", {**place, "message": told.message}
    return "refused", {**place, "text": told.text, "reason": told.reason}
