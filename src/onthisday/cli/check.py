"""`onthisday check`: every finding in config, almanac and citations."""

import argparse
import json
import os
import sys
from typing import Any

from onthisday.app import Workspace
from onthisday.errors import Finding, InvalidInput, Unreadable
from onthisday.files.folder import TextFolder
from onthisday.service.checking import Report, check
from onthisday.service.fixing import fix

MOST_SHOWN = 200
"""Findings printed as text; the rest are counted."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `check`."""
    parser.add_argument(
        "--documents", metavar="DIR", help="the folder of the texts; default: `texts` of the config"
    )
    parser.add_argument(
        "--fix", action="store_true", help="turn quotes into locators, fill in missing sha256"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


def main(args: argparse.Namespace) -> int:
    """Run `check`; return 3 where an error was found."""
    report = _report(Workspace(args.config), args.documents, fixing=args.fix)
    errors = sum(finding.severity == "error" for finding in report.findings)
    if args.format == "json":
        print(json.dumps(_tree(report, errors), ensure_ascii=False, indent=2))
    else:
        _print(report, errors)
    return 3 if errors else 0


def _report(workspace: Workspace, folder: str | None, *, fixing: bool) -> Report:
    warnings: tuple[Finding, ...] = ()
    try:
        config, warnings = workspace.config(sending=False)
        workspace.almanac()
    except InvalidInput as error:
        return Report((*warnings, *error.findings), 0, 0, 0, 0)
    if folder is not None and not os.path.isdir(folder):
        raise Unreadable(folder, "there is no such folder; --documents names where the texts are")
    site = config.site
    texts = TextFolder(folder or workspace.path(site.texts or site.almanac)).text
    source = workspace.source(config.site)
    if fixing and (edits := fix(source, texts)):
        print(f"{_count(edits, 'edit')} made", file=sys.stderr)
    report = check(source, texts)
    return report._replace(findings=(*warnings, *report.findings))


def _print(report: Report, errors: int) -> None:
    for finding in report.findings[:MOST_SHOWN]:
        print(finding)
    if len(report.findings) > MOST_SHOWN:
        print(f"… and {len(report.findings) - MOST_SHOWN} more")
    warnings = len(report.findings) - errors
    looked = f"{report.entries} entries, {report.documents} documents: " if report.entries else ""
    proved = f"{report.proved} of {report.proved + report.unproved} passages proved, "
    end = f"{_count(errors, 'error')}, {_count(warnings, 'warning')}"
    print(f"{looked}{proved if report.entries else ''}{end}", file=sys.stdout)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _tree(report: Report, errors: int) -> dict[str, Any]:
    return {
        "errors": errors,
        "warnings": len(report.findings) - errors,
        "entries": report.entries,
        "documents": report.documents,
        "passages": {"proved": report.proved, "unproved": report.unproved},
        "findings": [_finding(finding) for finding in report.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return finding._asdict()
