"""What can go wrong with a server, and a real one: nothing is lost, and nothing is sent twice.

A notice is repeated only if the ledger says of an attempt that nobody knows whether it arrived.
"""

import asyncio
import json
import logging
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import psycopg
import pytest

from onthisday.adapters.postgres import presence
from onthisday.adapters.postgres.postgres_ledger import PostgresLedger
from onthisday.delivery.notice import NotHeld
from onthisday.delivery.request_reply import Verdict
from onthisday.delivery.retries import settle
from onthisday.errors import OnThisDayError, Unwritable
from onthisday.service.sending.delivering import Delivery
from onthisday.service.sending.planning import plan_and_record
from tests.delivery.cutting_proxy import CuttingProxy, When
from tests.delivery.fakes import SetClock, ToldSender, almanac_of, channel, config, entry
from tests.delivery.postgres_server import new_database, started
from tests.delivery.test_ledger import NOW, notice, plan

pytestmark = pytest.mark.program

SENT = Verdict("sent", "ok", 200)


@asynccontextmanager
async def opened(address: str) -> AsyncIterator[PostgresLedger]:
    ledger = await PostgresLedger.open(address)
    try:
        yield ledger
    finally:
        await ledger.close()


def changed(address: str, sql: str) -> None:
    """Make a change over a connection of its own."""
    options = "-c default_transaction_read_only=off"
    with psycopg.connect(address, autocommit=True, options=options) as connection:
        connection.execute(sql.encode())


class Sending:
    """A ledger behind a proxy that cuts, and a sender that counts what arrives."""

    def __init__(self, ledger: PostgresLedger, proxy: CuttingProxy) -> None:
        self.ledger, self.proxy = ledger, proxy
        self.arrived: Counter[tuple[str, str]] = Counter()
        self.library = almanac_of(entry("speech"), entry("prize"))

    async def send(self, name: str) -> None:
        """Plan and send the notices of a new channel, again and again until all are sent."""
        clock, sender = SetClock("2026-02-25T09:00"), ToldSender()
        settings = config(channel(name, post="each"))
        delivery = Delivery(self.ledger, sender, clock, clock, clock.pace)
        for _ in range(9):
            try:
                await plan_and_record(self.ledger, settings, self.library, clock.now())
                await delivery.deliver(settings, self.library)
                if (
                    not (await self.ledger.left(clock.now())).get(name)
                    and await self.ledger.lease(clock.now(), 1) == ()
                ):
                    break
            except OnThisDayError:
                continue
        for request in sender.sent:
            data = json.loads(request.body)["data"]
            self.arrived[data["channel"], data["occasions"][0]["id"]] += 1

    async def check(self, name: str) -> None:
        """Check that each notice arrived, and arrived once unless the ledger knows of a doubt."""
        for entry_id in ("speech", "prize"):
            notice_id = f"{name}/2026-02-25/{entry_id}"
            found = await self.ledger.notice(notice_id)
            assert found is not None, notice_id
            assert found.state == "sent", found
            outcomes = [each.outcome for each in await self.ledger.attempts(notice_id)]
            times = self.arrived[name, entry_id]
            assert times == 1 or (times and outcomes.count("unknown")), (notice_id, outcomes)
            assert times <= len(outcomes)


@pytest.mark.slow
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_connection_that_is_cut_in_any_statement_loses_and_doubles_nothing(when: When) -> None:
    address = new_database()
    port = psycopg.conninfo.conninfo_to_dict(address)["port"]

    async def story() -> None:
        async with CuttingProxy(int(str(port))).running() as proxy:
            behind = address.replace(f":{port}/", f":{proxy.port}/")
            async with opened(behind) as ledger:
                sending = Sending(ledger, proxy)
                await sending.send("whole")
                await sending.check("whole")
                proxy.cut(None)
                await sending.send("again")
                for cut in range(1, proxy.said + 1):
                    proxy.cut(cut, when)
                    await sending.send(f"room{cut}")
                    proxy.cut(None)
                    await sending.check(f"room{cut}")

    asyncio.run(story())


