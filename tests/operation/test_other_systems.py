"""What runs on Linux also runs on macOS and Windows: nothing is used that they do not have.

The programs run in a Python without the modules and calls that Windows lacks. In it, a file that is
open cannot be replaced or removed, and the encoding is ASCII (elsewhere/sitecustomize.py).
"""

import ast
import json
import ntpath
import posixpath
import signal
import sqlite3
import subprocess
import sys
import threading
import urllib.request
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from onthisday.adapters.file_system import give_second_name, replace
from onthisday.adapters.files.names import leads_out, likeness
from onthisday.adapters.files.output_folder import OutputFolder
from onthisday.adapters.files.site_writer import SiteWriter
from onthisday.adapters.sqlite.process_locks import Owner
from onthisday.errors import Unwritable
from tests.delivery.almanacs import entry_tree, write_almanac, write_channels
from tests.delivery.sink import Answer, Received, running_sink
from tests.delivery.test_killed import DIES
from tests.website.fixtures import health, wait_for

ELSEWHERE = Path(__file__).with_name("elsewhere")
SOURCES = sorted((Path(__file__).parents[2] / "src").rglob("*.py"))

NOON = datetime(2026, 2, 25, 12, tzinfo=UTC)

ENVIRON = {
    "PATH": "/usr/bin:/bin",
    "PYTHONPATH": str(ELSEWHERE),
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONWARNDEFAULTENCODING": "1",
    "LC_ALL": "C",
}
"""The environment of a Python that is more like one on Windows. Its encoding is ASCII."""

UNIX_ONLY = {"fcntl", "grp", "pwd", "pty", "readline", "resource", "spwd", "syslog", "termios",
             "tty", "curses", "posix", "crypt", "nis", "ossaudiodev"}  # fmt: skip
"""Modules that Windows does not have. It also lacks names in `os` and `signal`: mypy finds those,
because `.ci/run` checks the types a second time, for Windows."""


class _Windows(ast.NodeTransformer):
    """Leaves out what stands under ``if sys.platform != "win32":``. Windows does not run it."""

    def visit_If(self, node: ast.If) -> ast.AST | None:
        return None if ast.unparse(node.test) == "sys.platform != 'win32'" else node


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_module_imports_what_windows_lacks(path: Path) -> None:
    for node in ast.walk(_Windows().visit(ast.parse(path.read_bytes()))):
        names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        found = {name.partition(".")[0] for name in names} & UNIX_ONLY
        assert not found, f"line {getattr(node, 'lineno', 0)} imports {found}"


def onthisday(folder: Path, *words: str) -> "subprocess.CompletedProcess[bytes]":
    """Run a command in a Python without what Windows lacks. It must succeed."""
    environ = {**ENVIRON, "HOME": str(folder)}
    command = [sys.executable, "-m", "onthisday", *words]
    told = subprocess.run(
        command, cwd=folder, env=environ, capture_output=True, timeout=100, check=False
    )
    assert told.returncode == 0, told.stderr.decode(errors="replace")
    return told


