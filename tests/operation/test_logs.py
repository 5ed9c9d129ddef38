"""The log, for programs and for people: one event a line, linked by ids, and no secrets."""

import json
import logging
import os
import pty
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from onthisday.cli.logs import JsonLine, TextLine, instant
from onthisday.service.log_events import event
from tests.aging import aged
from tests.delivery.almanacs import run
from tests.delivery.sink import Answer, running_sink
from tests.operation.running import SECRET, lines, only, write_service

pytestmark = pytest.mark.program

TEXT_LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (INFO|WARNING|ERROR) ")


def record(message: str, *args: object, **more: object) -> logging.LogRecord:
    made = logging.LogRecord("onthisday", logging.INFO, "", 1, message, args, None)
    made.__dict__.update(more)
    made.created = 1772010000.1239
    return made


def test_each_attempt_is_an_event_that_names_its_notice(tmp_path: Path) -> None:
    with running_sink() as sink:
        long = b"no such room, " * 100
        sink.answer = lambda got: (
            Answer(422, body=long) if got.path.endswith("bad") else Answer(200)
        )
        write_service(tmp_path, sink.url, "good", "bad")
        ticked = run(tmp_path, "tick")
    found = lines(ticked.stderr)
    sent = only(found, lambda each: each.get("channel") == "good")
    assert sent["event"] == "attempt"
    assert sent["notice"].startswith("good/")
    assert (sent["service"], sent["outcome"], sent["status"]) == ("webhook", "sent", 200)
    assert (sent["reply"], sent["number"], sent["state"], sent["due"]) == ("ok", 1, "sent", None)
    assert 0 < sent["seconds"] < 60
    assert datetime.fromisoformat(sent["at"]).utcoffset() is not None
    failed = only(found, lambda each: each.get("channel") == "bad")
    assert (failed["level"], failed["outcome"], failed["status"]) == ("warning", "refused", 422)
    assert len(failed["reply"]) <= 200
    assert SECRET not in ticked.stderr


def test_a_channel_that_is_gone_is_told_as_an_error_of_its_own(tmp_path: Path) -> None:
    with running_sink() as sink:
        sink.answer = lambda _: Answer(410, body=b"moved")
        write_service(tmp_path, sink.url, "room")
        found = lines(run(tmp_path, "tick").stderr)
    off = only(found, lambda each: each["event"] == "channel.off")
    assert (off["level"], off["channel"]) == ("error", "room")
    assert off["reason"] == "the service answered 410 Gone: moved; the address is gone for good"


def test_a_notice_that_is_given_up_says_why(tmp_path: Path) -> None:
    with running_sink() as sink:
        sink.answer = lambda _: Answer(503)
        write_service(tmp_path, sink.url, "room")
        assert run(tmp_path, "tick").returncode == 3
        for file in (tmp_path / "almanac").glob("*.jsonl"):
            file.write_text("")
            aged(file)
        tomorrow = (datetime.now(UTC) + timedelta(days=1)).strftime("%Y-%m-%dT")
        gone = run(tmp_path, "tick", "--now", f"{tomorrow}00:00:00Z")
        assert "3 of 3 entries are gone since the last tick" in gone.stderr
        found = lines(run(tmp_path, "tick", "--now", f"{tomorrow}00:16:00Z").stderr)
    given_up = only(found, lambda each: each["event"] == "notice.expired")
    assert given_up["notice"].startswith("room/")
    assert "no entry for it on that day" in given_up["reason"]


@pytest.mark.parametrize(
    ("url", "is_told"),
    [("foo://s3cret@x", False), ("tgram://s3cret/x", False), ("json://s3cret@127.0.0.1:1", True)],
)
def test_what_apprise_says_of_an_address_keeps_its_secrets(
    tmp_path: Path, url: str, is_told: bool
) -> None:
    write_service(tmp_path, "http://127.0.0.1/")
    config = json.loads((tmp_path / "config.yaml").read_text())
    channel = {"name": "room", "type": "apprise", "url": url, "at": "00:00"}
    (tmp_path / "config.yaml").write_text(json.dumps(config | {"channels": [channel]}))
    aged(tmp_path / "config.yaml")
    ticked = run(tmp_path, "tick")
    assert ("onnection error" in ticked.stderr) is is_told
    for said in (ticked, run(tmp_path, "channels", "test", "room")):
        assert "s3cret" not in said.stdout + said.stderr, "it masks what is longer"