def test_connections_that_are_cut_while_nobody_uses_them_are_made_again_unseen() -> None:
    address = new_database()

    async def story() -> None:
        async with opened(address) as ledger:
            for n in range(3):
                changed(address, _CUT_OTHERS)
                await asyncio.sleep(0.05)
                assert await ledger.open_days([plan(notice(f"room{n}"))], NOW) == 1

    asyncio.run(story())


@pytest.mark.slow
def test_a_server_that_is_away_is_told_at_once_and_all_goes_on_when_it_is_back() -> None:
    server = started()
    address = new_database(server.address)

    async def story() -> None:
        async with opened(address) as ledger:
            await ledger.open_days([plan(notice(), notice(entry="b"))], NOW)
            first, _ = await ledger.lease(NOW, 2)
            begun = await ledger.sending(first, NOW, hold=False)
            await asyncio.to_thread(server.stop, "immediate")
            since = time.monotonic()
            for call in (
                ledger.check_place, ledger.channels, lambda: ledger.lease(NOW, 1),
                lambda: ledger.settle(settle(begun, SENT, NOW, 0, hold=False)),
            ):  # fmt: skip
                with pytest.raises(Unwritable, match=f"127.0.0.1:{server.port}"):
                    await call()
            assert time.monotonic() - since < 10
            await asyncio.to_thread(server.start)
            await ledger.settle(settle(begun, SENT, NOW, 0, hold=False))
            await ledger.check_place()
            assert sorted(n.state for n in await ledger.notices()) == ["leased", "sent"]

    asyncio.run(story())
    server.end()


@pytest.mark.parametrize(
    ("option", "words"),
    [
        ("lock_timeout%3D300ms", "another program has held it"),
        ("statement_timeout%3D300ms", "took too long, and the server ended it"),
    ],
)
def test_a_lock_that_is_held_is_told_and_the_next_call_works(option: str, words: str) -> None:
    address = new_database()

    async def story() -> None:
        async with opened(f"{address}?options=-c{option}") as ledger:
            await ledger.open_days([plan(notice())], NOW)
            with psycopg.connect(address) as other:
                other.execute("LOCK TABLE onthisday.notices")
                with pytest.raises(Unwritable, match=words):
                    await ledger.lease(NOW, 1)
            assert len(await ledger.lease(NOW, 1)) == 1

    asyncio.run(story())


def test_a_database_that_becomes_read_only_stops_sending_and_says_so() -> None:
    address = new_database()
    name = address.rpartition("/")[2]

    async def story() -> None:
        async with opened(address) as ledger:
            await ledger.check_place()
            only = f"ALTER DATABASE {name} SET default_transaction_read_only"
            changed(address, f"{only} = on")
            changed(address, _CUT_OTHERS)
            await asyncio.sleep(0.05)
            with pytest.raises(Unwritable, match="made read-only"):
                await ledger.check_place()
            with pytest.raises(Unwritable, match="made read-only"):
                await ledger.lease(NOW, 1)
            changed(address, f"{only} = off")
            changed(address, _CUT_OTHERS)
            await asyncio.sleep(0.05)
            await ledger.check_place()
            assert await ledger.lease(NOW, 1) == ()

    asyncio.run(story())


_CUT_OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""


