"""For the tests of the site: an almanac on disk, and programs that serve it."""

import json
import os
import socket
import struct
import subprocess
import sys
import threading
import time
import urllib.request
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import uvicorn

from onthisday.adapters.web.connections import Connection
from onthisday.app.workspace import Almanac
from tests.aging import aged

SHIPPED = Path(__file__).parents[2]

DOCUMENTS = "- id: book\n  title: A book\n  publisher: A press\n  url: https://books.example/1\n"


def write_almanac(
    folder: Path, entries: list[dict[str, Any]] | None = None, config: str = "", **site: Any
) -> Path:
    """Write a config and an almanac. Return the path of the config."""
    (folder / "almanac").mkdir(parents=True, exist_ok=True)
    documents, all_of_them = (folder / "almanac" / name for name in ("documents.yaml", "all.jsonl"))
    documents.write_text(DOCUMENTS)
    lines = [json.dumps(entry) for entry in entries or [entry_of("first", "1956-02-25")]]
    all_of_them.write_text("\n".join(lines) + "\n")
    aged(documents)
    aged(all_of_them)
    said = {"url": "https://almanac.example/", "tag": "almanac.example,2026", **site}
    head = "".join(
        f"  {key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in said.items()
    )
    (folder / "config.yaml").write_text(f"site:\n{head}{config}", encoding="utf-8")
    return aged(folder / "config.yaml")


def entry_of(name: str, date: str, **more: Any) -> dict[str, Any]:
    """Return an entry as a tree, as a line of JSON Lines holds it."""
    return {
        "id": name,
        "date": date,
        "title": f"What {name} was",
        "summary": f"The summary of {name}.",
        "sources": [{"document": "book", "page": "7"}],
        **more,
    }


def today(**more: Any) -> list[dict[str, Any]]:
    """Return an entry for each day around now, so that one falls today in every zone."""
    now = datetime.now(UTC)
    days = [now + timedelta(days=ahead) for ahead in range(-3, 3)]
    return [entry_of(f"e{day:%m-%d}", f"1956-{day:%m-%d}", **more) for day in days]


def open_almanac(folder: Path, entries: list[dict[str, Any]], **site: Any) -> Almanac:
    """Write an almanac, and open it."""
    return Almanac.open(str(write_almanac(folder, entries, **site)))


@contextmanager
def serving(config: Path, *options: str) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """Run `serve` in a new process. Yield its address and the process."""
    words = ("-m", "onthisday", "--config", str(config), "serve", "--listen", "127.0.0.1:0")
    with process_serving(*words, *options) as served:
        yield served


TICKING = """
import sys
from onthisday.app.listening import bind, run
from onthisday.app.serving import Service
from onthisday.app.workspace import Workspace
service, listening = Service(Workspace(sys.argv[1]), every=1), bind("127.0.0.1", 0)
print(f"Serving http://127.0.0.1:{listening.getsockname()[1]}/")
run(service, listening)
"""
"""A program like `serve`, but it ticks every second."""


@contextmanager
def process_serving(*words: str) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """Run Python with these arguments; it must serve. Yield its address and the process."""
    with program_serving(sys.executable, *words) as served:
        yield served


@contextmanager
def program_serving(
    *words: str, cwd: Path | None = None, **environ: str
) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """Run a program that must serve. Yield its address and the process."""
    process = subprocess.Popen(
        words,
        cwd=cwd,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **environ},
    )
    try:
        assert process.stdout is not None
        first = process.stdout.readline()
        if not first.startswith("Serving "):
            raise AssertionError(first + process.communicate(timeout=10)[1])
        yield first.split()[1], process
    finally:
        process.terminate()
        process.communicate(timeout=40)


def health(home: str) -> dict[str, Any]:
    """Return the answer of `/healthz`."""
    with urllib.request.urlopen(f"{home}healthz", timeout=10) as reply:
        said: dict[str, Any] = json.load(reply)
        return said


def wait_for(seen: Any, seconds: float = 50) -> None:
    """Wait until a condition is true. Fail if it does not become true."""
    until = time.monotonic() + seconds
    while not seen():
        assert time.monotonic() < until, "what was waited for did not come"
        time.sleep(0.2)


def free_port() -> int:
    """Return a free port, for a program that cannot choose one itself."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


def png(width: int, height: int) -> bytes:
    """Return a red picture of this size as PNG (PNG, third edition, section 5)."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + b"\xa0\x20\x20" * width) * height
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


@contextmanager
def serving_app(app: Any, http: type[Connection]) -> Iterator[tuple[str, int]]:
    """Run uvicorn in a thread with this class for connections. Yield its address."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, http=http, lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield listening.getsockname()
    finally:
        server.should_exit = True
        thread.join(timeout=10)
    assert not thread.is_alive()
