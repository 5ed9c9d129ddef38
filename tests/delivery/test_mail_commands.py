"""The commands with a channel of mail, and a program that is killed while it sends one."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.delivery.almanacs import entry_tree, run, write_almanac, write_channels
from tests.delivery.mail_servers import Mailbox, mail_server, read, scripted

pytestmark = pytest.mark.program

NOW = ("--now", "2026-02-25T09:00:00Z")


def write(folder: Path, port: int, **keys: Any) -> None:
    """Write an almanac with one entry, and a config with one channel of mail."""
    write_almanac(folder, entry_tree("speech"))
    tree = {
        "name": "room", "type": "email", "url": f"smtp://localhost:{port}",
        "from": "history@example.org", "to": "list@lists.example.org", "private_addresses": True,
    }  # fmt: skip
    write_channels(folder, tree | keys)


def test_a_tick_sends_a_mail_once_and_the_ledger_knows_it(tmp_path: Path) -> None:
    box = Mailbox()
    with mail_server(box) as port:
        write(tmp_path, port)
        assert run(tmp_path, "tick", *NOW).stdout == "1 sent\n"
        assert run(tmp_path, "tick", *NOW).stdout == "nothing was due\n"
    assert len(box.taken) == 1
    shown = run(tmp_path, "notices", "show", "room/2026-02-25").stdout
    assert "sent: the service answered 250: 2.0.0 Ok: queued as 4Zk1" in shown


def test_a_channel_is_tried_listed_and_shown(tmp_path: Path) -> None:
    box = Mailbox()
    with mail_server(box) as port:
        write(tmp_path, port)
        seen = run(tmp_path, "channels", "preview", "room", "--date", "2026-02-25").stdout
        assert "\nFrom: On this day <history@example.org>\nTo: list@lists.example.org\n" in seen
        raw = run(tmp_path, "channels", "preview", "room", "--raw").stdout
        assert "<!DOCTYPE html>" in raw
        tested = run(tmp_path, "channels", "test", "room")
        assert tested.stdout.startswith("room: the test was taken: 250 2.0.0 Ok: queued as 4Zk1\n")
    assert read(box.taken[0][2])["subject"].startswith("Test: ")
    assert run(tmp_path, "channels", "list").stdout.startswith("room  email  localhost  ")


def test_a_refused_recipient_switches_the_channel_off_until_a_test_is_taken(tmp_path: Path) -> None:
    with scripted({"RCPT": "550 5.1.1 <list@lists.example.org>: no such list"}) as server:
        write(tmp_path, server.port)
        run(tmp_path, "tick", *NOW)
        listed = run(tmp_path, "channels", "list").stdout
        assert "off (the service answered 550: there is no such mailbox or list; put the" in listed
        server.answers["RCPT"] = "250 2.1.5 Ok"
        assert run(tmp_path, "channels", "test", "room").returncode == 0
        assert "  on  " in run(tmp_path, "channels", "list").stdout


def test_channels_of_mail_may_stand_in_a_table(tmp_path: Path) -> None:
    box = Mailbox()
    with mail_server(box) as port:
        write_almanac(tmp_path, entry_tree("speech"))
        table = tmp_path / "channels.csv"
        table.write_text(
            "name,type,url,from,to,private_addresses\n"
            f"room,email,smtp://localhost:{port},history@example.org,list@lists.example.org,true\n"
        )
        table.chmod(0o600)
        write_channels(tmp_path, channels_file="channels.csv")
        assert "0 errors" in run(tmp_path, "check").stdout
        assert run(tmp_path, "tick", *NOW).stdout == "1 sent\n"


def test_check_names_what_cannot_be_used(tmp_path: Path) -> None:
    write(tmp_path, 25, url="mail.example.org", **{"from": "nobody"})
    told = run(tmp_path, "check").stdout
    assert "is no web address" in told or "is no mail server" in told
    write(tmp_path, 25, **{"from": "nobody"})
    assert "from is no address; write history@example.org" in run(tmp_path, "check").stdout


@pytest.mark.kills
@pytest.mark.parametrize("at", ["RCPT", "."])
def test_a_tick_killed_before_the_answer_sends_the_same_mail_again(tmp_path: Path, at: str) -> None:
    box = Mailbox()
    with scripted({at: ...}) as server:
        write(tmp_path, server.port)
        words = [sys.executable, "-m", "onthisday", "tick", *NOW]
        first = subprocess.Popen(words, cwd=tmp_path, stdout=subprocess.DEVNULL)
        end = "DATA" if at == "." else at
        while not any(line.startswith(end) for line in server.heard):
            assert first.poll() is None
        first.kill()
        assert first.wait() == -signal.SIGKILL
    with mail_server(box) as port:
        write(tmp_path, port)
        assert run(tmp_path, "tick", "--now", "2026-02-25T09:01:00Z").returncode == 0
    assert len(box.taken) == 1
    shown = run(tmp_path, "notices", "show", "room/2026-02-25", "--format", "json").stdout
    outcomes = [attempt["outcome"] for attempt in json.loads(shown)["attempts"]]
    assert outcomes == ["unknown", "sent"]


def test_today_loads_no_library_for_mail(tmp_path: Path) -> None:
    write(tmp_path, 25)
    code = (
        "import sys; from onthisday.cli import main; main(['today', '--date', '2026-02-25']);"
        "print({'aiosmtplib', 'onthisday.messages.email_mime', 'asyncio'} & set(sys.modules))"
    )
    said = subprocess.check_output([sys.executable, "-c", code], cwd=tmp_path, text=True)
    assert said.endswith("\nset()\n")
