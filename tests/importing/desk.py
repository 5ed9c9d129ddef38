"""An almanac's folder, and the commands that a curator types there."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from onthisday.cli import main

CONFIG = "site: {title: Days, url: 'https://example.org/', zone: UTC}\nalmanac: almanac\n"


class Desk:
    """A folder with a config and an almanac, in which commands run."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capsys = folder, capsys
        self.almanac = folder / "almanac"
        self.almanac.mkdir(parents=True)
        (folder / "config.yaml").write_text(CONFIG, "utf-8")

    def run(self, *words: str | Path, code: int = 0) -> str:
        """Run a command, and return what it prints on both streams."""
        ended, told = self._run(words)
        assert ended == code, told
        return told

    def run_to_any_end(self, *words: str | Path) -> str:
        """Run a command that may fail, and return what it prints."""
        ended, told = self._run(words)
        assert ended in {0, 1}, told
        return told

    def _run(self, words: tuple[str | Path, ...]) -> tuple[int, str]:
        self._capsys.readouterr()
        ended = main([*map(str, words), "--config", str(self.folder / "config.yaml")])
        out, err = self._capsys.readouterr()
        return ended, out + err

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a file into the folder, and return its path."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def entries(self, name: str) -> list[dict[str, Any]]:
        """Return the items of a file of the almanac."""
        text = (self.almanac / name).read_text("utf-8")
        if name.endswith(".jsonl"):
            return [json.loads(line) for line in text.splitlines()]
        found = yaml.safe_load(text)
        assert isinstance(found, list)
        return found

    def files(self) -> dict[str, tuple[bytes, int]]:
        """Return the bytes and the time of each file of the almanac."""
        return {
            path.name: (path.read_bytes(), path.stat().st_mtime_ns)
            for path in sorted(self.almanac.iterdir())
        }
