"""Completion in the shells themselves: what the Tab key offers."""

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.program

CONFIG = (
    "channels:\n"
    "  - {name: history-room, type: webhook, url: 'https://hooks.invalid/1'}\n"
    "  - {name: family-room, type: webhook, url: 'https://hooks.invalid/2'}\n"
)

OFFERED = [
    ("onthisday to", {"today"}),
    ("onthisday ch", {"channels", "check"}),
    ("onthisday today --ex", {"--explain"}),
    ("onthisday today --kind d", {"death"}),
    ("onthisday today --zone Europe/Lond", {"Europe/London"}),
    ("onthisday notices re", {"release", "replay", "restore", "retract"}),
    ("onthisday channels preview h", {"history-room"}),
    ("onthisday --config other.yaml channels preview h", {"hill-room"}),
    ("onthisday channels --config other.yaml test ", {"hill-room", "family-room"}),
    ("onthisday schema o", {"occasions"}),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two configs."""
    (tmp_path / "config.yaml").write_text(CONFIG)
    (tmp_path / "other.yaml").write_text(CONFIG.replace("history-", "hill-"))
    return tmp_path


def shell(name: str) -> str:
    """Return the path of a shell; skip the test if it is not there."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"there is no {name}: apt install {name}")
    return found


def environ() -> dict[str, str]:
    programs = os.path.dirname(sys.executable)
    return os.environ | {"PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"}


def said(folder: Path, *words: str) -> set[str]:
    done = subprocess.run(
        words, cwd=folder, env=environ(), capture_output=True, text=True, check=True, timeout=60
    )
    return {line.split("\t")[0].strip() for line in done.stdout.splitlines()} - {""}


BASH = """
source <(onthisday --completion bash)
read -ra COMP_WORDS <<< "$1"; [[ $1 == *" " ]] && COMP_WORDS+=("")
COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE=$1 COMP_POINT=${#1} COMP_TYPE=9
_python_argcomplete onthisday "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD-1]}"
printf '%s\\n' "${COMPREPLY[@]}"
"""


@pytest.mark.parametrize(("line", "offered"), OFFERED)
def test_bash_offers_what_may_follow(folder: Path, line: str, offered: set[str]) -> None:
    assert said(folder, shell("bash"), "-c", BASH, "bash", line) == offered


@pytest.mark.parametrize(("line", "offered"), OFFERED)
def test_fish_offers_what_may_follow(folder: Path, line: str, offered: set[str]) -> None:
    load = "onthisday --completion fish | source; complete --do-complete $argv[1]"
    assert said(folder, shell("fish"), "--no-config", "-c", load, line) == offered


def test_zsh_completes_a_channel(folder: Path) -> None:
    typed = (
        "autoload -U compinit; compinit -u; source <(onthisday --completion zsh); echo rea''dy\n"
    )
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(folder)
        os.execve(shell("zsh"), ["zsh", "-f", "-i"], environ() | {"TERM": "dumb"})
    os.write(terminal, typed.encode())
    seen(terminal, "ready")
    os.write(terminal, b"onthisday channels preview his\t")
    seen(terminal, "history-room")
    os.write(terminal, b"\x15exit\n")
    os.waitpid(process, 0)
    os.close(terminal)


def seen(terminal: int, text: str) -> None:
    """Read a terminal until it shows a text; fail if it never does."""
    shown, until = "", time.monotonic() + 30
    while text not in shown and time.monotonic() < until:
        if select.select([terminal], [], [], 1)[0]:
            shown += os.read(terminal, 65536).decode(errors="replace")
    assert text in shown, shown


def test_a_config_that_is_broken_offers_nothing_and_says_nothing(folder: Path) -> None:
    (folder / "config.yaml").write_text("channels: [")
    line = "onthisday channels preview h"
    assert said(folder, shell("bash"), "-c", BASH, "bash", line) == set()
