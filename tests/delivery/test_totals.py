"""The counts of a ledger, for those who watch it. Every `Ledger` must pass these tests."""

from datetime import timedelta

from onthisday.delivery.ledger import Ledger
from onthisday.delivery.notice import STATES, Totals
from onthisday.delivery.request_reply import Verdict
from onthisday.delivery.retries import settle
from tests.delivery.test_ledger import NOW, Open, notice, opened, plan, run

__all__ = ["opened"]


def test_an_empty_ledger_counts_nothing(opened: Open) -> None:
    async def story(ledger: Ledger) -> None:
        assert await ledger.totals() == Totals(dict.fromkeys(STATES, 0), None, 0)

    run(opened, story)


def test_notices_are_counted_in_whatever_state_they_are(opened: Open) -> None:
    async def story(ledger: Ledger) -> None:
        await ledger.open_days([plan(*(notice(entry=name) for name in "abcdefg"))], NOW)
        taken = await ledger.lease(NOW, 5)
        for each, verdict in zip(
            taken,
            (Verdict("sent", "ok", 200), Verdict("refused", "no", 422), Verdict("unknown", "?")),
            strict=False,
        ):
            begun = await ledger.sending(each, NOW, hold=True)
            await ledger.settle(settle(begun, verdict, NOW, 0, hold=True))
        await ledger.sending(taken[3], NOW, hold=False)
        found = await ledger.totals()
        ones = dict.fromkeys(("leased", "sending", "sent", "unknown", "failed"), 1)
        assert found.states == dict.fromkeys(STATES, 0) | ones | {"waiting": 2}
        assert found.due == NOW

    run(opened, story)


def test_what_waits_for_a_channel_that_is_off_is_not_due_and_the_channel_is_counted(
    opened: Open,
) -> None:
    async def story(ledger: Ledger) -> None:
        late = notice("off", entry="b")._replace(due=NOW + timedelta(hours=1))
        await ledger.open_days([plan(notice("off"), late)], NOW)
        (taken,) = await ledger.lease(NOW, 1)
        begun = await ledger.sending(taken, NOW, hold=False)
        await ledger.settle(settle(begun, Verdict("gone", "moved", 410), NOW, 0, hold=False))
        found = await ledger.totals()
        assert (found.due, found.off, found.states["waiting"]) == (None, 1, 1)

    run(opened, story)
