"""The ways of deploy/README.md with several machines: its commands run on a real PostgreSQL."""

import os
import re
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.delivery.almanacs import run
from tests.delivery.postgres_server import new_database
from tests.delivery.sink import running_sink
from tests.operation.pages import blocks
from tests.operation.running import write_service
from tests.website.fixtures import SHIPPED, serving, wait_for

pytestmark = pytest.mark.program

README = SHIPPED / "deploy" / "README.md"
PROGRAMS = max(Path("/usr/lib/postgresql").glob("*/bin"), default=Path("/usr/bin"))
PROGRAM = Path(sys.executable).with_name("onthisday")


def commands(page: str, *words: str) -> str:
    """Return the only block of a page that has these words."""
    (found,) = (each.text for each in blocks("sh") if each.page == page
                and all(word in each.text for word in words))  # fmt: skip
    return found


def shell(folder: Path, script: str, store: str) -> None:
    """Run the commands of a page, with the ledger's address in STORE."""
    environ = os.environ | {"STORE": store, "PATH": f"{PROGRAMS}:{os.environ['PATH']}"}
    done = subprocess.run(["sh", "-euc", script], cwd=folder, env=environ, check=False,
                          capture_output=True, text=True, timeout=100)  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_dump_is_restored_and_nothing_is_sent_again(tmp_path: Path) -> None:
    store = new_database()
    with running_sink() as sink:
        write_service(tmp_path, sink.url, "room")
        config = tmp_path / "config.yaml"
        config.write_text(config.read_text().replace("{", '{"store": "${STORE}", ', 1))
        assert run(tmp_path, "tick", STORE=store).stdout == "1 sent\n"
        shell(tmp_path, commands("deploy/README.md", "pg_dump --"), store)
        shell(tmp_path, commands("deploy/README.md", "pg_restore --"), store)
        assert run(tmp_path, "tick", STORE=store).stdout == "nothing was due\n"
        assert len(sink.received) == 1


def test_a_ledger_moves_to_a_server_and_back_as_it_is_told(tmp_path: Path) -> None:
    store = new_database()
    with running_sink() as sink:
        write_service(tmp_path, sink.url, "room")
        config = tmp_path / "config.yaml"
        on_disk = config.read_text()
        assert run(tmp_path, "tick").stdout == "1 sent\n"
        script = commands("deploy/README.md", "notices migrate").partition("/opt/onthisday/bin/")[2]
        script = script.replace("/srv/onthisday/", f"{tmp_path}/").replace("\\\n", " ")
        *words, address = script.split()
        assert address.startswith("postgresql://")
        shell(tmp_path, f"{PROGRAM.parent}/{' '.join(words)} '{store}'", store)
        config.write_text(on_disk.replace("{", '{"store": "${STORE}", ', 1))
        assert run(tmp_path, "tick", STORE=store).stdout == "nothing was due\n"
        for path in (tmp_path / "var").glob("onthisday.db*"):
            path.unlink()
        back = run(tmp_path, "notices", "migrate", "sqlite:///var/onthisday.db", STORE=store)
        assert back.returncode == 0, back.stderr
        config.write_text(on_disk)
        assert run(tmp_path, "tick").stdout == "nothing was due\n"
        assert len(sink.received) == 1


def test_a_program_takes_no_more_connections_than_the_page_says(tmp_path: Path) -> None:
    store = new_database()
    seen: list[int] = []
    with running_sink() as sink:
        write_service(tmp_path, sink.url, *(f"room{n}" for n in range(200)))
        config = tmp_path / "config.yaml"
        keys = f'{{"store": "{store}", "metrics": "127.0.0.1:0", '
        config.write_text(config.read_text().replace("{", keys, 1))
        with psycopg.connect(store, autocommit=True) as connection, serving(config):
            wait_for(lambda: noted(seen, connection) and len(sink.received) == 200)
    (told,) = re.findall(r"A `serve` takes up to (\d+)", README.read_text())
    assert 4 <= max(seen) <= int(told)


def noted(seen: list[int], connection: "psycopg.Connection[tuple[int]]") -> bool:
    """Note how many connections the programs have now."""
    sql = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'onthisday'"
    ((count,),) = connection.execute(sql).fetchall()
    seen.append(count)
    return True
