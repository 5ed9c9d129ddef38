"""The Dockerfile and the compose file: their steps run here, and no Docker daemon is needed."""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from onthisday.app.listening import GRACE
from onthisday.cli import COMMANDS
from tests.operation.confined import UID, confined, open_folder
from tests.operation.running import write_service
from tests.operation.test_lock import locked
from tests.website.fixtures import SHIPPED, free_port, wait_for

DEPLOY = SHIPPED / "deploy"
BIN = Path(sys.executable).parent


def instructions(name: str) -> list[str]:
    """Return the arguments of each instruction of the Dockerfile with this name."""
    text = (DEPLOY / "Dockerfile").read_text().replace("\\\n", " ")
    return re.findall(rf"^{name} +(.+)$", text, re.MULTILINE)


def compose(name: str = "compose.yaml") -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose" / name).read_text())
    return found


COMPOSE = ("compose.yaml", "replicated.yaml")


@pytest.mark.program
def test_hadolint_finds_nothing() -> None:
    said = subprocess.run(
        [BIN / "hadolint", DEPLOY / "Dockerfile"],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert (said.returncode, said.stdout) == (0, "")


def test_every_image_is_pinned_by_tag_and_digest() -> None:
    base = next(value for value in instructions("ARG") if value.startswith("PYTHON="))
    services = [each for name in COMPOSE for each in compose(name)["services"].values()]
    others = [each["image"] for each in services if "build" not in each]
    assert len(others) == 3
    for image in (base.removeprefix("PYTHON="), *others):
        assert re.fullmatch(r"[a-z]+:[0-9.]+-[a-z-]+@sha256:[0-9a-f]{64}", image), image
    assert {each.split()[0] for each in instructions("FROM")} == {"${PYTHON}"}


def test_pip_takes_only_what_has_a_known_hash() -> None:
    installs = [line for line in instructions("RUN") if "pip install" in line]
    assert len(installs) == 1
    assert "--require-hashes" in installs[0]
    assert "--only-binary=:all:" in installs[0], "nobody's code runs while it installs"


def test_it_runs_as_nobody_in_particular() -> None:
    assert instructions("USER") == [f"{UID}:{UID}"]
    assert f"--owner={UID} --group={UID}" in " ".join(instructions("RUN"))


@pytest.mark.program
@pytest.mark.parametrize("name", COMPOSE)
def test_a_compose_file_is_one_and_confines_every_service(name: str) -> None:
    file = str(DEPLOY / "compose" / name)
    command = [str(BIN / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec", file]
    said = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert said.returncode == 0, said.stdout + said.stderr
    services = compose(name)["services"]
    for service in services.values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
    assert [each for each in services if "ports" in services[each]] == ["web"], (
        "no other is reached"
    )
    volumes = {part.partition(":")[0] for each in services.values() for part in each["volumes"]}
    assert {volume for volume in volumes if not volume.startswith(".")} == set(
        compose(name)["volumes"]
    )


def test_the_replicated_services_are_healthy_one_after_the_other() -> None:
    """Each waits for what it needs, and only the image that has PostgreSQL's driver is built."""
    services = compose("replicated.yaml")["services"]
    ours = {name: each for name, each in services.items() if "build" in each}
    assert set(ours) == {"serve-one", "serve-two", "work"}
    for each in ours.values():
        assert each["depends_on"] == {"postgres": {"condition": "service_healthy"}}
        assert each["build"]["args"] == {"REQUIREMENTS": "everything.txt"}
        assert int(each["stop_grace_period"].removesuffix("s")) > GRACE
    assert "healthcheck" in services["postgres"]
    behind = {f"{name}:8080" for name in ours if name != "work"}
    assert set(services["web"]["environment"]["UPSTREAM"].split()) == behind
    assert "psycopg" in locked("everything.txt")


def test_work_is_asked_for_its_health_where_its_config_must_have_the_metrics() -> None:
    work = compose("replicated.yaml")["services"]["work"]
    assert work["command"] == ["work"]
    assert work["command"][0] in COMMANDS
    assert "http://127.0.0.1:9464/healthz?ready" in work["healthcheck"]["test"][-1]
    assert "metrics: 0.0.0.0:9464" in (DEPLOY / "compose" / "replicated.yaml").read_text()


def copied(folder: Path) -> None:
    """Copy the files that the Dockerfile copies from the checkout, and no others."""
    allowed = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    for line in instructions("COPY"):
        *names, target = line.split()
        if names[0].startswith("--from"):
            continue
        for name in names:
            assert f"!{name}" in allowed
            source, into = SHIPPED / name, folder / (target if name == target else name)
            into.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, into, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, into)


def installed(folder: Path) -> Path:
    """Build the packages that the image installs, from the files that it copies; return their
    folder."""
    build, package, packages = folder / "build", folder / "package", folder / "packages"
    build.mkdir()
    copied(build)
    words = shlex.split(instructions("RUN")[0])
    assert words == ["python", "deploy/package.py", "/package", "--requirements", "$REQUIREMENTS"]
    command = [sys.executable, "deploy/package.py", str(package)]
    subprocess.run(command, cwd=build, check=True, timeout=200)
    (made,) = package.glob("onthisday*.whl")
    with zipfile.ZipFile(made) as archive:
        archive.extractall(packages)
    return packages


@pytest.mark.program
def test_what_it_copies_is_installed_and_serves_confined() -> None:
    with open_folder() as folder:
        home, state = folder / "srv", folder / "srv" / "var"
        state.mkdir(parents=True)
        write_service(home, "http://127.0.0.1/")
        before = sorted(home.rglob("*"))
        said = served(home, state, installed(folder))
        assert "traceback" not in said
        made = {path for path in home.rglob("*") if state not in path.parents}
        assert made == set(before)
        assert (state / "onthisday.db").stat().st_uid == UID


@pytest.mark.program
def test_a_user_without_a_home_gets_the_day_and_can_name_a_folder_for_the_cache() -> None:
    with open_folder() as folder:
        home, elsewhere = folder / "srv", folder / "elsewhere"
        elsewhere.mkdir()
        write_service(home, "http://127.0.0.1/")
        environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(SHIPPED / "src")}
        command = confined(sys.executable, "-m", "onthisday", "today", writable=elsewhere)
        told = subprocess.run(
            command, cwd=home, env=environ, capture_output=True, text=True, check=False, timeout=60
        )
        assert told.returncode == 0, told.stderr
        assert "70 years ago" in told.stdout
        named = environ | {"XDG_CACHE_HOME": str(elsewhere)}
        subprocess.run(command, cwd=home, env=named, check=True, timeout=60)
        assert [*elsewhere.rglob("*.db")]


def served(home: Path, state: Path, packages: Path) -> str:
    """Run the image's command on another port until it is healthy; then end it. Return its log."""
    port = free_port()
    words = [*json.loads(instructions("CMD")[-1])[:-1], f"127.0.0.1:{port}"]
    command = confined(sys.executable, "-m", "onthisday", *words, writable=state)
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(packages), "ONTHISDAY_LOG": "json"}
    process = subprocess.Popen(
        command, cwd=home, env=environ, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        wait_for(lambda: is_healthy(port), seconds=30)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/feed.atom", timeout=10) as reply:
            assert b"years ago" in reply.read()
        assert Path(f"/proc/{process.pid}").stat().st_uid == UID
    finally:
        process.send_signal(signal.SIGTERM)
        said = process.communicate(timeout=40)[1]
    assert process.returncode == 0, said
    return said


def is_healthy(port: int) -> bool:
    """Run the image's own health check on a port."""
    _, _, written = instructions("HEALTHCHECK")[0].partition("CMD ")
    _, *words = json.loads(written)
    asked = [word.replace(":8080/", f":{port}/") for word in words]
    assert asked != words, shlex.join(words)
    done = subprocess.run([sys.executable, *asked], check=False, capture_output=True, timeout=30)
    return done.returncode == 0


@pytest.mark.program
@pytest.mark.skipif(shutil.which("docker") is None, reason="there is no docker")
def test_docker_builds_it_where_it_can_have_its_base() -> None:
    base = next(value for value in instructions("ARG") if value.startswith("PYTHON="))
    pull = ["docker", "pull", "--quiet", base.removeprefix("PYTHON=")]
    if subprocess.run(pull, capture_output=True, check=False, timeout=120).returncode != 0:
        pytest.skip("no docker daemon runs here, or it reaches no registry")
    build = ["docker", "build", "--quiet", "--file", str(DEPLOY / "Dockerfile"), str(SHIPPED)]
    subprocess.run(build, check=True, timeout=280)
