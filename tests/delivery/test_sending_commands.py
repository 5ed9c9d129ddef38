import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.delivery.almanacs import (
    entry_tree,
    run,
    write_almanac,
    write_channels,
    write_config,
    write_picture,
)
from tests.delivery.services import TOKEN, Mastodon, serving
from tests.delivery.sink import Answer, running_sink

pytestmark = pytest.mark.program

NOW = ("--now", "2026-02-25T09:00:00Z")


def test_a_tick_sends_what_is_due_once_and_says_so(tmp_path: Path) -> None:
    with running_sink() as sink:
        write_config(tmp_path, sink.url)
        first, second = run(tmp_path, "tick", *NOW), run(tmp_path, "tick", *NOW)
        assert (first.returncode, first.stdout) == (0, "1 sent\n")
        assert (second.returncode, second.stdout) == (0, "nothing was due\n")
        assert sink.paths() == ["/room"]


def test_a_tick_that_leaves_a_notice_waiting_ends_with_3(tmp_path: Path) -> None:
    with running_sink() as sink:
        write_config(tmp_path, sink.url)
        sink.answer = lambda _: Answer(503, body=b"later")
        tick = run(tmp_path, "tick", *NOW)
        assert tick.returncode == 3
        assert tick.stdout.startswith("1 not taken; 1 notice waits: `onthisday notices list` has")
        shown = run(tmp_path, "notices", "show", "room/2026-02-25").stdout
        assert shown.endswith("retry: the service answered 503 Service Unavailable: later\n")
        sink.answer = lambda _: Answer()
        assert run(tmp_path, "tick", "--now", "2026-02-25T09:00:10Z").returncode == 0


def test_a_rehearsal_says_what_would_be_sent_and_writes_nothing(tmp_path: Path) -> None:
    with running_sink() as sink:
        write_config(tmp_path, sink.url)
        rehearsed = run(tmp_path, "tick", *NOW, "--dry-run")
        assert rehearsed.returncode == 0
        assert rehearsed.stdout == (
            "would send room/2026-02-25 to 127.0.0.1 (webhook): 1 occasion\n"
        )
        assert sink.received == []
        assert not (tmp_path / "var" / "onthisday.db").exists()
        sink.answer = lambda _: Answer(503)
        run(tmp_path, "tick", *NOW)
        later = run(tmp_path, "tick", "--now", "2026-02-26T10:00:00Z", "--dry-run")
        assert later.stdout.endswith("1 occasion, late\n")
        assert run(tmp_path, "tick", "--now", "2026-02-25T09:00:01Z", "--dry-run").stdout == (
            "would send nothing\n"
        )


def test_no_secret_is_in_any_output(tmp_path: Path) -> None:
    with running_sink() as sink:
        write_config(
            tmp_path, f"{sink.url}hush-hush-path/", secret="whsec_aHVzaC1odXNoLXNlY3JldA=="
        )
        sink.answer = lambda received: Answer(410, body=f"gone: {received.path}".encode())
        said = ""
        for words in (
            ("tick", *NOW), ("notices", "list"), ("notices", "show", "room/2026-02-25"),
            ("channels", "list"), ("channels", "preview", "room"), ("channels", "test", "room"),
            ("notices", "list", "--format", "json"), ("channels", "list", "--format", "json"),
        ):  # fmt: skip
            done = run(tmp_path, *words)
            said += done.stdout + done.stderr
        assert "gone: /«secret»" in said
        assert "hush" not in said
        assert "aHVzaC1" not in said


