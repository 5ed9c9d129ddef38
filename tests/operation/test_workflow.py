"""Run the workflow's steps as they are written, with two repositories and a sink; let some fail."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from onthisday.adapters.sqlite.notice_rows import text_of
from tests.delivery.sink import Answer, Sink, running_sink
from tests.operation.running import SECRET, write_service
from tests.website.fixtures import SHIPPED, wait_for

pytestmark = pytest.mark.program

FILE = SHIPPED / "deploy" / "github" / "onthisday.yaml"
BIN = Path(sys.executable).parent

TAKE, REHEARSE, CLAIM = "take the ledger", "rehearse", "claim it"
SEND, KEEP = "send", "keep the ledger"
HEARTBEAT, STAY_ON = "call the heartbeat", "enable this workflow"
WHOLE = [0] * 5


def workflow() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(FILE.read_text())
    return found


def scripts() -> dict[str, str]:
    """Return the commands of each step that has a name, by this name."""
    steps = [step for job in workflow()["jobs"].values() for step in job["steps"]]
    return {step["name"]: step["run"] for step in steps if "name" in step}


def git(*words: str, cwd: Path) -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=x", "-c", "user.email=x@x", *words],
        cwd=cwd, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return done.stdout


class Runner:
    """A machine that checks the repository out and runs steps of the workflow in it."""

    def __init__(self, hub: Path, folder: Path, **inputs: str) -> None:
        git("clone", "--quiet", f"file://{hub}", str(folder), cwd=hub.parent)
        self.folder, self.notes = folder, folder / ".git" / "notes-of-the-run"
        self.notes.touch()
        self.environ = os.environ | {
            "PATH": f"{BIN}:{os.environ['PATH']}",
            "GITHUB_ENV": str(self.notes),
            "RUN": f"https://runs.example/{folder.name}",
            "ONTHISDAY_LOG": "json",
            **inputs,
        }

    def begin(self, name: str) -> "subprocess.Popen[str]":
        """Start a step with the outputs of the steps before it."""
        noted = dict(line.split("=", 1) for line in self.notes.read_text().splitlines())
        return subprocess.Popen(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", scripts()[name]],
            cwd=self.folder, env=self.environ | noted, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip

    def run(self, name: str) -> tuple[int, str]:
        """Run a step; return its exit code and what it printed."""
        process = self.begin(name)
        said, _ = process.communicate(timeout=60)
        return process.returncode, said

    def all(self) -> list[int]:
        """Run the steps that send, as GitHub does; return the exit codes of those that ran."""
        codes: list[int] = []
        for name in (TAKE, REHEARSE, CLAIM, SEND):
            if not any(codes):
                codes.append(self.run(name)[0])
        if codes[2:3] == [0]:
            codes.append(self.run(KEEP)[0])
        return codes


@pytest.fixture
def sink() -> Iterator[Sink]:
    with running_sink() as running:
        yield running


@pytest.fixture
def hub(tmp_path: Path, sink: Sink) -> Path:
    """Return a bare repository with an almanac. Its one channel is due."""
    work, bare = tmp_path / "work", tmp_path / "hub.git"
    work.mkdir()
    write_service(work, sink.url, "room")
    git("init", "--quiet", "--initial-branch=main", cwd=work)
    git("add", ".", cwd=work)
    git("commit", "--quiet", "--message=almanac", cwd=work)
    git("clone", "--quiet", "--bare", str(work), str(bare), cwd=tmp_path)
    return bare


def on_ledger(hub: Path) -> set[str]:
    return set(git("ls-tree", "--name-only", "ledger", cwd=hub).split())


def test_the_schema_of_workflows_takes_it() -> None:
    command = [str(BIN / "check-jsonschema"), "--builtin-schema", "vendor.github-workflows"]
    done = subprocess.run([*command, str(FILE)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_shellcheck_finds_nothing_in_its_scripts() -> None:
    steps = [step for job in workflow()["jobs"].values() for step in job["steps"] if "run" in step]
    assert len(steps) > 4
    for step in steps:
        done = subprocess.run(
            [BIN / "shellcheck", "--shell=bash", "-"],
            input=step["run"], capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout


def test_every_action_is_pinned_and_no_job_may_do_more_than_it_needs() -> None:
    found = workflow()
    assert found["permissions"] == {"contents": "read"}
    allowed = {name: job.get("permissions") for name, job in found["jobs"].items()}
    assert allowed == {
        "check": None,
        "publish": {"contents": "read", "pages": "write", "id-token": "write"},
        "send": {"contents": "write"},
        "heartbeat": {},
        "stay-on": {"actions": "write"},
    }
    for line in FILE.read_text().splitlines():
        if "uses:" in line:
            assert re.search(r"uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


def test_a_day_is_sent_once_whatever_the_number_of_runs(
    hub: Path, sink: Sink, tmp_path: Path
) -> None:
    for number in range(3):
        assert Runner(hub, tmp_path / f"run{number}").all() == WHOLE
    assert len(sink.received) == 1
    assert on_ledger(hub) == {"onthisday.db"}
    assert git("rev-list", "--count", "ledger", cwd=hub).strip() == "1", "the branch does not grow"


def test_of_two_runs_at_once_one_sends(hub: Path, sink: Sink, tmp_path: Path) -> None:
    first, second = Runner(hub, tmp_path / "first"), Runner(hub, tmp_path / "second")
    for runner in (first, second):
        assert runner.run(TAKE)[0] == 0
    assert first.run(CLAIM)[0] == 0
    assert second.run(CLAIM)[0] != 0
    assert first.run(SEND)[0] == 0
    assert first.run(KEEP)[0] == 0
    assert len(sink.received) == 1


def test_a_run_that_was_lost_while_it_sent_stops_the_next_which_asks(
    hub: Path, sink: Sink, tmp_path: Path
) -> None:
    lost = Runner(hub, tmp_path / "lost")
    assert [lost.run(name)[0] for name in (TAKE, CLAIM, SEND)] == [0, 0, 0]
    after = Runner(hub, tmp_path / "after")
    code, said = after.run(TAKE)
    assert code == 1
    assert "https://runs.example/lost" in said
    assert "send again" in said
    assert len(sink.received) == 1
    asked = Runner(hub, tmp_path / "asked", AFTER_LOSS="send again")
    assert asked.all() == WHOLE
    ids = [received.headers["webhook-id"] for received in sink.received]
    assert len(ids) == 2
    assert ids[0] == ids[1], "the same notice"
    assert on_ledger(hub) == {"onthisday.db"}


@pytest.mark.kills
def test_a_run_that_is_killed_in_mid_send_keeps_what_it_knows(
    hub: Path, sink: Sink, tmp_path: Path
) -> None:
    def hang(_: object) -> Answer | None:
        time.sleep(3)
        return None

    sink.answer = hang
    killed = Runner(hub, tmp_path / "killed")
    assert [killed.run(name)[0] for name in (TAKE, CLAIM)] == [0, 0]
    sending = killed.begin(SEND)
    wait_for(lambda: sink.received, seconds=20)
    os.killpg(sending.pid, signal.SIGKILL)
    sending.communicate(timeout=20)
    assert killed.run(KEEP)[0] == 0
    assert on_ledger(hub) == {"onthisday.db"}
    sink.answer = lambda _: Answer()
    assert Runner(hub, tmp_path / "next").all() == WHOLE
    ids = [received.headers["webhook-id"] for received in sink.received]
    assert len(ids) == 2
    assert ids[0] == ids[1], "its outcome was unknown, and it is the same notice"


def test_what_waits_for_a_later_run_is_no_failure(hub: Path, sink: Sink, tmp_path: Path) -> None:
    sink.answer = lambda _: Answer(503)
    assert Runner(hub, tmp_path / "early").all() == WHOLE
    sink.answer = lambda _: Answer()
    later = Runner(hub, tmp_path / "later")
    assert later.run(TAKE)[0] == 0
    with closing(sqlite3.connect(later.folder / "var" / "onthisday.db")) as rows, rows:
        now = text_of(datetime.now(UTC))  # as if the first delay were over
        assert rows.execute("UPDATE notices SET due = ? WHERE due > ?", (now, now)).rowcount == 1
    assert [later.run(name)[0] for name in (REHEARSE, CLAIM, SEND, KEEP)] == WHOLE[1:]
    assert len(sink.received) == 2


def test_a_repository_that_cannot_be_asked_is_not_one_without_a_ledger(
    hub: Path, sink: Sink, tmp_path: Path
) -> None:
    assert Runner(hub, tmp_path / "first").all() == WHOLE
    runner = Runner(hub, tmp_path / "offline")
    git("remote", "set-url", "origin", f"file://{tmp_path}/nowhere.git", cwd=runner.folder)
    assert runner.all() == [128]
    assert len(sink.received) == 1


def test_an_almanac_that_is_broken_claims_nothing(hub: Path, sink: Sink, tmp_path: Path) -> None:
    broken = Runner(hub, tmp_path / "broken")
    (broken.folder / "config.yaml").write_text("site: {titel: x}\n")
    assert broken.all() == [0, 1]
    assert "ledger" not in git("branch", "--list", cwd=hub)
    assert Runner(hub, tmp_path / "mended").all() == WHOLE
    assert len(sink.received) == 1


def test_a_claim_after_which_nothing_came_is_taken_back(hub: Path, tmp_path: Path) -> None:
    runner = Runner(hub, tmp_path / "run")
    assert [runner.run(name)[0] for name in (TAKE, CLAIM)] == [0, 0]
    assert on_ledger(hub) == {"sending"}
    assert runner.run(KEEP)[0] == 0
    assert "ledger" not in git("branch", "--list", cwd=hub)


def test_what_is_installed_beside_secrets_has_a_known_hash_and_runs_no_code_of_its_own() -> None:
    jobs = workflow()["jobs"]
    steps = [step for job in jobs.values() for step in job["steps"]]
    installs = [step for step in steps if "pip install" in step.get("run", "")]
    assert len(installs) == 3
    for step in installs:
        words = step["run"].split()
        assert {"--require-hashes", "--only-binary=:all:"} <= set(words)
        assert words[-2:] == ["-r", "requirements.txt"]
        assert step["working-directory"] == ".github/onthisday"
    with_secrets = {name for name, job in jobs.items() if "secrets." in str(job)}
    assert with_secrets == {"send", "heartbeat"}


def test_a_whole_run_calls_the_heartbeat_and_one_without_an_address_calls_nobody(
    hub: Path, sink: Sink, tmp_path: Path
) -> None:
    assert workflow()["jobs"]["heartbeat"]["needs"] == ["publish", "send"]
    runner = Runner(hub, tmp_path / "run", HEARTBEAT_URL=f"{sink.url}beat")
    assert runner.run(HEARTBEAT)[0] == 0
    assert [received.path for received in sink.received] == ["/beat"]
    assert Runner(hub, tmp_path / "none", HEARTBEAT_URL="").run(HEARTBEAT)[0] == 0
    assert len(sink.received) == 1


def test_a_heartbeat_that_does_not_answer_fails_the_run_and_keeps_the_address_secret(
    hub: Path, sink: Sink, tmp_path: Path
) -> None:
    sink.answer = lambda _: Answer(404)
    code, said = Runner(hub, tmp_path / "run", HEARTBEAT_URL=f"{sink.url}{SECRET}").run(HEARTBEAT)
    assert code == 1
    assert "HEARTBEAT_URL did not answer" in said
    assert SECRET not in said


def test_twice_a_month_the_workflow_that_runs_is_enabled_by_its_own_name(
    hub: Path, tmp_path: Path
) -> None:
    job = workflow()["jobs"]["stay-on"]
    cron = job["if"].removeprefix("github.event.schedule == '").removesuffix("'")
    assert f'- cron: "{cron}"' in FILE.read_text()
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "gh").write_text('#!/bin/sh\nprintf "%s " "$@"\n')
    (tools / "gh").chmod(0o755)
    runner = Runner(
        hub, tmp_path / "run", PATH=f"{tools}:{os.environ['PATH']}",
        GITHUB_REPOSITORY="parish/almanac",
        GITHUB_WORKFLOW_REF="parish/almanac/.github/workflows/mine.yaml@refs/heads/main",
    )  # fmt: skip
    code, said = runner.run(STAY_ON)
    assert code == 0
    assert said == "api --method PUT repos/parish/almanac/actions/workflows/mine.yaml/enable "
