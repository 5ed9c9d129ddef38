"""`onthisday search`: print the entries that have all words of a question."""

import argparse
import json
import sys
import textwrap
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from onthisday.app.caches import search_cache
from onthisday.app.workspace import Workspace
from onthisday.characters import spaced
from onthisday.cli.screen import styled
from onthisday.cli.showing import coloured, width
from onthisday.dates.zones import local_day
from onthisday.locales.locale import Locale, locale_of
from onthisday.search.finding import MOST_SHOWN, SHOWN, Found, Hit
from onthisday.search.marking import Marked
from onthisday.views import found_words

_BOLD, _ACCENT = "1", "36"


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the options of `search`."""
    parser.add_argument(
        "words", nargs="+", metavar="WORDS",
        help="an entry must have all of them; '\"in quotes\"': one after the other",
    )  # fmt: skip
    parser.add_argument(
        "--format", choices=("text", "json", "markdown"), default="text", help="default: text"
    )
    parser.add_argument(
        "--limit", type=_limit, default=SHOWN, metavar="N",
        help=f"at most so many, up to {MOST_SHOWN}; default: %(default)s",
    )  # fmt: skip


def main(args: argparse.Namespace) -> int:
    """Run `search`. Return the exit code."""
    from onthisday.app.searching import languages_of  # loaded here, as in `search_cache`

    workspace = Workspace(args.config)
    almanac = workspace.almanac()
    day = local_day(datetime.now(UTC), ZoneInfo(almanac.site.zone))
    library = almanac.library.published(day)
    locale, asked = locale_of(almanac.site.language), " ".join(args.words)
    found = search_cache(workspace).find(
        library, asked, args.limit, languages_of(almanac.site), almanac.site.own_language
    )
    if args.format == "json":
        from onthisday.search.as_json import tree_of

        print(json.dumps(tree_of(found, almanac.site.url), ensure_ascii=False, indent=2))
    elif args.format == "markdown":
        print("\n".join(_markdown(locale, found, almanac.site.url)))
    else:
        styled("".join(f"{line}\n" for line in _text(locale, found)), sys.stdout)
    return 0


def _limit(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= MOST_SHOWN:
        raise argparse.ArgumentTypeError(f'"{text}" is no number from 1 to {MOST_SHOWN}')
    return int(text)


def _text(locale: Locale, found: Found) -> Iterator[str]:
    colour = coloured()
    for hit in found.hits:
        yield from _lines(_when(locale, hit), 0, _ACCENT if colour else "")
        yield from _lines(hit.title.text, 0, _BOLD if colour else "")
        yield from _lines(hit.snippet.text, 2)
        yield ""
    yield found_words.found_words(locale, found.query.asked, len(found.hits), more=found.more)


def _lines(text: str, indent: int, style: str = "") -> Iterator[str]:
    """Yield a text in lines. Characters on which a terminal would act become spaces."""
    margin = " " * indent
    for line in textwrap.wrap(
        spaced(text), width(), initial_indent=margin, subsequent_indent=margin
    ):
        yield f"\x1b[{style}m{line}\x1b[0m" if style else line


def _when(locale: Locale, hit: Hit) -> str:
    withdrawn = found_words.search_words(locale)["withdrawn"] if hit.withdrawn else None
    return " · ".join(filter(None, (hit.when, hit.place, withdrawn)))


def _markdown(locale: Locale, found: Found, url: str) -> Iterator[str]:
    from onthisday.cli.markdown import escape

    for hit in found.hits:
        yield f"- [{escape(hit.title.text)}]({url}entries/{hit.id}/), {escape(_when(locale, hit))}"
        if hit.snippet.text:
            yield f"  {_bold(hit.snippet)}"
    yield from ("",) if found.hits else ()
    yield escape(
        found_words.found_words(locale, found.query.asked, len(found.hits), more=found.more)
    )


def _bold(text: Marked) -> str:
    from onthisday.cli.markdown import escape

    on, off = "\ue000", "\ue001"  # for private use, so no text has a meaning for them
    joined = "".join(f"{on}{piece}{off}" if hit else piece for piece, hit in text.pieces)
    return escape(joined).replace(on, "**").replace(off, "**")
