"""Record in the ledger how attempts ended, and do not give up if the ledger cannot be written.

Why: after the service has answered, only this process knows the answer. If it was thrown away, the
message would be sent again. So the outcome is kept, and recorded as soon as the ledger can be
written again. Used by attempting.py.
"""

import logging
from collections.abc import Iterator

from onthisday.delivery.ledger import Ledger
from onthisday.delivery.pauses import Pause
from onthisday.delivery.retries import Settlement
from onthisday.errors import OnThisDayError
from onthisday.service.log_events import event
from onthisday.service.sending.pace import Pace

log = logging.getLogger("onthisday")

FIRST, LONGEST = 1.0, 30.0
"""Seconds to wait before an outcome is recorded again: the first wait, and the longest."""

LAST = 20.0
"""Seconds. If the process is asked to end, it tries so long to record the outcomes that it knows.

It is less than the time that systemd and Docker give a process to end.
"""

STEP = 1.0
"""Seconds. While it waits, it asks after each STEP whether the process should end."""


class Recorder:
    """Records outcomes in the ledger, and keeps those that the ledger has not taken yet."""

    def __init__(self, ledger: Ledger, pace: Pace) -> None:
        self._ledger, self._pace = ledger, pace
        self._kept: dict[str, Settlement] = {}
        self._end: float | None = None

    @property
    def pauses(self) -> tuple[Pause, ...]:
        """The pauses that are not in the ledger yet."""
        kept = self._kept.values()
        return tuple(settlement.pause for settlement in kept if settlement.pause is not None)

    def stop(self) -> None:
        """Try only LAST seconds more."""
        self._end = self._pace.now() + LAST

    async def record(self, settlement: Settlement) -> None:
        """Record how an attempt ended. Return when it is on the disk.

        If the ledger cannot be written, try again until it can. Raises OnThisDayError only if the
        process is asked to end meanwhile.
        """
        notice_id = settlement.notice.id
        self._kept[notice_id] = settlement
        try:
            await self._until_recorded(settlement)
        finally:
            del self._kept[notice_id]

    async def _until_recorded(self, settlement: Settlement) -> None:
        for failed, wait in enumerate(_waits()):
            try:
                await self._ledger.settle(settlement)
            except OnThisDayError as error:
                if self._end is not None and self._pace.now() >= self._end:
                    _log_lost(settlement)
                    raise
                _log_kept(settlement, error)
            except LookupError:
                if not failed:
                    raise
                return  # the change before was made, although the ledger said that it failed
            else:
                return
            await self._wait(wait)

    async def _wait(self, seconds: float) -> None:
        until = self._pace.now() + seconds
        while (left := min(until, self._end or until) - self._pace.now()) > 0:
            await self._pace.sleep(min(left, STEP))


def _waits() -> Iterator[float]:
    wait = FIRST
    while True:
        yield wait
        wait = min(2 * wait, LONGEST)


def _log_kept(settlement: Settlement, error: OnThisDayError) -> None:
    words = "%s: the outcome (%s) cannot be recorded now, and is kept: %s"
    notice_id, outcome = settlement.notice.id, settlement.verdict.outcome
    said = event("outcome.kept", notice=notice_id, outcome=outcome, reason=str(error))
    log.warning(words, notice_id, outcome, error, extra=said)


def _log_lost(settlement: Settlement) -> None:
    words = "%s: the outcome was %s, but it could not be recorded before the process ended"
    notice_id, outcome = settlement.notice.id, settlement.verdict.outcome
    said = event("outcome.lost", notice=notice_id, outcome=outcome)
    log.error(words, notice_id, outcome, extra=said)
