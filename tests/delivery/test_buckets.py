import asyncio
from datetime import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onthisday.adapters.sqlite.sqlite_ledger import SqliteLedger
from onthisday.config import Channel, Secret
from onthisday.delivery.buckets import Bucket, Budget, Budgets
from onthisday.delivery.notice import Attempt
from onthisday.delivery.request_reply import Reply, Request
from onthisday.messages.chat_services import SERVICES
from onthisday.service.sending.delivering import Delivery
from tests.delivery.channels import channel as made
from tests.delivery.fakes import EVEN, OK, TAKEN, almanac_of, channel, config, entry
from tests.delivery.stories import World, opened, play

LIBRARY = almanac_of(entry("first"), entry("second", "1966-02-25"))


def bucket_of(to: Channel) -> Bucket:
    """Return the bucket of a channel."""
    return SERVICES[to.type].bucket_of(to)


def telling_when(world: World) -> list[tuple[float, str]]:
    """Return a list that gets the time and URL of each send. The time is in seconds from now."""
    now, sent = world.clock.pace.now, list[tuple[float, str]]()
    begun = now()

    def answer(request: Request) -> Reply:
        sent.append((now() - begun, request.url))
        return TAKEN["discord"] if "discord" in request.url else OK

    world.sender.answer = answer
    return sent


@given(st.integers(1, 60), st.floats(0.02, 5), st.lists(st.floats(0, 30), min_size=1, max_size=80))
def test_no_stretch_of_time_has_more_than_a_burst_and_its_rate(
    burst: int, every: float, pauses: list[float]
) -> None:
    budgets, now, places = Budgets(), 0.0, []
    for pause in pauses:
        now += pause
        places.append(now + budgets.take(Budget("x", every, burst), now))
    for index, begin in enumerate(places):
        for count, end in enumerate(places[index:], 1):
            assert count <= burst + (end - begin) / every + 1e-6


def test_a_budget_that_rested_gives_its_burst_at_once_and_then_its_rate() -> None:
    budgets, ntfy = Budgets(), Budget("ntfy", 5, burst=60)
    assert [budgets.take(ntfy, 0.0) for _ in range(62)] == [0.0] * 60 + [5.0, 10.0]
    assert budgets.take(Budget("other", 5), 0.0) == 0.0


@pytest.mark.parametrize(
    ("kind", "rates"),
    [
        ("discord", [(50, 1)]), ("telegram", [(1, 1), (30, 1)]), ("slack", [(1, 1)]),
        ("teams", [(4, 1)]), ("ntfy", [(0.2, 60)]), ("webhook", []), ("matrix", []),
        ("mastodon", []), ("bluesky", []), ("mattermost", []), ("apprise", []),
    ],
)  # fmt: skip
def test_each_type_has_the_rates_of_its_service(kind: str, rates: list[tuple[float, int]]) -> None:
    """A rate is a number of messages a second, and how many may go at once after a rest."""
    budgets = bucket_of(channel(type=kind, token=Secret("123:abc"), to="-100")).budgets
    assert [(round(1 / budget.every, 9), budget.burst) for budget in budgets] == rates


def named(kind: str, **keys: str) -> tuple[str, ...]:
    """Return the names of a channel's bucket and of its budgets."""
    token, to = Secret(keys.pop("token", "t")), keys.pop("to", "1")
    url = Secret(keys.pop("url", "https://a.example/1"))
    found = bucket_of(channel(type=kind, url=url, token=token, to=to, **keys))
    return (found.name, *(budget.name for budget in found.budgets))


@pytest.mark.parametrize(
    ("kind", "other", "shared"),
    [
        # the queue, then each speed limit, the narrowest first
        ("discord", {"url": "https://b.example/2", "token": "u", "to": "2"}, (True, True)),
        ("slack", {"token": "u", "to": "2"}, (True, True)),
        ("slack", {"url": "https://a.example/2"}, (True, False)),
        ("slack", {"url": "https://b.example/1"}, (False, False)),
        ("teams", {"url": "https://a.example/2"}, (True, False)),
        ("ntfy", {"url": "https://a.example/2", "token": "u", "to": "2"}, (True, True)),
        ("ntfy", {"url": "https://b.example/1"}, (False, False)),
        ("telegram", {"url": "https://b.example/1"}, (True, True, True)),
        ("telegram", {"to": "2"}, (True, False, True)),
        ("telegram", {"token": "u"}, (False, False, False)),
        ("webhook", {"url": "https://u:p@a.example/2"}, (True,)),
        ("webhook", {"url": "https://a.example:8443/1"}, (False,)),
        ("matrix", {"token": "u", "to": "2"}, (True,)),
    ],
)
def test_channels_share_a_queue_and_a_speed_limit_where_their_service_counts_them_together(
    kind: str, other: dict[str, str], shared: tuple[bool, ...]
) -> None:
    both = zip(named(kind), named(kind, **other), strict=True)
    assert tuple(one == two for one, two in both) == shared


