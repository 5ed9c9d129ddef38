"""What the program makes for itself may be read by this user alone."""

import os
import stat
from pathlib import Path

import pytest

from onthisday.cli.unexpected import log_traceback
from tests.core.almanacs import entry, run, write

pytestmark = [
    pytest.mark.program,
    pytest.mark.skipif(not hasattr(os, "getuid"), reason="this system has no modes"),
]


def modes(folder: Path) -> dict[str, str]:
    """Return the mode of each file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.name: f"{stat.S_IMODE(path.stat().st_mode):o}" for path in files}


@pytest.mark.parametrize(("hands_on", "mode"), [(False, "600"), (True, "660")])
def test_ledgers_copies_and_caches_are_this_users_alone_or_its_groups(
    tmp_path: Path, hands_on: bool, mode: str
) -> None:
    write(tmp_path, entry("a", "1956-02-25"))
    for name in ("var", "cache/onthisday"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name).chmod(0o2770 if hands_on else 0o755)
    caches = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    for words in (("today",), ("check",), ("tick",), ("notices", "backup", "var/copy.db")):
        told = run(tmp_path, *words, environ=caches)
        assert told.returncode in (0, 3), told.stderr
    made = {**modes(tmp_path / "var"), **modes(tmp_path / "cache")}
    assert {"onthisday.db", "copy.db"} <= set(made)
    assert set(made.values()) == {mode}, made


def test_the_log_of_an_unexpected_error_is_this_users_alone(tmp_path: Path) -> None:
    said = log_traceback(RuntimeError("a\x1bb"), str(tmp_path))
    assert "onthisday.log" in said
    log = tmp_path / "var" / "onthisday.log"
    assert modes(log.parent) == {"onthisday.log": "600"}
    assert "RuntimeError: a\\u001bb" in log.read_text()


def test_a_log_that_has_no_place_gets_a_name_that_nobody_can_prepare(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "var").write_text("in the way")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    first, second = (log_traceback(RuntimeError("x"), str(tmp_path)) for _ in range(2))
    assert first != second
    made = modes(tmp_path)
    del made["var"]
    assert len(made) == 2
    assert set(made.values()) == {"600"}
