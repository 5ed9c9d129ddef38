"""Several processes at once, with the caches of one folder: each tells what is true."""

import subprocess
from pathlib import Path

import pytest

from tests.caching.changes import begin, put
from tests.caching.looking import SEARCH, TODAY, titles
from tests.core.almanacs import PROGRAM

pytestmark = pytest.mark.program


@pytest.mark.parametrize("cache", ["none", "older"])
def test_all_see_the_same_whoever_makes_the_caches(tmp_path: Path, cache: str) -> None:
    folder, words = begin(tmp_path / "there").parent, (TODAY, SEARCH, SEARCH, TODAY, SEARCH)
    if cache == "older":
        assert _at_once(folder, words) == [{"Old thing", "Other thing"}] * len(words)
    put(folder, "New")
    assert _at_once(folder, words) == [{"New thing", "Other thing"}] * len(words)


def test_two_checks_at_once_tell_the_same(tmp_path: Path) -> None:
    folder = begin(tmp_path / "there").parent
    running = [_started(folder, ("check",)) for _ in range(3)]
    assert [each.communicate(timeout=60)[1] for each in running] == [""] * 3
    assert [each.returncode for each in running] == [0] * 3


def _at_once(folder: Path, commands: tuple[tuple[str, ...], ...]) -> list[set[str]]:
    running = [_started(folder, words) for words in commands]
    return [titles(each.communicate(timeout=60)[0]) for each in running]


def _started(folder: Path, words: tuple[str, ...]) -> "subprocess.Popen[str]":
    command = [str(PROGRAM), *words]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=folder, stdout=pipe, stderr=pipe, encoding="utf-8")
