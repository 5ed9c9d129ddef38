"""Every command works with stdin, stdout or stderr closed, as after `2>&-` in a script."""

import shlex
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.delivery.almanacs import write_config
from tests.delivery.sink import Answer, running_sink
from tests.website.fixtures import health, program_serving, wait_for

pytestmark = pytest.mark.program

PROGRAM = shlex.join((sys.executable, "-m", "onthisday"))


def run(folder: Path, words: str, closed: str) -> "subprocess.CompletedProcess[str]":
    line = f"{PROGRAM} {words} {closed}"
    return subprocess.run(
        ["bash", "-c", line], cwd=folder, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize("closed", ["2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize(
    ("words", "code"),
    [("today --date 2026-02-25", 0), ("check", 0), ("notices list", 0), ("channels list", 0),
     ("tick --dry-run --now 2026-02-25T09:00:00Z", 0), ("schema entry", 0), ("nonsense", 2),
     ("today --date nonsense", 2), ("notices show none", 1), ("--config none today", 1)],
)  # fmt: skip
def test_a_command_does_the_same_with_streams_closed(
    tmp_path: Path, words: str, code: int, closed: str
) -> None:
    write_config(tmp_path, "https://hooks.invalid/")
    done = run(tmp_path, words, closed)
    assert done.returncode == code
    if closed == "2>&-" and code == 0:
        assert done.stdout == run(tmp_path, words, "").stdout
    assert not (tmp_path / "var" / "onthisday.log").exists()


def test_no_line_of_the_log_gets_into_the_ledger(tmp_path: Path) -> None:
    with running_sink() as sink:
        sink.answer = lambda _: Answer(410)
        write_config(tmp_path, sink.url)
        ticked = run(tmp_path, "tick --now 2026-02-25T09:00:00Z", "<&- 2>&-")
        assert (ticked.returncode, ticked.stdout) == (0, "1 failed\n")
    for file in tmp_path.rglob("*.db*"):
        assert b"channel.off" not in file.read_bytes(), file
    with closing(sqlite3.connect(tmp_path / "var" / "onthisday.db")) as rows:
        assert rows.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_serve_starts_and_ends_with_stderr_closed(tmp_path: Path) -> None:
    write_config(tmp_path, "https://hooks.invalid/", enabled=False)
    line = f"exec {PROGRAM} serve --listen 127.0.0.1:0 2>&-"
    with program_serving("bash", "-c", line, cwd=tmp_path) as (home, process):
        wait_for(lambda: health(home)["ticked"] is not None)
        assert health(home)["status"] == "ok"
        process.terminate()
        assert process.wait(timeout=30) == 0
