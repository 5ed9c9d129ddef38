"""Write small almanacs on the disk, with channels that send to a sink; run the program on them."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.aging import aged


def entry_tree(entry_id: str, date: str = "1956-02-25", **keys: Any) -> dict[str, Any]:
    """Return an entry in the form in which a curator writes it."""
    tree = {"id": entry_id, "date": date, "kind": "event", "title": f"The {entry_id}"}
    return tree | {"sources": [{"document": "paper"}], **keys}


def write_almanac(folder: Path, *entries: dict[str, Any]) -> None:
    """Write entries and the document that they cite."""
    almanac = folder / "almanac"
    almanac.mkdir(parents=True, exist_ok=True)
    documents = almanac / "documents.yaml"
    documents.write_text('[{"id": "paper", "title": "A paper"}]')
    lines = "".join(json.dumps(entry) + "\n" for entry in entries)
    (almanac / "entries.jsonl").write_text(lines)
    aged(documents)
    aged(almanac / "entries.jsonl")


def write_config(folder: Path, url: str, count: int | None = None, **keys: Any) -> str:
    """Write an almanac with one entry, and a config with one channel or ``count`` channels."""
    write_almanac(folder, entry_tree("speech"))
    names = ["room"] if count is None else [f"room{n}" for n in range(count)]
    channels = [
        {"name": name, "type": "webhook", "url": f"{url}{name}", "private_addresses": True, **keys}
        for name in names
    ]
    return write_channels(folder, *channels)


DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010100000000376ef9240000000a4944415478"
    "9c63680000008200814cd3d7c90000000049454e44ae426082"
)
"""A picture: a PNG of one pixel."""


def write_picture(folder: Path, channel: dict[str, Any], **keys: Any) -> str:
    """Write an almanac with one entry that has a picture, and a config with one channel."""
    image = {"file": "mill.png", "alt": "The mill", "credit": "Archive", "license": "CC0"} | keys
    write_almanac(folder, entry_tree("speech", image=image))
    (folder / "almanac" / "mill.png").write_bytes(DOT)
    aged(folder / "almanac" / "mill.png")
    return write_channels(folder, {"private_addresses": True, **channel})


def write_channels(folder: Path, *channels: dict[str, Any], **keys: Any) -> str:
    """Write a config with these channels; return its path."""
    site = {"url": "https://example.org/", "tag": "example.org,2026"}
    config = folder / "config.yaml"
    config.write_text(json.dumps({"site": site, "channels": list(channels), **keys}))
    return str(aged(config))


def run(folder: Path, *words: str, **environ: str) -> "subprocess.CompletedProcess[str]":
    """Run a command of the program in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "onthisday", *words],
        cwd=folder,
        env=os.environ | environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
