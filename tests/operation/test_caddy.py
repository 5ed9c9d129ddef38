"""The two Caddyfiles: Caddy accepts them. In front of `serve`, it changes no answer.

The answers with deploy/Caddyfile are tested in tests/website/test_static.py, beside nginx's.
"""

import os
import subprocess
from pathlib import Path

import pytest

from onthisday.adapters.web.cached_answers import SECURE
from tests.website.fixtures import SHIPPED, free_port, serving, write_almanac
from tests.website.servers import CADDY, ask, caddy_command, running

DEPLOY = SHIPPED / "deploy"

pytestmark = [
    pytest.mark.program,
    pytest.mark.skipif(CADDY is None, reason="there is no Caddy: apt install caddy"),
]


@pytest.mark.parametrize("name", ["Caddyfile", "compose/Caddyfile"])
@pytest.mark.parametrize("words", ["validate --adapter caddyfile --config", "fmt --diff"])
def test_caddy_takes_the_shipped_files_as_they_are(name: str, words: str, tmp_path: Path) -> None:
    kept = {"XDG_DATA_HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    said = subprocess.run(
        [CADDY or "", *words.split(), str(DEPLOY / name)],
        env=os.environ | kept | {"SITE": "onthisday.example.org"},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert said.returncode == 0, said.stdout + said.stderr


def test_in_front_of_serve_it_changes_nothing_and_tells_only_the_status(tmp_path: Path) -> None:
    port = free_port()
    command = caddy_command(tmp_path, (DEPLOY / "compose" / "Caddyfile").read_text())
    with serving(write_almanac(tmp_path)) as (home, _):
        behind = int(home.rstrip("/").rpartition(":")[2])
        names = {"SITE": f"http://127.0.0.1:{port}", "UPSTREAM": f"127.0.0.1:{behind}"}
        with running(command, tmp_path, port, **names):
            for coding in ("identity", "gzip"):
                direct = ask(behind, "/feed.atom", Accept_Encoding=coding)
                through = ask(port, "/feed.atom", Accept_Encoding=coding)
                assert through.body == direct.body
                for name in ("etag", "content-type", "content-encoding", "vary", *SECURE):
                    assert through.headers[name] == direct.headers[name]
                etag = through.headers["etag"]
                again = ask(port, "/feed.atom", Accept_Encoding=coding, If_None_Match=etag)
                assert (again.status, again.body) == (304, b"")
            assert ask(port, "/metrics").status == 404
            assert ask(port, "/healthz").body == b'{"status":"ok"}'
            assert ask(port, "/days/02-25").headers["location"] == "./02-25/"


@pytest.mark.kills
def test_no_request_fails_while_one_of_two_is_killed(tmp_path: Path) -> None:
    port = free_port()
    command = caddy_command(tmp_path, (DEPLOY / "compose" / "Caddyfile").read_text())
    config = write_almanac(tmp_path)
    with serving(config) as (first, process), serving(config) as (second, _):
        behind = " ".join(
            f"127.0.0.1:{home.rstrip('/').rpartition(':')[2]}" for home in (first, second)
        )
        names = {"SITE": f"http://127.0.0.1:{port}", "UPSTREAM": behind}
        with running(command, tmp_path, port, **names):
            for number in range(60):
                if number == 20:
                    process.kill()
                assert ask(port, "/feed.atom").status == 200, number