def test_410_switches_a_channel_off_and_a_test_that_succeeds_on_again(tmp_path: Path) -> None:
    with running_sink() as sink:
        write_config(tmp_path, sink.url)
        sink.answer = lambda _: Answer(410, body=b"moved")
        assert run(tmp_path, "tick", *NOW).stdout == "1 failed\n"
        listed = run(tmp_path, "channels", "list").stdout
        assert (
            "off (the service answered 410 Gone: moved; the address is gone for good; put it right "
            "in config, then run `onthisday channels test room`)"
        ) in listed
        failed = run(tmp_path, "channels", "test", "room")
        assert (failed.returncode, failed.stdout) == (1, "")
        assert "did not take the test: the service answered 410 Gone: moved" in failed.stderr
        sink.answer = lambda _: Answer(200, body=b"welcome")
        tested = run(tmp_path, "channels", "test", "room", "--date", "2026-02-25")
        assert tested.returncode == 0
        assert "200 welcome" in tested.stdout
        assert "next: 2027-02-25T09:00Z The speech" in tested.stdout
        assert json.loads(sink.received[-1].body)["data"]["test"] is True
        assert "  on  " in run(tmp_path, "channels", "list").stdout


def test_a_preview_is_what_people_see_and_needs_no_variable(tmp_path: Path) -> None:
    write_almanac(tmp_path, entry_tree("speech"))
    write_channels(tmp_path, {"name": "room", "type": "slack", "url": "${UNSET_URL}"})
    shown = run(tmp_path, "channels", "preview", "room", "--date", "2026-02-20", "--format", "json")
    tree = json.loads(shown.stdout)
    assert (tree["day"], tree["type"]) == ("2026-02-25", "slack")
    assert tree["payload"]["text"] == "70 years ago: The speech"
    seen = run(tmp_path, "channels", "preview", "room", "--date", "2026-02-20").stdout
    assert seen.splitlines()[:4] == [
        "room/2026-02-25 to no address (slack):", "",
        "70 years ago today  25 February 1956", "The speech",
    ]  # fmt: skip
    raw = run(tmp_path, "channels", "preview", "room", "--date", "2026-02-20", "--raw").stdout
    assert json.loads(raw.partition("\n")[2]) == tree["payload"]
    listed = run(tmp_path, "channels", "list").stdout
    assert "off (the environment variable UNSET_URL is not set)" in listed
    ticked = run(tmp_path, "tick", *NOW)
    assert (ticked.returncode, "UNSET_URL" in ticked.stderr) == (1, True)


def test_a_preview_says_where_a_picture_is_shown_and_why_one_is_not(tmp_path: Path) -> None:
    keys = {"name": "room", "type": "mastodon", "url": "https://social.example", "token": "t"}
    asked = ("channels", "preview", "room", "--date", "2026-02-25")
    write_picture(tmp_path, keys)
    seen = run(tmp_path, *asked).stdout.splitlines()
    assert "Picture: Archive, CC0" in seen
    assert seen[-1] == "[picture below the text: The mill (Archive, CC0)]"
    assert "[" not in run(tmp_path, *asked, "--raw").stdout
    told = json.loads(run(tmp_path, *asked, "--format", "json").stdout)
    assert told["picture"] == "picture below the text: The mill (Archive, CC0)"
    write_picture(tmp_path, keys, file=None, url="https://other.example/mill.png")
    seen = run(tmp_path, *asked).stdout.splitlines()
    assert not any(line.startswith("Picture") for line in seen)
    assert seen[-1] == "[no picture: it is on another site; keep it beside the almanac]"


def test_a_test_of_a_channel_shows_a_picture_and_says_why_it_could_not(tmp_path: Path) -> None:
    keys = {"name": "room", "type": "mastodon", "token": TOKEN}
    asked = ("channels", "test", "room", "--date", "2026-02-25")
    for image, shown in (({}, 1), ({"file": None, "url": "https://other.example/mill.png"}, 0)):
        with serving(server := Mastodon()) as service:
            write_picture(tmp_path, {**keys, "url": service.url}, **image)
            tested = run(tmp_path, *asked)
        assert tested.returncode == 0, tested.stderr
        assert len(server.media) == shown
        assert ("without its picture: it is on another site" in tested.stderr) != bool(shown)


