"""Small almanacs on disk, for the tests of the core."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from onthisday.app.workspace import Almanac
from tests.aging import aged

ROOT = Path(__file__).parents[2]
"""The folder of the project. It holds the shipped almanac."""

PROGRAM = Path(sys.executable).with_name("onthisday")

DOCUMENTS = ({"id": "gazette", "title": "The Gazette"},)


def entry(entry_id: str, when: str, **more: Any) -> dict[str, Any]:
    """Return an entry as a tree."""
    title = f"What {entry_id} tells"
    return {"id": entry_id, "date": when, "title": title, "sources": [source()], **more}


def source(**more: Any) -> dict[str, Any]:
    """Return a citation as a tree."""
    return {"document": "gazette", **more}


def listed(*trees: Any) -> str:
    """Return trees as a list in YAML, one on each line."""
    return "".join(f"- {json.dumps(tree, ensure_ascii=False)}\n" for tree in trees)


def write(folder: Path, *entries: Any, config: str = "site: {}\n") -> Path:
    """Write an almanac and a config. Return the path of the config."""
    almanac = folder / "almanac"
    almanac.mkdir(parents=True, exist_ok=True)
    for name, trees in (("documents", DOCUMENTS), ("entries", entries)):
        (almanac / f"{name}.yaml").write_text(listed(*trees), encoding="utf-8")
        aged(almanac / f"{name}.yaml")
    path = folder / "config.yaml"
    path.write_text(config, encoding="utf-8")
    return aged(path)


def opened(folder: Path, *entries: Any, config: str = "site: {}\n") -> Almanac:
    """Write an almanac and open it."""
    return Almanac.open(str(write(folder, *entries, config=config)))


def run(
    folder: Path, *words: str, environ: Mapping[str, str] | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run `onthisday` in a folder, in a new process."""
    return subprocess.run(
        [str(PROGRAM), *words],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "TZ": "UTC", **(environ or {})},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
