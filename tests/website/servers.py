"""Run nginx and Caddy on loopback with the shipped files. Only the folder and the port differ."""

import http.client
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.website.fixtures import SHIPPED, free_port, wait_for

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/opt/nginx/sbin")
CADDY = shutil.which("caddy")

WHOLE = """\
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
worker_processes 1;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
    uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
{site}
}}
"""

OFF = "{\n\tadmin off\n\tauto_https off\n}\n"
"""Options for tests: Caddy opens no port for commands and gets no certificates."""


class Reply(NamedTuple):
    """The reply of a server."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


def ask(port: int, path: str, method: str = "GET", **headers: str) -> Reply:
    """Send a request to a server on loopback. Return its reply."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request(method, path, headers=sent)
        reply = connection.getresponse()
        return Reply(reply.status, reply.headers, reply.read())


def nginx(state: Path, root: Path, port: int) -> list[str]:
    """Return the command line for an nginx that serves a folder."""
    site = (SHIPPED / "deploy" / "nginx.conf").read_text()
    site = site.replace("listen      [::]:80;", "").replace("/srv/onthisday/public", str(root))
    site = site.replace("listen      80;", f"listen 127.0.0.1:{port};")
    assert str(root) in site
    config = state / "nginx.conf"
    user = "user root;\n" if os.geteuid() == 0 else ""  # or its workers may not read the files
    config.write_text(user + WHOLE.format(folder=state, site=site))
    return [NGINX or "", "-p", str(state), "-e", str(state / "error.log"), "-c", str(config)]


def caddy(state: Path, root: Path, port: int) -> list[str]:
    """Return the command line for a Caddy that serves a folder."""
    site = (SHIPPED / "deploy" / "Caddyfile").read_text()
    site = site.replace("/srv/onthisday/public", str(root))
    site = site.replace("onthisday.example.org {", f"http://127.0.0.1:{port} {{")
    assert str(root) in site
    return caddy_command(state, site)


def caddy_command(state: Path, sites: str) -> list[str]:
    """Return the command line for a Caddy with these sites."""
    config = state / "Caddyfile"
    config.write_text(OFF + sites)
    return [CADDY or "", "run", "--adapter", "caddyfile", "--config", str(config)]


class Program(NamedTuple):
    """A web server: its path, a function that returns its command line, and its Debian package."""

    path: str | None
    command: Callable[[Path, Path, int], list[str]]
    package: str


PROGRAMS = {
    "nginx": Program(NGINX, nginx, "nginx-light"),
    "caddy": Program(CADDY, caddy, "caddy"),
}


@contextmanager
def running(command: list[str], state: Path, port: int, **environ: str) -> Iterator[None]:
    """Run a web server during a ``with`` block. It writes only below ``state``."""
    kept = {"XDG_DATA_HOME": str(state), "XDG_CONFIG_HOME": str(state), "TZ": "UTC"}
    with (state / "log").open("w") as log:
        process = subprocess.Popen(command, env=os.environ | kept | environ, stderr=log)
        try:
            wait_for(lambda: _answers(port), seconds=10)
            yield
        finally:
            process.terminate()
            process.wait(timeout=20)


def _answers(port: int) -> bool:
    try:
        return ask(port, "/").status == 200
    except OSError:
        return False


@contextmanager
def serving_files(name: str, state: Path, root: Path) -> Iterator[int]:
    """Serve a folder. Yield the port. Skip the test if the web server is not installed."""
    program, port = PROGRAMS[name], free_port()
    if program.path is None:
        pytest.skip(f"there is no {name}: apt install {program.package}")
    with running(program.command(state, root, port), state, port):
        yield port