def test_a_channel_that_waits_for_a_variable_names_it_whatever_key_it_is_for(
    tmp_path: Path,
) -> None:
    keys: dict[str, dict[str, Any]] = {
        "slack": {"url": "${A_URL}"},
        "telegram": {"token": "${A_TOKEN}", "to": "-1"},
        "webhook": {"url": "https://a.b/", "secret": ["${A_SECRET}", "x"]},
        "ntfy": {"url": "https://a.b/", "to": "${A_TOPIC}"},
        "bluesky": {"user": "${A_USER}", "token": "${A_PASSWORD}"},
        "discord": {"url": "https://a.b/", "enabled": False},
    }
    write_almanac(tmp_path, entry_tree("speech"))
    write_channels(tmp_path, *({"name": kind, "type": kind, **keys[kind]} for kind in keys))
    listed = json.loads(run(tmp_path, "channels", "list", "--format", "json").stdout)["channels"]
    assert {each["name"]: each["reason"] for each in listed} == {
        "slack": "the environment variable A_URL is not set",
        "telegram": "the environment variable A_TOKEN is not set",
        "webhook": "the environment variable A_SECRET is not set",
        "ntfy": "the environment variable A_TOPIC is not set",
        "bluesky": "the environment variables A_USER and A_PASSWORD are not set",
        "discord": "not enabled in config",
    }


def test_a_filter_that_no_entry_passes_is_told(tmp_path: Path) -> None:
    write_almanac(tmp_path, entry_tree("speech", tags=["stalin"]))
    where = {"type": "slack", "url": "https://hooks.example/", "tags": ["Stalin"]}
    write_channels(tmp_path, {"name": "room", **where})
    said = "no entry has the tag Stalin; write stalin"
    assert said in run(tmp_path, "channels", "list").stdout
    checked = run(tmp_path, "check")
    assert f'config.yaml: warning: channel "room": {said}\n' in checked.stdout
    assert checked.returncode == 0


def test_names_that_are_unknown_are_told(tmp_path: Path) -> None:
    write_config(tmp_path, "https://hooks.example/")
    listed = "`onthisday notices list` names them"
    for words, said in (
        (("channels", "preview", "rom"), 'no channel is named "rom"; there is room'),
        (("notices", "show", "room/1999-01-01"), f'no notice is named "room/1999-01-01"; {listed}'),
        (("notices", "replay", "nothing"), f'no notice is named "nothing"; {listed}'),
    ):
        done = run(tmp_path, *words)
        assert (done.returncode, done.stderr) == (1, f"onthisday: {said}\n")


def test_notices_are_listed_by_channel_state_and_day(tmp_path: Path) -> None:
    with running_sink() as sink:
        write_config(tmp_path, sink.url, count=2)
        run(tmp_path, "tick", *NOW)
        all_of_them = run(tmp_path, "notices", "list").stdout.splitlines()
        assert [line.split()[:2] for line in all_of_them] == [
            ["room0/2026-02-25", "sent"],
            ["room1/2026-02-25", "sent"],
        ]
        one = run(tmp_path, "notices", "list", "--channel", "room1", "--since", "2026-02-25")
        assert one.stdout.startswith("room1/2026-02-25")
        for nothing in (("--state", "failed"), ("--since", "2026-02-26")):
            assert run(tmp_path, "notices", "list", *nothing).stdout == "no notices\n"


def test_a_webhook_secret_that_cannot_be_used_is_a_finding(tmp_path: Path) -> None:
    write_config(tmp_path, "https://hooks.example/", secret="whsec_!!!!")
    done = run(tmp_path, "tick", *NOW)
    assert done.returncode == 1
    assert "secret cannot be used" in done.stderr
    assert "!!!!" not in done.stderr


def test_a_tick_writes_the_site_where_output_names_a_folder(tmp_path: Path) -> None:
    write_almanac(tmp_path, entry_tree("speech"))
    write_channels(tmp_path, output="public")
    assert run(tmp_path, "tick", *NOW).returncode == 0
    assert (tmp_path / "public" / "feed.atom").exists()


