"""Compiling reads only files that changed, misses no change, and leaves nothing half done."""

import multiprocessing
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from onthisday.adapters.files.folders import AlmanacFolder
from onthisday.adapters.sqlite import code_version
from onthisday.adapters.sqlite.compiled_file import CompiledAlmanac
from onthisday.adapters.sqlite.compiled_writer import Compiling
from onthisday.almanac.entry import Selection
from onthisday.almanac.file_signatures import (
    FRESH,
    ReadFile,
    Signature,
    changed_files,
    settled_files,
)
from onthisday.almanac.source import Block
from onthisday.app.workspace import Almanac
from onthisday.dates.calendars import MonthDay
from onthisday.errors import Finding, InvalidInput, Unreadable
from onthisday.service.reading.compiling import compile_changes
from tests.core.almanacs import DOCUMENTS, PROGRAM, ROOT, entry, listed, run, source, write

MINUTE = 60 * 10**9


def ids(config: Path) -> list[str]:
    """Open an almanac. Return the ids of its entries."""
    almanac = Almanac.open(str(config))
    with closing(almanac.library):  # type: ignore[type-var]
        return [found.id for found in almanac.library.entries()]


def findings(config: Path) -> tuple[Finding, ...]:
    """Open an almanac that has errors. Return them."""
    with pytest.raises(InvalidInput) as caught:
        Almanac.open(str(config))
    return caught.value.findings


def put(config: Path, name: str, text: str) -> Path:
    """Write a file of the almanac."""
    path = config.parent / "almanac" / name
    path.write_text(text, encoding="utf-8")
    return path


