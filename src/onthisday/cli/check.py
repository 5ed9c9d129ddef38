"""`onthisday check`: print every finding in the config, the almanac and the citations.

The rules are in checks/; service/checking/ applies them.
"""

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from typing import Any

from onthisday.adapters.files.cut_values import cut_values
from onthisday.adapters.files.folders import TextFolder, files_beside
from onthisday.almanac.library import Library
from onthisday.almanac.source import Source
from onthisday.app.caches import passages
from onthisday.app.compiling_apart import understood
from onthisday.app.parallel_checking import on_all_cores
from onthisday.app.workspace import Almanac, Workspace
from onthisday.checks.links import Links
from onthisday.checks.logo import logo_fault
from onthisday.checks.not_imported import not_imported
from onthisday.checks.passage_memory import PassageMemory
from onthisday.config import Config, Proxy, Site
from onthisday.dates.zones import local_day, parse_zone
from onthisday.errors import Finding, InvalidInput, Unreadable, by_place, errors_of, shown
from onthisday.locales.locale import ENGLISH, SPOKEN, is_spoken
from onthisday.schema.rules import RULES
from onthisday.service.checking.fixing import fix
from onthisday.service.checking.links import all_addresses, with_links
from onthisday.service.checking.proving import Texts
from onthisday.service.checking.report import Report, Understood, check
from onthisday.service.reading.problems import READ, Unread
from onthisday.views.source_words import proof_words
from onthisday.views.words import counted

NOT_FIXED = "nothing was fixed: mend the errors first that are told here, then run this again"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `check`."""
    parser.add_argument(
        "--documents", metavar="DIR", help="the folder of the texts; default: `texts` of the config"
    )
    parser.add_argument(
        "--fix", action="store_true", help="turn quotes into locators, fill in missing sha256, "
        "also of passages, and follow a text that changed where all its passages are found again"
    )  # fmt: skip
    parser.add_argument(
        "--links", action="store_true", help="ask the addresses of documents and pictures whether "
        "they still lead somewhere; this takes up to 15 minutes"
    )  # fmt: skip
    parser.add_argument(
        "--private-addresses", action="store_true",
        help="with --links: also ask addresses in private networks"
    )  # fmt: skip
    parser.add_argument("--rules", action="store_true", help="list the rules, and check nothing")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


def main(args: argparse.Namespace) -> int:
    """Run `check`. Return 3 if there is an error, otherwise 0."""
    if args.rules:
        _print_rules(as_json=args.format == "json")
        return 0
    report = _report(Workspace(args.config), args)
    if args.format == "json":
        print(json.dumps(_tree(report), ensure_ascii=False, indent=2))
    else:
        _print(report)
    return 3 if report.errors else 0


def _report(workspace: Workspace, args: argparse.Namespace) -> Report:
    folder: str | None = args.documents
    config, found = workspace.understood_config()
    found = (*cut_values(workspace.config_file), *found)
    if config is None:
        return _with(Report(()), workspace, found, ())
    if folder is not None and not os.path.isdir(folder):
        raise Unreadable(folder, "there is no such folder; --documents names where the texts are")
    site = config.site
    texts = TextFolder(folder or workspace.path(site.texts or site.almanac)).text
    source = workspace.source(site)
    try:
        almanac, unread = _opened(workspace, site)
    except Unreadable as error:  # there is no folder
        if not errors_of(found):
            raise
        missing = Finding("error", "unreadable", error.path, None, error.why)
        return _with(Report(()), workspace, found, (missing,))
    with closing(passages(workspace)) as memory:
        today = local_day(datetime.now(UTC), parse_zone(site.zone))
        if args.fix and _fixed(Understood(almanac.library, unread), source, texts, memory, today):
            almanac, unread = _opened(workspace, site)
        report = check(
            Understood(almanac.library, unread, site.language, _wanted(config)),
            source,
            texts,
            memory,
            today,
            on_all_cores(almanac.library),
        )
    if args.links:
        private: bool = args.private_addresses
        report = _linked(report, almanac.library, source, config.proxy, private=private)
    told = (*_of_channels(workspace, config, almanac, unread), *_of_logo(workspace, almanac))
    told = (*told, *_of_languages(workspace, config))
    beside = (*_cut_in_almanac(source), *_not_imported(workspace, almanac, source))
    return _with(report, workspace, (*found, *told), beside)


def _linked(
    report: Report, library: Library, source: Source, proxy: Proxy | None, *, private: bool
) -> Report:
    """Ask the addresses of an almanac, and return the report with what is wrong with them."""
    from onthisday.cli.asking_links import asked  # slow to load, and only for this
    from onthisday.service.checking.asking import Limits

    links = asked(all_addresses(library), proxy, Limits(private_addresses=private))
    return with_links(report, library, source, links)


def _opened(workspace: Workspace, site: Site) -> tuple[Almanac, Unread]:
    """Return the almanac; if it has mistakes, what can be understood of it, and what cannot be."""
    try:
        return workspace.almanac(), READ
    except InvalidInput:
        return understood(workspace, site)


def _fixed(
    almanac: Understood, source: Source, texts: Texts, memory: PassageMemory, today: date
) -> bool:
    """Mend what can be mended, and say what was done. Return True if a file was changed.

    Why not beside mistakes: an entry that cannot be read may cite a text that changed, and its
    locators would no longer fit that text.
    """
    if almanac.unread.findings:
        print(NOT_FIXED, file=sys.stderr)
        return False
    edits = fix(almanac.library, source, texts, memory, today)
    if edits:
        print(f"{counted(edits, 'edit')} made", file=sys.stderr)
    return bool(edits)


def _with(
    report: Report,
    workspace: Workspace,
    config: tuple[Finding, ...],
    almanac: tuple[Finding, ...],
) -> Report:
    """Return the report with more findings, in the order of the files.

    Those of the config and its table of channels come first.
    """
    first = sorted(config, key=lambda each: (each.file != workspace.config_file, by_place(each)))
    findings = (*first, *sorted((*almanac, *report.findings), key=by_place))
    errors = len(errors_of((*config, *almanac)))
    warnings = len(config) + len(almanac) - errors
    return report._replace(
        findings=findings, errors=report.errors + errors, warnings=report.warnings + warnings
    )


def _wanted(config: Config) -> tuple[str, ...]:
    """Return the languages that readers get: of the site, and of each channel."""
    site = config.site
    return (site.language, *site.languages, *(each.language for each in config.channels))


def _of_channels(
    workspace: Workspace, config: Config, almanac: Almanac, unread: Unread
) -> Iterable[Finding]:
    """Return what is wrong with channels although their config is right."""
    if not config.channels:
        return ()
    from onthisday.cli.channel_findings import of_channels  # slow to load, and only for this

    tags = None if unread.files else dict.fromkeys(unread.words, 1) | almanac.library.tags()
    return of_channels(workspace.config_file, config, tags, almanac.library)


def _of_logo(workspace: Workspace, almanac: Almanac) -> Iterator[Finding]:
    """Yield what is wrong with the file of the site's logo."""
    name = almanac.site.logo
    if name and (words := logo_fault(name, almanac.logo())):
        yield Finding("error", "logo", workspace.config_file, None, f"site.logo: {name}: {words}")