def test_a_queue_is_named_for_its_host_or_for_its_service_and_no_secret_is_in_a_name() -> None:
    assert named("webhook", url="https://user:pass@a.example:8443/x") == ("a.example:8443",)
    assert named("discord", url="https://discord.com/hush") == ("discord", "discord")
    telegram = named("telegram", token="hush", to="hush")
    assert telegram[0].startswith("telegram ")
    assert not any(
        "hush" in name for name in telegram + named("slack", url="https://a.example/hush")
    )


def test_no_two_speed_limits_have_the_same_name() -> None:
    kinds = ("discord", "slack", "teams", "ntfy", "telegram")
    names = [name for kind in kinds for name in named(kind)[1:]]
    assert len({*names}) == len(names) == 6


def test_channels_of_apprise_share_a_host_where_their_addresses_do() -> None:
    def host(address: str) -> str:
        return bucket_of(made("apprise", url=address)).host

    assert host("json://a.example/1") == host("json://me:pass@a.example/2?x")
    assert host("json://a.example/1") != host("json://b.example/1")
    assert host("json://a.example/1") != host("xml://a.example/1")
    assert host("json://[/") != host("json://a.example/1")


def test_a_hook_gets_its_messages_at_its_rate_and_none_is_dropped(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        sent = telling_when(world)
        assert (await world.tick()).sent == 2 + 1
        slack = [when for when, url in sent if "slack" in url]
        assert slack[1] - slack[0] >= 1
        assert [when for when, url in sent if "other" in url] == [0.0]

    slow = channel("slow", type="slack", url=Secret("https://slack.example/1"), post="each")
    other = channel("other", url=Secret("https://other.example/1"))
    play(tmp_path, config(slow, other), LIBRARY, story)


def test_a_ledger_that_is_slow_to_tell_what_was_tried_spoils_no_rate(tmp_path: Path) -> None:
    class Slow(SqliteLedger):
        pauses_for = 0.9

        async def attempts(self, notice_id: str) -> tuple[Attempt, ...]:
            await world_of[0].clock.pace.sleep(self.pauses_for)
            self.pauses_for = 0.0
            return await super().attempts(notice_id)

    world_of: list[World] = []

    async def story() -> None:
        ledger = Slow.open(str(tmp_path / "ledger.db"))
        slow = channel("slow", type="slack", url=Secret("https://slack.example/1"), post="each")
        world = World(ledger, config(slow), LIBRARY)
        world_of.append(world)
        telling_when(world)
        assert (await world.tick()).sent == 2
        for notice in await ledger.notices():
            await ledger.replay(notice.id, world.clock.now())
        await world.clock.pace.sleep(10)
        sent = telling_when(world)
        assert (await world.tick()).sent == 2
        assert sent[1][0] - sent[0][0] >= 1
        ledger.close()

    asyncio.run(story())


def test_all_discord_hooks_together_get_fifty_a_second(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        sent = telling_when(world)
        assert (await world.tick()).sent == 200
        assert 199 / 50 <= max(when for when, _ in sent) < 5

    hooks = [
        channel(f"c{n}", type="discord", url=Secret(f"https://discord.example/{n}"), at=time(9))
        for n in range(200)
    ]
    play(tmp_path, config(*hooks), LIBRARY, story)


def test_to_stop_ends_a_wait_for_a_budget_within_a_second_and_gives_back(tmp_path: Path) -> None:
    async def story(world: World) -> None:
        world.delivery = Delivery(world.ledger, world.sender, world.clock, world.clock, EVEN)
        ticking = asyncio.create_task(world.tick())
        while not world.sender.sent:
            await asyncio.sleep(0.01)
        await asyncio.wait_for(world.delivery.stop(), 2)
        await ticking
        assert sorted((await world.states()).values()) == ["sent", "waiting"]

    play(tmp_path, config(channel(type="slack", post="each")), LIBRARY, story)


def test_a_bucket_with_a_budget_is_drained_by_one_process_at_a_time(tmp_path: Path) -> None:
    made = config(channel("paced", type="slack"), channel("free"))

    async def whole() -> None:
        async with opened(tmp_path) as one, opened(tmp_path) as two:
            assert await one.reserve("hooks.example")
            world = World(two, made, LIBRARY)
            summary = await world.tick()
            assert (summary.sent, summary.postponed) == (1, 1)
            paced = await world.notice("paced/2026-02-25")
            assert paced.reason == "another process is sending to hooks.example"
            await one.release(world.clock.now())
            assert (await world.tick("2026-02-25T09:00:05")).sent == 1

    asyncio.run(whole())


def test_the_bucket_of_a_dead_process_is_free(tmp_path: Path) -> None:
    async def whole() -> None:
        async with opened(tmp_path) as alive:
            async with opened(tmp_path) as gone:
                assert await gone.reserve("discord")
                assert await gone.reserve("discord")
                assert not await alive.reserve("discord")
            assert await alive.reserve("discord")

    asyncio.run(whole())
