"""What a process does with its ledger before the power is cut. Run by test_power_cut.py.

    python -m tests.delivery.power_cut_story LEDGER

After each step it writes a line to stdout. So whoever records its system calls sees after which
writes and syncs each step was done.
"""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from datetime import date, timedelta

from onthisday.adapters.sqlite.ledger_place import _count_up
from onthisday.adapters.sqlite.sqlite_ledger import SqliteLedger
from onthisday.delivery.notice import Notice, Plan
from onthisday.delivery.request_reply import Outcome, Verdict
from onthisday.delivery.retries import settle
from tests.delivery.fakes import instant

NOW = instant("2026-02-25T09:00")
DAY = date(2026, 2, 25)
OUTCOMES: tuple[Outcome, ...] = ("sent", "retry", "unknown", "refused", "sent")


async def steps(path: str) -> AsyncIterator[SqliteLedger]:
    """Use a ledger in all ways, and yield it after each step."""
    for round_ in range(2):
        ledger = SqliteLedger.open(path)
        await ledger._do(lambda rows: rows.execute("PRAGMA wal_autocheckpoint = 30").fetchone())
        yield ledger
        day = DAY + timedelta(days=round_)
        for name in ("one", "two"):
            notices = tuple(Notice(name, day, "UTC", ("a",), f"e{n}", due=NOW) for n in range(60))
            seen = None if not round_ else day - timedelta(days=1)
            await ledger.open_days([Plan(name, seen, day, notices)], NOW)
            yield ledger
        for outcome in OUTCOMES:
            leased, *others = await ledger.lease(NOW, 2)
            yield ledger
            begun = await ledger.sending(leased, NOW, hold=False)
            yield ledger
            await ledger.settle(settle(begun, Verdict(outcome, "it said so"), NOW, 0, hold=False))
            yield ledger
            for other in others:
                await ledger.postpone(other, NOW + timedelta(hours=1), "later")
                yield ledger
        _count_up(path)  # this writes the log into the file
        await ledger.prune(NOW)
        yield ledger
        await ledger.expire(day)
        yield ledger
        await ledger.release(NOW)
        yield ledger
        ledger.close()


async def main(path: str) -> None:
    """Do all steps. Write the number of each step after it is done."""
    done = 0
    async for _ in steps(path):
        os.write(1, b"done %d\n" % done)
        done += 1


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