def _of_languages(workspace: Workspace, config: Config) -> Iterator[Finding]:
    """Yield each language of the site and of channels for which the program has no words."""
    named = {"site.language": config.site.language}
    named |= {f'channel "{each.name}": language': each.language for each in config.channels}
    for where, language in named.items():
        if not is_spoken(language):
            message = (
                f"{where}: {language}: the program has no words in this language, so its own words "
                f"are English; it has them in {', '.join(SPOKEN)}"
            )
            yield Finding("warning", "language", workspace.config_file, None, message)


def _cut_in_almanac(source: Source) -> tuple[Finding, ...]:
    paths = [source.shown(name) for name in source.files() if name.endswith(".yaml")]
    return tuple(found for path in paths for found in cut_values(path, os.path.dirname(path)))


def _not_imported(workspace: Workspace, almanac: Almanac, source: Source) -> Iterator[Finding]:
    """Yield the tables and the like that lie in the almanac's folder and are not in the almanac."""
    folder = workspace.path(almanac.site.almanac)
    names = map(os.path.basename, files_beside(folder))
    imported = {each.file or each.title for each in almanac.library.documents()}
    for name, words in not_imported(names, imported, source.shown):
        yield Finding("warning", "not-imported", source.shown(name), None, words)


def _print(report: Report) -> None:
    for line in shown(report.findings, report.errors + report.warnings):
        print(line)
    end = f"{counted(report.errors, 'error')}, {counted(report.warnings, 'warning')}"
    quiet = f", {report.silenced} silenced" if report.silenced else ""
    print(f"{'' if report.errors and not report.entries else _looked(report)}{end}{quiet}")


def _looked(report: Report) -> str:
    entries = counted(report.entries, "entry", "entries")
    if report.left_out:
        entries += f" ({report.left_out:,} more cannot be used)"
    documents = counted(report.documents, "document")
    proved = proof_words(ENGLISH, report.proved, report.unproved, report.earlier)
    links = report.links
    asked = f"{counted(len(links), 'address', 'addresses')} asked, " if links is not None else ""
    return f"{entries}, {documents}: {f'{proved}, ' if proved else ''}{asked}"


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
        "left_out": report.left_out,
        "documents": report.documents,
        "passages": {
            "proved": report.proved,
            "unproved": report.unproved,
            "earlier": {str(day): report.earlier[day] for day in sorted(report.earlier)},
        },
        "links": None if report.links is None else _counts(report.links),
        "findings": [_finding(finding) for finding in report.findings],
    }


def _counts(links: Links) -> dict[str, int]:
    """Return how many addresses were asked, and what became of them."""
    states = Counter(link.state for link in links.values())
    return {"asked": len(links), **{name: states[name] for name in ("alive", "dead", "unasked")}}


def _finding(finding: Finding) -> dict[str, Any]:
    return finding._asdict()
