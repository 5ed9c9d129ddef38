"""`onthisday build DIR`: write the whole site as files. The paths are the same as with `serve`."""

import argparse
import sys
from datetime import UTC, datetime

from onthisday.app.publishing import write_site
from onthisday.app.workspace import Workspace
from onthisday.cli import options
from onthisday.cli.screen import styled


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `build`."""
    parser.add_argument("folder", metavar="DIR", help="the folder; it is made if it is missing")
    parser.add_argument(
        "--now",
        type=options.instant,
        metavar="INSTANT",
        help="as if it were then, as 2026-02-25T00:00:00Z",
    )


def main(args: argparse.Namespace) -> int:
    """Run `build`. Return the exit code."""
    now = args.now or datetime.now(UTC)
    workspace = Workspace(args.config)
    built = write_site(workspace.almanac(), args.folder, now, _progress, workspace)
    removed = f", {built.removed} removed" if built.removed else ""
    print(f"{args.folder}: {built.files} files, {built.written} written{removed}")
    return 0


def _progress(files: int) -> None:
    """Print how many files are written so far. Print nothing if no terminal is there."""
    if files % 500 == 0 and sys.stderr.isatty():
        styled(f"\r{files} files\r", sys.stderr)
        sys.stderr.flush()