class ReadingNoted(AlmanacFolder):
    """A real folder that also remembers which files were read."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder)
        self.read: list[str] = []

    def blocks(self, name: str) -> Iterator[Block]:
        self.read.append(name)
        return super().blocks(name)


def compile_and_note(config: Path, now: int) -> list[str]:
    """Compile a folder. Return which files were read."""
    folder = ReadingNoted(str(config.parent / "almanac"))
    compiled = CompiledAlmanac(str(config.parent / "cache" / "almanac.db"))
    with closing(compiled):
        compile_changes(Compiling(compiled), folder, now)
    return sorted(folder.read)


def test_only_files_that_changed_are_read(tmp_path: Path) -> None:
    config = write(tmp_path, entry("a", "1956"))
    put(config, "more.yaml", listed(entry("b", "1957")))
    later = time.time_ns() + MINUTE
    assert compile_and_note(config, later) == ["documents.yaml", "entries.yaml", "more.yaml"]
    assert compile_and_note(config, later) == []
    put(config, "more.yaml", listed(entry("c", "1957")))
    assert compile_and_note(config, later) == ["more.yaml"]
    put(config, "new.jsonl", '{"id": "d", "date": "1", "title": "x", "sources": []}'
        .replace('"1"', '"1958"').replace("[]", '[{"document": "gazette"}]'))  # fmt: skip
    assert compile_and_note(config, later) == ["new.jsonl"]


def test_an_edit_of_the_same_size_in_the_same_tick_of_the_clock_is_seen(tmp_path: Path) -> None:
    config = write(tmp_path, entry("a", "1956"))
    path = config.parent / "almanac" / "entries.yaml"
    before = path.stat()
    assert ids(config) == ["a"]
    for name in "bcd":
        with path.open("r+", encoding="utf-8") as file:  # in place: the same inode
            file.write(listed(entry(name, "1956")))
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        assert path.stat().st_size == before.st_size
        assert ids(config) == [name]


def signed(ctime: int, size: int = 10) -> Signature:
    return Signature(size, ctime, ctime, 1)


@pytest.mark.parametrize(
    ("kept", "changed"),
    [
        (ReadFile(signed(5), None), False),
        (ReadFile(signed(5), "old"), False),
        (ReadFile(signed(5), "new"), True),
        (ReadFile(signed(6), None), True),
        (ReadFile(signed(5, size=11), "old"), True),
    ],
)
def test_what_was_fresh_is_compared_by_content(kept: ReadFile, changed: bool) -> None:
    now = {"a": signed(5)}
    assert changed_files({"a": kept}, now, lambda _: "old") == (["a"] if changed else [])


def test_a_file_is_fresh_for_two_seconds() -> None:
    assert signed(5).is_fresh(5 + FRESH)
    assert not signed(5).is_fresh(6 + FRESH)
    kept = {
        "a": ReadFile(signed(5), "x"),
        "b": ReadFile(signed(9), "y"),
        "c": ReadFile(signed(5), None),
    }
    assert settled_files(kept, 6 + FRESH) == {"a": ReadFile(signed(5), None)}


def test_what_is_written_while_it_is_read_is_read_again(tmp_path: Path) -> None:
    config = write(tmp_path, entry("a", "1956"))
    path = config.parent / "almanac" / "entries.yaml"
    before = path.stat()

    class Raced(AlmanacFolder):
        def blocks(self, name: str) -> Iterator[Block]:
            found = list(super().blocks(name))
            if name == "entries.yaml":
                with path.open("r+", encoding="utf-8") as file:
                    file.write(listed(entry("b", "1956")))
                os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
            return iter(found)

    folder = str(config.parent / "almanac")
    compiled = CompiledAlmanac(str(tmp_path / "cache" / "almanac.db"))
    with closing(compiled):
        compile_changes(Compiling(compiled), Raced(folder), time.time_ns())
        now = AlmanacFolder(folder)
        assert changed_files(compiled.files(), now.files(), now.digest) == ["entries.yaml"]
        # The change is seen even if the clock of the file system did not move.
        signature = now.files()["entries.yaml"]
        kept = compiled.files()
        kept["entries.yaml"] = kept["entries.yaml"]._replace(signature=signature)
        assert changed_files(kept, now.files(), now.digest) == ["entries.yaml"]


def test_a_deleted_file_takes_its_entries_with_it(tmp_path: Path) -> None:
    config = write(tmp_path, entry("a", "1956-02-25", tags=["x"]))
    more = put(config, "more.yaml", listed(entry("b", "1956-02-26", tags=["x"])))
    assert ids(config) == ["a", "b"]
    more.unlink()
    almanac = Almanac.open(str(config))
    assert [found.id for found in almanac.library.entries()] == ["a"]
    assert almanac.library.days() == {MonthDay(2, 25)}
    assert almanac.library.days(Selection(tags=("x",))) == {MonthDay(2, 25)}
    assert [found.id for found in almanac.library.citing("gazette")] == ["a"]


def test_a_renamed_file_keeps_its_entries(tmp_path: Path) -> None:
    config = write(tmp_path, entry("a", "1956"), entry("b", "1957"))
    assert ids(config) == ["a", "b"]
    folder = config.parent / "almanac"
    (folder / "entries.yaml").rename(folder / "renamed.yaml")
    assert ids(config) == ["a", "b"]


def test_documents_that_are_gone_are_missed(tmp_path: Path) -> None:
    config = write(tmp_path, entry("a", "1956"))
    assert ids(config) == ["a"]
    (config.parent / "almanac" / "documents.yaml").unlink()
    assert [found.rule for found in findings(config)] == ["unknown-document"]
    (config.parent / "almanac" / "entries.yaml").unlink()
    assert ids(config) == []


def test_hidden_and_other_files_are_not_of_the_almanac(tmp_path: Path) -> None:
    config = write(tmp_path, entry("a", "1956"))
    for name in (".hidden.yaml", "entries.yaml~", "notes.txt", "x.yml"):
        put(config, name, "[")
    assert ids(config) == ["a"]


def test_a_broken_edit_leaves_the_compiled_almanac_as_it_was(tmp_path: Path) -> None:
    config = write(tmp_path, entry("a", "1956-02-25"))
    path = config.parent / "almanac" / "entries.yaml"
    good = path.read_bytes()
    almanac = Almanac.open(str(config))
    with closing(sqlite3.connect(tmp_path / "var" / "cache" / "config.yaml.db")) as rows:
        before = rows.execute("SELECT * FROM entries").fetchall()
        path.write_text(listed(entry("a", "1955-02-29"), entry("b", "1956")), encoding="utf-8")
        findings(config)
        assert rows.execute("SELECT * FROM entries").fetchall() == before
    assert [found.id for found in almanac.library.entries()] == ["a"]
    assert len(findings(config)) == 1, "an error is said as long as it is there"
    path.write_bytes(good)
    assert ids(config) == ["a"]


def test_every_finding_of_every_file_is_raised_with_file_and_line(tmp_path: Path) -> None:
    config = write(tmp_path, entry("a", "1956"), entry("b", "1955-02-29", kynd="x"))
    put(config, "broken.yaml", "- id: x\n  date: [\n")
    put(config, "lines.jsonl", '\n{"id": "c"}\n')
    put(config, "scalar.yaml", "hello\n")
    found = [(os.path.relpath(f.file, tmp_path), f.line, f.rule) for f in findings(config)]
    assert found == [
        ("almanac/broken.yaml", 2, "syntax"),
        ("almanac/entries.yaml", 2, "date"),
        ("almanac/entries.yaml", 2, "shape"),
        ("almanac/lines.jsonl", 2, "shape"),
        ("almanac/lines.jsonl", 2, "shape"),
        ("almanac/lines.jsonl", 2, "shape"),
        ("almanac/scalar.yaml", 1, "syntax"),
    ]


def test_a_finding_reads_as_where_what_and_what_to_do(tmp_path: Path) -> None:
    config = write(tmp_path)
    put(config, "1969.yaml", "# Apollo\n- id: moon-landing\n  date: '1969-07-20'\n  title: x\n")
    (found,) = findings(config)
    where = f"{tmp_path}/almanac/1969.yaml:2: "
    assert str(found) == f'{where}entry "moon-landing" has no source; add one under sources:'


def test_people_see_the_first_200_findings_and_how_many_more_there_are(tmp_path: Path) -> None:
    cited = {"sources": [{"document": "gazete"}]}
    config = write(tmp_path, *(entry(f"e{number}", "1956", **cited) for number in range(1300)))
    with pytest.raises(InvalidInput) as refused:
        Almanac.open(str(config))
    lines = str(refused.value).splitlines()
    assert len(refused.value.findings) == 1300
    assert lines[:200] == [str(each) for each in refused.value.findings[:200]]
    assert lines[200:] == ["and 1,100 more; `onthisday check --format json` lists all"]


def test_the_line_of_a_finding_is_that_of_the_key(tmp_path: Path) -> None:
    config = write(tmp_path)
    put(config, "x.yaml", "- id: a\n  title: x\n  date: 1955-02-29\n  sources:\n"
                          "  - document: gazette\n    as: said\n")  # fmt: skip
    found = [(finding.line, finding.rule) for finding in findings(config)]
    assert found == [(3, "date"), (6, "shape")], "a wrong date is told with the other problems"


@pytest.mark.parametrize(("date", "calendar", "told"), [
    ("25.2.1956", "gregorian", 'write year, month and day: "1956-02-25"'),
    ("1900-02-30", "julian", "February 1900 has"),
    ("1900-02-29", "julian", ""),
    ("1956-02-25", "julian", ""),
])  # fmt: skip
def test_a_wrong_date_is_told_beside_another_problem(
    tmp_path: Path, date: str, calendar: str, told: str
) -> None:
    config = write(tmp_path)
    put(config, "x.yaml", f'- {{id: a, title: x, date: "{date}", calendar: {calendar}}}\n')
    found = [str(finding) for finding in findings(config)]
    assert [text for text in found if "has no source" in text]
    assert [told in text for text in found if "has no source" not in text] == [True] * bool(told)


def test_an_id_twice_is_found_across_files_and_names_both(tmp_path: Path) -> None:
    config = write(tmp_path, entry("a", "1956"), entry("b", "1956"), entry("a", "1957"))
    put(config, "more.jsonl", listed(entry("b", "1958")).removeprefix("- "))
    there, again = findings(config)
    assert (there.line, there.rule, again.line) == (3, "duplicate", 1)
    assert f'entry "a" is there twice, first in {tmp_path}/almanac/entries.yaml:1' in str(there)
    assert f'entry "b" is there twice, first in {tmp_path}/almanac/entries.yaml:2' in str(again)


def test_an_id_twice_is_found_when_only_the_later_file_is_read(tmp_path: Path) -> None:
    config = write(tmp_path, entry("a", "1956"))
    assert ids(config) == ["a"]
    put(config, "more.yaml", listed(entry("x", "1956"), entry("a", "1957")))
    (found,) = findings(config)
    assert (Path(found.file).name, found.line) == ("more.yaml", 2)


def test_a_whole_file_there_twice_is_found_within_seconds(tmp_path: Path) -> None:
    entries = [entry(f"e{number}", "1956") for number in range(2000)]
    config = write(tmp_path, *entries)
    put(config, "copy.yaml", listed(*entries))
    begun = time.monotonic()
    found = findings(config)
    assert len(found) == 2000
    assert time.monotonic() - begun < 20


def test_a_document_that_is_not_there_is_found(tmp_path: Path) -> None:
    answers = [{"says": "x", "document": "gazette"}, {"says": "y", "document": "rumour"}]
    config = write(
        tmp_path,
        entry("a", "1956", sources=[source(), {"document": "gazete"}]),
        entry("b", "1956", accounts=[{"question": "?", "answers": answers}]),
    )
    first, second = findings(config)
    assert (first.line, second.line, first.rule) == (1, 2, "unknown-document")
    assert 'entry "a" cites the document "gazete"' in str(first)
    assert 'entry "b" cites the document "rumour"' in str(second)


def test_entries_are_judged_again_when_documents_change(tmp_path: Path) -> None:
    config = write(tmp_path, entry("a", "1956"))
    assert ids(config) == ["a"]
    put(config, "documents.yaml", listed({"id": "other", "title": "x"}))
    (found,) = findings(config)
    assert 'cites the document "gazette"' in str(found)


def test_a_document_with_an_error_is_not_missed_too(tmp_path: Path) -> None:
    config = write(tmp_path, entry("a", "1956"), entry("b", "1956", sources=[{"document": "z"}]))
    put(config, "documents.yaml", listed({"id": "gazette", "title": "x", "url": "no"}))
    assert [(f.line, f.rule) for f in findings(config)] == [(1, "shape"), (2, "unknown-document")]


def test_documents_that_cannot_be_read_are_one_finding(tmp_path: Path) -> None:
    config = write(tmp_path, *(entry(name, "1956") for name in "abc"))
    put(config, "documents.yaml", "- id: [\n")
    (found,) = findings(config)
    assert Path(found.file).name == "documents.yaml"


def test_documents_are_told_apart_and_their_bases_known(tmp_path: Path) -> None:
    config = write(tmp_path)
    put(
        config,
        "documents.yaml",
        listed(
            DOCUMENTS[0],
            {"id": "gazette", "title": "x"},
            {"id": "c", "title": "x", "based_on": "d"},
        ),
    )
    twice, unknown = findings(config)
    assert (twice.line, twice.rule) == (2, "duplicate")
    assert (unknown.line, unknown.rule) == (3, "unknown-document")


def test_a_deleted_cache_is_made_anew(tmp_path: Path) -> None:
    config = write(tmp_path, entry("a", "1956"))
    assert ids(config) == ["a"]
    shutil.rmtree(tmp_path / "var")
    assert ids(config) == ["a"]


DAMAGE = [
    b"",
    b"not a database at all" * 300,
    b"SQLite format 3\x00" + b"\xff" * 5000,
    b"\x00" * 9000,
]


@pytest.mark.parametrize("damage", DAMAGE, ids=["empty", "text", "header", "zeros"])
def test_a_damaged_cache_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    config = write(tmp_path, entry("a", "1956"))
    assert ids(config) == ["a"]
    cache = tmp_path / "var" / "cache" / "config.yaml.db"
    for name in ("", "-wal", "-shm"):
        Path(f"{cache}{name}").unlink(missing_ok=True)
    cache.write_bytes(damage)
    assert ids(config) == ["a"]
    assert ids(config) == ["a"]
    with closing(sqlite3.connect(cache)) as rows:
        assert rows.execute("SELECT id FROM entries").fetchall() == [("a",)], "made anew here"


def test_a_cache_that_another_program_made_is_made_anew(tmp_path: Path) -> None:
    config = write(tmp_path, entry("a", "1956"))
    assert ids(config) == ["a"]
    with closing(sqlite3.connect(tmp_path / "var" / "cache" / "config.yaml.db")) as rows, rows:
        rows.execute("UPDATE meta SET value = '0' WHERE key IN ('signature', 'digest')")
        rows.execute("DELETE FROM entries")
    assert ids(config) == ["a"]


@pytest.mark.program
@pytest.mark.parametrize(
    "room",
    ["adapters/sqlite/rows.py", "adapters/files/trees.py", "almanac/entry.py", "config.py",
     "dates/edtf.py", "schema/entry_schema.py", "service/reading/compiling.py"],
)  # fmt: skip
def test_a_change_of_the_code_makes_the_cache_anew_and_a_touch_does_not(
    tmp_path: Path, room: str
) -> None:
    program = tmp_path / "program" / "onthisday"
    shutil.copytree(ROOT / "src" / "onthisday", program)
    write(tmp_path, entry("a", "1956"))

    def made() -> int:
        script = "import onthisday; onthisday.load()"
        environ = {"PYTHONPATH": str(program.parent)}
        subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env=environ, check=True)
        return (tmp_path / "var" / "cache" / "config.yaml.db").stat().st_ino

    first = made()
    os.utime(program / room, (1, 1))
    assert made() == first
    (program / room).write_text((program / room).read_text() + "# other rows from now on\n")
    assert made() != first


def test_a_cache_that_another_program_puts_in_its_place_is_not_read_as_ones_own(
    tmp_path: Path,
) -> None:
    mine, other = str(tmp_path / "c.db"), str(tmp_path / "other.db")
    CompiledAlmanac(other).close()
    compiled = CompiledAlmanac(mine)
    compiled.set_note("version", "mine")
    os.replace(other, mine)
    with closing(compiled.library()) as library:
        assert library.version == "mine"


def test_a_reader_keeps_its_state_while_another_compiles(tmp_path: Path) -> None:
    config = write(tmp_path, entry("a", "1956-02-25"))
    almanac = Almanac.open(str(config))
    put(config, "entries.yaml", listed(entry("b", "1956-02-25")))
    assert ids(config) == ["b"]
    assert [o.id for o in almanac.on(date(2026, 2, 25)).occasions] == ["a"]
    assert almanac.library.version != Almanac.open(str(config)).library.version


def test_what_every_entry_tells_is_told_without_reading_the_entries(tmp_path: Path) -> None:
    config = write(
        tmp_path,
        entry("b", "1956", title="Rain", place="Köln"),
        entry("a", "1957", title='Snow "in" May', summary="It\nsnowed."),
    )
    library = Almanac.open(str(config)).library
    entries = [(each.title, each.summary, each.place) for each in library.entries()]
    assert [*library.told()] == entries
    assert entries == [('Snow "in" May', "It\nsnowed.", None), ("Rain", None, "Köln")]


def test_the_pictures_of_entries_are_named_without_reading_the_entries(tmp_path: Path) -> None:
    def shown(file: str) -> dict[str, str]:
        return {"file": file, "alt": "A view.", "credit": "Anna", "license": "CC0"}

    config = write(
        tmp_path,
        entry("a", "1956", image=shown("b.png")),
        entry("b", "1957", image=shown("ä.png")),
        entry("c", "1958", image=shown("b.png")),
        entry("e", "1960"),
    )
    assert [*Almanac.open(str(config)).library.pictures()] == ["b.png", "ä.png"]


def test_the_version_stays_while_nothing_changes(tmp_path: Path) -> None:
    config = write(tmp_path, entry("a", "1956"))
    first = Almanac.open(str(config)).library
    again = Almanac.open(str(config)).library
    assert first.version == again.version
    assert first.modified == again.modified


def changed_at(config: Path) -> datetime:
    """Return when the almanac or its settings changed last."""
    almanac = Almanac.open(str(config))
    with closing(almanac.library):  # type: ignore[type-var]
        return almanac.library.modified


def dated(path: Path, seconds: float) -> None:
    os.utime(path, (seconds, seconds))


def test_a_content_changed_when_its_newest_file_did(tmp_path: Path) -> None:
    config = write(tmp_path, entry("a", "1956"))
    newest = max(code_version.written() / 1e9, time.time() - 3)
    dated(config, newest)
    assert changed_at(config) == datetime.fromtimestamp(int(newest), UTC)


def test_each_change_has_a_later_time_and_none_that_is_still_to_come(tmp_path: Path) -> None:
    """The time moves also if a file gets an old time, is removed, or only the config changes."""
    config = write(tmp_path, entry("a", "1956"))
    entries = config.parent / "almanac" / "entries.yaml"

    def edit(text: str, at: float) -> None:
        entries.write_text(text)
        dated(entries, at)

    def title(text: str, at: float) -> None:
        config.write_text(f"site: {{title: {text}}}\n")
        dated(config, at)

    now = time.time()
    changes: list[Callable[[], object]] = [
        lambda: None,
        lambda: edit(listed(entry("b", "1957")), now - 10_000),
        lambda: put(config, "more.yaml", listed(entry("c", "1957"))),
        (config.parent / "almanac" / "more.yaml").unlink,
        lambda: edit(listed(entry("d", "1957")), now + 10_000_000),
        lambda: title("One", now - 20_000),
        lambda: title("Two", now + 20_000_000),
        lambda: edit(listed(entry("d", "1958")), now + 10_000_000),
    ]
    told = []
    for change in changes:
        change()
        told.append(changed_at(config))
    assert told == sorted(set(told))
    assert told[0] <= datetime.now(UTC)
    assert told[-1] <= datetime.now(UTC) + timedelta(seconds=len(changes))


def test_what_changes_no_page_moves_no_time(tmp_path: Path) -> None:
    config = write(tmp_path, entry("a", "1956"))
    before = changed_at(config)
    config.write_text("site: {}\ncatch_up_days: 3\n")
    assert changed_at(config) == before


def test_a_change_of_the_environment_moves_the_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = write(tmp_path, entry("a", "1956"), config='site: {title: "${TITLE}"}\n')
    told = []
    for title in ("One", "One", "Two"):
        monkeypatch.setenv("TITLE", title)
        told.append(changed_at(config))
    assert told[0] == told[1] < told[2]


@pytest.mark.program
def test_processes_that_compile_at_once_all_see_everything(tmp_path: Path) -> None:
    entries = [entry(f"e{number}", "1956-02-25") for number in range(300)]
    config = write(tmp_path, *entries)
    command = [str(PROGRAM), "--config", str(config), "today", "--date", "2026-02-25",
               "--format", "json"]  # fmt: skip
    for round_ in range(3):
        if round_:
            put(config, "more.yaml", listed(entry(f"more-{round_}", "1956-02-25")))
        running = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                    encoding="utf-8") for _ in range(6)]  # fmt: skip
        told = [process.communicate(timeout=60) for process in running]
        assert [process.returncode for process in running] == [0] * 6, told
        assert len({out for out, _ in told}) == 1
        assert told[0][0].count('"occasion": ') == 300 + bool(round_)


def rewriting(config: str, until: float) -> None:
    """Write the almanac again and again. Runs in another process."""
    path = Path(config).parent / "almanac" / "entries.yaml"
    number = 0
    while time.time() < until:
        number += 1
        new = path.with_suffix(".new")
        new.write_text(listed(*(entry(f"n{number}-{i}", "1956") for i in range(20))), "utf-8")
        new.replace(path)


@pytest.mark.program
def test_a_state_is_always_one_the_curator_wrote(tmp_path: Path) -> None:
    config = write(tmp_path, entry("a", "1956"))
    spawn = multiprocessing.get_context("spawn")
    writer = spawn.Process(target=rewriting, args=(str(config), time.time() + 2.5))
    writer.start()
    while writer.is_alive():
        found = ids(config)
        assert len(found) in {1, 20}
        assert len({name.split("-")[0] for name in found}) == 1
    writer.join()
    written = (tmp_path / "almanac" / "entries.yaml").read_text("utf-8")
    assert f'"{ids(config)[0]}"' in written


def caches(folder: Path) -> dict[str, str]:
    """Return the variables that name the folder of a user's caches (platformdirs)."""
    return {"XDG_CACHE_HOME": str(folder), "HOME": str(folder)}