def test_a_tick_calls_the_heartbeat_when_all_is_done(tmp_path: Path) -> None:
    with running_sink() as sink:
        write_almanac(tmp_path, entry_tree("speech"))
        write_channels(tmp_path, heartbeat=f"{sink.url}beat")
        assert run(tmp_path, "tick", *NOW).returncode == 0
        assert sink.paths() == ["/beat"]


@pytest.mark.parametrize(("status", "said"), [(None, "127.0.0.1"), (404, "it answered 404")])
def test_a_tick_says_that_the_heartbeat_is_dead_and_names_no_address(
    tmp_path: Path, status: int | None, said: str
) -> None:
    with running_sink() as sink:
        sink.answer = lambda _: Answer(status) if status else None
        write_almanac(tmp_path, entry_tree("speech"))
        url = f"{sink.url}s3cret-beat" if status else "http://127.0.0.1:1/s3cret-beat"
        write_channels(tmp_path, heartbeat=url)
        ticked = run(tmp_path, "tick", *NOW)
    assert ticked.returncode == 0
    assert "the heartbeat's address could not be called" in ticked.stderr
    assert said in ticked.stderr
    assert "s3cret" not in ticked.stderr


def test_a_tick_far_ahead_of_the_clock_asks_and_what_it_did_is_set_back(tmp_path: Path) -> None:
    then = ("--now", "2126-03-01T09:00:00Z")
    with running_sink() as sink:
        write_config(tmp_path, sink.url)
        asked = run(tmp_path, "tick", *then)
        assert asked.returncode == 1
        assert "catch_up_days (7) ahead of the clock" in asked.stderr
        assert "--force" in asked.stderr
        assert sink.received == []
        assert run(tmp_path, "tick", *then, "--force").returncode == 0
        told = run(tmp_path, "tick")
        assert told.returncode == 1
        assert "all days up to 2126-03-01 are closed" in told.stderr
        assert told.stdout == "nothing was due\n"
        listed = run(tmp_path, "channels", "list").stdout
        assert "`onthisday channels reset room` sets it back" in listed
        done = run(tmp_path, "channels", "reset", "--all")
        assert done.stdout.startswith("room: the last closed day was 2126-03-01; it is ")
        assert run(tmp_path, "channels", "reset", "room").stdout.startswith("nothing to set back")
        assert run(tmp_path, "tick").returncode == 0


def test_a_replay_to_a_channel_that_is_off_says_so(tmp_path: Path) -> None:
    with running_sink() as sink:
        write_config(tmp_path, sink.url)
        sink.answer = lambda _: Answer(410)
        run(tmp_path, "tick", *NOW)
        said = run(tmp_path, "notices", "replay", "room/2026-02-25").stdout
        assert said.startswith("room is off (the service answered 410 Gone")
        assert "1 notice waits until then" in said


def test_a_pause_is_shown_by_channels_list_and_ended_by_replay(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    with running_sink() as sink:
        write_almanac(tmp_path, entry_tree("first", f"1956-{now:%m-%d}"))
        room = {"name": "room", "type": "webhook", "url": sink.url, "private_addresses": True}
        write_channels(tmp_path, room | {"at": "00:00"})
        sink.answer = lambda _: Answer(429, (("Retry-After", "31536000"),))
        assert run(tmp_path, "tick").returncode == 3
        listed = json.loads(run(tmp_path, "channels", "list", "--format", "json").stdout)
        ends = datetime.fromisoformat(listed["channels"][0]["paused_until"])
        assert timedelta(hours=23) < ends - now < timedelta(hours=24, minutes=2)
        assert "the channel asked for a pause until" in run(tmp_path, "channels", "list").stdout
        run(tmp_path, "tick")
        assert len(sink.received) == 1
        run(tmp_path, "notices", "replay", f"room/{now:%Y-%m-%d}")
        run(tmp_path, "tick")
        assert len(sink.received) == 2
