"""What every `Ledger` must do with names of messages, and with notices that are taken back."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from onthisday.delivery.ledger import Ledger
from onthisday.delivery.notice import BY_HAND, Notice, Wanted
from onthisday.delivery.request_reply import Outcome, Verdict
from onthisday.delivery.retries import NAMES, settle
from tests.delivery.test_ledger import DAY, NOW, Open, notice, opened, plan, run
from tests.delivery.test_ledger_holds import leased

__all__ = ["opened"]

DELETED = Verdict("deleted", "the message is deleted", 204)


@dataclass
class Sending:
    """Sends the first notice that is due, as a tick does it."""

    ledger: Ledger

    async def once(self, named: str | None = None, outcome: Outcome = "sent") -> Notice:
        (first,) = await self.ledger.lease(NOW, 1)
        return await self.leased(first, named, outcome)

    async def leased(
        self, first: Notice, named: str | None = None, outcome: Outcome = "sent"
    ) -> Notice:
        begun = await self.ledger.sending(first, NOW, hold=False)
        verdict = Verdict(outcome, "ok", 200, named=named)
        await self.ledger.settle(settle(begun, verdict, NOW, 0, hold=True))
        return await read(self.ledger, first)


async def read(ledger: Ledger, known: Notice) -> Notice:
    found = await ledger.notice(known.id)
    assert found is not None
    return found


def test_the_name_of_a_message_is_kept_if_it_was_sent(opened: Open) -> None:
    async def story(ledger: Ledger) -> None:
        await ledger.open_days([plan(notice(entry="a"), notice(entry="b"))], NOW)
        sent = await Sending(ledger).once("abc:1")
        refused = await Sending(ledger).once("abc:2", "refused")
        assert (sent.state, sent.named) == ("sent", "abc:1")
        assert (refused.state, refused.named) == ("failed", None)

    run(opened, story)


def test_the_names_of_all_messages_of_a_notice_are_kept_each_once(opened: Open) -> None:
    async def story(ledger: Ledger) -> None:
        await ledger.open_days([plan(notice())], NOW)
        for name in ("x:1", "x:2", "x:1"):
            await Sending(ledger).once(name)
            await ledger.replay(notice().id, NOW)
        waiting = await read(ledger, notice())
        assert (waiting.state, waiting.named) == ("waiting", "x:1 x:2")
        for number in range(NAMES):
            await Sending(ledger).once(f"y:{number}")
            await ledger.replay(notice().id, NOW)
        assert len(((await read(ledger, notice())).named or "").split()) == NAMES

    run(opened, story)


def test_a_message_that_was_deleted_is_recorded_with_the_answer(opened: Open) -> None:
    later = NOW + timedelta(hours=1)

    async def story(ledger: Ledger) -> None:
        await ledger.open_days([plan(notice())], NOW)
        sent = await Sending(ledger).once("x:1")
        assert (await ledger.totals()).states["sent"] == 1
        assert await ledger.retract(sent, "the message is deleted", later, DELETED)
        found = await read(ledger, sent)
        assert found == sent._replace(state="retracted", reason="the message is deleted")
        states = (await ledger.totals()).states
        assert (states["sent"], states["retracted"]) == (0, 1)
        taken, deleted = await ledger.attempts(sent.id)
        assert (taken.outcome, taken.number) == ("sent", 1)
        assert deleted == (2, later, "deleted", 204, "the message is deleted")
        assert await ledger.lease(later, 10) == ()
        assert await ledger.notices(Wanted(state="retracted")) == (found,)
        assert not await ledger.retract(sent, "again", later, DELETED)

    run(opened, story)


@pytest.mark.parametrize("state", ["waiting", "held", "failed", "expired", "unknown"])
def test_a_notice_that_was_not_sent_can_be_taken_back(opened: Open, state: str) -> None:
    async def story(ledger: Ledger) -> None:
        first = await leased(ledger, notice())
        if state == "held":
            await ledger.hold(first, BY_HAND, "it waits")
        elif state in {"failed", "unknown"}:
            outcome: Outcome = "refused" if state == "failed" else "unknown"
            await Sending(ledger).leased(first, outcome=outcome)
        else:
            await ledger.put_back(first, "later")
        if state == "expired":
            await ledger.expire(DAY + timedelta(1))
        found = await read(ledger, first)
        assert found.state == state
        assert await ledger.retract(found, "taken back", NOW)
        after = await read(ledger, first)
        assert (after.state, after.due, after.kept) == ("retracted", None, None)
        assert all(each.outcome != "deleted" for each in await ledger.attempts(first.id))
        assert await ledger.next_due() is None
        assert await ledger.expire(DAY + timedelta(9)) == 0
        assert await ledger.lease(NOW + timedelta(days=9), 10) == ()
        assert await ledger.open_days([plan(notice(), seen=DAY)], NOW) == 0

    run(opened, story)


def test_a_notice_that_changed_meanwhile_is_not_taken_back(opened: Open) -> None:
    async def story(ledger: Ledger) -> None:
        await ledger.open_days([plan(notice())], NOW)
        (first,) = await ledger.lease(NOW, 1)
        assert not await ledger.retract(notice(), "taken back", NOW)
        assert not await ledger.retract(first, "taken back", NOW)
        begun = await ledger.sending(first, NOW, hold=False)
        assert not await ledger.retract(begun, "taken back", NOW)
        sent = Verdict("sent", "ok", 200, named="x:1")
        await ledger.settle(settle(begun, sent, NOW, 0, hold=False))
        assert not await ledger.retract(notice(), "taken back", NOW)
        found = await read(ledger, first)
        assert not await ledger.retract(found._replace(named=None), "taken back", NOW)
        assert await ledger.retract(found, "deleted", NOW, DELETED)

    run(opened, story)


def test_what_was_taken_back_can_be_sent_again_and_its_names_are_forgotten(opened: Open) -> None:
    async def story(ledger: Ledger) -> None:
        await ledger.open_days([plan(notice())], NOW)
        sent = await Sending(ledger).once("x:1")
        await ledger.retract(sent, "deleted", NOW, DELETED)
        assert await ledger.replay(sent.id, NOW)
        waiting = await read(ledger, sent)
        assert (waiting.state, waiting.named, waiting.replayed) == ("waiting", None, True)
        again = await Sending(ledger).once("x:2")
        assert (again.state, again.named) == ("sent", "x:2")
        numbers = [each.number for each in await ledger.attempts(sent.id)]
        assert numbers == [1, 2, 3]
        assert (await ledger.totals()).states["sent"] == 1

    run(opened, story)


def test_a_message_that_was_deleted_told_nobody_what_was_wrong(opened: Open) -> None:
    later, end = NOW + timedelta(hours=1), NOW + timedelta(days=1)

    async def story(ledger: Ledger) -> None:
        await ledger.open_days([plan(notice())], NOW)
        sent = await Sending(ledger).once("x:1")
        assert await ledger.told("a", later) == {"room"}
        await ledger.retract(sent, "deleted", later, DELETED)
        assert await ledger.told("a", end) == frozenset()
        await ledger.replay(sent.id, later)
        (first,) = await ledger.lease(later, 1)
        begun = await ledger.sending(first, later, hold=False)
        await ledger.settle(settle(begun, Verdict("sent", "ok"), later, 0, hold=False))
        assert await ledger.told("a", later) == frozenset()
        assert await ledger.told("a", end) == {"room"}

    run(opened, story)