@pytest.mark.program
def test_where_there_is_no_room_beside_the_config_the_cache_goes_elsewhere(tmp_path: Path) -> None:
    write(tmp_path, entry("a", "1956-02-25"))
    (tmp_path / "var").write_text("a file, where the folder should be", encoding="utf-8")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for _ in range(2):
        told = run(tmp_path, "today", "--date", "2026-02-25", environ=caches(elsewhere))
        assert (told.returncode, told.stderr) == (0, "")
        assert "What a tells" in told.stdout
    (cache,) = elsewhere.iterdir()
    assert cache.stat().st_mode & 0o777 == 0o700


def unprivileged(*words: str) -> list[str]:
    """Return a command line under which even root cannot write read-only files."""
    if os.geteuid() != 0:
        return list(words)
    tool = shutil.which("setpriv")
    if tool is None:
        pytest.skip("root, and no setpriv to become less")
    return [tool, "--bounding-set=-dac_override,-dac_read_search", *words]


@pytest.mark.program
@pytest.mark.parametrize("held", [False, True], ids=["alone", "held open by its owner"])
def test_a_folder_that_may_only_be_read_is_enough(tmp_path: Path, held: bool) -> None:
    config = write(tmp_path, entry("a", "1956-02-25"))
    owner = Almanac.open(str(config)).library
    if not held:
        owner.close()  # type: ignore[attr-defined]
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    closed = [*(tmp_path / "var" / "cache").iterdir(), tmp_path / "var" / "cache",
              tmp_path / "var", config]  # fmt: skip
    for path in closed:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        command = unprivileged(str(PROGRAM), "today", "--date", "2026-02-25")
        told = subprocess.run(command, cwd=tmp_path, env=caches(elsewhere), check=False,
                              capture_output=True, encoding="utf-8")  # fmt: skip
    finally:
        for path in reversed(closed):
            path.chmod(0o755)
    assert (told.returncode, told.stderr) == (0, "")
    assert "What a tells" in told.stdout