@pytest.mark.parametrize(
    ("words", "environ"), [(["--log", "text"], {}), ([], {"ONTHISDAY_LOG": "text"})]
)
def test_text_may_be_forced(tmp_path: Path, words: list[str], environ: dict[str, str]) -> None:
    with running_sink() as sink:
        write_service(tmp_path, sink.url, "room")
        said = run(tmp_path, "tick", *words, **environ).stderr
    assert TEXT_LINE.match(said), said
    assert re.search(r"room/[\d-]+: webhook sent 200 in \d\.\d{3} s: ok\n$", said)


def test_the_option_wins_over_the_environment(tmp_path: Path) -> None:
    with running_sink() as sink:
        write_service(tmp_path, sink.url, "room")
        said = run(tmp_path, "tick", "--log", "json", ONTHISDAY_LOG="text").stderr
    assert lines(said)[0]["event"] == "attempt"


@pytest.mark.parametrize(
    ("words", "environ"), [(["--log", "xml"], {}), ([], {"ONTHISDAY_LOG": "xml"})]
)
def test_another_form_is_a_usage_error(
    tmp_path: Path, words: list[str], environ: dict[str, str]
) -> None:
    write_service(tmp_path, "http://127.0.0.1/")
    refused = run(tmp_path, "tick", *words, **environ)
    assert refused.returncode == 2
    assert '"xml" is no form of the log; write text or json' in refused.stderr


def test_a_person_at_a_terminal_reads_text(tmp_path: Path) -> None:
    with running_sink() as sink:
        write_service(tmp_path, sink.url, "room")
        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "onthisday", "tick"]
        subprocess.run(
            command, cwd=tmp_path, stderr=theirs, stdout=subprocess.DEVNULL, check=True, timeout=60
        )
        os.close(theirs)
        said = os.read(ours, 65536).decode()
        os.close(ours)
    assert TEXT_LINE.match(said), said


def test_an_unexpected_error_is_one_line_with_its_traceback(tmp_path: Path) -> None:
    write_service(tmp_path, "http://127.0.0.1/")
    program = (
        "import onthisday.cli.tick as tick, sys\n"
        "def broken(args): raise RuntimeError('two\\nlines')\n"
        "tick._run = broken\n"
        "from onthisday.cli import main\n"
        "sys.exit(main(['tick']))\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ended.returncode == 1
    first, last = ended.stderr.splitlines()
    (told,) = lines(first)
    assert (told["event"], told["level"]) == ("unexpected", "error")
    assert told["traceback"].endswith("RuntimeError: two\nlines")
    assert last.startswith("onthisday: unexpected: RuntimeError")


def test_an_expected_error_stays_one_plain_line(tmp_path: Path) -> None:
    ended = run(tmp_path, "serve")
    assert ended.returncode == 1
    assert ended.stderr.startswith("onthisday: config.yaml: there is no such file")
    assert ended.stderr.count("\n") == 1


def test_a_line_has_whatever_it_is_given_and_never_breaks() -> None:
    said = JsonLine().format(record("two\nlines of %s", "é", **event("x", when=date(2026, 2, 25))))
    (told,) = lines(said)
    assert told == {
        "at": "2026-02-25T09:00:00.123Z",
        "level": "info",
        "event": "x",
        "message": "two\nlines of é",
        "when": "2026-02-25",
    }


def test_a_library_s_own_line_has_the_library_s_name_as_its_event() -> None:
    other = record("Shutting down")
    other.name = "uvicorn.error"
    assert lines(JsonLine().format(other))[0]["event"] == "uvicorn.error"


def test_instants_are_utc_whatever_the_machine_s_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    assert instant(record("x")) == "2026-02-25T09:00:00.123Z"
    assert TextLine().format(record("x")) == "2026-02-25T09:00:00.123Z INFO x"


def test_today_loads_neither_logging_nor_metrics(tmp_path: Path) -> None:
    write_service(tmp_path, "http://127.0.0.1/")
    assert run(tmp_path, "today").returncode == 0
    program = "import sys\nfrom onthisday.cli import main\nmain(['today'])\nprint(*sys.modules)"
    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    loaded = set(ended.stdout.splitlines()[-1].split())
    assert "onthisday.views.presenter" in loaded
    assert not {"logging", "prometheus_client", "onthisday.delivery.measures"} & loaded