def python(folder: Path, script: str, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run a script in a Python without what Windows lacks."""
    command = [sys.executable, "-c", script, *words]
    return subprocess.run(
        command, cwd=folder, env=ENVIRON, capture_output=True, text=True, timeout=100, check=False
    )


def room(url: str, **keys: Any) -> dict[str, Any]:
    """Return a channel that sends to a sink."""
    return {"name": "room", "type": "webhook", "url": url, "private_addresses": True, **keys}


def write(folder: Path, url: str) -> Path:
    """Write an almanac with letters that are not in ASCII, and a channel."""
    title = "Хрущёв spricht – «geschlossene» Sitzung 東京"
    write_almanac(folder, entry_tree("speech", title=title), entry_tree("next", "1956-02-26"))
    return Path(write_channels(folder, room(url), output="public"))


PROVES = """
import multiprocessing, os, signal
for name in ("fcntl", "pwd", "grp", "resource", "termios"):
    try: __import__(name)
    except ImportError: continue
    raise SystemExit(name)
assert not any(hasattr(os, name) for name in ("getuid", "fork", "O_NOFOLLOW", "sync"))
assert not hasattr(signal, "SIGHUP") and multiprocessing.get_start_method() == "spawn"
with open("held", "w", encoding="ascii"):
    for call in (os.unlink, lambda path: os.replace("other", path)):
        try: call("held")
        except PermissionError: continue
        raise SystemExit("a file that is open went")
"""


@pytest.mark.program
def test_the_python_of_these_tests_lacks_what_windows_lacks(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    told = python(tmp_path, PROVES)
    assert told.returncode == 0, told.stderr


@pytest.mark.program
def test_a_tick_sends_settles_and_writes_the_site(tmp_path: Path) -> None:
    with running_sink() as sink:
        write(tmp_path, sink.url)
        first = onthisday(tmp_path, "tick", "--now", "2026-02-25T09:00:00Z")
        assert first.stdout == b"1 sent\n"
        again = onthisday(tmp_path, "tick", "--now", "2026-02-25T09:01:00Z")
        assert again.stdout == b"nothing was due\n"
        later = onthisday(tmp_path, "tick", "--now", "2026-02-26T09:01:00Z")
        assert later.stdout == b"1 sent\n"
        assert len(sink.received) == 2
    assert "Хрущёв" in (tmp_path / "public" / "feed.atom").read_text("utf-8")
    assert not list((tmp_path / "var").glob("*.owner"))


@pytest.mark.program
def test_channels_are_listed_shown_and_tried(tmp_path: Path) -> None:
    with running_sink() as sink:
        write(tmp_path, sink.url)
        assert b"room" in onthisday(tmp_path, "channels", "list").stdout
        assert "Хрущёв" in onthisday(
            tmp_path, "channels", "preview", "room", "--date", "2026-02-25"
        ).stdout.decode("utf-8")  # fmt: skip
        onthisday(tmp_path, "channels", "test", "room", "--date", "2026-02-25")
        assert len(sink.received) == 1


@pytest.mark.program
def test_a_file_of_secrets_that_all_may_read_is_no_finding_where_modes_say_nothing(
    tmp_path: Path,
) -> None:
    write_almanac(tmp_path, entry_tree("speech"))
    write_channels(tmp_path, channels_file="channels.csv")
    row = "name,type,url\nroom,slack,https://hooks.example/x\n"
    (tmp_path / "channels.csv").write_text(row, "utf-8")
    (tmp_path / "channels.csv").chmod(0o644)
    assert b"[mode]" not in onthisday(tmp_path, "check").stdout


@pytest.mark.program
@pytest.mark.kills
def test_what_a_killed_process_leased_is_free_at_once(tmp_path: Path) -> None:
    with running_sink() as sink:
        config = write(tmp_path, sink.url)
        died = python(tmp_path, DIES, "leased", str(config))
        assert died.returncode == -signal.SIGKILL, died.stderr
        assert list((tmp_path / "var").glob("*.owner"))
        told = onthisday(tmp_path, "tick", "--now", "2026-02-25T09:00:01Z")
        assert told.stdout == b"1 sent\n"
        assert not list((tmp_path / "var").glob("*.owner"))


@pytest.mark.program
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_a_tick_that_is_told_to_end_settles_what_it_sends_and_leaves_the_rest(
    tmp_path: Path, ending: signal.Signals
) -> None:
    with running_sink() as sink:
        write_almanac(tmp_path, entry_tree("speech"))
        write_channels(tmp_path, *(room(f"{sink.url}{n}", name=f"room{n}") for n in range(300)))
        words = ["-m", "onthisday", "tick", "--now", "2026-02-25T09:00:00Z"]
        process = subprocess.Popen([sys.executable, *words], cwd=tmp_path, env=ENVIRON,
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # fmt: skip

        def end(_: Received) -> Answer:
            process.send_signal(ending)
            return Answer()

        sink.answer = end
        said = process.communicate(timeout=60)[0].decode()
    assert process.returncode == 3, said
    listed = json.loads(onthisday(tmp_path, "notices", "list", "--format", "json").stdout)
    states = [notice["state"] for notice in listed["notices"]]
    assert states.count("sent") == len(sink.received)
    assert set(states) == {"sent", "waiting"}


@pytest.mark.program
def test_serve_answers_sends_and_ends_in_order(tmp_path: Path) -> None:
    today = f"{datetime.now(UTC):%m-%d}"
    with running_sink() as sink:
        write_almanac(tmp_path, entry_tree("speech", f"1956-{today}"))
        write_channels(tmp_path, room(sink.url, at="00:00"))
        words = ["-m", "onthisday", "serve", "--listen", "127.0.0.1:0"]
        process = subprocess.Popen([sys.executable, *words], cwd=tmp_path, env=ENVIRON,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
        try:
            assert process.stdout is not None
            first = process.stdout.readline().decode()
            home = first.split()[1]
            with urllib.request.urlopen(f"{home}feed.atom", timeout=20) as reply:
                assert b"The speech" in reply.read()
            wait_for(lambda: sink.received)
            assert health(home)["status"] == "ok"
        finally:
            process.terminate()
            said = process.communicate(timeout=60)[1].decode()
    assert process.returncode == 0, said
    assert "Traceback" not in said
    assert not list((tmp_path / "var").glob("*.owner"))


@pytest.mark.program
def test_documents_are_read_by_several_processes_that_are_started_anew(tmp_path: Path) -> None:
    texts = tmp_path / "texts" / "more"
    texts.mkdir(parents=True)
    for number in range(45):
        words = f"Die Stadt «Köln» – Хрущёв. On 25 February 1956, it happened {number}.\n"
        (texts / f"text{number:02}.txt").write_text(words, "utf-8")
    told = onthisday(tmp_path, "draft", "texts", "--mentions", "--format", "json")
    mentions = json.loads(told.stdout)
    assert [each["document"] for each in mentions] == [f"more/text{n:02}.txt" for n in range(45)]
    assert {each["value"] for each in mentions} == {"1956-02-25"}


@pytest.mark.program
def test_a_ledger_is_copied_and_put_back_where_the_disk_knows_no_second_names(
    tmp_path: Path,
) -> None:
    with running_sink() as sink:
        write(tmp_path, sink.url)
        onthisday(tmp_path, "tick", "--now", "2026-02-25T09:00:00Z")
        onthisday(tmp_path, "notices", "backup", "copy.db")
        assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600
        onthisday(tmp_path, "notices", "restore", "copy.db")
        told = onthisday(tmp_path, "tick", "--now", "2026-02-25T09:01:00Z")
        assert told.stdout == b"nothing was due\n"
        assert len(list((tmp_path / "var").glob("onthisday.db.2*Z"))) == 1


@pytest.mark.program
@pytest.mark.parametrize(
    "words",
    [
        ("today", "--date", "2026-02-25"),
        ("today", "--date", "2026-02-25", "--format", "json"),
        ("upcoming", "--days", "30"),
        ("check",),
        ("schema", "config"),
        ("channels", "preview", "room", "--date", "2026-02-25"),
    ],
    ids=" ".join,
)
def test_what_is_written_to_a_file_is_the_same_on_every_system(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    write(tmp_path, "http://127.0.0.1:9/")
    (tmp_path / "config.yaml").chmod(
        0o600
    )  # what others may read is told only where files have modes
    there = onthisday(tmp_path, *words)
    here = subprocess.run([sys.executable, "-m", "onthisday", *words], cwd=tmp_path,
                          capture_output=True, check=True)  # fmt: skip
    assert there.stdout == here.stdout
    assert there.stdout.isascii() == (words[0] in {"check", "schema"})


@pytest.mark.program
def test_a_new_almanac_is_made_and_built(tmp_path: Path) -> None:
    onthisday(tmp_path, "init", "new", "--title", "Ours")
    onthisday(tmp_path, "--config", "new/config.yaml", "check")
    for _ in range(2):
        onthisday(tmp_path, "--config", "new/config.yaml", "build", "site")
    assert "Ours" in (tmp_path / "site" / "index.html").read_text("utf-8")


HOLDS = """
import sys
from onthisday.adapters.sqlite.compiled_file import CompiledAlmanac
library = CompiledAlmanac("var/cache/config.yaml.db").library()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.mark.program
def test_a_cache_of_another_version_that_is_open_is_left_and_another_one_is_used(
    tmp_path: Path,
) -> None:
    write(tmp_path, "http://127.0.0.1:9/")
    onthisday(tmp_path, "today")
    cache = tmp_path / "var" / "cache" / "config.yaml.db"
    holder = subprocess.Popen([sys.executable, "-c", HOLDS], cwd=tmp_path, env=ENVIRON,
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # fmt: skip
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with closing(sqlite3.connect(cache)) as rows, rows:
            rows.execute("UPDATE meta SET value = '0' WHERE key IN ('signature', 'digest')")
        before = cache.stat().st_ino
        told = onthisday(tmp_path, "today", "--date", "2026-02-25")
        assert "Хрущёв" in told.stdout.decode("utf-8")
        assert cache.stat().st_ino == before
        assert list((tmp_path / ".cache" / "onthisday").glob("*.db"))
    finally:
        holder.communicate(timeout=30)
    onthisday(tmp_path, "today", "--date", "2026-02-25")
    assert cache.stat().st_ino != before


def test_a_lock_is_of_one_owner_until_it_is_closed(tmp_path: Path) -> None:
    ledger = str(tmp_path / "ledger.db")
    one, two = Owner(ledger), Owner(ledger)
    assert not two.is_dead(one.token)
    assert not one.is_dead(two.token)
    one.close()
    assert two.is_dead(one.token)
    two.close()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("_turn", range(10))  # of 20 turns, one had a fault
def test_owners_that_begin_at_once_do_not_take_each_other_for_dead(
    tmp_path: Path, _turn: int
) -> None:
    ledger, owners = str(tmp_path / "ledger.db"), []
    threads = [threading.Thread(target=lambda: owners.append(Owner(ledger))) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not [one for one in owners for two in owners if one.is_dead(two.token)]
    for owner in owners:
        owner.close()


REPLACES = """
import threading
from onthisday.adapters.file_system import replace
for name in ("new", "old"):
    with open(name, "w", encoding="ascii") as file: file.write(name)
reader = open("old", encoding="ascii")
if CLOSES: threading.Timer(0.2, reader.close).start()
try: replace("new", "old")
except PermissionError: raise SystemExit(7)
"""


@pytest.mark.program
@pytest.mark.parametrize(("closes", "code", "left"), [("True", 0, "new"), ("False", 7, "old")])
def test_a_file_that_is_open_is_replaced_once_nobody_has_it_open(
    tmp_path: Path, closes: str, code: int, left: str
) -> None:
    told = python(tmp_path, REPLACES.replace("CLOSES", closes))
    assert told.returncode == code, told.stderr
    assert (tmp_path / "old").read_text("utf-8") == left


def test_a_file_that_is_missing_replaces_nothing(tmp_path: Path) -> None:
    (tmp_path / "old").touch()
    with pytest.raises(FileNotFoundError):
        replace(tmp_path / "new", tmp_path / "old")
    assert (tmp_path / "old").exists()


def test_a_second_name_replaces_nothing(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_text(name, "utf-8")
    with pytest.raises(FileExistsError):
        give_second_name(tmp_path / "a", tmp_path / "b")
    give_second_name(tmp_path / "a", tmp_path / "c")
    assert (tmp_path / "b").read_text("utf-8") + (tmp_path / "c").read_text("utf-8") == "ba"


@pytest.mark.parametrize(
    ("name", "on_linux", "on_windows"),
    [
        ("a.txt", False, False),
        ("more/a.txt", False, False),
        ("a..b", False, False),
        ("", True, True),
        ("/etc/passwd", True, True),
        ("../a", True, True),
        ("more/../../a", True, True),
        ("..\\a", False, True),
        ("\\a", False, True),
        ("C:\\a", False, True),
        ("C:a", False, True),
        ("\\\\server\\share\\a", False, True),
    ],
)
def test_a_name_that_leads_out_of_its_folder_is_seen_by_each_systems_rules(
    name: str, *, on_linux: bool, on_windows: bool
) -> None:
    assert leads_out(name, posixpath) == on_linux
    assert leads_out(name, ntpath) == on_windows


def test_names_that_are_one_file_somewhere_are_alike() -> None:
    for one, two in (("entries/A/i", "entries/a/i"), ("a./i", "a/i"), ("a/i.", "a/i"),
                     ("tags/e\u0301", "tags/\u00e9"), ("tags/STRASSE", "tags/straße")):  # fmt: skip
        assert likeness(one) == likeness(two)
    assert likeness("tags/a.b") != likeness("tags/ab")


def write_pages(folder: Path, *names: str) -> int:
    """Write pages as `build` does. Return how many older ones were removed."""
    output, writer = OutputFolder(str(folder)), SiteWriter(str(folder))
    output.begin(names)
    for number, name in enumerate(names):
        output.note(writer.write(name, b"page %d" % number, NOON)[1])
    return output.finish(changed=True)


def test_two_pages_that_are_one_file_on_this_disk_are_told(tmp_path: Path) -> None:
    (tmp_path / "moon").mkdir()
    (tmp_path / "Moon").symlink_to("moon")  # on such a disk these two names are one folder
    with pytest.raises(Unwritable, match=r"is the same file as moon/index\.html on this disk"):
        write_pages(tmp_path, "moon/index.html", "Moon/index.html")
    assert write_pages(tmp_path / "apart", "moon/index.html", "Moon/index.html") == 0


def test_a_page_that_changed_only_its_capitals_is_not_removed_as_stale(tmp_path: Path) -> None:
    write_pages(tmp_path, "Moon/index.html")
    (tmp_path / "moon").symlink_to("Moon")
    assert write_pages(tmp_path, "moon/index.html") == 0
    assert (tmp_path / "moon" / "index.html").read_bytes() == b"page 0"