def test_a_full_disk_is_told_and_nothing_is_half_done() -> None:
    """The server itself says what a full disk says: a trigger raises that error."""
    address = new_database()
    full = """CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '53100'; END $$;
        CREATE TRIGGER full_disk BEFORE INSERT ON onthisday.attempts
        FOR EACH STATEMENT EXECUTE FUNCTION full_disk()"""

    async def story() -> None:
        async with opened(address) as ledger:
            await ledger.open_days([plan(notice())], NOW)
            (leased,) = await ledger.lease(NOW, 1)
            changed(address, full)
            with pytest.raises(Unwritable, match="the disk of the server is full"):
                await ledger.sending(leased, NOW, hold=False)
            assert [n.state for n in await ledger.notices()] == ["leased"]
            changed(address, "DROP TRIGGER full_disk ON onthisday.attempts")
            assert (await ledger.sending(leased, NOW, hold=False)).tries == 1

    asyncio.run(story())


def stand_still(ledger: PostgresLedger, address: str) -> None:
    """Let a process look as if it had written no time for a minute."""
    assert ledger.presence is not None
    late = "UPDATE onthisday.processes SET beat = beat - interval '1 minute'"
    changed(address, f"{late} WHERE token = '{ledger.presence.token}'")


Story = Callable[[PostgresLedger, PostgresLedger, str], Awaitable[None]]


def of_two(story: Story) -> None:
    """Tell a story of two processes that share a ledger with one notice."""
    address = new_database()

    async def whole() -> None:
        async with opened(address) as one, opened(address) as two:
            await one.open_days([plan(notice())], NOW)
            await story(one, two, address)

    asyncio.run(whole())


def test_a_process_that_stood_still_cannot_send_what_it_held() -> None:
    async def story(one: PostgresLedger, two: PostgresLedger, address: str) -> None:
        (held,) = await one.lease(NOW, 1)
        assert await two.lease(NOW, 1) == ()
        stand_still(one, address)
        (taken,) = await two.lease(NOW, 1)
        for call in (
            one.sending(held, NOW, hold=False),
            one.put_back(held, "late"),
            one.postpone(held, NOW, "late"),
            one.give_up(held, "late"),
        ):
            with pytest.raises(NotHeld):
                await call
        begun = await two.sending(taken, NOW, hold=False)
        await two.settle(settle(begun, SENT, NOW, 0, hold=False))
        await one.open_days([plan(notice("hall"))], NOW)
        assert [n.channel for n in await one.lease(NOW, 9)] == ["hall"]

    of_two(story)


@pytest.mark.parametrize("leased_again", [False, True])
def test_a_late_answer_is_recorded_if_nobody_has_begun_another_attempt(
    leased_again: bool,
) -> None:
    async def story(one: PostgresLedger, two: PostgresLedger, address: str) -> None:
        (held,) = await one.lease(NOW, 1)
        begun = await one.sending(held, NOW, hold=False)
        stand_still(one, address)
        taken = await two.lease(NOW, 1 if leased_again else 0)
        assert [n.state for n in await two.notices()] == ["leased" if leased_again else "unknown"]
        await one.settle(settle(begun, SENT, NOW, 0, hold=False))
        (found,) = await two.notices()
        assert (found.state, found.due, found.doubts) == ("sent", None, 0)
        assert [a.outcome for a in await two.attempts(found.id)] == ["sent"]
        assert (await two.totals()).states["sent"] == 1
        for each in taken:
            with pytest.raises(NotHeld):
                await two.sending(each, NOW, hold=False)
        with pytest.raises(NotHeld):  # an answer is recorded once
            await one.settle(settle(begun, SENT, NOW, 0, hold=False))

    of_two(story)


def test_a_late_answer_is_dropped_if_another_attempt_has_begun() -> None:
    async def story(one: PostgresLedger, two: PostgresLedger, address: str) -> None:
        (held,) = await one.lease(NOW, 1)
        begun = await one.sending(held, NOW, hold=False)
        stand_still(one, address)
        (taken,) = await two.lease(NOW, 1)
        again = await two.sending(taken, NOW, hold=False)
        refused = settle(begun, Verdict("refused", "no", 400), NOW, 0, hold=False)
        with pytest.raises(NotHeld):
            await one.settle(refused)
        await two.settle(settle(again, SENT, NOW, 0, hold=False))
        assert [a.outcome for a in await two.attempts(held.id)] == ["unknown", "sent"]

    of_two(story)


