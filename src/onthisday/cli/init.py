"""`onthisday init DIR`: write a small almanac with its config, ready to serve."""

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

from onthisday.adapters.files.writing import write_atomically
from onthisday.dates.zones import parse_zone
from onthisday.errors import Unwritable, system_words
from onthisday.schema.config_schema import parse_site_url, parse_tag_authority, parse_title

_CONFIG = """\
# `onthisday check` says what is wrong with this file and with the almanac.
site:
  title: {title}
  url: {url}
  zone: {zone}          # whose midnight turns the feeds and pages
  language: en
  tag: "{tag}"          # ids are made of it; never change it once people subscribe
almanac: almanac
listen: 127.0.0.1:8080
channels: []
#  - name: history-room
#    type: slack                    # `onthisday schema config` lists the services
#    url: ${{SLACK_URL}}            # from the environment, so that no secret is in this file
#    at: "09:00"
"""

_DOCUMENTS = """\
# The documents that the almanac rests on. id and title are required.
- id: our-notes
  title: Notes of the curators
  published: "{today}"
- id: apollo-11-mission-report
  title: Apollo 11 Mission Report
  publisher: NASA Manned Spacecraft Center
  published: "1969-11"
  reference: MSC-00171
"""

_ENTRIES = """\
# Entries: one dated fact each, with its source. `onthisday schema entry` lists every key.
- id: almanac-begins
  date: "{today}"
  title: This almanac begins
  summary: An entry to look at, and to replace by the first of your own.
  sources:
    - document: our-notes

- id: moon-landing
  date: "1969-07-20"
  title: Apollo 11 lands on the Moon
  summary: >
    Neil Armstrong and Buzz Aldrin set the lunar module down in the Sea of Tranquility, while
    Michael Collins stayed in orbit above them.
  place: Sea of Tranquility
  tags: [space]
  sources:
    - document: apollo-11-mission-report
"""

_IGNORED = "var/\npublic/\n.env\n"

_FILES = ("config.yaml", "almanac/documents.yaml", "almanac/almanac.yaml", ".gitignore")
"""The files to write, in this order."""

_TITLE = ("Title", "On this day")
_ADDRESS = ("Address, once it is public", "https://example.org/")

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


def main(args: argparse.Namespace) -> int:
    """Run `init`. Return the exit code."""
    folder = Path(args.folder)
    for name in _FILES:
        if (folder / name).exists():
            raise Unwritable(str(folder / name), "is there already; choose an empty folder")
    title = _given("--title", args.title, parse_title) or _asked(*_TITLE, parse_title)
    url = _given("--url", args.url, parse_site_url) or _asked(*_ADDRESS, parse_site_url)
    zone = _given("--zone", args.zone, _zone) or _asked("Time zone", "UTC", _zone)
    _write(folder, _files(title, url, zone, datetime.now(UTC).date()))
    _say_what_next(args.folder)
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


def _files(title: str, url: str, zone: str, today: date) -> dict[str, str]:
    quoted = '"' + title.replace("\\", "\\\\").replace('"', '\\"') + '"'
    tag = f"{_authority(url)},{today.year}"
    config = _CONFIG.format(title=quoted, url=url, zone=zone, tag=tag)
    texts = (config, _DOCUMENTS.format(today=today), _ENTRIES.format(today=today), _IGNORED)
    return dict(zip(_FILES, texts, strict=True))


def _write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        try:
            write_atomically(folder / name, text.encode())
        except OSError as error:
            message = f"cannot be written: {system_words(error)}"
            raise Unwritable(str(folder / name), message) from error


def _say_what_next(folder: str) -> None:
    print(f"""\
{folder}: an almanac with two entries.
  cd {folder}
  onthisday today      what happened on this day
  onthisday serve      feeds and pages on http://127.0.0.1:8080/
  onthisday check      after each edit of almanac/ or config.yaml
Then put your documents into almanac/documents.yaml and your entries beside it.""")
