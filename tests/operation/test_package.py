"""The package, installed as people install it: by pip and by uv, from a wheel, the folder, git.

Each time it is installed without extras. The command that the program then names for reading PDF is
run as it is printed. The wheel is built once, as deploy/package.py builds it.
"""

import os
import shlex
import subprocess
import sys
import urllib.request
import venv
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pytest

from onthisday.version import __version__
from tests.drafts.formats import pdf_of
from tests.website.fixtures import SHIPPED, program_serving

pytestmark = [pytest.mark.program, pytest.mark.slow]

UV = Path(sys.executable).with_name("uv")
LETTER = "On 3 May 1886 Anna Weber opened the school."


def run(*words: str | Path, cwd: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a program to its end; fail with what it says."""
    done = subprocess.run(
        [str(word) for word in words], cwd=cwd, env={**os.environ, **environ},
        capture_output=True, text=True, check=False, timeout=280,
    )  # fmt: skip
    assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel out of the source archive, as an index would have both."""
    folder = tmp_path_factory.mktemp("dist")
    run(UV, "build", "--python", sys.executable, "--out-dir", folder, cwd=SHIPPED)
    (found,) = folder.glob("*.whl")
    return found


class Quiet(SimpleHTTPRequestHandler):
    """Serves files, and says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the library has it
        pass


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a repository that holds what is in this folder now, served over HTTP."""
    folder = tmp_path_factory.mktemp("git")
    run("git", "init", "--quiet", "--bare", folder / "history.git", cwd=SHIPPED)
    git = ("git", "--git-dir", folder / "history.git")
    who = ("-c", "user.name=test", "-c", "user.email=test@example.org", "-c", "core.bare=false")
    run(*git, *who, "--work-tree", SHIPPED, "add", "--all", cwd=SHIPPED)
    run(*git, *who, "--work-tree", SHIPPED, "commit", "--quiet", "--message", "All", cwd=SHIPPED)
    run(*git, "update-server-info", cwd=SHIPPED)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    with server:
        Thread(target=server.serve_forever).start()
        yield f"git+http://127.0.0.1:{server.server_port}/history.git"
        server.shutdown()


class Home(NamedTuple):
    """Where a tool installs programs: a folder, and the environment that says so."""

    folder: Path
    environ: dict[str, str]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home of its own for `uv tool`, with the Python of these tests."""
    return Home(tmp_path, {
        "UV_TOOL_DIR": str(tmp_path / "tools"), "UV_TOOL_BIN_DIR": str(tmp_path / "bin"),
        "UV_PYTHON": os.path.realpath(sys.executable), "UV_PYTHON_DOWNLOADS": "never",
        "PATH": f"{UV.parent}{os.pathsep}{os.environ['PATH']}",
    })  # fmt: skip


def installed_by_pip(home: Home, what: str) -> Path:
    """Install with pip, into an environment of its own; return the program."""
    venv.create(home.folder / "venv", with_pip=True)
    pip = (home.folder / "venv" / "bin" / "python", "-m", "pip", "install", "--quiet")
    run(*pip, what, cwd=home.folder)
    return home.folder / "venv" / "bin" / "onthisday"


def installed_by_uv(home: Home, what: str) -> Path:
    """Install with `uv tool`; return the program."""
    run(UV, "tool", "install", "--quiet", what, cwd=home.folder, **home.environ)
    return home.folder / "bin" / "onthisday"


def works(program: Path, home: Home) -> None:
    """Do what the README says with an installed program, and follow its advice about PDF."""
    assert run(program, "--version", cwd=home.folder).stdout == f"onthisday {__version__}\n"
    run(program, "init", "history", cwd=home.folder)
    almanac, texts = home.folder / "history", home.folder / "texts"
    assert "0 errors, 0 warnings" in run(program, "check", cwd=almanac).stdout
    assert "Apollo 11" in run(program, "today", "--date", "2026-07-20", cwd=almanac).stdout
    run(program, "build", "public", cwd=almanac)
    assert (almanac / "public" / "feed.atom").exists()

    texts.mkdir()
    (texts / "note.txt").write_text("On 4 May 1887 the bridge was opened.\n")
    (texts / "letter.pdf").write_bytes(pdf_of([LETTER]))
    without = run(program, "draft", texts, cwd=almanac)
    assert '"1887-05-04"' in without.stdout
    assert "letter.pdf: is PDF, and what reads PDF is not installed" in without.stderr
    *_, command = without.stderr.partition("install the extra drafts: ")
    run(*shlex.split(command.splitlines()[0]), cwd=almanac, **home.environ)
    assert '"1886-05-03"' in run(program, "draft", texts, cwd=almanac).stdout


def test_a_wheel_is_installed_by_pip(wheel: Path, home: Home) -> None:
    works(installed_by_pip(home, str(wheel)), home)


def test_the_repository_is_installed_by_pip(repository: str, home: Home) -> None:
    works(installed_by_pip(home, repository), home)


def test_a_wheel_is_installed_by_uv(wheel: Path, home: Home) -> None:
    works(installed_by_uv(home, str(wheel)), home)


def test_the_folder_is_installed_by_uv(home: Home) -> None:
    works(installed_by_uv(home, str(SHIPPED)), home)


def test_the_repository_is_installed_by_uv(repository: str, home: Home) -> None:
    works(installed_by_uv(home, repository), home)


def test_the_readmes_command_serves_the_shipped_almanac_from_a_fresh_copy(tmp_path: Path) -> None:
    shown = (SHIPPED / "README.md").read_text("utf-8").partition("<!-- serve -->")[2]
    (command,) = shown.partition("```sh\n")[2].partition("```")[0].splitlines()
    files = run("git", "ls-files", "--cached", "--others", "--exclude-standard", cwd=SHIPPED)
    for name in files.stdout.splitlines():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((SHIPPED / name).read_bytes())
    config = tmp_path / "config.yaml"
    config.write_text(config.read_text("utf-8").replace("127.0.0.1:8080\n", "127.0.0.1:0\n"))
    path = f"{Path(os.path.realpath(sys.executable)).parent}{os.pathsep}{os.environ['PATH']}"
    ended = command.replace("&& .venv/bin/onthisday", "&& exec .venv/bin/onthisday")  # by a signal
    with (
        program_serving("bash", "-c", ended, cwd=tmp_path, PATH=path) as (address, _),
        urllib.request.urlopen(f"{address}entries/secret-speech/", timeout=20) as page,
    ):
        assert b"Khrushchev denounces" in page.read()


def test_the_wheel_holds_the_program_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0].partition("-")[0] for name in names} == {
        "onthisday", "onthisday_almanac"
    }  # fmt: skip
    assert not [name for name in names if name.endswith((".pyc", ".db"))]
    assert "onthisday/site/templates/entry.html" in names
