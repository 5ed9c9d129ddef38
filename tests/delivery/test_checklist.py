"""Cases of delivery that are easily forgotten, and that no other file here tests.

The rules are in docs/behaviour.md.
"""

import asyncio
import json
from datetime import time, timedelta
from pathlib import Path
from random import Random

from onthisday.config import Secret
from onthisday.delivery.request_reply import Failure, Reply, Request
from onthisday.service.sending.delivering import Delivery
from onthisday.service.sending.pace import Pace
from onthisday.service.sending.planning import plan_and_record
from tests.delivery.fakes import EVEN, OK, ToldSender, almanac_of, channel, config, entry, instant
from tests.delivery.stories import World, play

LIBRARY = almanac_of(entry("first"))
ROOM = "room/2026-02-25"


def days_of(requests: list[Request]) -> list[tuple[str, bool]]:
    """Return the day in each webhook's body, and whether it says that it is late."""
    data = [json.loads(request.body)["data"] for request in requests]
    return [(each["day"], each["late"]) for each in data]


def test_a_generic_404_is_tried_for_days_and_never_switches_its_channel_off(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        world.sender.answer = lambda _: Reply(404, {}, b"not found")
        assert (await world.tick()).waiting == 1
        while due := (await world.notice(ROOM)).due:
            world.clock.at = due
            await world.delivery.deliver(world.config, world.library)
        assert len(world.sender.sent) == 10
        assert world.clock.now() - instant("2026-02-25T09:00") > timedelta(days=3)
        assert (await world.notice(ROOM)).state == "failed"
        assert (await world.ledger.channels())["room"].off_since is None

    play(tmp_path, config(channel()), LIBRARY, story)


def test_a_retry_past_its_local_midnight_says_that_it_is_late(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        world.sender.answer = lambda _: Failure(sent=False, detail="down")
        await world.tick("2026-02-25T14:00")
        world.sender.answer = lambda _: OK
        await world.tick("2026-02-25T20:00")
        assert days_of(world.sender.sent) == [("2026-02-25", False), ("2026-02-25", True)]
        ids = {dict(request.headers)["webhook-id"] for request in world.sender.sent}
        assert len(ids) == 1

    play(tmp_path, config(channel(zone="Asia/Kolkata")), LIBRARY, story)


def test_a_host_of_many_channels_is_sent_one_message_at_first_and_more_with_each_answer(
    tmp_path: Path,
) -> None:
    herd = [channel(f"c{n}", url=Secret(f"https://one.example/{n}")) for n in range(300)]
    under_way: list[int] = []

    class Counting:
        """Implements `Sender`. Each time a send begins, it notes how many are going on."""

        now = 0

        async def send(self, _request: Request) -> Reply:
            self.now += 1
            under_way.append(self.now)
            await asyncio.sleep(0.001)
            self.now -= 1
            return OK

    async def story(world: World) -> None:
        world.delivery = Delivery(
            world.ledger, Counting(), world.clock, world.clock, Pace(jitter=Random(1).random)
        )
        assert (await world.tick()).sent == 300
        assert under_way[0] == 1
        assert max(under_way[:8]) <= 8
        assert 16 < max(under_way) <= 64

    play(tmp_path, config(*herd), LIBRARY, story)


def test_jitter_spreads_what_failed_together(tmp_path: Path) -> None:
    hooks = [channel(f"c{n}", url=Secret(f"https://h{n}.example/")) for n in range(100)]

    async def story(world: World) -> None:
        world.delivery = Delivery(
            world.ledger, world.sender, world.clock, world.clock, Pace(jitter=Random(1).random)
        )
        world.sender.answer = lambda _: Reply(503, {}, b"")
        await world.tick()
        waits = [
            notice.due - world.clock.now() for notice in await world.ledger.notices() if notice.due
        ]
        assert len(set(waits)) == 100
        assert timedelta(seconds=5) <= min(waits) < timedelta(seconds=5.1)
        assert timedelta(seconds=5.9) < max(waits) <= timedelta(seconds=6)

    play(tmp_path, config(*hooks), LIBRARY, story)


def test_a_slow_service_holds_up_no_later_tick_that_does_not_wait(tmp_path: Path) -> None:
    hung, go = channel("hung", url=Secret("https://hung.example/")), asyncio.Event()
    later = channel("later", at=time(9, 1))

    class Sender(ToldSender):
        async def send(self, request: Request) -> Reply | Failure:
            if "hung" in request.url:
                await go.wait()
            return await super().send(request)

    async def story(world: World) -> None:
        world.sender = Sender()
        world.delivery = Delivery(world.ledger, world.sender, world.clock, world.clock, EVEN)
        for at in ("2026-02-25T09:00", "2026-02-25T09:01"):
            world.clock.set(at)
            await plan_and_record(world.ledger, world.config, LIBRARY, world.clock.now())
            await world.delivery.deliver(world.config, LIBRARY, wait=False)
        while "later" not in " ".join(request.url for request in world.sender.sent):
            await asyncio.sleep(0.01)
        assert (await world.states())["hung/2026-02-25"] == "sending"
        go.set()
        assert (await world.tick()).sent == 2
        assert set((await world.states()).values()) == {"sent"}
        assert len(world.sender.sent) == 2

    play(tmp_path, config(hung, later), LIBRARY, story)


def test_many_channels_added_at_noon_that_start_tomorrow_send_nothing_today(tmp_path: Path) -> None:
    library = almanac_of(entry("first"), entry("x", "1970-02-26"))

    async def story(world: World) -> None:
        assert (await world.tick()).sent == 1
        added = (channel(f"c{n}", starts="tomorrow") for n in range(2000))
        world.config = config(channel(), *added)
        assert (await world.tick("2026-02-25T12:00")).sent == 0
        assert (await world.tick("2026-02-26T09:00")).sent == 2001

    play(tmp_path, config(channel()), library, story)


def test_many_entries_imported_at_noon_change_nothing_of_a_day_that_is_closed(
    tmp_path: Path,
) -> None:
    async def story(world: World) -> None:
        await world.tick()
        world.library = almanac_of(entry("first"), *(entry(f"new{n}") for n in range(1000)))
        for at in ("12:00", "23:59"):
            assert not any(await world.tick(f"2026-02-25T{at}"))

    play(tmp_path, config(channel(post="each")), LIBRARY, story)


def test_a_leap_day_observed_beside_an_entry_of_the_same_title_is_a_message_of_its_own(
    tmp_path: Path,
) -> None:
    library = almanac_of(
        entry("leap", "1956-02-29", title="The same"),
        entry("plain", "1960-02-28", title="The same"),
    )

    async def story(world: World) -> None:
        await world.tick("2026-02-27T12:00")
        assert (await world.tick("2026-02-28T09:00")).sent == 2
        ids = {dict(request.headers)["webhook-id"] for request in world.sender.sent}
        assert len(ids) == 2
        assert not any(await world.tick("2026-03-01T09:00"))

    play(tmp_path, config(channel(post="each")), library, story)


def test_the_julian_leap_day_of_1900_is_sent_on_13_march(tmp_path: Path) -> None:
    library = almanac_of(entry("julian", "1900-02-29", calendar="julian"))

    async def story(world: World) -> None:
        for day in ("2026-02-28", "2026-03-01", "2026-03-12", "2026-03-13", "2026-03-14"):
            await world.tick(f"{day}T09:00")
        assert days_of(world.sender.sent) == [("2026-03-13", False)]

    play(tmp_path, config(channel()), library, story)


def test_a_host_that_hangs_is_asked_five_times_and_its_other_channels_wait(tmp_path: Path) -> None:
    dead = [channel(f"dead{n}", url=Secret("https://dead.example/")) for n in range(20)]

    async def story(world: World) -> None:
        world.sender.answer = lambda request: (
            Failure(sent=True, detail="no answer") if "dead" in request.url else OK
        )
        assert (await world.tick()).sent == 1
        assert sum("dead" in request.url for request in world.sender.sent) <= 5

    play(tmp_path, config(*dead, channel()), LIBRARY, story)
