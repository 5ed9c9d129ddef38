"""The lock files have all that pyproject.toml needs, in versions that it allows, with hashes."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

from tests.website.fixtures import SHIPPED

LOCKS = SHIPPED / "deploy" / "requirements"
NAMES = ("program.txt", "everything.txt", "build.txt")


def project() -> dict[str, Any]:
    return tomllib.loads((SHIPPED / "pyproject.toml").read_text())


def asked_for(lock: str) -> list[Requirement]:
    """Return the requirements in pyproject.toml that a lock file must meet."""
    told = project()["project"]
    lines = list(told["dependencies"])
    if lock == "build.txt":
        lines = project()["build-system"]["requires"]
    elif lock == "everything.txt":
        extras = told["optional-dependencies"]
        lines += [line for name, more in extras.items() if name != "dev" for line in more]
    return [Requirement(line) for line in lines]


def blocks(lock: str) -> list[str]:
    """Return the line of each package, with the hashes that follow it."""
    return re.findall(r"^\S.*\n(?: .*\n)*", (LOCKS / lock).read_text(), re.MULTILINE)


def locked(lock: str) -> dict[str, Requirement]:
    """Return the locked packages by their names, in the form that the package index uses."""
    found = [Requirement(block.partition("\\")[0].strip()) for block in blocks(lock)]
    return {each.name: each for each in found}


def version(requirement: Requirement) -> str:
    """Return the only version that a locked requirement allows."""
    (only,) = requirement.specifier
    assert only.operator == "=="
    return only.version


@pytest.mark.parametrize("lock", NAMES)
def test_every_dependency_is_locked_at_a_version_that_it_allows(lock: str) -> None:
    found = locked(lock)
    for asked in asked_for(lock):
        name = re.sub(r"[-_.]+", "-", asked.name).lower()
        assert name in found, f"{name} is not in {lock}: run deploy/lock.py"
        assert asked.specifier.contains(version(found[name])), f"{name}: run deploy/lock.py"


@pytest.mark.parametrize("lock", NAMES)
def test_every_package_has_one_version_with_its_hashes(lock: str) -> None:
    for block in blocks(lock):
        hashes = re.findall(r"--hash=sha256:([0-9a-f]{64})\b", block)
        assert len(hashes) == block.count("\n") - 1 > 0, block
    assert all(version(each) for each in locked(lock).values())
    assert len(locked(lock)) == len(blocks(lock))


def test_the_extras_change_no_version() -> None:
    everything = locked("everything.txt")
    for name, each in locked("program.txt").items():
        assert version(everything[name]) == version(each)


@pytest.mark.parametrize("lock", NAMES)
def test_no_registry_is_named(lock: str) -> None:
    text = (LOCKS / lock).read_text()
    assert "://" not in text
    assert "index-url" not in text


INSTALLS = re.compile(
    r"\b(?:pip3? install|uv add|uv tool (?:install|run)|uvx|pipx (?:install|run))\b([^`|&;\n]*)"
)
PINNED = re.compile(r"(?<![\w./-])onthisday(?:\[[\w,]*\])?\s*[=<>~!]=")


def installs_the_stranger(text: str) -> bool:
    """Return True if a text installs `onthisday` from the package index.

    There the name belongs to somebody else's program.
    """
    if PINNED.search(text):
        return True
    for found in INSTALLS.findall(text.replace("\\\n", " ")):
        words = [word.strip("\"'") for word in found.split()]
        if "--from" in words:  # the next word is installed, the words after it are run
            words = words[words.index("--from") + 1 :][:1]
        if any(re.fullmatch(r"onthisday(?:\[[\w,]*\])?", word) for word in words):
            return True
    return False


@pytest.mark.parametrize(
    ("text", "installs"),
    [
        ("pip install onthisday", True),
        ("pip install --quiet 'onthisday[drafts]'", True),
        ("uvx onthisday today", True),
        ("uv tool install \\\n    onthisday", True),
        ("ONTHISDAY: onthisday==0.1.0", True),
        ("pip install onthisday-almanac", False),
        ("uvx --from onthisday-almanac onthisday today", False),
        ("pip install ./onthisday-0.1.0-py3-none-any.whl", False),
        ("`pip install .` and then `onthisday today`", False),
        ("/opt/onthisday/bin/pip install --quiet .", False),
    ],
)
def test_how_the_stranger_would_be_installed_is_known(text: str, installs: bool) -> None:
    assert installs_the_stranger(text) is installs


def documents() -> list[Path]:
    """Return the files that install the program, or say how to install it."""
    folders = (SHIPPED / "deploy", SHIPPED / "docs", SHIPPED / ".ci")
    files = [path for folder in folders if folder.exists() for path in folder.rglob("*")]
    files += [*SHIPPED.glob("*.md"), *SHIPPED.glob("[Mj]*file")]
    return [path for path in files if path.is_file() and path.suffix not in {".png", ".pyc"}]


def test_no_file_installs_the_program_of_that_name_on_the_index_which_is_somebody_elses() -> None:
    assert len(documents()) > 30
    assert [str(path) for path in documents() if installs_the_stranger(path.read_text())] == []
