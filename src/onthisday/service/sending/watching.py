"""Watching what is sent: a count and a line in the log for each attempt, once it is on disk.

It sees what the ledger is told and decides nothing. Used by sending.py; asked by serving.py.

Why around the ledger, and not in delivering.py: the ledger hears of every attempt, begun and ended,
so that what is counted is what was recorded, and sending knows nothing of being watched.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any, cast

from onthisday.delivery.ledger import Ledger
from onthisday.delivery.notice import Notice
from onthisday.delivery.retries import Settlement
from onthisday.service.events import event

log = logging.getLogger("onthisday")

Kind = tuple[str, str]
"""A service, such as ``slack``, and an outcome."""


class Watch:
    """The attempts of this process: ``attempts`` says how many there were since it began, and how
    many seconds they took together.

    ``service_of`` gives the service of a channel's name; ``clock`` seconds that only go forward.
    """

    def __init__(
        self, service_of: Callable[[str], str], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._service_of, self._clock = service_of, clock
        self._begun: dict[str, float] = {}
        self.attempts: dict[Kind, tuple[int, float]] = {}

    def begin(self, notice: Notice) -> None:
        """Note that an attempt begins."""
        self._begun[notice.id] = self._clock()

    def end(self, settlement: Settlement) -> None:
        """Count an attempt that has ended, and log it."""
        notice, verdict = settlement.notice, settlement.verdict
        service = self._service_of(notice.channel)
        took = self._clock() - self._begun.pop(notice.id, self._clock())
        kind = (service, verdict.outcome)
        count, seconds = self.attempts.get(kind, (0, 0.0))
        self.attempts[kind] = (count + 1, seconds + took)
        _log_attempt(settlement, service, took)
        if settlement.off is not None:
            _log_off(notice.channel, settlement.off)

    def give_up(self, notice: Notice, reason: str) -> None:
        """Log that a notice is closed unsent."""
        said = event("notice.expired", notice=notice.id, channel=notice.channel, reason=reason)
        log.warning("%s: not sent: %s", notice.id, reason, extra=said)


def _log_attempt(settlement: Settlement, service: str, took: float) -> None:
    notice, _, verdict, state, due, _ = settlement
    said = event(
        "attempt",
        notice=notice.id, channel=notice.channel, service=service, outcome=verdict.outcome,
        status=verdict.status, reply=verdict.detail, seconds=round(took, 3), number=notice.tries,
        state=state, due=due and due.isoformat(timespec="seconds"),
    )  # fmt: skip
    level = logging.INFO if verdict.outcome == "sent" else logging.WARNING
    status = f" {verdict.status}" if verdict.status else ""
    words = (notice.id, service, verdict.outcome, status, took, verdict.detail)
    log.log(level, "%s: %s %s%s in %.3f s: %s", *words, extra=said)


def _log_off(channel: str, reason: str) -> None:
    said = event("channel.off", channel=channel, reason=reason)
    log.error("%s: the channel is switched off: %s", channel, reason, extra=said)


def watched(ledger: Ledger, watch: Watch) -> Ledger:
    """Return a ledger that tells a watch of what has been recorded; else it is the one given."""
    return cast("Ledger", _Watched(ledger, watch))


class _Watched:
    def __init__(self, ledger: Ledger, watch: Watch) -> None:
        self._ledger, self._watch = ledger, watch

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ledger, name)

    async def sending(self, notice: Notice, now: datetime, *, hold: bool) -> Notice:
        begun = await self._ledger.sending(notice, now, hold=hold)
        self._watch.begin(begun)
        return begun

    async def settle(self, settlement: Settlement) -> None:
        await self._ledger.settle(settlement)
        self._watch.end(settlement)

    async def give_up(self, notice: Notice, reason: str) -> None:
        await self._ledger.give_up(notice, reason)
        self._watch.give_up(notice, reason)
