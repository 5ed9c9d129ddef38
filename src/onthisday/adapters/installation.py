"""How this program was installed, and the command that adds an extra to it.

A message that names an extra must also name a command that works on this machine. So the command
depends on the tool that installed the program. Called if something is not installed: by `draft` and
by the sender of Apprise.

Why the command names the packages of the extra, and not the extra itself: the program's own wheel
may have been deleted, and a program that is only on the path was never installed. The packages can
always be had from the index. Only `uv tool` gets the extra, because it makes the environment anew
at each upgrade.
"""

import json
import os
import shlex
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal, NamedTuple
from urllib.parse import urlsplit
from urllib.request import url2pathname

NAME = "onthisday-almanac"
"""The name to install this program by. The package `onthisday` on the index is another program."""

EXTRAS = {
    "apprise": ("apprise",),
    "drafts": ("odfdo", "pypdf", "python-docx", "trafilatura", "lxml_html_clean"),
    "postgres": ("psycopg[binary]", "pgqueuer[psycopg]"),
}
"""The packages of each extra, as in pyproject.toml."""

Tool = Literal["pip", "pip elsewhere", "uv", "uv tool", "pipx"]
"""What installs packages into the program's environment.

`pip elsewhere`: the environment has no pip, so another pip must install into it.
"""


class Source(NamedTuple):
    """Where the program came from. If it came from an index, ``path`` and ``url`` are None.

    - ``path``: the file or folder on this machine.
    - ``editable``: it was installed as an editable folder.
    - ``url``: the URL, as PEP 508 writes it.
    """

    path: str | None = None
    editable: bool = False
    url: str | None = None


class Installation(NamedTuple):
    """How the program was installed.

    - ``python``: the path of the Python that runs it.
    - ``prefix``: the folder of its environment.
    - ``extras``: the extras that are installed.
    """

    tool: Tool
    python: str
    prefix: str
    source: Source = Source()
    extras: frozenset[str] = frozenset()


def command_for(extra: str) -> str:
    """Return the command that a person must type to add an extra to this program."""
    words = words_for(extra, this_installation())
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


def words_for(extra: str, installation: Installation) -> list[str]:
    """Return the command that adds an extra, as a list of words."""
    tool, python, prefix, source, there = installation
    packages = EXTRAS[extra]
    match tool:
        case "uv tool":
            return ["uv", "tool", "install", *_wanted(source, there | {extra})]
        case "pipx":
            return ["pipx", "inject", Path(prefix).name, *packages]
        case "uv":
            return ["uv", "pip", "install", "--python", python, *packages]
        case "pip elsewhere":
            return ["pip", "--python", python, "install", *packages]
        case "pip":
            return [python, "-m", "pip", "install", *packages]


def _wanted(source: Source, extras: frozenset[str]) -> list[str]:
    what = f"{source.path or NAME}[{','.join(sorted(extras))}]"
    if source.url:
        return [f"{what} @ {source.url}"]
    return ["--editable", what] if source.editable else [what]


def source_of(recorded: str) -> Source | None:
    """Return where the program came from, by the text of its ``direct_url.json`` (PEP 610).

    Return None if the text cannot be understood.
    """
    try:
        return _source_of(json.loads(recorded))
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _source_of(tree: dict[str, Any]) -> Source:
    parts = urlsplit(tree["url"])
    if "vcs_info" in tree:
        vcs = tree["vcs_info"]
        below = f"#subdirectory={tree['subdirectory']}" if "subdirectory" in tree else ""
        return Source(url=f"{vcs['vcs']}+{tree['url']}@{vcs['commit_id']}{below}")
    if parts.scheme == "file":
        editable = tree.get("dir_info", {}).get("editable") is True
        return Source(url2pathname(parts.path), editable)
    return Source(url=tree["url"])


def this_installation() -> Installation:
    """Find out how the program that runs now was installed."""
    source = _source()
    return Installation(_tool(source), sys.executable, sys.prefix, source or Source(), _extras())


def _tool(source: Source | None) -> Tool:
    if Path(sys.prefix, "uv-receipt.toml").exists():
        return "uv tool" if source else "uv"
    if Path(sys.prefix, "pipx_metadata.json").exists():
        return "pipx"
    if find_spec("pip"):
        return "pip"
    return "uv" if _record("INSTALLER").strip() == "uv" else "pip elsewhere"


def _source() -> Source | None:
    """Return where the program came from; None if that file or folder is no longer there."""
    recorded = _record("direct_url.json")
    source = source_of(recorded) if recorded else Source()
    return None if source and source.path and not os.path.exists(source.path) else source


def _extras() -> frozenset[str]:
    return frozenset(extra for extra, packages in EXTRAS.items() if all(map(_is_there, packages)))


def _is_there(package: str) -> bool:
    try:
        distribution(package.partition("[")[0])
    except PackageNotFoundError:
        return False
    return True


def _record(name: str) -> str:
    """Return the text of a file that the installer wrote about the program; "" if there is none."""
    try:
        return distribution(NAME).read_text(name) or ""
    except PackageNotFoundError:  # run from a folder that is only on the path
        return ""
