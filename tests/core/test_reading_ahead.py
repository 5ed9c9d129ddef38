"""Several processes read an almanac as one does: the same rows, the same findings, in any case."""

import json
import os
import pickle
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from onthisday.adapters.files.folders import AlmanacFolder
from onthisday.adapters.sqlite import code_version
from onthisday.adapters.sqlite.compiled_file import MEMORY, CompiledAlmanac
from onthisday.adapters.sqlite.compiled_writer import Compiling
from onthisday.almanac.source import Block
from onthisday.app import reading_process
from onthisday.app.reading_ahead import read_ahead
from onthisday.errors import Finding, InvalidInput
from onthisday.service.reading.compiling import (
    ReadAhead,
    alone,
    compile_changes,
    compile_understood,
)
from tests.core.almanacs import entry, listed, source, write

pytestmark = pytest.mark.program

TWO = partial(read_ahead, enough=0, processes=2)
"""Two processes read, however little there is to read."""

NOW = 10**18
"""An instant before the files were written."""

Rows = dict[str, list[Any]]


def almanac(
    folder: Path, files: Mapping[str, str] | None = None, count: int = 6000
) -> AlmanacFolder:
    """Write an almanac of some megabytes, and other files of it. Return its folder."""
    made = folder / "almanac"
    write(folder, *(entry(f"y{n}", "1956?") for n in range(50)))
    lines = (json.dumps(entry(f"l{n}", f"{1000 + n % 900}-02-1{n % 10}", summary="x" * 400,
                              tags=["b", "a", f"t{n}"])) for n in range(count))  # fmt: skip
    (made / "lines.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (made / "empty.jsonl").write_text("", encoding="utf-8")
    for name, text in (files or {}).items():
        (made / f"{name}.jsonl").write_text(text, encoding="utf-8")
    return AlmanacFolder(str(made))


def compiled(folder: AlmanacFolder, ahead: ReadAhead) -> Rows | tuple[Finding, ...]:
    """Compile an almanac. Return the rows of every table, or the findings."""
    made = CompiledAlmanac(MEMORY)
    with closing(made):
        try:
            compile_changes(Compiling(made), folder, NOW, ahead=ahead)
        except InvalidInput as error:
            return error.findings
        return rows_of(made.rows)


def rows_of(made: sqlite3.Connection) -> Rows:
    tables = "entries", "tags", "citations", "corrections", "faulty", "documents", "days", "files"
    return {name: made.execute(f"SELECT * FROM {name}").fetchall() for name in tables}


def test_two_processes_make_the_same_rows_in_the_same_order_as_one(tmp_path: Path) -> None:
    folder = almanac(tmp_path)
    found = compiled(folder, TWO)
    assert isinstance(found, dict)
    assert len(found["entries"]) == 6050
    assert found == compiled(folder, alone)


WRONG = '{"id": "z", "id": "y"}\n{"id": "c"}\n' + "{\n" * 150 + json.dumps(entry("last", "1956"))


@pytest.mark.parametrize("broken", [
    {"wrong": WRONG}, {"again": json.dumps(entry("l77", "1956"))},
    {"cites": json.dumps(entry("new", "1956", sources=[source(), {"document": "gazete"}]))},
    {"lines": WRONG}, {"date": json.dumps(entry("d", "1955-02-29"))},
])  # fmt: skip
def test_two_processes_tell_the_same_findings_as_one(
    tmp_path: Path, broken: dict[str, str]
) -> None:
    folder = almanac(tmp_path, broken)
    found = compiled(folder, TWO)
    assert isinstance(found, tuple)
    assert found
    assert found == compiled(folder, alone)


def test_a_mistake_far_down_in_a_file_has_its_line_and_hides_nothing(tmp_path: Path) -> None:
    folder = almanac(tmp_path)
    path = tmp_path / "almanac" / "lines.jsonl"
    lines = path.read_text("utf-8").split("\n")
    for number in (10, 3000, 5999):
        lines[number] = lines[number].replace('"date"', '"dat"')
    path.write_text("\n".join(lines), "utf-8")
    found = compiled(folder, TWO)
    assert found == compiled(folder, alone)
    assert isinstance(found, tuple)
    assert [each.line for each in found if "unknown key" in each.message] == [11, 3001, 6000]


def test_what_can_be_understood_is_the_same(tmp_path: Path) -> None:
    folder = almanac(tmp_path, {"wrong": WRONG, "again": json.dumps(entry("l77", "1956"))})
    (tmp_path / "almanac" / "bad.yaml").write_text(listed(entry("x", "1956")) + "- [\n", "utf-8")
    both = []
    for ahead in (TWO, alone):
        made = CompiledAlmanac(MEMORY)
        with closing(made):
            unread = compile_understood(Compiling(made), folder, NOW, ahead)
            both.append((unread, rows_of(made.rows)))
    assert both[0] == both[1]


def children() -> set[int]:
    """Return the processes that this one has started and that have not ended."""
    listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text("utf-8")
    return {int(pid) for pid in listed.split()}


def killing(before: set[int], blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks. Before the third one, kill a process that is not one of those ``before``."""
    for number, block in enumerate(blocks):
        if number == 2:
            os.kill((children() - before).pop(), signal.SIGKILL)
        yield block


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux")
def test_a_process_that_is_killed_loses_nothing_and_none_is_left(tmp_path: Path) -> None:
    folder, before = almanac(tmp_path), children()
    found = compiled(folder, lambda blocks: TWO(killing(before, blocks)))
    assert found == compiled(folder, alone)
    assert children() == before


def test_a_process_with_other_code_answers_nothing(tmp_path: Path) -> None:
    (block,) = almanac(tmp_path, count=10).blocks("lines.jsonl")
    for code, answers in (code_version.signature(), 1), ("other code", 0):
        given = b"".join(map(pickle.dumps, (code, block)))
        command = [sys.executable, "-m", reading_process.__name__]
        told = subprocess.run(command, input=given, capture_output=True, check=True)
        assert (len(told.stdout) > 0) == answers


def test_no_process_is_started_for_little(tmp_path: Path) -> None:
    folder = almanac(tmp_path, count=10)
    asked = read_ahead(folder.blocks("lines.jsonl"), processes=2)
    assert [packed for _, packed in asked] == [None]
