"""The systemd units: systemd accepts them and finds them safe, and the program runs in them."""

import shutil
import signal
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

from onthisday.app.listening import GRACE
from onthisday.cli import COMMANDS
from tests.delivery.sink import running_sink
from tests.operation.confined import UID, confined, open_folder
from tests.operation.running import write_service
from tests.website.fixtures import SHIPPED, health, serving, wait_for

pytestmark = pytest.mark.program

UNITS = SHIPPED / "deploy" / "systemd"
SERVICES = ("serve", "work", "tick", "backup")
PROGRAM = Path(sys.executable).with_name("onthisday")

needs_analyze = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="there is no systemd: apt install systemd"
)


def unit(name: str) -> ConfigParser:
    """Return the settings of a unit. If a setting is there twice, the last value counts."""
    found = ConfigParser(interpolation=None, strict=False, delimiters="=")
    found.optionxform = str  # type: ignore[assignment, method-assign]
    found.read(UNITS / name)
    return found


def said(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """Return a copy of the units, with the path of the program that these tests use."""
    folder = tmp_path / "units"
    shutil.copytree(UNITS, folder)
    for file in folder.glob("*.service"):
        file.write_text(file.read_text().replace("/opt/onthisday/bin/onthisday", str(PROGRAM)))
    return folder


@needs_analyze
def test_systemd_finds_nothing_wrong_with_the_units(units: Path) -> None:
    names = sorted(str(path) for path in units.iterdir() if path.suffix in {".service", ".timer"})
    assert len(names) == 6
    warnings = [line for line in said("systemd-analyze", "verify", *names).splitlines()
                if "onthisday" in line]  # fmt: skip
    assert warnings == []


@needs_analyze
@pytest.mark.parametrize("name", SERVICES)
def test_what_a_service_is_exposed_to_is_little(units: Path, name: str) -> None:
    file = str(units / f"onthisday-{name}.service")
    said("systemd-analyze", "security", "--offline=true", "--threshold=20", file)
    with pytest.raises(AssertionError, match="Overall exposure"):
        said("systemd-analyze", "security", "--offline=true", "--threshold=5", file)


def test_a_tick_that_leaves_a_notice_waiting_has_not_failed() -> None:
    assert unit("onthisday-tick.service")["Service"]["SuccessExitStatus"] == "3"


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_runs_a_command_that_there_is(name: str) -> None:
    started = unit(f"onthisday-{name}.service")["Service"]["ExecStart"].replace("\\\n", " ")
    words = started.partition("--config /srv/onthisday/config.yaml ")[2].split()
    assert words[0] in COMMANDS


def test_a_service_has_longer_to_end_than_it_takes() -> None:
    for name in ("serve", "work", "tick"):
        assert int(unit(f"onthisday-{name}.service")["Service"]["TimeoutStopSec"]) > GRACE


@pytest.mark.skipif(shutil.which("systemd-tmpfiles") is None, reason="there is no systemd-tmpfiles")
def test_the_layout_is_made_as_it_is_written(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    root = f"--root={tmp_path}"
    said("systemd-sysusers", root, str(UNITS / "onthisday.sysusers.conf"))
    assert "onthisday:" in (tmp_path / "etc" / "passwd").read_text()
    said("systemd-tmpfiles", root, "--create", str(UNITS / "onthisday.tmpfiles.conf"))
    link = tmp_path / "srv" / "onthisday" / "var"
    assert link.readlink() == Path("/var/lib/onthisday")
    assert (tmp_path / "var/lib/onthisday").stat().st_mode & 0o777 == 0o700


def laid_out(folder: Path, url: str) -> Path:
    """Put an almanac into folders as on a server: only `var` leads to a writable folder."""
    home, state = folder / "srv", folder / "state"
    home.mkdir()
    state.mkdir(mode=0o700)
    write_service(home, url, "room")
    (home / "var").symlink_to(state)
    return home


def test_a_tick_writes_to_the_state_folder_alone() -> None:
    with running_sink() as sink, open_folder() as folder:
        home, state = laid_out(folder, sink.url), folder / "state"
        before = sorted(home.iterdir())
        command = [str(PROGRAM), "--config", str(home / "config.yaml"), "tick"]
        for _ in range(2):
            said(*confined(*command, writable=state))
        assert len(sink.received) == 1
        assert sorted(home.iterdir()) == before
        assert {"onthisday.db", "cache"} <= {path.name for path in state.iterdir()}
        assert (state / "onthisday.db").stat().st_uid == UID


def test_the_backup_is_made_beside_a_running_service_and_fourteen_are_kept(tmp_path: Path) -> None:
    home = laid_out(tmp_path, "http://127.0.0.1/")
    backups = tmp_path / "state" / "backups"
    backups.mkdir()
    for day in range(20):
        (backups / f"202601{day + 1:02}T033000Z.db").touch()
    script = unit("onthisday-backup.service")["Service"]["ExecStart"]
    script = script.replace("\\\n", " ").partition("-euc '")[2].rstrip("'")
    script = script.replace("$$", "$").replace("%%", "%").replace("\\", "")
    script = script.replace("/opt/onthisday/bin/onthisday", str(PROGRAM))
    script = script.replace("/srv/onthisday/config.yaml", str(home / "config.yaml"))
    with serving(home / "config.yaml") as (address, process):
        wait_for(lambda: health(address)["ticked"] is not None)
        subprocess.run(
            ["sh", "-euc", script],
            env={"STATE_DIRECTORY": f"{tmp_path / 'state'}:{backups}", "PATH": "/usr/bin:/bin"},
            check=True, timeout=60,
        )  # fmt: skip
        process.send_signal(signal.SIGTERM)
    kept = sorted(path.name for path in backups.iterdir())
    assert len(kept) == 14
    assert kept[0] == "20260108T033000Z.db"
    assert (backups / kept[-1]).stat().st_size > 0
