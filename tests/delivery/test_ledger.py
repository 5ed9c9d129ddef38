"""What every `Ledger` must do. To test another ledger, add it to OPENERS."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from onthisday.adapters.postgres.postgres_ledger import PostgresLedger
from onthisday.adapters.sqlite.sqlite_ledger import SqliteLedger
from onthisday.adapters.sqlite.writer_thread import Writer
from onthisday.delivery.buckets import Queue
from onthisday.delivery.ledger import Ledger
from onthisday.delivery.notice import ChannelState, NotHeld, Notice, Plan, Wanted
from onthisday.delivery.pauses import Pause
from onthisday.delivery.request_reply import Verdict
from onthisday.delivery.retries import settle
from tests.delivery.fakes import instant
from tests.delivery.inline_writer import InlineWriter
from tests.delivery.postgres_server import new_database

NOW = instant("2026-02-25T09:00")
DAY = date(2026, 2, 25)
EVE = date(2026, 2, 24)

Open = Callable[[], AbstractAsyncContextManager[Ledger]]


def sqlite_opener(folder: Path, writer: Any = Writer) -> Open:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Ledger]:
        ledger = SqliteLedger.open(str(folder / "var" / "ledger.db"), writer)
        try:
            yield ledger
        finally:
            ledger.close()

    return opened


def postgres_opener(_folder: Path) -> Open:
    address = new_database()

    @asynccontextmanager
    async def opened() -> AsyncIterator[Ledger]:
        ledger = await PostgresLedger.open(address)
        try:
            yield ledger
        finally:
            await ledger.close()

    return opened


OPENERS: dict[str, Callable[[Path], Open]] = {
    "sqlite": sqlite_opener,
    "inline": partial(sqlite_opener, writer=InlineWriter),
    "postgres": postgres_opener,
}

STARTS = {"postgres": pytest.mark.program}
"""The openers that may start a program."""


@pytest.fixture(params=[pytest.param(name, marks=STARTS.get(name, ())) for name in OPENERS])
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Open:
    return OPENERS[request.param](tmp_path)


def notice(channel: str = "room", day: date = DAY, entry: str | None = None) -> Notice:
    return Notice(channel, day, "UTC", (entry or "a",), entry, due=NOW)


def plan(*notices: Notice, seen: date | None = None, considered: date = DAY) -> Plan:
    return Plan(notices[0].channel if notices else "room", seen, considered, notices)


def run(opened: Open, story: Callable[[Ledger], Awaitable[None]]) -> None:
    async def whole() -> None:
        async with opened() as ledger:
            await story(ledger)

    asyncio.run(whole())


def test_what_was_planned_is_there_after_it_is_opened_again(opened: Open) -> None:
    async def first(ledger: Ledger) -> None:
        assert await ledger.open_days([plan(notice())], NOW) == 1

    async def second(ledger: Ledger) -> None:
        assert await ledger.channels() == {"room": ChannelState("room", DAY)}
        assert await ledger.notices() == (notice(),)
        assert await ledger.notice("room/2026-02-25") == notice()
        assert await ledger.notice("room/1999-01-01") is None

    run(opened, first)
    run(opened, second)


def test_a_plan_made_from_an_older_state_is_left_out_whole(opened: Open) -> None:
    async def story(ledger: Ledger) -> None:
        other = notice()._replace(entries=("other",))
        next_day = notice(day=date(2026, 2, 26))
        assert await ledger.open_days([plan(notice())], NOW) == 1
        assert await ledger.open_days([plan(other)], NOW) == 0
        stale = plan(next_day, seen=EVE, considered=next_day.day)
        assert await ledger.open_days([stale], NOW) == 0
        assert await ledger.open_days([stale._replace(seen=DAY)], NOW) == 1
        assert [n.entries for n in await ledger.notices()] == [("a",), ("a",)]

    run(opened, story)


def test_a_closed_day_is_never_opened_again(opened: Open) -> None:
    async def story(ledger: Ledger) -> None:
        await ledger.open_days([plan(notice())], NOW)
        back = plan(notice(day=EVE), seen=DAY, considered=EVE)
        assert await ledger.open_days([back], NOW) == 0
        assert (await ledger.channels())["room"].considered == DAY

    run(opened, story)


def test_a_queue_gives_and_gives_back_only_its_own_notices(opened: Open) -> None:
    async def whole() -> None:
        async with opened() as one, opened() as two:
            names = "a1", "a2", "b1"
            await one.open_days([plan(notice(name)) for name in names], NOW)
            first, second = Queue("a", frozenset({"a1", "a2"})), Queue("b", frozenset({"b1"}))
            assert await one.due_channels(NOW) == {*names}
            assert await one.reserve("a")
            assert await one.reserve("b")
            assert {n.channel for n in await one.lease(NOW, 9, ["a2"], first)} == {"a1"}
            assert {n.channel for n in await one.lease(NOW, 9, [], second)} == {"b1"}
            assert await two.due_channels(NOW) == {"a2"}
            await one.release(NOW, first)
            assert await two.due_channels(NOW) == {"a1", "a2"}
            assert await two.reserve("a")
            assert not await two.reserve("b")
            assert {n.channel for n in await two.lease(NOW, 9)} == {"a1", "a2"}

    asyncio.run(whole())


def test_two_ticks_that_plan_at_once_insert_one_notice(opened: Open) -> None:
    async def whole() -> None:
        async with opened() as one, opened() as two:
            each = [ledger.open_days([plan(notice())], NOW) for ledger in (one, two) * 5]
            assert sum(await asyncio.gather(*each)) == 1

    asyncio.run(whole())


def test_a_channel_of_which_another_process_holds_a_notice_is_left_to_it(opened: Open) -> None:
    async def whole() -> None:
        async with opened() as one, opened() as two:
            await one.open_days([plan(notice(entry="a"), notice(entry="b"))], NOW)
            await one.open_days([plan(notice("other"))], NOW)
            (first,) = await one.lease(NOW, 1)
            assert [n.channel for n in await two.lease(NOW, 9)] == ["other"]
            assert [n.entry for n in await one.lease(NOW, 9)] == ["b"]
            await one.release(NOW)
            assert [n.entry for n in await two.lease(NOW, 9)] == [first.entry, "b"]

    asyncio.run(whole())


def test_a_notice_is_leased_once_over_all_processes(opened: Open) -> None:
    async def whole() -> None:
        async with opened() as one, opened() as two:
            notices = tuple(notice(f"room{n}") for n in range(50))
            await one.open_days([plan(each) for each in notices], NOW)
            each = [ledger.lease(NOW, 7) for ledger in (one, two) * 5]
            leased = [n.id for batch in await asyncio.gather(*each) for n in batch]
            assert sorted(leased) == sorted(n.id for n in notices)
            assert {n.state for n in await one.notices()} == {"leased"}

    asyncio.run(whole())


def test_the_oldest_is_leased_first_and_what_is_not_due_is_not(opened: Open) -> None:
    async def story(ledger: Ledger) -> None:
        hour = timedelta(hours=1)
        old = notice(day=EVE)
        older = notice(day=EVE, entry="early")._replace(due=NOW - hour)
        later = notice(entry="later")._replace(due=NOW + hour)
        await ledger.open_days([plan(notice(), old, older, later)], NOW)
        assert [n.id for n in await ledger.due(NOW, 9)] == [older.id, old.id, notice().id]
        assert [n.id for n in await ledger.lease(NOW, 2)] == [older.id, old.id]
        assert [n.id for n in await ledger.lease(NOW, 9)] == [notice().id]
        assert await ledger.next_due() == NOW + hour
        assert await ledger.left(NOW) == {}  # it waits for its hour
        assert await ledger.left(NOW + hour) == {"room": 1}

    run(opened, story)


def test_an_attempt_is_on_record_before_and_after(opened: Open) -> None:
    async def story(ledger: Ledger) -> None:
        await ledger.open_days([plan(notice())], NOW)
        (leased,) = await ledger.lease(NOW, 1)
        sending = await ledger.sending(leased, NOW, hold=False)
        assert (sending.state, sending.tries) == ("sending", 1)
        assert [a.outcome for a in await ledger.attempts(leased.id)] == ["sending"]
        verdict = Verdict("retry", "busy", 503)
        await ledger.settle(settle(sending, verdict, NOW, 0, hold=False))
        (attempt,) = await ledger.attempts(leased.id)
        assert attempt == (1, NOW, "retry", 503, "busy")
        found = await ledger.notice(leased.id)
        assert found is not None
        assert (found.state, found.tries, found.reason) == ("waiting", 1, "busy")
        assert found.due == NOW + timedelta(seconds=5)

    run(opened, story)


def test_many_are_begun_and_settled_at_once(opened: Open) -> None:
    async def story(ledger: Ledger) -> None:
        notices = tuple(notice(entry=f"e{n}") for n in range(100))
        await ledger.open_days([plan(*notices)], NOW)
        leased = await ledger.lease(NOW, 100)
        begun = await asyncio.gather(*(ledger.sending(n, NOW, hold=False) for n in leased))
        assert [n.id for n in begun] == [n.id for n in leased]
        ends = (settle(n, Verdict("sent", "ok", 200), NOW, 0, hold=False) for n in begun)
        await asyncio.gather(*map(ledger.settle, ends))
        assert {n.state for n in await ledger.notices()} == {"sent"}
        assert await ledger.left(NOW) == {}

    run(opened, story)


def test_a_pause_is_not_shortened_unless_a_wrong_clock_made_it(opened: Open) -> None:
    async def story(ledger: Ledger) -> None:
        asked = [2, 1, 3, 100, 4]
        names = [f"room{number}" for number in range(len(asked))]
        await ledger.open_days([plan(notice(name)) for name in names], NOW)
        found = []
        for each, hours in zip(await ledger.lease(NOW, 9), asked, strict=True):
            marked = await ledger.sending(each, NOW, hold=False)
            pause = Pause("bucket discord", NOW + timedelta(hours=hours), "asked")
            busy = Verdict("throttled", "busy", 429)
            await ledger.settle(settle(marked, busy, NOW, 0, hold=False, pause=pause))
            ((_, until, _),) = await ledger.pauses()
            found.append((until - NOW) / timedelta(hours=1))
        assert found == [2, 2, 3, 100, 4]

    run(opened, story)


def test_one_failing_change_fails_only_its_own_caller(opened: Open) -> None:
    async def story(ledger: Ledger) -> None:
        await ledger.open_days([plan(notice(), notice(entry="b"))], NOW)
        leased = await ledger.lease(NOW, 2)
        stranger = notice(entry="stranger")
        calls = [ledger.sending(n, NOW, hold=False) for n in (leased[0], stranger, leased[1])]
        done = await asyncio.gather(*calls, return_exceptions=True)
        assert [isinstance(each, NotHeld) for each in done] == [False, True, False]
        assert [n.state for n in await ledger.notices()] == ["sending", "sending"]

    run(opened, story)


@pytest.mark.parametrize(("hold", "due"), [(False, NOW), (True, None)])
def test_what_a_closed_ledger_held_is_free_at_once(opened: Open, hold: bool, due: object) -> None:
    async def whole() -> None:
        async with opened() as alive:
            await alive.open_days([plan(notice(), notice(entry="b"))], NOW)
            async with opened() as gone:
                first, _ = await gone.lease(NOW, 2)
                await gone.sending(first, NOW, hold=hold)
                assert await alive.lease(NOW, 9) == ()
            leased = await alive.lease(NOW, 9)
            assert [n.id for n in leased] == [notice(entry="b").id, *([] if hold else [first.id])][
                :: 1 if hold else -1
            ]
            found = await alive.notice(first.id)
            assert found is not None
            assert found.due == due
            assert found.state == ("unknown" if hold else "leased")
            (attempt,) = await alive.attempts(first.id)
            ended = "the process ended before it recorded what the service answered"
            assert attempt[2:] == ("unknown", None, ended)

    asyncio.run(whole())


def test_what_is_released_waits_again(opened: Open) -> None:
    async def story(ledger: Ledger) -> None:
        await ledger.open_days([plan(notice())], NOW)
        await ledger.lease(NOW, 1)
        await ledger.release(NOW)
        assert [n.state for n in await ledger.lease(NOW, 1)] == ["leased"]

    run(opened, story)


def test_what_is_put_off_is_not_leased_before_its_time(opened: Open) -> None:
    async def story(ledger: Ledger) -> None:
        await ledger.open_days([plan(notice())], NOW)
        (leased,) = await ledger.lease(NOW, 1)
        until = NOW + timedelta(hours=1)
        await ledger.postpone(leased, until, "asleep")
        assert await ledger.lease(NOW, 1) == ()
        (again,) = await ledger.lease(until, 1)
        assert (again.tries, again.reason) == (0, "asleep")

    run(opened, story)


def test_what_is_given_up_is_expired_but_stays_unknown_after_an_unknown_try(opened: Open) -> None:
    async def story(ledger: Ledger) -> None:
        await ledger.open_days([plan(notice(), notice(entry="b"))], NOW)
        first, second = await ledger.lease(NOW, 2)
        await ledger.give_up(first, "too old")
        begun = await ledger.sending(second, NOW, hold=False)
        await ledger.settle(settle(begun, Verdict("unknown", "?"), NOW, 0, hold=False))
        (second,) = await ledger.lease(NOW + timedelta(hours=1), 2)
        await ledger.give_up(second, "too old")
        assert [(n.state, n.due, n.reason) for n in await ledger.notices()] == [
            ("expired", None, "too old"),
            ("unknown", None, "too old"),
        ]

    run(opened, story)


def test_what_waits_for_long_expires_and_old_attempts_are_forgotten(opened: Open) -> None:
    async def story(ledger: Ledger) -> None:
        await ledger.open_days([plan(notice(day=EVE), notice())], NOW)
        assert await ledger.expire(DAY) == 1
        assert [n.state for n in await ledger.notices()] == ["waiting", "expired"]
        (leased,) = await ledger.lease(NOW, 1)
        begun = await ledger.sending(leased, NOW, hold=False)
        await ledger.settle(settle(begun, Verdict("sent", ""), NOW, 0, hold=False))
        assert await ledger.prune(NOW) == 0
        assert await ledger.prune(NOW + timedelta(seconds=1)) == 1
        assert await ledger.attempts(leased.id) == ()

    run(opened, story)


def test_a_channel_that_is_gone_is_off_until_it_is_switched_on(opened: Open) -> None:
    async def story(ledger: Ledger) -> None:
        await ledger.open_days([plan(notice(), notice(entry="b"))], NOW)
        (first,) = await ledger.lease(NOW, 1)
        begun = await ledger.sending(first, NOW, hold=False)
        await ledger.settle(settle(begun, Verdict("gone", "410", 410), NOW, 0, hold=False))
        assert (await ledger.channels())["room"].off_reason == (
            "the service answered 410 Gone; the address is gone for good"
        )
        assert await ledger.lease(NOW, 9) == ()
        assert await ledger.next_due() is None
        assert await ledger.switch_on("room")
        assert not await ledger.switch_on("room")
        assert [n.id for n in await ledger.lease(NOW, 9)] == [notice(entry="b").id]

    run(opened, story)


def test_a_notice_is_replayed_with_all_its_tries_and_its_attempts_are_kept(opened: Open) -> None:
    async def story(ledger: Ledger) -> None:
        await ledger.open_days([plan(notice())], NOW)
        (leased,) = await ledger.lease(NOW, 1)
        assert not await ledger.replay(leased.id, NOW)
        begun = await ledger.sending(leased, NOW, hold=False)
        await ledger.settle(settle(begun, Verdict("refused", "bad"), NOW, 0, hold=False))
        assert await ledger.replay(leased.id, NOW)
        (again,) = await ledger.lease(NOW, 1)
        assert (again.tries, again.replayed) == (0, True)
        await ledger.sending(again, NOW, hold=False)
        assert [a.number for a in await ledger.attempts(leased.id)] == [1, 2]

    run(opened, story)


def test_notices_are_found_by_channel_state_and_day(opened: Open) -> None:
    async def story(ledger: Ledger) -> None:
        await ledger.open_days([plan(notice(day=EVE), notice()), plan(notice("hall"))], NOW)
        assert [n.id for n in await ledger.notices(Wanted(since=DAY))] == [
            "room/2026-02-25",
            "hall/2026-02-25",
        ]
        assert [n.day for n in await ledger.notices(Wanted("room"))] == [DAY, EVE]
        assert [n.id for n in await ledger.notices(Wanted(day=EVE))] == ["room/2026-02-24"]
        assert await ledger.notices(Wanted(state="sent")) == ()

    run(opened, story)


def test_pages_hold_each_notice_once_the_newest_day_first(opened: Open) -> None:
    found = [
        notice(name, DAY - timedelta(days=back), entry)
        for name in ("room", "hall")
        for back in (2, 0, 1)
        for entry in ("a", "b")
    ]

    async def story(ledger: Ledger) -> None:
        await ledger.open_days([plan(*found[:6]), plan(*found[6:])], NOW)
        for asked in (Wanted(), Wanted("room"), Wanted(state="waiting"), Wanted(since=EVE)):
            whole = await ledger.notices(asked)
            assert [n.day for n in whole] == sorted((n.day for n in whole), reverse=True)
            pages, below = list[Notice](), None
            while page := await ledger.notices(asked._replace(limit=3, below=below)):
                assert len(page) <= 3
                pages += page
                below = page[-1].id
            assert pages == list(whole)
        assert len(whole) == 8
        assert await ledger.notices(Wanted(below="nobody/2026-02-25")) == ()

    run(opened, story)
