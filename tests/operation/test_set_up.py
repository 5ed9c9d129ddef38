"""deploy/github/set_up.py: what it puts into a repository can be installed, and edits stay."""

import os
import runpy
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.website.fixtures import SHIPPED, write_almanac

FOLDER = SHIPPED / "deploy" / "github"
PACKAGE = FOLDER.parent / "package.py"
SHIPPED_WORKFLOW = (FOLDER / "onthisday.yaml").read_text()


NO_INDEX = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": "", "PIP_CONFIG_FILE": os.devnull}


def set_up(folder: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    return run(FOLDER / "set_up.py", str(folder), **environ)


def run(script: Path, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(script), *words], env={**os.environ, **environ},
        capture_output=True, text=True, check=False, timeout=200,
    )  # fmt: skip


def install_as_the_workflow_does(folder: Path, python: Path) -> subprocess.CompletedProcess[str]:
    """Run the line of the workflow that installs, with the pip of a Python."""
    steps = yaml.safe_load(SHIPPED_WORKFLOW)["jobs"]["send"]["steps"]
    (step,) = (step for step in steps if "pip install" in step.get("run", ""))
    _, *words = step["run"].split()
    return subprocess.run(
        [str(python), "-m", "pip", *words], cwd=folder / step["working-directory"],
        capture_output=True, text=True, check=False, timeout=280,
    )  # fmt: skip


@pytest.mark.program
@pytest.mark.slow
def test_one_command_brings_all_that_the_workflow_installs_and_pip_takes_nothing_else(
    tmp_path: Path,
) -> None:
    almanac, python = tmp_path / "almanac", tmp_path / "venv" / "bin" / "python"
    almanac.mkdir()
    write_almanac(almanac)
    said = set_up(almanac)
    assert said.returncode == 0, said.stderr
    assert "commit .github" in said.stdout
    assert "not the top of a git repository" in said.stdout
    assert (almanac / ".github" / "workflows" / "onthisday.yaml").read_text() == SHIPPED_WORKFLOW

    venv.create(tmp_path / "venv", with_pip=True)
    program = almanac / ".github" / "onthisday"
    (wheel,) = program.glob("onthisday*.whl")
    as_built = wheel.read_bytes()
    wheel.write_bytes(as_built + b"\0")
    refused = install_as_the_workflow_does(almanac, python)
    assert refused.returncode != 0
    assert "DO NOT MATCH THE HASHES" in refused.stderr
    wheel.write_bytes(as_built)
    installed = install_as_the_workflow_does(almanac, python)
    assert installed.returncode == 0, installed.stderr
    check = [str(python.with_name("onthisday")), "check"]
    subprocess.run(check, cwd=almanac, check=True, timeout=60, capture_output=True)

    before = {path: path.read_bytes() for path in program.iterdir()}
    assert set_up(almanac).returncode == 0
    assert {path: path.read_bytes() for path in program.iterdir()} == before, "the same bytes"

    (program / "of-mine.whl").write_bytes(b"")
    assert set_up(almanac, **NO_INDEX).returncode == 1
    (program / "of-mine.whl").unlink()
    assert {path: path.read_bytes() for path in program.iterdir()} == before, "nothing is lost"


@pytest.mark.program
def test_a_folder_that_is_no_almanac_gets_nothing(tmp_path: Path) -> None:
    said = set_up(tmp_path)
    assert said.returncode == 1
    assert (
        said.stderr == f"set_up.py: {tmp_path} has no config.yaml; name the folder of an almanac\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.program
def test_a_folder_with_requirements_of_ones_own_keeps_its_files(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text("flask==3\n")
    (tmp_path / "mine.whl").write_bytes(b"")
    said = run(PACKAGE, str(tmp_path), "--requirements", "program.txt")
    said_of = tmp_path / "requirements.txt"
    assert f"package.py: {said_of} is not from package.py; name a folder of" in said.stderr
    assert (tmp_path / "requirements.txt").read_text() == "flask==3\n"
    assert (tmp_path / "mine.whl").exists()


@pytest.mark.program
def test_a_folder_that_cannot_be_made_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").touch()
    (tmp_path / ".github").touch()
    said = set_up(tmp_path)
    folder = tmp_path / ".github" / "onthisday"
    assert said.stderr == f"package.py: {folder} cannot be made: Not a directory\n"


@pytest.mark.program
@pytest.mark.slow
def test_the_checkout_may_stand_in_a_folder_of_any_name(tmp_path: Path) -> None:
    checkout = tmp_path / "it's; a #copy"
    for part in ("pyproject.toml", "README.md", "LICENSE", "src", "deploy"):
        copy = shutil.copytree if (SHIPPED / part).is_dir() else shutil.copyfile
        (checkout / part).parent.mkdir(exist_ok=True)
        copy(SHIPPED / part, checkout / part)
    made = tmp_path / "made"
    said = run(checkout / "deploy" / "package.py", str(made))
    assert said.returncode == 0, said.stderr
    assert len(list(made.glob("*.whl"))) == 2


@pytest.fixture(scope="module")
def write() -> Callable[[Path, Path], None]:
    found: Callable[[Path, Path], None] = runpy.run_path(str(FOLDER / "set_up.py"))[
        "write_workflow"
    ]
    return found


def files(folder: Path, *, edited: str, before: str) -> tuple[Path, Path]:
    """Write the workflow that somebody has now, and the one that an earlier set-up has written."""
    workflow, shipped = folder / "workflows" / "onthisday.yaml", folder / "workflow-as-shipped.yaml"
    workflow.parent.mkdir()
    workflow.write_text(edited)
    shipped.write_text(before)
    return workflow, shipped


EARLIER = SHIPPED_WORKFLOW.replace("onthisday build public", "onthisday build site")


def test_a_workflow_that_nobody_edited_is_renewed(
    tmp_path: Path, write: Callable[[Path, Path], None]
) -> None:
    workflow, before = files(tmp_path, edited=EARLIER, before=EARLIER)
    write(workflow, before)
    assert workflow.read_text() == before.read_text() == SHIPPED_WORKFLOW


def test_a_workflow_that_is_no_text_is_left_alone(
    tmp_path: Path, write: Callable[[Path, Path], None]
) -> None:
    workflow, before = files(tmp_path, edited="", before=EARLIER)
    workflow.write_bytes(b"\xff\xfe")
    write(workflow, before)
    assert workflow.read_bytes() == b"\xff\xfe"


def test_an_edited_workflow_is_left_alone_and_what_is_new_in_ours_is_shown_once(
    tmp_path: Path, write: Callable[[Path, Path], None], capsys: pytest.CaptureFixture[str]
) -> None:
    edited = EARLIER.replace("SLACK_URL", "TEAMS_URL")
    workflow, before = files(tmp_path, edited=edited, before=EARLIER)
    write(workflow, before)
    assert workflow.read_text() == edited
    said = capsys.readouterr().out
    assert "you edited it" in said
    assert "+      - run: onthisday build public" in said
    assert "TEAMS_URL" not in said
    write(workflow, before)
    assert "carry over" not in capsys.readouterr().out
