"""A compiled almanac that is damaged while `serve` reads it, or that another process holds."""

import asyncio
import os
import sqlite3
import urllib.request
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from onthisday.adapters.sqlite.compiled_file import is_damaged
from onthisday.adapters.web.server import Server
from onthisday.app.serving import Service
from onthisday.app.workspace import Workspace
from tests.website.fixtures import health, serving, today, wait_for, write_almanac

DAMAGES: dict[str, Callable[[Path], object]] = {
    "overwritten": lambda cache: _overwrite(cache, b"\xff"),
    "zeros": lambda cache: _overwrite(cache, b"\0"),
    "emptied": lambda cache: os.truncate(cache, 0),
    "cut": lambda cache: os.truncate(cache, cache.stat().st_size // 2 // 4096 * 4096),
    "its end overwritten": lambda cache: _overwrite(cache, b"\xff", 4096),
    "deleted": lambda cache: cache.unlink(),
}


def _overwrite(file: Path, byte: bytes, start: int = 0) -> None:
    """Write over a file in place, as a careless program does."""
    with file.open("r+b") as content:
        content.seek(start)
        content.write(byte * (file.stat().st_size - start))


def cache_of(folder: Path) -> Path:
    return folder / "var" / "cache" / "config.yaml.db"


def service_of(config: Path) -> Service:
    """Return a service that has read little of its cache: another process made it."""
    Workspace(str(config)).almanac()
    return Service(Workspace(str(config)))


def asked(service: Service, path: str) -> int:
    """Ask the server of a service for a path; return the status."""
    server = Server(
        service.current, lambda ready: service.health(ready=ready), service.mend,
        service.searching.find, service.lifespan,
    )  # fmt: skip
    return asyncio.run(_status(server, path))


async def _status(server: Server, path: str) -> int:
    sent: list[dict[str, Any]] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        return {"type": "http.request"}

    asked = {"path": path, "raw_path": path.encode(), "query_string": b"", "root_path": ""}
    scope = {"type": "http", "method": "GET", "headers": [], "client": ("127.0.0.1", 1), **asked}
    try:
        await server(scope, receive, send)
    except sqlite3.DatabaseError:
        assert sent[0]["status"] == 500  # Starlette answers, and raises for the log
    return int(sent[0]["status"])


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_reader_that_meets_a_damaged_cache_makes_it_anew_at_once(
    tmp_path: Path, damage: str
) -> None:
    entries = today(summary="Long. " * 2000)  # more than SQLite reads at once
    service = service_of(write_almanac(tmp_path, entries))
    DAMAGES[damage](cache_of(tmp_path))
    paths = ["/", "/year/", "/feed.atom", *(f"/entries/{each['id']}/" for each in entries)]
    assert [asked(service, path) for path in paths] == [200] * len(paths)
    assert service.health(ready=False)[1]["status"] == "ok"


def test_health_is_degraded_while_the_cache_cannot_be_made_anew(tmp_path: Path) -> None:
    entries = today(summary="Long. " * 2000)
    config, one = write_almanac(tmp_path, entries), f"/entries/{entries[0]['id']}/"
    service = service_of(config)
    good = (tmp_path / "almanac" / "all.jsonl").read_text()
    assert asked(service, "/style.css") == 200
    (tmp_path / "almanac" / "all.jsonl").write_text("{")
    _overwrite(cache_of(tmp_path), b"\xff")
    assert asked(service, one) == 500
    said = service.health(ready=False)[1]
    assert (said["status"], "damaged" in (said["trouble"] or "")) == ("degraded", True)
    assert asked(service, "/style.css") == 200  # it was made before
    (tmp_path / "almanac" / "all.jsonl").write_text(good)
    asyncio.run(service.tick())
    assert asked(service, one) == 200
    assert service.health(ready=False)[1]["status"] == "ok"


def test_the_numbers_are_told_though_the_cache_is_damaged(tmp_path: Path) -> None:
    service = service_of(write_almanac(tmp_path, today()))
    _overwrite(cache_of(tmp_path), b"\xff")
    assert asyncio.run(service.measure({})).entries == 6


@pytest.mark.program
def test_serve_answers_on_though_its_cache_is_overwritten(tmp_path: Path) -> None:
    config = write_almanac(tmp_path, today(summary="Long. " * 2000))
    Workspace(str(config)).almanac()
    with serving(config) as (home, _):
        wait_for(lambda: health(home)["ticked"] is not None)
        _overwrite(cache_of(tmp_path), b"\xff")
        for path in ("", "year/", "feed.rss", "feed.json"):
            with urllib.request.urlopen(f"{home}{path}", timeout=10) as reply:
                assert reply.status == 200
        assert health(home)["status"] == "ok"


@pytest.mark.parametrize("mode", ["BEGIN IMMEDIATE", "PRAGMA locking_mode = EXCLUSIVE"])
def test_a_cache_that_another_holds_is_left_alone_and_the_users_own_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "own"))
    config = str(write_almanac(tmp_path, today()))
    assert len(list(Workspace(config).almanac().library.days())) == 6
    inode = cache_of(tmp_path).stat().st_ino
    with closing(sqlite3.connect(cache_of(tmp_path), isolation_level=None)) as holder:
        holder.execute(mode)
        holder.execute("UPDATE meta SET value = value")
        write_almanac(tmp_path, today()[:3])
        assert len(list(Workspace(config, wait=0.05).almanac().library.days())) == 3
        if "BEGIN" in mode:
            holder.execute("COMMIT")
    assert cache_of(tmp_path).stat().st_ino == inode
    assert list((tmp_path / "own").rglob("*.db"))
    assert len(list(Workspace(config).almanac().library.days())) == 3


def test_where_no_cache_can_be_written_the_almanac_is_compiled_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    (tmp_path / "file").write_text("a file, where a folder is needed")
    config = str(write_almanac(tmp_path, today()))
    Workspace(config).almanac()
    with closing(sqlite3.connect(cache_of(tmp_path), isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        write_almanac(tmp_path, today()[:3])
        assert len(list(Workspace(config, wait=0.05).almanac().library.days())) == 3


@pytest.mark.parametrize(
    ("name", "said"),
    [("SQLITE_NOTADB", True), ("SQLITE_CORRUPT_INDEX", True), ("SQLITE_IOERR_SHORT_READ", True),
     ("SQLITE_ERROR", True), ("SQLITE_BUSY", False), ("SQLITE_BUSY_SNAPSHOT", False),
     ("SQLITE_FULL", False), ("SQLITE_IOERR_WRITE", False), ("SQLITE_CANTOPEN", False)],
)  # fmt: skip
def test_an_error_says_whether_the_file_is_damaged(name: str, said: bool) -> None:
    error = sqlite3.DatabaseError("…")
    error.sqlite_errorname = name
    assert is_damaged(error) is said
