"""An older and a newer program in one folder: neither reads what the other one has kept."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.caching.changes import begin, put
from tests.caching.looking import SEARCH, TODAY, titles
from tests.core.almanacs import ROOT

pytestmark = pytest.mark.program


class Program:
    """A copy of the program in a version of its own."""

    def __init__(self, folder: Path, version: str) -> None:
        self.place = folder / version
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "src" / "onthisday", self.place / "onthisday", ignore=ignored)
        named = self.place / "onthisday" / "version.py"
        named.write_text(named.read_text().replace('__version__ = "', f'__version__ = "{version}+'))

    def edit(self, module: str, old: str, new: str) -> None:
        """Change the code of a module."""
        path = self.place / "onthisday" / module
        code = path.read_text("utf-8")
        assert old in code
        path.write_text(code.replace(old, new), "utf-8")

    def tell(self, folder: Path, *words: str) -> str:
        """Return what a command prints."""
        environ = os.environ | {"PYTHONPATH": str(self.place)}
        done = subprocess.run(
            [sys.executable, "-m", "onthisday", *words],
            cwd=folder, env=environ, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout


@pytest.fixture
def programs(tmp_path: Path) -> tuple[Program, Program]:
    """Return an older and a newer program. In the newer one, a table has another name."""
    older, newer = Program(tmp_path, "1"), Program(tmp_path, "2")
    for module in ("compiled_file", "compiled_writer", "counts"):
        newer.edit(f"adapters/sqlite/{module}.py", "used_tags", "counted_tags")
    newer.edit("adapters/sqlite/search_file.py", "CREATE TABLE entries (", "CREATE TABLE them (")
    newer.edit("adapters/sqlite/search_file.py", "INSERT INTO entries", "INSERT INTO them")
    newer.edit("adapters/sqlite/search_file.py", "found JOIN entries", "found JOIN them")
    return older, newer


@pytest.mark.parametrize("words", [TODAY, SEARCH], ids=["today", "search"])
def test_programs_that_take_turns_each_tell_what_is_true(
    tmp_path: Path, programs: tuple[Program, Program], words: tuple[str, ...]
) -> None:
    folder = begin(tmp_path / "there").parent
    for turn, title in enumerate(("Old", "New", "Odd", "Own")):
        put(folder, title)
        for program in (*programs, programs[turn % 2]):
            assert titles(program.tell(folder, *words)) == {f"{title} thing", "Other thing"}


def test_an_older_program_that_has_the_cache_open_goes_on(
    tmp_path: Path, programs: tuple[Program, Program]
) -> None:
    folder, (older, newer) = begin(tmp_path / "there").parent, programs
    script = (
        "import sys, datetime, onthisday; almanac = onthisday.load('config.yaml')\n"
        "for _ in range(2):\n"
        "    day = almanac.on(datetime.date(2026, 2, 25))\n"
        "    print([each.title for each in day.occasions], flush=True); sys.stdin.readline()\n"
    )
    environ = os.environ | {"PYTHONPATH": str(older.place)}
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=folder, env=environ, stdin=pipe, stdout=pipe, text=True
    ) as open_one:
        assert open_one.stdin is not None
        assert open_one.stdout is not None
        first = open_one.stdout.readline()
        put(folder, "New")
        assert titles(newer.tell(folder, *TODAY)) == {"New thing", "Other thing"}
        open_one.stdin.write("\n\n")
        open_one.stdin.close()
        assert open_one.stdout.read() == first
    assert "Old thing" in first
    assert json.loads(older.tell(folder, *TODAY))["occasions"][0]["title"] == "New thing"


DIGEST = "from onthisday.app.program_digest import program_digest; print(program_digest())"


def test_a_program_is_the_same_while_python_compiles_it(tmp_path: Path) -> None:
    package = Program(tmp_path, "1").place / "onthisday"
    compiled = package / "app" / "__pycache__"

    def digest() -> str:
        environ = os.environ | {"PYTHONPATH": str(package.parent)}
        command = [sys.executable, "-c", DIGEST]
        return subprocess.run(
            command, env=environ, capture_output=True, check=True, text=True
        ).stdout

    before = digest()
    compiled.mkdir(exist_ok=True)
    (compiled / "cores.cpython-311.pyc.139812").write_bytes(b"half of it")
    assert digest() == before
    (package / "app" / "cores.py").write_text("MOST = 3\n")
    assert digest() != before
