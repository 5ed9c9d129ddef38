"""What every `Ledger` must do with notices that people keep back, and with corrections."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import pytest

from onthisday.delivery.ledger import Ledger
from onthisday.delivery.notice import BY_HAND, Corrected, Hold, NotHeld, Notice, Wanted
from onthisday.delivery.request_reply import Verdict
from onthisday.delivery.retries import settle
from tests.delivery.test_ledger import DAY, NOW, Open, notice, opened, plan, run

__all__ = ["opened"]

ON = date(2026, 3, 2)


async def leased(ledger: Ledger, *notices: Notice) -> Notice:
    """Plan notices, and take the first one."""
    await ledger.open_days([plan(*notices)], NOW)
    (first, *_) = await ledger.lease(NOW, 10)
    return first


def tell(opened: Open, story: Callable[[Ledger], Awaitable[None]]) -> None:
    run(opened, story)


def test_a_notice_keeps_the_days_that_it_is_about(opened: Open) -> None:
    week = notice()._replace(first=DAY, last=DAY + timedelta(6))
    ahead = notice("other")._replace(first=DAY + timedelta(1), last=DAY + timedelta(1))

    async def story(ledger: Ledger) -> None:
        await ledger.open_days([plan(week), plan(ahead)], NOW)
        assert await ledger.notice(week.id) == week
        assert await ledger.notice(ahead.id) == ahead

    tell(opened, story)


def test_a_notice_that_is_held_is_not_taken_until_a_person_lets_it_go(opened: Open) -> None:
    async def story(ledger: Ledger) -> None:
        first = await leased(ledger, notice())
        await ledger.hold(first, BY_HAND, "it waits")
        found = await ledger.notice(first.id)
        assert found == notice()._replace(state="held", kept=BY_HAND, reason="it waits")
        assert await ledger.lease(NOW, 10) == ()
        assert (await ledger.totals()).states["held"] == 1
        assert await ledger.next_due() is None
        assert await ledger.let_go([first.id, "another"]) == 1
        (again,) = await ledger.lease(NOW, 10)
        assert (again.replayed, again.kept) == (True, None)
        assert await ledger.let_go([first.id]) == 0

    tell(opened, story)


def test_only_who_holds_a_notice_may_keep_it_back(opened: Open) -> None:
    async def story(ledger: Ledger) -> None:
        await ledger.open_days([plan(notice())], NOW)
        with pytest.raises(NotHeld):
            await ledger.hold(notice(), BY_HAND, "it waits")
        with pytest.raises(NotHeld):
            await ledger.set_aside(notice(), (), ("a",))

    tell(opened, story)


def test_the_end_of_a_hold_frees_what_it_kept_back_and_nothing_else(opened: Open) -> None:
    tag, day = Hold(tag="stalin"), Hold(channel="room", day=DAY)

    async def story(ledger: Ledger) -> None:
        assert await ledger.keep_back(tag, NOW)
        assert not await ledger.keep_back(tag, NOW)
        assert await ledger.keep_back(day, NOW)
        assert set(await ledger.holds()) == {tag, day}
        await ledger.open_days([plan(notice(entry="a"), notice(entry="b"))], NOW)
        for each, hold in zip(await ledger.lease(NOW, 10), (tag, day), strict=True):
            await ledger.hold(each, hold.key, "held")
        assert await ledger.end_hold(tag) == 1
        assert await ledger.end_hold(tag) is None
        assert await ledger.holds() == (day,)
        (free,) = await ledger.lease(NOW, 10)
        assert (free.entry, free.replayed) == ("a", False)
        (held,) = await ledger.notices(Wanted(state="held"))
        assert (held.entry, held.kept) == ("b", day.key)

    tell(opened, story)


def test_entries_are_set_aside_in_notices_of_their_own(opened: Open) -> None:
    whole = notice()._replace(entries=("a", "b", "c"))
    apart = whole._replace(entries=("b",), entry="b", state="held", kept="tag x", reason="why")

    async def story(ledger: Ledger) -> None:
        await ledger.keep_back(Hold(tag="x"), NOW)
        first = await leased(ledger, whole)
        rest = await ledger.set_aside(first, [apart], ("a", "c"))
        assert rest == whole._replace(entries=("a", "c"), state="leased")
        assert await ledger.notice(apart.id) == apart
        assert await ledger.notice(rest.id) == rest
        await ledger.sending(rest, NOW, hold=False)

    tell(opened, story)


def test_what_a_hold_keeps_back_waits_again_if_the_hold_has_ended_meanwhile(opened: Open) -> None:
    whole = notice()._replace(entries=("a", "b"))
    apart = whole._replace(entries=("b",), entry="b", state="held", kept="tag x", reason="why")

    async def story(ledger: Ledger) -> None:
        first = await leased(ledger, whole)  # its process read the hold a moment ago
        rest = await ledger.set_aside(first, [apart], ("a",))
        await ledger.hold(rest, "day 2026-02-25", "why")
        found = await ledger.notices()
        assert [(each.state, each.kept) for each in found] == [("waiting", None)] * 2
        assert {each.entries for each in await ledger.lease(NOW, 10)} == {("a",), ("b",)}

    tell(opened, story)


def test_a_reset_keeps_what_was_set_aside_from_a_message_that_stays(opened: Open) -> None:
    whole = notice()._replace(entries=("a", "b"))
    apart = whole._replace(entries=("b",), entry="b", state="held", kept="tag x", reason="why")

    async def story(ledger: Ledger) -> None:
        await ledger.keep_back(Hold(tag="x"), NOW)
        rest = await ledger.set_aside(await leased(ledger, whole), [apart], ("a",))
        begun = await ledger.sending(rest, NOW, hold=False)
        await ledger.settle(settle(begun, Verdict("sent", ""), NOW, 0, hold=False))
        eve = DAY - timedelta(days=1)
        await ledger.reset("room", eve, eve - timedelta(days=7), NOW - timedelta(days=1))
        found = {each.id: each.state for each in await ledger.notices()}
        assert found == {whole.id: "sent", apart.id: "held"}

    tell(opened, story)


def test_a_reset_takes_away_what_was_set_aside_together_with_its_message(opened: Open) -> None:
    whole = notice()._replace(entries=("a", "b"))
    apart = whole._replace(entries=("b",), entry="b", state="held", kept="tag x", reason="why")

    async def story(ledger: Ledger) -> None:
        await ledger.keep_back(Hold(tag="x"), NOW)
        rest = await ledger.set_aside(await leased(ledger, whole), [apart], ("a",))
        await ledger.put_back(rest, "later")
        eve = DAY - timedelta(days=1)
        await ledger.reset("room", eve, eve - timedelta(days=7), NOW - timedelta(days=1))
        assert await ledger.notices() == ()

    tell(opened, story)


def test_what_is_held_for_too_long_expires_and_can_be_asked_for_again(opened: Open) -> None:
    async def story(ledger: Ledger) -> None:
        first = await leased(ledger, notice())
        await ledger.hold(first, BY_HAND, "it waits")
        assert await ledger.expire(DAY) == 0
        assert await ledger.expire(DAY + timedelta(1)) == 1
        found = await ledger.notice(first.id)
        assert found is not None
        assert (found.state, found.kept) == ("expired", None)
        assert await ledger.let_go([first.id]) == 0
        assert await ledger.replay(first.id, NOW)
        assert len(await ledger.lease(NOW, 10)) == 1

    tell(opened, story)


def test_a_held_notice_that_may_have_arrived_stays_unknown_after_it(opened: Open) -> None:
    async def story(ledger: Ledger) -> None:
        first = await leased(ledger, notice())
        begun = await ledger.sending(first, NOW, hold=False)
        doubtful = settle(begun, Verdict("unknown", "who knows"), NOW, 0, hold=False)
        await ledger.settle(doubtful)
        (again,) = await ledger.lease(NOW + timedelta(days=1), 10)
        await ledger.hold(again, BY_HAND, "it waits")
        await ledger.let_go([again.id])
        found = await ledger.notice(again.id)
        assert found is not None
        assert (found.state, found.doubts) == ("unknown", 1)

    tell(opened, story)


def correction(channel: str = "room") -> Notice:
    return Notice(channel, ON, "UTC", ("a",), "a", due=NOW, correction=date(2026, 3, 1))


def test_a_correction_is_told_to_a_channel_once_whatever_the_day(opened: Open) -> None:
    seen = Corrected("a", date(2026, 3, 1), NOW)

    async def story(ledger: Ledger) -> None:
        assert await ledger.correct([seen], [correction(), correction("other")]) == 2
        later = correction()._replace(day=ON + timedelta(1))
        assert await ledger.correct([seen], [later, correction()]) == 0
        assert await ledger.corrected() == (seen,)
        assert await ledger.notice(correction().id) == correction()
        assert correction().id == "room/2026-03-02/a/correction/2026-03-01"

    tell(opened, story)


def test_a_reset_keeps_a_correction_because_it_is_seen_only_once(opened: Open) -> None:
    async def story(ledger: Ledger) -> None:
        await ledger.open_days([plan(notice())], NOW)
        await ledger.correct([Corrected("a", ON, NOW)], [correction()])
        await ledger.reset("room", DAY, DAY - timedelta(days=7), NOW)
        assert await ledger.notice(correction().id) is not None

    tell(opened, story)


@pytest.mark.parametrize(
    ("outcome", "told"), [("sent", True), ("unknown", True), ("refused", False), ("retry", False)]
)
def test_who_was_told_of_an_entry(opened: Open, outcome: str, told: bool) -> None:
    async def story(ledger: Ledger) -> None:
        first = await leased(ledger, notice()._replace(entries=("ab", "a")))
        begun = await ledger.sending(first, NOW, hold=False)
        await ledger.settle(settle(begun, Verdict(outcome, ""), NOW, 0, hold=True))  # type: ignore[arg-type]
        later = NOW + timedelta(seconds=1)
        assert await ledger.told("a", later) == ({"room"} if told else set())
        assert await ledger.told("a", NOW) == frozenset()
        assert await ledger.told("b", later) == frozenset()

    tell(opened, story)


@pytest.mark.parametrize("doubt", [False, True])
def test_who_is_being_told_of_an_entry_counts_as_told(opened: Open, doubt: bool) -> None:
    async def story(ledger: Ledger) -> None:
        begun = await ledger.sending(await leased(ledger, notice()), NOW, hold=False)
        later = NOW + timedelta(days=1)
        if doubt:
            unknown = Verdict("unknown", "")
            await ledger.settle(settle(begun, unknown, NOW, 0, hold=False))
            assert len(await ledger.lease(later, 1)) == 1
        assert await ledger.told("a", later) == {"room"}
        assert await ledger.told("a", NOW) == frozenset()

    tell(opened, story)


def test_who_was_told_is_known_also_after_the_attempts_are_deleted(opened: Open) -> None:
    async def story(ledger: Ledger) -> None:
        first = await leased(ledger, notice())
        begun = await ledger.sending(first, NOW, hold=False)
        await ledger.settle(settle(begun, Verdict("sent", ""), NOW, 0, hold=False))
        await ledger.prune(NOW + timedelta(days=1))
        assert await ledger.told("a", NOW) == {"room"}
        assert await ledger.told("a", NOW - timedelta(days=1)) == frozenset()

    tell(opened, story)


def test_a_day_with_a_correction_alone_can_open_again(opened: Open) -> None:
    async def story(ledger: Ledger) -> None:
        await ledger.open_days([plan()._replace(fell=())], NOW)
        await ledger.correct([], [correction()._replace(day=DAY)])
        assert await ledger.open_days([plan(notice(), seen=DAY)], NOW) == 1

    tell(opened, story)
