"""`onthisday draft PATH…`: propose entries from documents.

With `--mentions`: list all dates in the documents.
"""

import argparse
import os
import sys
from collections.abc import Iterable
from datetime import UTC, datetime

from onthisday.adapters.files.document_files import find_documents
from onthisday.adapters.files.rejections import Rejections
from onthisday.app.parallel_reading import read_documents
from onthisday.app.workspace import Workspace
from onthisday.characters import escaped_line
from onthisday.cli.phrasing import print_json
from onthisday.drafts.languages import LANGUAGES
from onthisday.drafts.proposal import Draft
from onthisday.errors import NotSet
from onthisday.schema.draft_format import Ids, draft_tree, draft_yaml, mention_tree
from onthisday.service.proposing.drafting import (
    ReadDocument,
    Wish,
    drafts_from,
    ids_of,
    without_copies,
)
from onthisday.views.words import counted


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `draft`."""
    parser.add_argument(
        "paths", metavar="PATH", nargs="+", help="documents, and folders of them: text, Markdown, "
        "HTML, DOCX, ODT, PDF",
    )  # fmt: skip
    parser.add_argument(
        "--accept",
        action="store_true",
        help="decide on each, and put into the almanac what to keep",
    )
    parser.add_argument(
        "--all",
        action="store_true",
        help="the doubtful ones too: where the year was inferred, and births of people who may be "
        "living",
    )
    parser.add_argument("--mentions", action="store_true", help="every date found, as JSON")
    parser.add_argument(
        "--language", metavar="L", choices=sorted(LANGUAGES), help="the language of the documents: "
        f"{', '.join(sorted(LANGUAGES))}; without it, it is guessed for each of them",
    )  # fmt: skip
    parser.add_argument("--format", choices=("yaml", "json"), default="yaml", help="default: yaml")


def main(args: argparse.Namespace) -> int:
    """Run `draft`. Return the exit code."""
    if args.accept and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise NotSet("--accept asks on a terminal; without it the drafts are printed")
    workspace = _workspace(args)
    wish: Wish = "mentions" if args.mentions else "all" if args.all else "drafts"
    read = read_documents(find_documents(args.paths), wish, args.language)
    if args.mentions:
        _say_troubles(read)
        print_json([mention_tree(each.name, m) for each in read for m in each.mentions])
        return 0
    read = without_copies(read)
    _say_troubles(read)
    almanac = workspace.almanac() if workspace else None
    rejections = Rejections(workspace.path(almanac.site.almanac)) if workspace and almanac else None
    library, today = almanac.library if almanac else None, datetime.now(UTC).date()
    found = drafts_from(read, library, _rejected(rejections), today)
    drafts = found if args.all else tuple(draft for draft in found if not draft.may_live)
    _say_living(len(found) - len(drafts))
    ids = ids_of(read, almanac.library.documents() if almanac else ())
    if args.accept and workspace and almanac and rejections:
        from onthisday.cli.draft_accepting import Acceptance, accept

        acceptance = Acceptance(workspace, almanac, rejections, read, ids)
        first: str = args.paths[0]
        folder = first if os.path.isdir(first) else os.path.dirname(first) or "."
        return accept(acceptance, drafts, almanac.site.texts, folder)
    _show(args, read, drafts, ids)
    return 0


def _workspace(args: argparse.Namespace) -> Workspace | None:
    """Return the workspace, or None if there is no config. Drafts can be shown without a config."""
    if args.accept or args.config != "config.yaml" or os.path.exists(args.config):
        return Workspace(args.config)
    return None


def _rejected(rejections: Rejections | None) -> frozenset[tuple[str, str]]:
    return rejections.read() if rejections else frozenset()


def _say_troubles(read: Iterable[ReadDocument]) -> None:
    lacking = set()
    for each in read:
        if each.trouble or each.note:
            said = f"{each.name}: {each.trouble or each.note}"
            print(escaped_line(said), file=sys.stderr)
        if each.lacks:
            lacking.add(each.lacks)
    for extra in sorted(lacking):
        from onthisday.adapters.installation import command_for

        print(f"to read them too, install the extra {extra}: {command_for(extra)}", file=sys.stderr)


def _show(
    args: argparse.Namespace, read: tuple[ReadDocument, ...], drafts: tuple[Draft, ...], ids: Ids
) -> None:
    if args.format == "json":
        print_json([draft_tree(draft, ids) for draft in drafts])
        return
    print("\n".join(draft_yaml(draft, ids) for draft in drafts), end="")
    known = sum(draft.entry is not None for draft in drafts)
    said = f"{counted(len(drafts), 'draft')} of {counted(len(read), 'document')}"
    already = f", {known} in the almanac already" if known else ""
    print(f"{said}{already}; --accept decides on each", file=sys.stderr)


def _say_living(hidden: int) -> None:
    if hidden:
        said = "of people who may be living, so not proposed; --all shows them"
        print(f"{counted(hidden, 'birth')} {said}", file=sys.stderr)
