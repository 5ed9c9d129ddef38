"""`/healthz`: everybody gets the status, and who is near also why."""

import json
import select
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from starlette.types import Scope

from onthisday.adapters.web.near import is_near
from tests.website.fixtures import free_port, process_serving, serving, wait_for, write_almanac
from tests.website.servers import NGINX, WHOLE, ask, running

SECRET = "xoxb-S3cret-of-a-shifted-column"


def asked(
    client: str = "127.0.0.1", host: str = "127.0.0.1:80", version: str = "1.1", **headers: str
) -> bool:
    sent = [(name.replace("_", "-").encode(), b"x") for name in headers]
    scope: Scope = {
        "headers": [(b"host", host.encode()), *sent],
        "client": (client, 1) if client else None,
        "server": ("127.0.0.1", 80),
        "http_version": version,
    }
    return is_near(scope)


@pytest.mark.parametrize("client", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
@pytest.mark.parametrize("host", ["127.0.0.1:80", "localhost:80", "[::1]:80", "LOCALHOST:80"])
def test_who_asks_from_this_machine_for_this_machine_is_near(client: str, host: str) -> None:
    assert asked(client, host)


@pytest.mark.parametrize(
    "client",
    ["10.1.2.3", "192.168.0.9", "172.17.0.1", "fd00::1", "fe80::1%eth0", "8.8.8.8", "unix", ""],
)
def test_who_asks_from_elsewhere_is_not_near_also_in_a_private_network(client: str) -> None:
    assert not asked(client)


@pytest.mark.parametrize(
    "host", ["history.example.org", "127.0.0.1", "127.0.0.1:81", "10.0.0.1:80", "x:80", "", ":80"]
)
def test_who_asks_for_another_host_or_port_came_through_a_proxy(host: str) -> None:
    assert not asked(host=host)


@pytest.mark.parametrize(
    "name", ["x_forwarded_for", "forwarded", "via", "x_real_ip", "origin", "sec_fetch_site"]
)
def test_who_asks_for_another_is_not_near(name: str) -> None:
    assert not asked(**{name: "x"})


def test_http_1_0_is_what_a_bare_proxy_speaks() -> None:
    assert not asked(version="1.0")


@contextmanager
def faulty(folder: Path) -> Iterator[int]:
    """Serve with a channel in a CSV file whose columns are shifted. Yield the port."""
    table = folder / "channels.csv"
    table.write_text(f"name,type,url,at\nroom,slack,09:00,{SECRET}\n")
    table.chmod(0o600)
    with serving(write_almanac(folder, config="channels_file: channels.csv\n")) as (home, _):
        yield int(home.rstrip("/").rpartition(":")[2])


@pytest.mark.program
def test_strangers_get_the_status_and_who_is_near_gets_why_but_no_value(tmp_path: Path) -> None:
    with faulty(tmp_path) as port:
        near = ask(port, "/healthz")
        far = ask(port, "/healthz", X_Forwarded_For="192.0.2.1")
        assert ask(port, "/metrics").status == 404
    assert json.loads(far.body) == {"status": "degraded"}
    said = json.loads(near.body)
    assert any("channels.csv:2" in each for each in said["findings"])
    assert SECRET not in near.body.decode()


@pytest.mark.program
@pytest.mark.skipif(NGINX is None, reason="there is no nginx: apt install nginx-light")
def test_a_bare_nginx_tells_strangers_only_the_status(tmp_path: Path) -> None:
    port = free_port()
    with faulty(tmp_path) as behind:
        passed = f"location / {{ proxy_pass http://127.0.0.1:{behind}; }}"
        site = f"server {{ listen 127.0.0.1:{port}; {passed} }}"
        state = tmp_path / "state"
        state.mkdir()
        config = state / "nginx.conf"
        config.write_text(WHOLE.format(folder=state, site=site))
        command = [NGINX or "", "-p", str(state), "-e", str(state / "error.log"), "-c", str(config)]
        with running(command, state, port):
            assert json.loads(ask(port, "/healthz").body) == {"status": "degraded"}
            assert ask(port, "/metrics").status == 404


@contextmanager
def passing_on(behind: int) -> Iterator[int]:
    """Pass bytes on to another port, for one connection. Yield the port."""
    with socket.create_server(("127.0.0.1", 0)) as front:

        def once() -> None:
            with front.accept()[0] as near, socket.create_connection(("127.0.0.1", behind)) as far:
                other = {near: far, far: near}
                while ready := select.select(list(other), [], [], 10)[0]:
                    for each in ready:  # a reply may come in several pieces
                        data = each.recv(65536)
                        if not data:
                            return
                        other[each].sendall(data)

        thread = threading.Thread(target=once)
        thread.start()
        yield front.getsockname()[1]
        thread.join(timeout=10)


@pytest.mark.program
def test_what_passes_bytes_on_tells_strangers_only_the_status(tmp_path: Path) -> None:
    with faulty(tmp_path) as behind, passing_on(behind) as port:
        assert json.loads(ask(port, "/healthz").body) == {"status": "degraded"}


@pytest.mark.program
def test_serve_says_where_the_metrics_are_also_on_a_free_port(tmp_path: Path) -> None:
    config = write_almanac(tmp_path, config="metrics: 127.0.0.1:0\n")
    words = ("-m", "onthisday", "--config", str(config), "serve", "--listen", "127.0.0.1:0")
    with process_serving(*words) as (_, process):
        assert process.stdout is not None
        line = next(line for line in process.stdout if line.startswith("  metrics"))
        port = int(line.rpartition(":")[2].partition("/")[0])
        wait_for(lambda: b"onthisday_tick_age_seconds" in ask(port, "/metrics").body)


@pytest.mark.program
def test_it_ends_in_order_with_both_listeners(tmp_path: Path) -> None:
    config = write_almanac(tmp_path, config="metrics: 127.0.0.1:0\n")
    with serving(config) as (home, process):
        assert ask(int(home.rstrip("/").rpartition(":")[2]), "/").status == 200
        process.terminate()
        assert "Traceback" not in process.communicate(timeout=40)[1]
        assert process.returncode == 0