def test_a_process_whose_row_is_gone_goes_on_under_another_name() -> None:
    async def story(one: PostgresLedger, two: PostgresLedger, address: str) -> None:
        stand_still(one, address)
        assert len(await two.lease(NOW, 1)) == 1
        assert one.presence is not None
        before = one.presence.token
        await one.presence.beat()
        assert one.presence.token != before
        await one.open_days([plan(notice("hall"))], NOW)
        (held,) = await one.lease(NOW, 9)
        assert (await one.sending(held, NOW, hold=False)).tries == 1

    of_two(story)


def test_a_bucket_of_a_dead_process_is_free_and_that_of_a_living_one_is_not() -> None:
    async def story(one: PostgresLedger, two: PostgresLedger, address: str) -> None:
        assert await one.reserve("slow")
        assert not await two.reserve("slow")
        stand_still(one, address)
        assert await two.reserve("slow")

    of_two(story)


@pytest.mark.parametrize("told_by", ["beats", "timeline"])
def test_after_a_failover_that_lost_seconds_nobody_holds_what_was_sent_then(
    caplog: pytest.LogCaptureFixture, told_by: str
) -> None:
    async def story(one: PostgresLedger, two: PostgresLedger, address: str) -> None:
        assert one.presence is not None
        await one.presence.beat()
        assert caplog.messages == []
        (held,) = await one.lease(NOW, 1)
        begun = await one.sending(held, NOW, hold=False)
        if told_by == "beats":
            changed(address, "UPDATE onthisday.processes SET beats = 0")
        else:
            assert one.presence.timeline == "00000001"
            one.presence.timeline = "00000000"
        await one.presence.beat()
        (words,) = caplog.messages
        assert "what was recorded in the last seconds is lost" in words
        assert [n.state for n in await two.lease(NOW, 1)] == ["leased"]
        assert [a.outcome for a in await two.attempts(held.id)] == ["unknown"]
        await one.settle(settle(begun, SENT, NOW, 0, hold=False))
        assert [n.state for n in await two.notices()] == ["sent"]
        await one.presence.beat()
        assert len(caplog.messages) == 1

    with caplog.at_level(logging.WARNING, "onthisday"):
        of_two(story)


def test_a_lease_is_long_enough_for_some_lost_beats() -> None:
    assert presence.LEASE >= 3 * presence.EVERY
    assert timedelta(seconds=presence.LEASE) < timedelta(minutes=1)


def test_a_tick_that_waits_long_for_the_plans_of_another_leaves_its_own_out() -> None:
    address = new_database()

    async def story() -> None:
        async with opened(f"{address}?options=-clock_timeout%3D200ms") as ledger:
            with psycopg.connect(address) as other:
                other.execute("LOCK TABLE onthisday.closings")
                assert await ledger.open_days([plan(notice())], NOW) == 0
            assert await ledger.open_days([plan(notice())], NOW) == 1

    asyncio.run(story())


def test_a_process_whose_calls_all_wait_for_a_lock_still_shows_that_it_is_alive() -> None:
    address = new_database()

    async def story() -> None:
        async with opened(f"{address}?options=-clock_timeout%3D2s") as ledger:
            await ledger.open_days([plan(notice())], NOW)
            with psycopg.connect(address) as other:
                other.execute("LOCK TABLE onthisday.notices")
                calls = [asyncio.create_task(ledger.lease(NOW, 1)) for _ in range(20)]
                await asyncio.sleep(0.1)
                assert ledger.presence is not None
                async with asyncio.timeout(1):
                    await ledger.presence.beat()
                for call in calls:
                    call.cancel()
                await asyncio.gather(*calls, return_exceptions=True)
            assert len(await ledger.lease(NOW, 1)) == 1

    asyncio.run(story())
