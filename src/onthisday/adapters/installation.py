"""How this program was installed, and the command that adds an extra to it.

A message that names an extra must name a command that works where the program runs. So the command
depends on the tool that installed the program, and on the place it was installed from. Called where
something is missing: `draft` and the sender of Apprise.
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
"""The name of the distribution. The package `onthisday` on the index is a stranger's program."""

EXTRAS = {"apprise": "apprise", "drafts": "pypdf"}
"""Each extra, and a module that is there if the extra is."""

Tool = Literal["pip", "uv", "uv tool", "pipx"]


class Installation(NamedTuple):
    """How the program was installed.

    ``source`` is what ``direct_url.json`` records (PEP 610). It is None if the program came from an
    index. ``extras`` are the extras that are there.
    """

    tool: Tool
    python: str
    source: dict[str, Any] | None
    extras: frozenset[str] = frozenset()


def command_for(extra: str) -> str:
    """Return the command that adds an extra to the program that runs now."""
    words = words_for(extra, this_installation())
    return subprocess.list2cmdline(words) if os.name == "nt" else shlex.join(words)


def words_for(extra: str, installation: Installation) -> list[str]:
    """Return the words of the command that adds an extra.

    The extras that are there are named too: `uv tool` and pipx make the environment anew.
    """
    tool, python, source, extras = installation
    names = ",".join(sorted(extras | {extra}))
    wanted = [*_editable(source), _requirement(source, names)]
    match tool:
        case "uv tool":
            return ["uv", "tool", "install", *wanted]
        case "pipx":
            return ["pipx", "install", "--force", *wanted]
        case "uv":
            return ["uv", "pip", "install", "--python", python, *wanted]
        case "pip":
            return [python, "-m", "pip", "install", *wanted]


def _editable(source: dict[str, Any] | None) -> list[str]:
    folder = (source or {}).get("dir_info", {})
    return ["--editable"] if folder.get("editable") else []


def _requirement(source: dict[str, Any] | None, extras: str) -> str:
    """Return what to install (PEP 508), or a path where it came from this machine."""
    if source is None:
        return f"{NAME}[{extras}]"
    url: str = source["url"]
    if "vcs_info" in source:
        vcs = source["vcs_info"]
        below = f"#subdirectory={source['subdirectory']}" if "subdirectory" in source else ""
        return f"{NAME}[{extras}] @ {vcs['vcs']}+{url}@{vcs['commit_id']}{below}"
    parts = urlsplit(url)
    if parts.scheme == "file":
        return f"{url2pathname(parts.path)}[{extras}]"
    return f"{NAME}[{extras}] @ {url}"


def this_installation() -> Installation:
    """Read how the program that runs now was installed."""
    return Installation(_tool(), sys.executable, _source(), _extras())


def _tool() -> Tool:
    if Path(sys.prefix, "uv-receipt.toml").exists():
        return "uv tool"
    if Path(sys.prefix, "pipx_metadata.json").exists():
        return "pipx"
    return "pip" if find_spec("pip") else "uv"


def _source() -> dict[str, Any] | None:
    try:
        recorded = distribution(NAME).read_text("direct_url.json")
    except PackageNotFoundError:  # run from a folder that is only on the path
        recorded = None
    found: dict[str, Any] | None = json.loads(recorded) if recorded else None
    return found


def _extras() -> frozenset[str]:
    return frozenset(extra for extra, module in EXTRAS.items() if find_spec(module))
