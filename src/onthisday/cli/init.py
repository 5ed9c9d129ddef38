"""`onthisday init DIR`: write a small almanac with its config, ready to serve.

What the files say is in init_files.py.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from onthisday.adapters.files.writing import write_atomically
from onthisday.cli import init_files
from onthisday.cli.options import spoken
from onthisday.dates.zones import parse_zone
from onthisday.errors import Unwritable, system_words
from onthisday.locales.locale import ENGLISH, Locale, locale_of
from onthisday.schema.config_schema import parse_site_url, parse_tag_authority, parse_title

_IGNORED = "var/\npublic/\n.env\n"

_FILES = ("config.yaml", "almanac/documents.yaml", "almanac/almanac.yaml", ".gitignore")
"""The files to write, in this order."""

_MOST_ASKED = 10
"""How often one question is asked. Then we stop, because a program may be giving the answers."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `init`."""
    parser.add_argument("folder", metavar="DIR", help="the folder; it is made if it is missing")
    parser.add_argument("--title", help="the name of the feeds and pages")
    parser.add_argument("--url", help="where readers will find it")
    parser.add_argument(
        "--zone", help="the time zone whose midnight begins a day, such as Europe/London"
    )
    parser.add_argument(
        "--language", type=spoken, default=ENGLISH.tag, metavar="L",
        help="the language of the almanac and of its comments; default: en",
    )  # fmt: skip


def main(args: argparse.Namespace) -> int:
    """Run `init`. Return the exit code."""
    folder = Path(args.folder)
    for name in _FILES:
        if (folder / name).exists():
            raise Unwritable(str(folder / name), "is there already; choose an empty folder")
    locale = locale_of(args.language)
    title = _given("--title", args.title, parse_title) or _asked(
        locale.pgettext("init", "Title"), init_files.title(locale), parse_title
    )
    url = _given("--url", args.url, parse_site_url) or _asked(
        locale.pgettext("init", "Address, once it is public"),
        "https://example.org/",
        parse_site_url,
    )
    zone = _given("--zone", args.zone, _zone) or _asked(
        locale.pgettext("init", "Time zone"), "UTC", _zone
    )
    _write(folder, _files(locale, title, url, zone, datetime.now(UTC).date()))
    print("\n".join(_what_next(locale, args.folder)))
    return 0


def _given(option: str, text: str | None, read: Callable[[str], str]) -> str | None:
    """Return the value of an option, or None. Raises Unwritable if the value is not valid."""
    try:
        return read(text) if text else None
    except ValueError as error:
        raise Unwritable(option, str(error)) from error


def _asked(what: str, default: str, read: Callable[[str], str]) -> str:
    """Ask on a terminal until the answer is valid. If there is no terminal, take the default."""
    if not sys.stdin.isatty():
        return read(default)
    for _ in range(_MOST_ASKED):
        try:
            return read(input(f"{what} [{default}]: ").strip() or default)
        except ValueError as error:
            print(f"  {error}")
        except EOFError:
            break
    print()
    raise Unwritable(what, "was not answered, and nothing is written; begin again")


def _zone(text: str) -> str:
    return parse_zone(text).key


def _authority(url: str) -> str:
    """Return the host of a URL, which becomes a part of every id.

    Return example.org if RFC 4151 does not allow the host.
    """
    host = urlsplit(url).hostname or ""
    try:
        return parse_tag_authority(f"{host.encode('idna').decode()},2000").partition(",")[0]
    except ValueError:
        return "example.org"


def _files(locale: Locale, title: str, url: str, zone: str, today: date) -> dict[str, str]:
    tag = f"{_authority(url)},{today.year}"
    texts = (
        init_files.config(locale, title, url, zone, tag),
        init_files.documents(locale, today),
        init_files.entries(locale, today),
        _IGNORED,
    )
    return dict(zip(_FILES, texts, strict=True))


def _write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        try:
            write_atomically(folder / name, text.encode())
        except OSError as error:
            message = f"cannot be written: {system_words(error)}"
            raise Unwritable(str(folder / name), message) from error


def _what_next(locale: Locale, folder: str) -> Iterator[str]:
    """Yield the lines that say what to do next. The commands stand in a column."""
    yield locale.pgettext("init", "{folder}: an almanac with two entries.", folder=folder)
    yield f"  cd {folder}"
    for command, what in (
        ("today", locale.pgettext("init", "what happened on this day")),
        (
            "serve",
            locale.pgettext("init", "feeds and pages on {url}", url="http://127.0.0.1:8080/"),
        ),
        ("check", locale.pgettext("init", "after each edit of almanac/ or config.yaml")),
    ):
        yield f"  onthisday {command}      {what}"
    yield locale.pgettext(
        "init", "Then put your documents into almanac/documents.yaml and your entries beside it."
    )
