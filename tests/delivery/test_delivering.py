import asyncio
import json
from datetime import time, timedelta
from pathlib import Path

import pytest

from onthisday.config import Secret
from onthisday.delivery.request_reply import Failure, Reply, Request
from onthisday.service.sending.delivering import Delivery, Summary
from tests.delivery.fakes import OK, TAKEN, almanac_of, channel, config, entry, instant
from tests.delivery.stories import World, opened, play

LIBRARY = almanac_of(entry("first"), entry("second", "1966-02-25"), entry("x", "1970-02-26"))

ROOM = "room/2026-02-25"


def told(request: Request) -> list[str]:
    """Return the ids of the entries in a webhook's body."""
    return [each["id"] for each in json.loads(request.body)["data"]["occasions"]]


def test_a_day_is_one_message_and_each_is_one_an_occasion_in_order(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        assert (await world.tick()).sent == 3
        by_url: dict[str, list[list[str]]] = {}
        for request in world.sender.sent:
            by_url.setdefault(request.url, []).append(told(request))
        assert list(by_url.values()) == [[["first", "second"]], [["first"], ["second"]]]

    play(tmp_path, config(channel(), channel("hall", post="each")), LIBRARY, story)


def test_an_entry_that_is_deleted_or_re_dated_before_it_is_sent_is_left_out(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        world.sender.answer = lambda _: Failure(sent=False, detail="down")
        assert (await world.tick()).waiting == 1
        world.library = almanac_of(entry("second", "1966-02-25"), entry("first", "1956-03-01"))
        world.sender.answer = lambda _: OK
        await world.tick("2026-02-25T09:00:06")
        assert told(world.sender.sent[-1]) == ["second"]

    play(tmp_path, config(channel()), LIBRARY, story)


def test_a_notice_of_which_nothing_is_left_waits_while_its_day_lasts_and_then_expires(
    tmp_path: Path,
) -> None:
    async def story(world: World) -> None:
        world.sender.answer = lambda _: Failure(sent=False, detail="down")
        await world.tick()
        world.library = almanac_of(entry("x", "1970-02-26"))
        assert (await world.tick("2026-02-25T09:00:06")).postponed == 1
        waits = await world.notice(ROOM)
        assert (waits.state, waits.reason) == ("waiting", "the almanac has no entry for it now")
        assert (await world.tick("2026-02-26T00:00:00")).expired == 1
        assert "no entry for it" in str((await world.notice(ROOM)).reason)
        assert len(world.sender.sent) == 1

    play(tmp_path, config(channel()), LIBRARY, story)


def test_a_notice_whose_entries_come_back_on_its_day_is_sent(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        world.sender.answer = lambda _: Failure(sent=False, detail="down")
        await world.tick()
        world.sender.answer = lambda _: OK
        world.library = almanac_of(entry("x", "1970-02-26"))
        await world.tick("2026-02-25T09:00:06")
        world.library = LIBRARY
        assert (await world.tick("2026-02-25T09:00:36")).sent == 1

    play(tmp_path, config(channel()), LIBRARY, story)


def test_what_waits_past_the_window_is_expired_unsent(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        world.sender.answer = lambda _: Failure(sent=False, detail="down")
        await world.tick()
        world.config = config(channel(enabled=False))
        await world.tick("2026-03-01T09:00")
        world.config = config(channel())
        await world.tick("2026-03-07T09:00")
        assert (await world.notice(ROOM)).state == "expired"
        assert len(world.sender.sent) == 1

    play(tmp_path, config(channel()), LIBRARY, story)


def test_a_channel_that_left_the_config_is_put_off_for_an_hour(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        world.sender.answer = lambda _: Failure(sent=False, detail="down")
        await world.tick()
        world.config = config()
        assert (await world.tick("2026-02-25T10:00")).postponed == 1
        assert (await world.notice(ROOM)).due == instant("2026-02-25T11:00")

    play(tmp_path, config(channel()), LIBRARY, story)


def test_an_unknown_outcome_is_tried_again_under_the_same_id(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        world.sender.answer = lambda _: Failure(sent=True, detail="no answer")
        assert (await world.tick()).unknown == 2
        assert (await world.notice("held/2026-02-25")).due is None
        world.sender.answer = lambda _: OK
        assert (await world.tick("2026-02-25T09:00:06")).sent == 1
        ids = [dict(request.headers)["webhook-id"] for request in world.sender.sent]
        assert ids[0] == ids[2]
        assert (await world.notice("held/2026-02-25")).state == "unknown"

    play(tmp_path, config(channel(), channel("held", on_unknown="hold")), LIBRARY, story)


@pytest.mark.parametrize(
    ("kind", "reply", "wait"),
    [
        ("webhook", Reply(429, {"retry-after": "7200"}, b""), 7200),
        ("webhook", Reply(503, {"retry-after": "Wed, 25 Feb 2026 19:00:00 GMT"}, b""), 36000),
        ("slack", Reply(429, {"retry-after": "130"}, b"rate_limited"), 130),
        ("discord", Reply(429, {"retry-after": "1"}, b'{"retry_after": 64.57}'), 64.57),
        ("discord", Reply(429, {"retry-after": "65"}, b'{"retry_after": 64.57}'), 65),
        ("webhook", Reply(429, {"retry-after": "31536000"}, b""), 86400),
        ("webhook", Reply(503, {"retry-after": "Fri, 31 Dec 9999 23:59:59 GMT"}, b""), 86400),
        ("webhook", Reply(503, {"retry-after": "1e300"}, b""), 86400),
    ],
)
def test_a_wait_that_is_asked_for_is_kept_but_not_longer_than_a_day(
    tmp_path: Path, kind: str, reply: Reply, wait: float
) -> None:
    async def story(world: World) -> None:
        world.sender.answer = lambda _: reply
        assert (await world.tick()).waiting == 1
        (pause,) = await world.ledger.pauses()
        assert pause.until == world.clock.now() + timedelta(seconds=wait)
        world.sender.answer = lambda _: TAKEN[kind]
        world.clock.at = pause.until - timedelta(seconds=61)
        assert not any(await world.tick())
        world.clock.at = pause.until
        await world.tick()
        assert (await world.notice(ROOM)).state == "sent"

    play(tmp_path, config(channel(type=kind)), LIBRARY, story)


def test_a_clock_set_back_makes_no_wait_longer_than_it_can_be(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        world.sender.answer = lambda _: Failure(sent=False, detail="down")
        await world.tick("2026-02-25T09:00")
        waits = (await world.notice(ROOM)).due
        world.clock.set("2026-02-24T04:13")  # 28 h 47 min before that, which is still possible
        await world.tick()
        assert (await world.notice(ROOM)).due == waits
        world.sender.answer = lambda _: OK
        world.clock.set("2026-02-24T04:11")
        assert (await world.tick()).sent == 1

    play(tmp_path, config(channel()), LIBRARY, story)


def test_a_429_is_no_failed_try_and_keeps_the_order_of_a_channel(tmp_path: Path) -> None:
    tired = iter([True] * 30)

    async def story(world: World) -> None:
        refuse = Reply(429, {"retry-after": "7200"}, b"")
        world.sender.answer = lambda _: refuse if next(tired, False) else OK
        for hours in range(0, 64, 2):
            await world.tick(f"2026-02-{25 + hours // 24}T{hours % 24:02}:30")
        notices = {notice.id: notice for notice in await world.ledger.notices()}
        assert {notice.state for notice in notices.values()} == {"sent"}
        assert notices[f"{ROOM}/first"].tries == 1
        assert [told(request) for request in world.sender.sent[30:]] == [
            ["first"],
            ["second"],
            ["x"],
        ]

    play(tmp_path, config(channel(post="each", at=time(0))), LIBRARY, story)


def test_a_short_pause_is_waited_out_in_the_same_tick_in_order(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        tired = Reply(429, {"retry-after": "30"}, b"")
        world.sender.answer = lambda _: tired if len(world.sender.sent) == 1 else OK
        summary = await world.tick()
        assert (summary.sent, summary.waiting, summary.postponed) == (2, 0, 0)
        assert world.clock.now() >= instant("2026-02-25T09:00:30")
        first, again, second = world.sender.sent
        assert dict(first.headers)["webhook-id"] == dict(again.headers)["webhook-id"]
        assert dict(first.headers)["webhook-id"] != dict(second.headers)["webhook-id"]
        assert (await world.notice(f"{ROOM}/first")).tries == 1

    play(tmp_path, config(channel(post="each")), LIBRARY, story)


def test_a_service_that_refuses_again_and_again_is_left_to_a_later_tick(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        world.sender.answer = lambda _: Reply(429, {}, b"")
        assert (await world.tick()).waiting == 1
        assert len(world.sender.sent) == 5  # after 5, 10, 20 and 40 seconds; 80 is too long
        assert (await world.notice(ROOM)).tries == 0

    play(tmp_path, config(channel()), LIBRARY, story)


def test_a_channel_that_asks_for_a_pause_gets_it_for_all_its_notices(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        world.sender.answer = lambda _: Reply(429, {"retry-after": "90"}, b"")
        summary = await world.tick()
        assert (summary.waiting, summary.postponed) == (1, 1)
        second = await world.notice(f"{ROOM}/second")
        assert (second.tries, second.state) == (0, "waiting")
        assert not any(await world.tick("2026-02-25T09:00:20"))
        assert len(world.sender.sent) == 1

    play(tmp_path, config(channel(post="each")), LIBRARY, story)


def test_a_pause_is_kept_by_other_processes_and_lifted_by_hand(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        world.sender.answer = lambda _: Reply(429, {"retry-after": "7200"}, b"")
        await world.tick()
        world.sender.answer = lambda _: OK
        pace = world.clock.pace
        world.delivery = Delivery(world.ledger, world.sender, world.clock, world.clock, pace)
        assert not any(await world.tick("2026-02-25T10:00"))
        assert await world.ledger.lift(["channel room"])
        assert not await world.ledger.lift(["channel room"])
        assert (await world.tick()).sent == 1

    play(tmp_path, config(channel()), LIBRARY, story)


@pytest.mark.parametrize(
    ("reply", "rests_all"),
    [
        (Reply(429, {}, b'{"retry_after": 90, "global": true}'), True),
        (Reply(429, {"retry-after": "90"}, b"<html>You are being rate limited</html>"), True),
        (Reply(429, {}, b'{"retry_after": 90, "global": false}'), False),
    ],
)
def test_a_pause_that_discord_asks_of_everyone_is_kept_by_all_its_webhooks(
    tmp_path: Path, reply: Reply, *, rests_all: bool
) -> None:
    first, second = (channel(name, type="discord") for name in ("c1", "c2"))

    async def story(world: World) -> None:
        world.sender.answer = lambda request: reply if "c1" in request.url else TAKEN["discord"]
        summary = await world.tick()
        other = await world.notice("c2/2026-02-25")
        if rests_all:
            assert (summary.waiting, summary.postponed, len(world.sender.sent)) == (1, 1, 1)
            assert (other.tries, other.state) == (0, "waiting")
            assert other.reason == "discord asked for a pause"
        else:
            assert (summary.waiting, summary.sent) == (1, 1)

    play(tmp_path, config(first, second), LIBRARY, story)


def test_a_host_that_answers_nobody_is_left_alone_and_tried_by_one(tmp_path: Path) -> None:
    hosts = [channel(f"c{n:02}", url=Secret(f"https://dead.example/{n}")) for n in range(80)]

    async def story(world: World) -> None:
        world.sender.answer = lambda request: (
            Failure(sent=False, detail="down") if "dead" in request.url else OK
        )
        summary = await world.tick()
        assert summary.sent == 1
        assert summary.waiting + summary.postponed == 80
        assert summary.postponed > 0
        tried = len(world.sender.sent)
        await world.tick("2026-02-25T09:00:05.1")
        assert len(world.sender.sent) == tried + 1
        world.sender.answer = lambda _: OK
        assert (await world.tick("2026-02-25T10:00")).sent >= 1
        await world.tick("2026-02-25T10:01")
        assert set((await world.states()).values()) == {"sent"}

    play(tmp_path, config(*hosts, channel()), LIBRARY, story)


def test_a_gone_channel_is_off_and_its_later_notices_wait_for_it(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        world.sender.answer = lambda _: Reply(410, {}, b"moved away")
        assert (await world.tick()).failed == 1
        await world.tick("2026-02-26T09:00")
        assert len(world.sender.sent) == 1
        state = (await world.ledger.channels())["room"]
        assert "410 Gone: moved away" in str(state.off_reason)
        world.sender.answer = lambda _: OK
        await world.ledger.switch_on("room")
        await world.tick("2026-02-26T09:01")
        assert (await world.states())["room/2026-02-26"] == "sent"

    play(tmp_path, config(channel()), LIBRARY, story)


def test_what_is_replayed_is_sent_again_however_old(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        await world.tick()
        await world.ledger.replay(ROOM, instant("2026-06-01T00:00"))
        assert (await world.tick("2026-06-01T00:00")).sent == 1
        assert len(world.sender.sent) == 2

    play(tmp_path, config(channel()), LIBRARY, story)


def test_no_secret_of_a_channel_is_on_record(tmp_path: Path) -> None:
    hush = channel(secret=(Secret("s3cr3t-signing"),), token=Secret("t0ken"))

    async def story(world: World) -> None:
        echo = f"no {hush.url.reveal() if hush.url else ''} t0ken s3cr3t-signing".encode()
        world.sender.answer = lambda _: Reply(400, {}, echo)
        await world.tick()
        (attempt,) = await world.ledger.attempts(ROOM)
        assert attempt.detail == "no «secret» «secret» «secret»"

    play(tmp_path, config(hush), LIBRARY, story)


def broken(request: Request) -> Reply | Failure:
    """Answer requests to the channel `hall`. For all others raise what only a defect raises."""
    if "/hall" in request.url:
        return OK
    raise ZeroDivisionError


def test_an_unexpected_error_holds_up_no_other_notice_and_is_raised(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        world.sender.answer = broken
        with pytest.raises(ZeroDivisionError):
            await world.tick()
        states = await world.states()
        assert states == {ROOM: "unknown", "hall/2026-02-25": "sent"}

    play(tmp_path, config(channel(), channel("hall")), LIBRARY, story)


class SlowSender:
    """Implements `Sender`. Every request waits until a test sets ``go``."""

    def __init__(self) -> None:
        self.begun, self.go = asyncio.Event(), asyncio.Event()
        self.ended = 0

    async def send(self, request: Request) -> Reply | Failure:
        self.begun.set()
        await self.go.wait()
        self.ended += 1
        return OK


@pytest.mark.parametrize("cancel", [False, True])
def test_to_stop_lets_what_is_being_sent_finish_and_gives_the_rest_back(
    tmp_path: Path, cancel: bool
) -> None:
    async def story(world: World) -> None:
        slow = SlowSender()
        world.delivery = Delivery(world.ledger, slow, world.clock, world.clock, world.clock.pace)
        ticking = asyncio.create_task(world.tick())
        await slow.begun.wait()
        if cancel:  # APScheduler does this when it is shut down
            ticking.cancel()
        stopping = asyncio.create_task(world.delivery.stop())
        await asyncio.sleep(0.05)
        slow.go.set()
        await stopping
        await asyncio.gather(ticking, return_exceptions=True)
        assert slow.ended == 64
        states = list((await world.states()).values())
        assert (states.count("sent"), states.count("waiting")) == (64, 36)

    channels = [channel(f"c{n}", url=Secret(f"https://h{n}.example/")) for n in range(100)]
    play(tmp_path, config(*channels), LIBRARY, story)


def test_two_ticks_at_once_send_everything_once(tmp_path: Path) -> None:
    made = config(*(channel(f"c{n}") for n in range(200)))

    async def whole() -> None:
        async with opened(tmp_path) as one, opened(tmp_path) as two:
            worlds = [World(one, made, LIBRARY), World(two, made, LIBRARY)]
            summaries = await asyncio.gather(*(world.tick() for world in worlds))
            urls = [request.url for world in worlds for request in world.sender.sent]
            assert len(urls) == len(set(urls)) == 200
            assert sum(summary.sent for summary in summaries) == 200
            assert summaries != [Summary(), Summary()]

    asyncio.run(whole())
