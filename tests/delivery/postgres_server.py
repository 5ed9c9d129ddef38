"""A PostgreSQL server for the tests: the one of ONTHISDAY_TEST_POSTGRES, or one that is started.

    address = new_database()    # skips the test if there is no server

ONTHISDAY_TEST_POSTGRES is the address of a server where databases may be made. Without it, the
newest PostgreSQL of Debian is started once, with a folder of its own, and ended with the tests. Its
disk is not waited for (fsync=off): these tests kill processes, and do not cut the power.
"""

import atexit
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

VARIABLE = "ONTHISDAY_TEST_POSTGRES"
USER, PASSWORD = "onthisday", "correct-horse"
MISSING = f"no PostgreSQL: install Debian's postgresql, or set {VARIABLE} to a server's address"

SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "autovacuum_naptime": "5s",
    "unix_socket_directories": "",
}


class Server:
    """A PostgreSQL that is started and ended, with all its data in one folder."""

    def __init__(self, programs: Path, settings: dict[str, str]) -> None:
        self._programs, self._settings = programs, settings
        self._folder = Path(tempfile.mkdtemp(prefix="onthisday-postgres-"))
        self._as = _another_user(self._folder)
        self.port = _free_port()
        (self._folder / "password").write_text(PASSWORD)
        self._run("initdb", "-U", USER, "-E", "UTF8", "--locale=C", "--no-sync",
                  "--auth=scram-sha-256", f"--pwfile={self._folder / 'password'}")  # fmt: skip
        self.start()

    @property
    def address(self) -> str:
        return f"postgresql://{USER}:{PASSWORD}@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        settings = [f"-c{name}={value}" for name, value in self._settings.items()]
        command = [*self._as, str(self._programs / "postgres"), "-D", str(self._folder / "data"),
                   "-h127.0.0.1", f"-p{self.port}", *settings]  # fmt: skip
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, cwd="/")
        _wait_for(self.address)

    def stop(self, how: str = "fast") -> None:
        """End the server: ``fast`` cuts its connections, ``immediate`` also crashes it."""
        self._run("pg_ctl", "stop", "-m", how, "-w", "-s")
        self._process.wait()

    def end(self) -> None:
        """End the server, and remove its data."""
        if self._process.poll() is None:
            self.stop("immediate")
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, program: str, *options: str) -> None:
        command = [*self._as, str(self._programs / program), *options, "-D"]
        subprocess.run(
            [*command, str(self._folder / "data")], check=True, stdout=subprocess.DEVNULL, cwd="/"
        )


def _another_user(folder: Path) -> list[str]:
    """Return how a program is started as another user, if this is root. Give it the folder."""
    how = ["setpriv", "--pdeathsig", "INT"]  # the server ends with the tests, also if these crash
    if os.getuid() != 0:
        return how
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return [*how, f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _wait_for(address: str) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(address, connect_timeout=5).close()
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return


def started(settings: dict[str, str] = SETTINGS) -> Server:
    """Start a server of its own, for a test that ends it. Skip the test if there is none."""
    versions = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    newest = max(versions, key=lambda path: float(path.parts[-3]), default=None)
    if newest is None or shutil.which("setpriv") is None:
        pytest.skip(MISSING)
    server = Server(newest.parent, settings)
    atexit.register(server.end)
    return server


@cache
def server_address() -> str:
    """Return the address of the server that the tests share. Skip the test if there is none."""
    return os.environ.get(VARIABLE) or started().address


def new_database(address: str | None = None) -> str:
    """Make an empty database, and return its address. It is dropped when the tests end."""
    server = address or server_address()
    name = f"onthisday_test_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'".encode())
    if address is None and os.environ.get(VARIABLE):
        atexit.register(_drop, server, name)
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def _drop(server: str, name: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
