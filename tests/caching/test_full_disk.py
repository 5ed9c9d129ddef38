"""On a full disk every command that only shows something goes on, and loses no cache."""

import sys
from pathlib import Path

import pytest

from tests.caching.changes import begin, put
from tests.caching.looking import LOOKS, SEARCH, TODAY, run_full, titles
from tests.checks.curating import Desk as Curating
from tests.checks.curating import cites, document
from tests.core.almanacs import entry

pytestmark = [
    pytest.mark.program,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of a file's size"),
]

ROOMS = [0, 4_096, 30_000, 100_000]
"""Bytes. A compiled almanac is larger, and its log is cut at another place each time."""


@pytest.mark.parametrize("words", [TODAY, SEARCH], ids=["today", "search"])
@pytest.mark.parametrize("room", ROOMS)
def test_what_is_true_is_shown_though_no_cache_can_be_made(
    tmp_path: Path, room: int, words: tuple[str, ...]
) -> None:
    folder = begin(tmp_path / "there").parent
    done = run_full(folder, room, *words)
    assert (done.returncode, done.stderr) == (0, "")
    assert titles(done.stdout) == {"Old thing", "Other thing"}


@pytest.mark.parametrize("words", [TODAY, SEARCH], ids=["today", "search"])
@pytest.mark.parametrize("room", ROOMS)
def test_an_edit_is_shown_though_the_cache_cannot_be_changed_and_the_cache_stays(
    tmp_path: Path, room: int, words: tuple[str, ...]
) -> None:
    folder = begin(tmp_path / "there").parent
    assert LOOKS[words[0]](folder) == {"Old thing", "Other thing"}
    cache = folder / "var" / "cache" / "config.yaml.db"
    inode = cache.stat().st_ino
    put(folder, "New")
    done = run_full(folder, room, *words)
    assert (done.returncode, done.stderr) == (0, "")
    assert titles(done.stdout) == {"New thing", "Other thing"}
    assert cache.stat().st_ino == inode, "it is not damaged"
    for look in LOOKS.values():
        assert look(folder) == {"New thing", "Other thing"}


@pytest.mark.parametrize("room", ROOMS)
def test_check_tells_its_findings_on_a_full_disk(tmp_path: Path, room: int) -> None:
    folder = begin(tmp_path / "there").parent
    assert run_full(folder, room, "check").stdout.startswith("2 entries")
    put(folder, "New")
    (folder / "almanac" / "bad.jsonl").write_text("{")
    done = run_full(folder, room, "check")
    named = "cannot be written" in done.stderr or "bad.jsonl:1" in done.stdout
    assert (done.returncode in {1, 3}, named) == (True, True), done
    (folder / "almanac" / "bad.jsonl").unlink()
    assert run_full(folder, room, "check").stdout.startswith("2 entries")


@pytest.mark.parametrize("room", [0, 20_000])
def test_an_import_says_that_there_is_no_room_and_changes_nothing(
    tmp_path: Path, room: int
) -> None:
    folder = begin(tmp_path / "there").parent
    before = {path: path.read_bytes() for path in (folder / "almanac").iterdir()}
    (folder / "town.csv").write_text("date,title\n1904-01-07,A mill opens\n")
    done = run_full(folder, room, "import", "csv", "town.csv")
    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert {path: path.read_bytes() for path in (folder / "almanac").iterdir()} == before


def test_passages_are_proved_though_they_cannot_be_remembered(tmp_path: Path) -> None:
    text = "On Tuesday the mill burned down.\n"
    desk = Curating(tmp_path)
    desk.hold("book", text)
    cited = entry("a", "1956", sources=[cites("book", (0, 32))])
    desk.write([cited], [document("book", text)])
    assert desk.check().findings == ()
    desk.hold("book", f"A heading.\n{text}")
    words = ("check", "--documents", str(tmp_path / "texts"))
    told = run_full(tmp_path, 0, *words).stdout
    assert "the passage moved to 11" in told
    assert run_full(tmp_path, 0, *words).stdout == told, "the memory is as it was"
