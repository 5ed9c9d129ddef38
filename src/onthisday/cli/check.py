"""`onthisday check`: print every finding in the config, the almanac and the citations.

The rules are in checks/; service/checking/ applies them.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from typing import Any

from onthisday.adapters.files.cut_values import cut_values
from onthisday.adapters.files.folders import TextFolder
from onthisday.almanac.source import Source
from onthisday.app.sending import lacking
from onthisday.app.workspace import Workspace
from onthisday.checks.channels import odd_token, unknown_tags
from onthisday.config import Config
from onthisday.dates.zones import local_day, parse_zone
from onthisday.errors import Finding, InvalidInput, Unreadable, errors_of
from onthisday.schema.rules import RULES
from onthisday.service.checking.fixing import fix
from onthisday.service.checking.proving import Texts
from onthisday.service.checking.report import Report, check
from onthisday.views.words import counted, proof_words

MOST_SHOWN = 200
"""How many findings are printed as text. If there are more, only their number is printed."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `check`."""
    parser.add_argument(
        "--documents", metavar="DIR", help="the folder of the texts; default: `texts` of the config"
    )
    parser.add_argument(
        "--fix", action="store_true", help="turn quotes into locators, fill in missing sha256, "
        "also of passages, and follow a text that changed where all its passages are found again"
    )  # fmt: skip
    parser.add_argument("--rules", action="store_true", help="list the rules, and check nothing")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


def main(args: argparse.Namespace) -> int:
    """Run `check`. Return 3 if there is an error, otherwise 0."""
    if args.rules:
        _print_rules(as_json=args.format == "json")
        return 0
    report = _report(Workspace(args.config), args.documents, fixing=args.fix)
    if args.format == "json":
        print(json.dumps(_tree(report), ensure_ascii=False, indent=2))
    else:
        _print(report)
    return 3 if report.errors else 0


def _report(workspace: Workspace, folder: str | None, *, fixing: bool) -> Report:
    found = cut_values(workspace.config_file)
    try:
        config, more = workspace.config(sending=False)
        found += more + _cut_in_almanac(workspace.source(config.site))
        workspace.almanac()
    except InvalidInput as error:
        findings = (*found, *error.findings)
        errors = len(errors_of(findings))
        return Report(findings, errors, len(findings) - errors)
    if folder is not None and not os.path.isdir(folder):
        raise Unreadable(folder, "there is no such folder; --documents names where the texts are")
    site = config.site
    texts = TextFolder(folder or workspace.path(site.texts or site.almanac)).text
    today = local_day(datetime.now(UTC), parse_zone(site.zone))
    report = _checked(workspace, texts, today, fixing=fixing)
    found += tuple(_of_channels(workspace, config))
    errors = report.errors + len(errors_of(found))
    findings = (*found, *report.findings)
    return report._replace(findings=findings, errors=errors, warnings=len(findings) - errors)


def _of_channels(workspace: Workspace, config: Config) -> Iterator[Finding]:
    """Yield what is wrong with channels although their config is right."""
    tags = workspace.almanac().library.tags() if config.channels else {}
    for channel in config.channels:
        told = {
            "filter": unknown_tags(channel, tags),
            "token": odd_token(channel),
            "apprise": lacking(channel),
        }
        for rule, words in told.items():
            if words:
                message = f'channel "{channel.name}": {words}'
                yield Finding("warning", rule, workspace.config_file, None, message)


def _cut_in_almanac(source: Source) -> tuple[Finding, ...]:
    paths = [source.shown(name) for name in source.files() if name.endswith(".yaml")]
    return tuple(found for path in paths for found in cut_values(path, os.path.dirname(path)))


def _checked(workspace: Workspace, texts: Texts, today: date, *, fixing: bool) -> Report:
    """Check an almanac that can be compiled. With ``fixing``, first mend what can be mended."""
    almanac = workspace.almanac()
    source = workspace.source(almanac.site)
    with closing(workspace.passages()) as memory:
        if fixing and (edits := fix(almanac.library, source, texts, memory, today)):
            print(f"{counted(edits, 'edit')} made", file=sys.stderr)
            almanac = workspace.almanac()
        return check(almanac.library, source, texts, memory, today)


def _print(report: Report) -> None:
    for finding in report.findings[:MOST_SHOWN]:
        print(finding)
    if (more := report.errors + report.warnings - MOST_SHOWN) > 0:
        print(f"… and {more} more")
    end = f"{counted(report.errors, 'error')}, {counted(report.warnings, 'warning')}"
    quiet = f", {report.silenced} silenced" if report.silenced else ""
    print(f"{'' if report.errors and not report.entries else _looked(report)}{end}{quiet}")


def _looked(report: Report) -> str:
    entries = counted(report.entries, "entry", "entries")
    documents = counted(report.documents, "document")
    proved = proof_words(report.proved, report.unproved, report.earlier)
    return f"{entries}, {documents}: {f'{proved}, ' if proved else ''}"


def _print_rules(*, as_json: bool) -> None:
    if as_json:
        rules = [rule._asdict() for rule in RULES.values()]
        print(json.dumps(rules, ensure_ascii=False, indent=2))
        return
    for rule in RULES.values():
        silence = f"; can be silenced on {' or '.join(rule.of)}" if rule.of else ""
        print(f"{rule.name:<17} {rule.severity:<8} {rule.meaning}{silence}")


def _tree(report: Report) -> dict[str, Any]:
    return {
        "errors": report.errors,
        "warnings": report.warnings,
        "silenced": report.silenced,
        "entries": report.entries,
        "documents": report.documents,
        "passages": {
            "proved": report.proved,
            "unproved": report.unproved,
            "earlier": {str(day): report.earlier[day] for day in sorted(report.earlier)},
        },
        "findings": [_finding(finding) for finding in report.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return finding._asdict()