def test_an_almanac_that_is_not_there_says_so(tmp_path: Path) -> None:
    config = write(tmp_path)
    shutil.rmtree(tmp_path / "almanac")
    with pytest.raises(Unreadable, match="no such folder"):
        Almanac.open(str(config))


@pytest.mark.program
def test_the_config_is_read_again_when_it_changes_and_when_its_variables_do(tmp_path: Path) -> None:
    config = write(tmp_path, config="site: {title: A}\n")
    assert Almanac.open(str(config)).site.title == "A"
    config.write_text("site: {title: B}\n", encoding="utf-8")
    assert Almanac.open(str(config)).site.title == "B"
    config.write_text("site: {title: '${T}'}\n", encoding="utf-8")
    script = "import onthisday; print(onthisday.load().site.title)"
    for title in ("one", "two"):
        told = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env={"T": title},
                              capture_output=True, encoding="utf-8", check=True)  # fmt: skip
        assert told.stdout == f"{title}\n"


def test_two_configs_in_a_folder_have_a_cache_each(tmp_path: Path) -> None:
    one = write(tmp_path, entry("a", "1956"))
    other = tmp_path / "other.yaml"
    other.write_text("site: {title: Other}\nalmanac: second\n", encoding="utf-8")
    shutil.copytree(tmp_path / "almanac", tmp_path / "second")
    (tmp_path / "second" / "entries.yaml").write_text(listed(entry("b", "1956")), "utf-8")
    for _ in range(2):
        assert (ids(one), ids(other)) == (["a"], ["b"])


def test_the_shipped_almanac_compiles_without_a_finding(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "almanac", tmp_path / "almanac")
    shutil.copy(ROOT / "config.yaml", tmp_path)
    written = [
        path.read_text("utf-8").count("\n- id: ")
        for path in (ROOT / "almanac").glob("*.yaml")
        if path.name != "documents.yaml"
    ]
    assert len(ids(tmp_path / "config.yaml")) == sum(written) > 30
